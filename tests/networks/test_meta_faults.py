"""Whatever goes wrong on the way to Meta's Graph API, a post is there once or not at all, and we know which
or ask a person: the network takes no key of ours, and that nothing arrived can't be proven there."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from schoolgate.core.outside.client import Client
from schoolgate.networks.handshake import Intent
from schoolgate.networks.port import NetworkError
from tests.network.fault_proxy import Trouble, fault_proxy
from tests.networks.contract import a_post, new_key
from tests.networks.desk import Desk, Killed
from tests.networks.facebook_server import facebook_server
from tests.networks.instagram_server import instagram_server
from tests.networks.meta_world import InstagramWorld, MetaWorld, ThreadsWorld, with_picture
from tests.networks.own_server import Instead
from tests.networks.threads_server import threads_server
from tests.networks.walking import FOUND, WITHOUT_PROOF, attempt, walk

pytestmark = pytest.mark.usefixtures("own_server")


@dataclass
class Case:
    """One of the networks, with a proxy in the way of the call that publishes."""

    server: Any
    world: Any
    proxy: Any
    post: Any
    posting: str
    kind: str
    listing: str
    uploading: str

    @property
    def network(self):
        return self.world.network

    @property
    def pace(self):
        return self.network.capabilities.pace

    def there(self):
        return self.server.of(self.world.member, self.kind)

    def instead(self, status, body=None, headers=None, **more):
        self.server.instead = [Instead(self.posting, status, body, headers or {}, **more)]


CASES = {
    "facebook": (
        facebook_server, MetaWorld, a_post, r"POST \d+/feed", "/feed", "post", "published_posts", "/photos",
    ),
    "instagram": (
        instagram_server, InstagramWorld, with_picture, r"POST \d+/media_publish", "/media_publish", "media",
        "/media?", "/media",
    ),
    "threads": (
        threads_server, ThreadsWorld, a_post, r"POST \d+/threads_publish", "/threads_publish ", "media",
        "/threads?", "/threads ",
    ),
}  # fmt: skip
PROVEN = ("facebook", "instagram")
"""Which ask for a proof that a call comes from the application."""


@pytest.fixture(params=list(CASES))
def case(request):
    serving, world, post, posting, where, kind, listing, uploading = CASES[request.param]
    with serving() as server, fault_proxy(server.origin) as proxy, Client(silence=3.0) as client:
        proxy.where, proxy.hang = where, 3.5
        yield Case(
            server, world(server, proxy.origin, client), proxy, post, posting, kind, listing, uploading
        )


@pytest.mark.parametrize(("trouble", "steps", "there"), WITHOUT_PROOF)
def test_a_post_is_there_once_or_a_person_is_asked(case, trouble, steps, there):
    out = case.post("Once and only once")
    case.proxy.troubles = [trouble]

    known, path = walk(case.network, out, case.pace)

    assert path == steps
    assert known.state is (Intent.CONFIRMED if there else Intent.ASKED)
    assert len(case.there()) == there


def error(code, subcode=0, message="No"):
    told = {"message": message, "type": "OAuthException", "code": code}
    return {"error": told | ({"error_subcode": subcode} if subcode else {})}


SAID = [
    (400, error(190, 460), ("sign_in", "reconnect", False)),
    (401, error(190), ("sign_in", "reconnect", False)),
    (401, b"", ("sign_in", "reconnect", False)),
    (403, error(200), ("not_allowed", "reconnect", False)),
    (403, error(10), ("not_allowed", "reconnect", False)),
    (403, b"<html>", ("not_allowed", "reconnect", False)),
    (400, error(4), ("too_fast", "try_again", False)),
    (400, error(17, 2446079), ("too_fast", "try_again", False)),
    (400, error(32), ("too_fast", "try_again", False)),
    (400, error(613), ("too_fast", "try_again", False)),
    (400, error(9, 2207042), ("too_fast", "try_again", False)),
    (400, error(368), ("blocked_for_now", "give_up", False)),
    (400, error(1, 1366046), ("picture_refused", "give_up", False)),
    (400, error(352, 2207005), ("picture_refused", "give_up", False)),
    (400, error(100, 33), ("not_found", "give_up", False)),
    (400, error(100), ("refused", "give_up", False)),
    (400, error(506), ("network_trouble", "try_again", True)),
    (400, error(2), ("network_trouble", "try_again", True)),
    (409, b"", ("refused", "give_up", False)),
    (413, b"<html>", ("refused", "give_up", False)),
    (422, b"", ("refused", "give_up", False)),
    (429, b"", ("too_fast", "try_again", False)),
    (500, error(1), ("network_trouble", "try_again", True)),
    (503, b"<html>", ("network_trouble", "try_again", True)),
]


@pytest.mark.parametrize(("status", "body", "told"), SAID)
def test_each_no_has_its_meaning_and_leaves_nothing(case, status, body, told):
    case.instead(status, body)

    found = attempt(lambda: case.network.publish(case.post("Refused")))

    assert (found.code, found.what_next, found.outcome_unknown) == told
    assert case.there() == []


USE = '{"1": [{"type": "pages", "estimated_time_to_regain_access": 5}]}'
WAITS = [
    ({"Retry-After": "30"}, 30.0),
    ({"X-Business-Use-Case-Usage": USE}, 300.0),
    ({"X-Business-Use-Case-Usage": USE.replace("5", "1e999")}, 86_400.0),
    ({"X-Business-Use-Case-Usage": USE.replace("5", "9" * 400)}, 86_400.0),
    ({"X-Business-Use-Case-Usage": USE.replace("5", "NaN")}, None),
    ({"X-Business-Use-Case-Usage": "[1]"}, None),
    ({"X-Business-Use-Case-Usage": "[" * 2_000}, None),
    ({"X-Business-Use-Case-Usage": '{"1": ['}, None),
    ({"X-Business-Use-Case-Usage": '{"1": {"2": 3}, "4": [5]}'}, None),
    ({"X-Business-Use-Case-Usage": '{"1": [{"estimated_time_to_regain_access": 0}]}'}, None),
    ({}, None),
]


@pytest.mark.parametrize(("headers", "seconds"), WAITS)
def test_how_long_the_network_asks_us_to_wait(case, headers, seconds):
    case.instead(400, error(32), headers)

    assert attempt(lambda: case.network.publish(case.post())).retry_after == seconds


def test_a_yes_without_an_id_is_looked_up(case):
    case.instead(200, {"success": True}, after=True)

    known, path = walk(case.network, case.post("No id"), case.pace)

    assert (known.state, path, case.there()) == (Intent.CONFIRMED, FOUND, ["No id"])


@pytest.mark.parametrize("body", [error(1), error(506)])
def test_a_success_told_as_a_failure_is_found(case, body):
    case.instead(400, body, after=True)

    known, path = walk(case.network, case.post("Done all the same"), case.pace)

    assert (known.state, path, case.there()) == (Intent.CONFIRMED, FOUND, ["Done all the same"])


def test_a_yes_that_holds_an_error_is_none(case):
    case.instead(200, error(190))

    assert attempt(lambda: case.network.publish(case.post())).code == "sign_in"


def test_what_is_removed_at_once_is_not_sent_again(case):
    out = case.post("Removed at once")

    def publish_and_lose():
        receipt = case.network.publish(out)
        case.server.things[receipt.ref.id].gone = True
        return receipt

    known, path = walk(case.network, out, case.pace, send=publish_and_lose)

    assert (known.state, path, case.there()) == (
        Intent.ASKED, ["send", "read_back", "wait", "read_back", "look_up", "ask_person"], [],
    )  # fmt: skip


def test_a_key_that_is_revoked_midway_asks_for_a_new_one_and_is_told_to_no_one(case):
    out = case.post("Just before")
    receipt = case.network.publish(out)
    case.world.member.revoked = True

    errors = [
        attempt(lambda: case.network.read_back(receipt.ref)),
        attempt(lambda: case.network.look_up(out.intent_key, out.normal())),
        attempt(lambda: case.network.publish(out)),
        attempt(lambda: case.network.replies(receipt.ref)),
        attempt(case.network.profile),
    ]

    assert {(one.code, one.what_next, one.outcome_unknown) for one in errors} == {
        ("sign_in", "reconnect", False)
    }
    assert not any(case.world.member.token in one.detail for one in errors)
    assert case.there() == ["Just before"]


@pytest.mark.parametrize("case", PROVEN, indirect=True)
def test_a_call_without_the_proof_of_the_application_is_refused(case):
    case.network._graph._app_secret = ""

    assert attempt(case.network.profile).code == "refused"


def test_trouble_while_looking_up_never_counts_as_absence(case):
    out = case.post("Looked up in trouble")
    case.network.publish(out)
    case.proxy.where = case.listing

    for trouble in (Trouble.HANG_AFTER, Trouble.NOT_JSON, Trouble.TROUBLE_BEFORE, Trouble.TOO_FAST):
        case.proxy.troubles = [trouble]
        found = attempt(lambda: case.network.look_up(out.intent_key, out.normal()))
        assert (type(found), getattr(found, "what_next", "")) == (NetworkError, "try_again"), trouble
    assert case.network.look_up(out.intent_key, out.normal()) is not None


def test_a_picture_that_is_lost_on_the_way_leaves_nothing_open(case):
    out = with_picture("With a picture")
    case.proxy.where = case.uploading
    case.proxy.troubles = [Trouble.HANG_AFTER]

    known, path = walk(case.network, out, case.pace)

    assert (known.state, path) == (Intent.CONFIRMED, ["send", "wait", "send", "read_back", "nothing"])
    assert case.there() == ["With a picture"]


ODD = [{}, {"data": 1}, {"data": [None, 1, {"id": 5}]}, {"data": [{"id": "1", "from": []}], "paging": []}]


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_an_odd_answer_is_an_error_or_nothing_and_never_a_crash(case, body):
    ref = case.network.publish(case.post()).ref
    for call in (
        lambda: case.network.replies(ref),
        lambda: case.network.read_back(ref),
        lambda: case.network.look_again([ref]),
        case.network.profile,
        lambda: case.network.look_up(new_key(), case.post().normal()),
    ):
        case.server.instead = [Instead("GET .*", 200, body)]
        attempt(call)
    case.server.instead = []
    assert case.network.read_back(ref) is not None


PLACES = ["load", "may_start", "connect", "before the call", "after the call", "wanted", "follow"]
LEFT_OPEN = {"connect", "before the call"}
"""Killed there, nothing arrived, but that can't be proven: a person is asked."""


@pytest.fixture
def desk(own_database, make_federation):
    return Desk.set_up(make_federation(), with_picture().created_at)


@pytest.mark.parametrize("place", PLACES)
def test_a_worker_killed_at_any_step_leaves_at_most_one_post(desk, place):
    with facebook_server() as server:
        world = MetaWorld(server)
        desk.use("facebook")
        connect = {"connect": lambda row: world.network}
        row = desk.intent()
        for _ in range(2):  # and the one who comes after dies there too
            try:
                desk.advance(row, desk.spec(killed=place, **connect))
            except Killed:
                desk.at += timedelta(minutes=10)

        for _ in range(6):
            row = desk.advance(row, desk.spec(**connect))
            desk.at += timedelta(minutes=70)

        there = server.of(world.member)
    assert (row.state, there) == (("asked", []) if place in LEFT_OPEN else ("confirmed", [row.text]))
