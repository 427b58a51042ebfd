"""Whatever goes wrong on the way to YouTube, a film is there once or not at all, and we know which or ask a
person. Until it is made public no one sees it, so that nothing before that call leaves anything open."""

from dataclasses import replace
from datetime import timedelta

import pytest

from schoolgate.core.outside.client import Client
from schoolgate.networks.handshake import Intent
from schoolgate.networks.port import NetworkError
from schoolgate.networks.youtube import client
from tests.network.fault_proxy import Trouble, fault_proxy
from tests.networks.contract import new_key
from tests.networks.desk import Desk, Killed
from tests.networks.own_server import Instead
from tests.networks.walking import FOUND, SENT_LATER, WITHOUT_PROOF, attempt, walk
from tests.networks.youtube_calls import youtube_server
from tests.networks.youtube_server import refusal
from tests.networks.youtube_world import YouTubeWorld, with_film

pytestmark = pytest.mark.usefixtures("own_server")
PUBLISHING = "PUT videos"


class Case:
    """A channel, with a proxy in the way of the call that makes a film public."""

    def __init__(self, server, proxy, http) -> None:
        self.server, self.proxy = server, proxy
        self.world = YouTubeWorld(server, proxy.origin, http)
        self.network, self.pace = self.world.network, self.world.network.capabilities.pace

    def there(self):
        return self.server.of(self.world.channel)

    def instead(self, status, body=None, headers=None, **more):
        self.server.instead = [Instead(PUBLISHING, status, body, headers or {}, **more)]


@pytest.fixture
def case():
    with youtube_server() as server, fault_proxy(server.origin) as proxy, Client(silence=3.0) as http:
        proxy.where, proxy.hang = "PUT /youtube/v3/videos", 3.5
        yield Case(server, proxy, http)


@pytest.mark.parametrize(("trouble", "steps", "there"), WITHOUT_PROOF)
def test_a_film_is_there_once_or_a_person_is_asked(case, trouble, steps, there):
    case.proxy.troubles = [trouble]

    known, path = walk(case.network, with_film("Once and only once"), case.pace)

    assert path == steps
    assert known.state is (Intent.CONFIRMED if there else Intent.ASKED)
    assert len(case.there()) == there


BEFORE = ["POST /upload/youtube/v3/videos", "thumbnails/set", "/captions", "GET /youtube/v3/videos"]
LOST = [Trouble.CUT_BEFORE, Trouble.TROUBLE_AFTER]


@pytest.mark.parametrize(
    ("where", "trouble"), [(BEFORE[0], Trouble.HANG_AFTER), *((one, each) for one in BEFORE for each in LOST)]
)
def test_what_is_lost_before_anyone_can_see_it_leaves_nothing_open(case, where, trouble):
    case.proxy.where, case.proxy.troubles = where, [trouble]

    known, path = walk(case.network, with_film("Sent later"), case.pace)

    assert (known.state, path, case.there()) == (Intent.CONFIRMED, SENT_LATER, ["Sent later"])


PIECES = [Trouble.HANG_AFTER, Trouble.CUT_BEFORE, Trouble.CUT_AFTER, Trouble.HALF_A_BODY, Trouble.NOT_JSON,
          Trouble.TROUBLE_BEFORE, Trouble.TROUBLE_AFTER, Trouble.TWICE, Trouble.TOO_FAST]  # fmt: skip


@pytest.mark.parametrize("trouble", PIECES)
def test_a_lost_piece_of_the_film_is_made_good_in_the_same_attempt(case, trouble):
    case.proxy.where, case.proxy.troubles = "PUT /upload/", [trouble]
    case.network._piece = 256 * 1024

    known, path = walk(case.network, with_film("Whole"), case.pace)

    again = SENT_LATER if trouble is Trouble.TOO_FAST else ["send", "read_back", "nothing"]
    assert (known.state, path, case.there()) == (Intent.CONFIRMED, again, ["Whole"])


SAID = [
    (401, refusal("authError"), ("sign_in", "reconnect", False)),
    (401, b"", ("sign_in", "reconnect", False)),
    (403, refusal("forbidden"), ("not_allowed", "reconnect", False)),
    (403, refusal("insufficientPermissions"), ("too_few_rights", "reconnect", False)),
    (403, b"<html>", ("not_allowed", "reconnect", False)),
    (403, refusal("quotaExceeded"), ("too_fast", "try_again", False)),
    (403, refusal("rateLimitExceeded"), ("too_fast", "try_again", False)),
    (400, refusal("uploadLimitExceeded"), ("too_fast", "try_again", False)),
    (403, refusal("channelSuspended"), ("blocked_for_now", "give_up", False)),
    (404, refusal("videoNotFound"), ("not_found", "give_up", False)),
    (400, refusal("invalidVideoMetadata"), ("refused", "give_up", False)),
    (409, b"", ("refused", "give_up", False)),
    (413, b"<html>", ("refused", "give_up", False)),
    (422, b"", ("refused", "give_up", False)),
    (429, b"", ("too_fast", "try_again", False)),
    (500, refusal("backendError"), ("network_trouble", "try_again", True)),
    (503, b"<html>", ("network_trouble", "try_again", True)),
]


@pytest.mark.parametrize(("status", "body", "told"), SAID)
def test_each_no_has_its_meaning_and_leaves_nothing_to_see(case, status, body, told):
    case.server.instead = [Instead(PUBLISHING, status, body)] * (2 if status == 401 else 1)

    found = attempt(lambda: case.network.publish(with_film("Refused")))

    assert (found.code, found.what_next, found.outcome_unknown) == told
    assert case.there() == []


