"""Whatever goes wrong on the way to a server that speaks Mastodon's API, a post is there once or not at all,
and we know which. On servers that do a post once under one key, and on those that do it each time."""

from datetime import timedelta

import pytest

from schoolgate.core.outside.client import Client
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.handshake import Intent
from schoolgate.networks.mastodon import account
from schoolgate.networks.mastodon.client import Mastodon
from schoolgate.networks.port import Credential, NetworkError, OutgoingReply, Ref
from tests.network.fault_proxy import Trouble, fault_proxy
from tests.networks.contract import a_picture, a_post, new_key, now, outgoing_film
from tests.networks.desk import Desk, Killed
from tests.networks.mastodon_calls import mastodon_server
from tests.networks.own_server import Instead
from tests.networks.walking import FOUND, SENT_AGAIN, attempt, walk

pytestmark = pytest.mark.usefixtures("own_server")
MASTODON = all_capabilities()["mastodon"]
PACE = MASTODON.pace
POSTING = "POST /api/v1/statuses"


BOTH = pytest.mark.parametrize(
    "server", [True, False], ids=["once under a key", "knows no keys"], indirect=True
)
"""Where something is sent again, it matters whether the server knows our keys."""


@pytest.fixture
def server(request):
    with mastodon_server(honours_keys=getattr(request, "param", True)) as made:
        yield made


@pytest.fixture
def member(server):
    return server.join("oakwood")


@pytest.fixture
def proxy(server):
    with fault_proxy(server.origin) as made:
        made.where, made.hang = POSTING, 3.5
        yield made


@pytest.fixture
def network(member, proxy):
    """A client that waits three seconds for an answer."""
    with Client(silence=3.0) as client:
        made = Mastodon(MASTODON, Credential(secret=member.token, service=proxy.origin), client=client)
        made.limits()
        yield made


ENDS = [
    (Trouble.HANG_BEFORE, SENT_AGAIN),
    (Trouble.HANG_AFTER, FOUND),
    (Trouble.CUT_BEFORE, SENT_AGAIN),
    (Trouble.CUT_AFTER, FOUND),
    (Trouble.HALF_A_BODY, FOUND),
    (Trouble.NOT_JSON, FOUND),
    (Trouble.TROUBLE_BEFORE, SENT_AGAIN),
    (Trouble.TROUBLE_AFTER, FOUND),
    (Trouble.TOO_FAST, ["send", "wait", "send", "read_back", "nothing"]),
]


@BOTH
@pytest.mark.parametrize(("trouble", "steps"), ENDS)
def test_a_post_is_there_once_after_any_trouble(server, member, network, proxy, trouble, steps):
    out = a_post("Once and only once")
    proxy.troubles = [trouble]

    known, path = walk(network, out, PACE)

    assert (known.state, path) == (Intent.CONFIRMED, steps)
    assert server.of(member) == ["Once and only once"]


@BOTH
@pytest.mark.parametrize("trouble", [Trouble.HANG_AFTER, Trouble.TROUBLE_BEFORE, Trouble.CUT_AFTER])
def test_an_answer_is_there_once_after_any_trouble(server, member, network, proxy, trouble):
    stranger = server.join("stranger")
    root = network.publish(a_post("The post"))
    comment = Ref("mastodon", server.post(stranger, "Parking?", root.ref.id).id)
    out = OutgoingReply(new_key(), "On the field.", now(), comment, root.ref)
    proxy.troubles = [trouble]

    known, _path = walk(network, out, PACE, send=lambda: network.reply(out))

    assert known.state is Intent.CONFIRMED
    assert server.of(member) == ["The post", f"@{stranger.name}\u00a0On the field."]


@BOTH
def test_a_request_that_arrives_twice_makes_one_post_where_the_server_knows_keys(
    server, member, network, proxy
):
    out = a_post("Twice")
    proxy.troubles = [Trouble.TWICE]

    known, _path = walk(network, out, PACE)

    assert known.state is Intent.CONFIRMED
    assert len(server.of(member)) == (1 if server.honours_keys else 2)  # nothing of ours can prevent it there


SAID = [
    (400, {"error": "Bad"}, ("refused", "give_up", False), ["send", "nothing"]),
    (401, {"error": "The access token was revoked"}, ("sign_in", "reconnect", False), ["send", "nothing"]),
    (403, {"error": "This action is not allowed"}, ("not_allowed", "reconnect", False), ["send", "nothing"]),
    (404, {"error": "Record not found"}, ("not_found", "give_up", False), ["send", "nothing"]),
    (410, None, ("not_found", "give_up", False), ["send", "nothing"]),
    (413, b"<html>", ("refused", "give_up", False), ["send", "nothing"]),
    (422, {"error": "Validation failed"}, ("refused", "give_up", False), ["send", "nothing"]),
    (429, {"error": "Too many requests"}, ("too_fast", "try_again", False), None),
    (500, {"error": "Oh"}, ("network_trouble", "try_again", True), SENT_AGAIN),
    (503, b"<html>", ("network_trouble", "try_again", True), SENT_AGAIN),
]


