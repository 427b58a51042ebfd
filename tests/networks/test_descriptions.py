"""What our clients send and read is what the networks describe: each call of a whole trial is held to the
names in `descriptions.json`, which scripts/network_descriptions.py takes from what the networks publish.

Facebook, Instagram, YouTube and X publish a description that a program can read. What isn't in it is named in
`ELSEWHERE`, with the page that has it.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from schoolgate.networks.transport import Transport
from tests.networks.graph_server import read_fields
from tests.networks.trials import on, tried
from tests.networks.x_server import REFERENCE

pytestmark = pytest.mark.usefixtures("own_server")
TOLD = json.loads(Path(__file__).with_name("descriptions.json").read_text())
ALWAYS = {"fields", "limit", "after", "access_token", "appsecret_proof"}
"""What every call of the Graph API takes (developers.facebook.com/docs/graph-api/guides)."""
OF_KIND = {"post": "PagePost", "photo": "Photo", "comment": "Comment", "media": "IGMedia"}
ELSEWHERE = {
    "facebook": {
        "POST Page/photos takes source",  # docs/graph-api/reference/page/photos: the file of a form
        "PagePost.attachments.type", "PagePost.attachments.target",  # reference/story-attachment
        "PagePost.attachments.subattachments",
    },
    "instagram": {
        "GET container",  # docs/instagram-platform/reference/ig-container
    },
    "youtube": set(),
    "x": set(),
}  # fmt: skip


@dataclass
class Call:
    method: str
    path: str
    given: dict
    body: dict
    answer: object


@pytest.fixture
def calls(monkeypatch):
    made = []
    exchange = Transport.exchange

    def note(self, method, path, **how):
        answer = exchange(self, method, path, **how)
        if answer.ok:
            given = {**(how.get("params") or {}), **(how.get("form") or {})}
            given |= {how["file"][0]: ""} if how.get("file") else {}
            made.append(Call(method, path, given, how.get("body") or {}, answer.data))
        return answer

    monkeypatch.setattr(Transport, "exchange", note)
    return made


def unknown_in(whole, thing, things, named):
    """The names of what was sent, came or was asked for that the description of the thing doesn't have."""
    for each in whole if isinstance(whole, list) else [whole]:
        if isinstance(each, dict):
            for name, below in each.items():
                if name not in things[thing]:
                    yield f"{named}.{name}"
                elif things[thing][name]:
                    yield from unknown_in(below, things[thing][name], things, f"{named}.{name}")


def of_meta(call, server, account):
    """What a call of the Graph API has that isn't described."""
    told, things = TOLD["meta"]["calls"], TOLD["meta"]["things"]
    number, _, edge = re.sub(r"^/v[\d.]+/", "", call.path).partition("/")
    thing = server.things.get(number)
    node = OF_KIND.get(thing.kind, thing.kind) if thing else account
    node = "IGComment" if (node, account) == ("Comment", "IGUser") else node
    name = f"{call.method} {node}/{edge}".rstrip("/")
    described = told.get(name) or (told.get(f"GET {node}") if call.method == "GET" and not edge else None)
    if node not in things or (described is None and (edge or call.method != "GET")):
        yield name
        return
    takes = {*(described or {}).get("takes", ()), *ALWAYS}
    yield from (f"{name} takes {one}" for one in {**call.given, **call.body} if one not in takes)
    if call.method == "GET":
        gives = described["gives"] if edge and described else node
        yield from asked_in(read_fields(call.given.get("fields", "")), gives, things)


def asked_in(tree, thing, things):
    for name, below in tree.items():
        if name not in things[thing]:
            yield f"{thing}.{name}"
        elif things[thing][name]:
            yield from asked_in(below, things[thing][name], things)
        elif (thing, name) == ("PagePost", "attachments"):
            yield from (f"{thing}.{name}.{one}" for one in below)


def of_schemas(call, told, name):
    """What a call has that isn't described, and what our server answers that isn't."""
    described = told["calls"].get(name)
    if described is None:
        yield name
        return
    yield from (f"{name} takes {one}" for one in call.given if one not in described["takes"] and
                one not in told["things"].get(described["sends"], ()))  # fmt: skip
    for one, values in described.get("values", {}).items():
        asked = str(call.given.get(one, "")).split(",")
        yield from (f"{name} {one}={each}" for each in asked if each and each not in values)
    if described["sends"]:
        yield from unknown_in(call.body, described["sends"], told["things"], described["sends"])
    elif call.body:
        yield f"{name} sends"
    if described["gives"]:
        yield from unknown_in(call.answer, described["gives"], told["things"], described["gives"])


@pytest.mark.parametrize(("network", "account"), [("facebook", "Page"), ("instagram", "IGUser")])
def test_what_is_sent_to_meta_and_asked_of_it_is_in_its_description(network, account, calls):
    with on(network) as (server, world):
        _trial, steps = tried(world)
        assert "delete the post" in steps
        found = {each for call in calls for each in of_meta(call, server, account)}

    assert len(calls) > 8
    assert found == ELSEWHERE[network]


def test_what_is_sent_to_youtube_and_what_our_server_answers_is_in_googles_description(calls):
    with on("youtube") as (_server, world):
        tried(world)

    found = set()
    for call in calls:
        if (path := call.path.removeprefix("/youtube/v3/")) != call.path:
            found |= set(of_schemas(call, TOLD["youtube"], f"{call.method} {path}"))
    assert len(calls) > 10
    assert found == ELSEWHERE["youtube"]


def test_what_is_sent_to_x_and_what_our_server_answers_is_in_its_description(calls):
    with on("x", speaks=REFERENCE) as (_server, world):
        tried(world)

    found = set()
    for call in calls:
        path = re.sub(r"/\d{6,}", "/{id}", call.path)
        found |= set(of_schemas(call, TOLD["x"], f"{call.method} {path}"))
    assert len(calls) > 8
    assert found == ELSEWHERE["x"]