@pytest.mark.parametrize(("headers", "seconds"), [({"Retry-After": "30"}, 30.0), ({}, None)])
def test_how_long_the_network_asks_us_to_wait(case, headers, seconds):
    case.instead(429, refusal("rateLimitExceeded"), headers)

    assert attempt(lambda: case.network.publish(with_film())).retry_after == seconds


def test_a_yes_without_an_id_is_looked_up(case):
    case.instead(200, {"kind": "youtube#video"}, after=True)

    known, path = walk(case.network, with_film("No id"), case.pace)

    assert (known.state, path, case.there()) == (Intent.CONFIRMED, FOUND, ["No id"])


def test_a_success_told_as_a_failure_is_found(case):
    case.instead(500, refusal("backendError"), after=True)

    known, path = walk(case.network, with_film("Done all the same"), case.pace)

    assert (known.state, path, case.there()) == (Intent.CONFIRMED, FOUND, ["Done all the same"])


def test_what_is_removed_at_once_is_not_sent_again(case):
    out = with_film("Removed at once")

    def publish_and_lose():
        receipt = case.network.publish(out)
        case.server.videos[receipt.ref.id].gone = True
        return receipt

    known, path = walk(case.network, out, case.pace, send=publish_and_lose)

    assert (known.state, path, case.there()) == (
        Intent.ASKED, ["send", "read_back", "wait", "read_back", "look_up", "ask_person"], [],
    )  # fmt: skip


def test_a_key_that_is_revoked_midway_asks_for_a_new_one_and_is_told_to_no_one(case):
    out = with_film("Just before")
    receipt = case.network.publish(out)
    case.server.revoke(case.world.channel)

    errors = [
        attempt(lambda: case.network.read_back(receipt.ref)),
        attempt(lambda: case.network.look_up(out.intent_key, out.normal())),
        attempt(lambda: case.network.publish(with_film())),
        attempt(lambda: case.network.replies(receipt.ref)),
        attempt(case.network.profile),
    ]

    assert {(one.code, one.what_next, one.outcome_unknown) for one in errors} == {
        ("sign_in", "reconnect", False)
    }
    assert not any(case.world.channel.token in one.detail for one in errors)
    assert case.there() == ["Just before"]


def test_a_key_that_is_revoked_while_the_film_goes_up_leaves_nothing_to_see(case):
    whole = case.server.revoke
    case.server.instead = [Instead("POST upload/captions", 401, refusal("authError"))]

    def ended(self, *args, **kwargs):
        whole(case.world.channel)
        return real(self, *args, **kwargs)

    real, client.add_captions = client.add_captions, ended
    try:
        error = attempt(lambda: case.network.publish(with_film()))
    finally:
        client.add_captions = real

    assert (error.code, error.outcome_unknown, case.there()) == ("sign_in", False, [])


def test_wrong_keys_of_the_application_are_not_the_accounts_fault(case):
    case.network._api._application = ("other", "wrong")

    error = attempt(case.network.profile)

    assert (error.code, error.what_next) == ("not_allowed", "reconnect")


def test_trouble_while_looking_up_never_counts_as_absence(case):
    out = with_film("Looked up in trouble")
    case.network.publish(out)
    case.proxy.where = "playlistItems"

    for trouble in (Trouble.HANG_AFTER, Trouble.NOT_JSON, Trouble.TROUBLE_BEFORE, Trouble.TOO_FAST):
        case.proxy.troubles = [trouble]
        found = attempt(lambda: case.network.look_up(out.intent_key, out.normal()))
        assert (type(found), getattr(found, "what_next", "")) == (NetworkError, "try_again"), trouble
    assert case.network.look_up(out.intent_key, out.normal()) is not None


def test_the_same_film_twice_is_never_taken_for_one_of_them(case):
    out = with_film("Twice")
    case.network.publish(out)
    case.network.publish(replace(out, intent_key=new_key()))

    assert attempt(lambda: case.network.look_up(out.intent_key, out.normal())).code == "not_offered"


PLACES = ["load", "may_start", "connect", "before the call", "after the call", "wanted", "follow"]
INSIDE = ["upload_film", "set_cover", "add_captions"]
LEFT_OPEN = {"connect", "before the call", *INSIDE}
"""Killed there, nothing could be seen, but that can't be proven: a person is asked."""


@pytest.fixture
def desk(own_database, make_federation):
    return Desk.set_up(make_federation(), with_film().created_at)


@pytest.mark.parametrize("place", [*PLACES, *INSIDE])
def test_a_worker_killed_at_any_step_leaves_at_most_one_film_to_see(desk, monkeypatch, place):
    film = with_film().film

    with youtube_server() as server:
        world = YouTubeWorld(server)
        desk.use("youtube")
        desk.outgoing = lambda row: replace(with_film(row.text, film=film), intent_key=row.intent_key)
        connect = {"connect": lambda row: world.network}
        row = desk.intent()
        with monkeypatch.context() as patched:
            if place in INSIDE:
                real = getattr(client, place)

                def killed(*args, **kwargs):
                    real(*args, **kwargs)
                    raise Killed(place)

                patched.setattr(client, place, killed)
            for _ in range(2):  # and the one who comes after dies there too
                try:
                    desk.advance(row, desk.spec(killed=place, **connect))
                except Killed:
                    desk.at += timedelta(minutes=30)

        for _ in range(6):
            row = desk.advance(row, desk.spec(**connect))
            desk.at += timedelta(minutes=70)

        there = server.of(world.channel)
    assert (row.state, there) == (("asked", []) if place in LEFT_OPEN else ("confirmed", [row.text]))