@BOTH
@pytest.mark.parametrize(("status", "body", "told", "steps"), SAID)
def test_each_no_of_the_server_has_its_meaning(server, member, network, status, body, told, steps):
    out = a_post("Refused")
    server.instead = [Instead(POSTING, status, body)]
    error = attempt(lambda: network.publish(out))
    server.instead = [Instead(POSTING, status, body)]

    known, path = walk(network, out, PACE)

    assert (error.code, error.what_next, error.outcome_unknown) == told
    assert path == (steps or ["send", "wait", "send", "read_back", "nothing"])
    assert (known.state, len(server.of(member))) == (
        (Intent.FAILED, 0) if steps == ["send", "nothing"] else (Intent.CONFIRMED, 1)
    )


WAITS = [
    ({"X-RateLimit-Reset": "{at}"}, 120),
    ({"Retry-After": "30", "X-RateLimit-Reset": "{at}"}, 30),
    ({"X-RateLimit-Reset": "tomorrow"}, None),
    ({}, None),
]


@pytest.mark.parametrize(("headers", "seconds"), WAITS)
def test_how_long_the_server_asks_us_to_wait(server, network, headers, seconds):
    at = (now() + timedelta(seconds=120)).isoformat().replace("+00:00", "Z")
    given = {name: value.format(at=at) for name, value in headers.items()}
    server.instead = [Instead(POSTING, 429, {"error": "Too many requests"}, given)]

    wait = attempt(lambda: network.publish(a_post())).retry_after

    assert wait == (None if seconds is None else pytest.approx(seconds, abs=2))


def test_the_servers_own_limit_is_met_with_its_own_time(server, network):
    server.most_requests = 3

    errors = [attempt(lambda: network.publish(a_post("Post"))) for _ in range(4)]

    assert (errors[-1].code, 200 < errors[-1].retry_after <= 300) == ("too_fast", True)


@BOTH
def test_a_yes_without_an_id_is_looked_up(server, member, network):
    out = a_post("No id")
    server.instead = [Instead(POSTING, 200, {"created_at": "now"}, after=True)]

    known, path = walk(network, out, PACE)

    assert (known.state, path, server.of(member)) == (Intent.CONFIRMED, FOUND, ["No id"])


@BOTH
def test_a_success_told_as_a_failure_is_found(server, member, network):
    out = a_post("Done all the same")
    server.instead = [Instead(POSTING, 500, {"error": "Oh"}, after=True)]

    known, path = walk(network, out, PACE)

    assert (known.state, path, server.of(member)) == (Intent.CONFIRMED, FOUND, ["Done all the same"])


@BOTH
def test_what_the_server_removes_at_once_is_not_sent_again(server, member, network):
    out = a_post("Removed at once")

    def publish_and_lose():
        receipt = network.publish(out)
        server.statuses[receipt.ref.id].gone = True
        return receipt

    known, path = walk(network, out, PACE, send=publish_and_lose)

    assert (known.state, path, server.of(member)) == (
        Intent.ASKED, ["send", "read_back", "wait", "read_back", "look_up", "ask_person"], [],
    )  # fmt: skip


@BOTH
def test_a_token_that_is_revoked_midway_asks_for_a_new_one_and_nothing_is_sent_twice(server, member, network):
    out = a_post("Just before")
    receipt = network.publish(out)
    member.revoked = True

    errors = [
        attempt(lambda: network.read_back(receipt.ref)),
        attempt(lambda: network.look_up(out.intent_key, out.normal())),
        attempt(lambda: network.publish(out)),
        attempt(lambda: network.replies(receipt.ref)),
        attempt(lambda: network.mentions(None)),
        attempt(network.profile),
    ]

    assert {(error.code, error.what_next, error.outcome_unknown) for error in errors} == {
        ("sign_in", "reconnect", False)
    }
    assert server.of(member) == ["Just before"]


def test_a_picture_that_is_lost_on_the_way_leaves_nothing_open(server, member, network, proxy):
    out = a_post("With a picture", pictures=(a_picture(),))
    proxy.where, proxy.troubles = "POST /api/v2/media", [Trouble.HANG_AFTER]

    known, path = walk(network, out, PACE)

    assert (known.state, path) == (Intent.CONFIRMED, ["send", "wait", "send", "read_back", "nothing"])
    assert server.of(member) == ["With a picture"]


@BOTH
@pytest.mark.parametrize("trouble", [Trouble.HANG_AFTER, Trouble.CUT_BEFORE, Trouble.HALF_A_BODY])
def test_a_film_whose_upload_hangs_or_is_cut_off_is_published_once(server, member, network, proxy, trouble):
    out = a_post("With a film", film=outgoing_film())
    proxy.where, proxy.troubles = "POST /api/v2/media", [trouble]

    known, path = walk(network, out, PACE)

    assert (known.state, path[-2:]) == (Intent.CONFIRMED, ["read_back", "nothing"])
    assert server.of(member) == ["With a film"]


@BOTH
def test_a_film_whose_posting_loses_its_answer_is_looked_up_and_not_sent_twice(
    server, member, network, proxy
):
    out = a_post("With a film", film=outgoing_film())
    proxy.troubles = [Trouble.HANG_AFTER]

    known, path = walk(network, out, PACE)

    assert (known.state, path.count("send")) == (Intent.CONFIRMED, 1)
    assert server.of(member) == ["With a film"]


def test_a_film_that_is_not_ready_in_time_is_not_published(server, member, network, monkeypatch):
    server.polls = 100
    monkeypatch.setattr(account, "PAUSES", (0.01,))
    film_pace = PACE.model_copy(update={"film_seconds": 0.2})
    made = MASTODON.model_copy(update={"pace": film_pace})
    monkeypatch.setattr(network, "_capabilities", made)

    error = attempt(lambda: network.publish(a_post("With a film", film=outgoing_film())))

    assert (error.code, error.what_next, error.outcome_unknown) == ("timed_out", "try_again", False)
    assert server.of(member) == []


def test_a_server_without_films_is_asked_for_none(server, member, network):
    server.film_bytes = 100
    network._account.limits_are_old()

    error = attempt(lambda: network.publish(a_post("With a film", film=outgoing_film())))

    assert (error.code, error.what_next, server.of(member)) == ("film_refused", "give_up", [])


def test_trouble_while_looking_up_never_counts_as_absence(server, network, proxy):
    out = a_post("Looked up in trouble")
    network.publish(out)

    for where in ("/statuses?limit", "/source"):
        proxy.where = where
        for trouble in (Trouble.HANG_AFTER, Trouble.NOT_JSON, Trouble.TROUBLE_BEFORE, Trouble.TOO_FAST):
            proxy.troubles = [trouble]
            error = attempt(lambda: network.look_up(out.intent_key, out.normal()))
            assert (type(error), getattr(error, "what_next", "")) == (NetworkError, "try_again"), (
                where,
                trouble,
            )
    assert network.look_up(out.intent_key, out.normal()) is not None


def test_taking_down_again_after_a_lost_answer_is_safe(server, member, network, proxy):
    receipt = network.publish(a_post("To take down"))
    proxy.where, proxy.troubles = "DELETE ", [Trouble.CUT_AFTER]

    lost = attempt(lambda: network.take_down(receipt.ref))
    again = attempt(lambda: network.take_down(receipt.ref))

    assert (lost.outcome_unknown, again, network.read_back(receipt.ref)) == (True, None, None)
    assert server.of(member) == []


ODD = [
    {},
    {"items": 1},
    [None, 1, "x"],
    [{"id": 5}],
    {"descendants": [1, None, {}, {"id": "1", "account": []}]},
]


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_an_odd_answer_is_an_error_or_nothing_and_never_a_crash(server, member, network, body):
    ref = network.publish(a_post()).ref
    for path in (
        r"GET .*/context",
        r"GET .*/notifications",
        r"GET .*/source",
        r"GET .*/statuses.*",
        r"GET .*",
    ):
        for call in (
            lambda: network.replies(ref), lambda: network.mentions(None), lambda: network.read_back(ref),
            lambda: network.look_again([ref]), network.profile,
            lambda: network.look_up(new_key(), a_post().normal()),
        ):  # fmt: skip
            server.instead = [Instead(path, 200, body)]
            attempt(call)
    server.instead = []
    assert network.read_back(ref) is not None


# --- A worker that is killed, at each step ----------------------------------------------------------------

PLACES = ["load", "may_start", "connect", "before the call", "after the call", "wanted", "follow"]


@pytest.fixture
def desk(own_database, make_federation):
    return Desk.set_up(make_federation(), now())


@BOTH
@pytest.mark.parametrize("place", PLACES)
def test_a_worker_killed_at_any_step_leaves_one_post(server, member, desk, place):
    desk.use("mastodon")
    given = Credential(secret=member.token, service=server.origin)
    connect = {"connect": lambda row: Mastodon(MASTODON, given)}
    row = desk.intent()
    for _ in range(2):  # and the one who comes after dies there too
        try:
            desk.advance(row, desk.spec(killed=place, **connect))
        except Killed:
            desk.at += timedelta(minutes=10)

    for _ in range(6):
        row = desk.advance(row, desk.spec(**connect))
        desk.at += timedelta(minutes=70)

    assert (row.state, server.of(member)) == ("confirmed", [row.text])


@BOTH
def test_equal_words_of_another_row_are_not_taken_for_this_ones(server, member, desk):
    desk.use("mastodon")
    given = Credential(secret=member.token, service=server.origin)
    spec = desk.spec(connect=lambda row: Mastodon(MASTODON, given))
    first, second = desk.intent(text="The same"), desk.intent(text="The same")
    assert desk.advance(first, spec).state == "confirmed"
    desk.change(second, state="sent", attempts=1, sent_at=desk.at)  # its worker died before the call

    desk.at += timedelta(minutes=10)
    row = desk.advance(second, spec)

    assert (row.state, row.because, server.of(member)) == ("asked", "no_proof", ["The same"])
    with scope(desk.federation_id):
        assert row.receipt is None
