"""The Mastodon client against a server of ours that keeps to the published API: the contract, and what is
Mastodon's own."""

import pytest

from schoolgate.networks.checks import IN_FULL
from schoolgate.networks.port import OutgoingReply, Ref
from tests.networks.contract import NetworkContract, a_picture, a_post, new_key, now, the_comment
from tests.networks.mastodon_calls import mastodon_server
from tests.networks.mastodon_world import MastodonWorld, refused
from tests.networks.own_server import Instead

pytestmark = pytest.mark.usefixtures("own_server")


@pytest.fixture(scope="module")
def shared_server():
    with mastodon_server() as made:
        yield made


@pytest.fixture(scope="module")
def plainer_server():
    with mastodon_server(
        tells_source=False, tells_scopes=False, lists_statuses=False, newest_instance=False, polls=2
    ) as made:
        yield made


@pytest.fixture
def server():
    with mastodon_server() as made:
        yield made


class TestMastodon(NetworkContract):
    @pytest.fixture
    def world(self, shared_server):
        return MastodonWorld(shared_server)


class TestAPlainerServer(NetworkContract):
    """One that tells no source, no scopes, no list of statuses, and has only the older call about itself."""

    own_text = (500, IN_FULL)

    @pytest.fixture
    def world(self, plainer_server):
        return MastodonWorld(plainer_server)


@pytest.fixture
def world(server):
    return MastodonWorld(server)


# --- What a server is told and what it tells --------------------------------------------------------------


def test_a_post_is_public_in_its_language_and_carries_no_more(world):
    world.network.publish(a_post("Mae’r ysgol ar gau.", languages=("cy", "en")))

    [made] = world.server.statuses.values()
    assert (made.visibility, made.language, made.warning, made.parent) == ("public", "cy", "", "")
    assert list(world.server.keys) == [(world.member.id, next(iter(world.server.keys))[1])]


def test_an_answer_names_who_is_answered_and_is_read_back_without_that(world):
    receipt = world.network.publish(a_post())
    item = the_comment(world, receipt)
    answer = OutgoingReply(new_key(), "Yes, on the field.", now(), item.ref, receipt.ref)

    sent = world.network.reply(answer)

    made = world.server.statuses[sent.ref.id]
    assert made.text == f"@{world.stranger.name}\u00a0Yes, on the field."
    assert world.server.notices[-1][1] == world.stranger.id
    assert world.network.read_back(sent.ref).normal == answer.normal()


def test_an_answer_to_ourselves_names_nobody(world):
    receipt = world.network.publish(a_post())

    sent = world.network.reply(OutgoingReply(new_key(), "And at two.", now(), receipt.ref, receipt.ref))

    assert world.server.statuses[sent.ref.id].text == "And at two."


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("public", "public"), ("unlisted", "unlisted"), ("direct", "direct"), ("local", "direct")],
)
def test_an_answer_is_seen_by_no_more_people_than_what_it_answers(world, theirs, ours):
    told = world.server.post(world.stranger, f"@{world.member.name} May I ask?", visibility=theirs)
    ref = Ref("mastodon", told.id)

    sent = world.network.reply(OutgoingReply(new_key(), "Do.", now(), ref, ref))

    assert world.server.statuses[sent.ref.id].visibility == ours


def test_limits_are_the_servers_own_and_read_once_a_day(server, world, monkeypatch):
    server.most_characters, server.most_words, server.picture_bytes = 5000, 400, 1000
    limits = world.network.limits()
    session = world.network.session_to_keep()
    server.seen.clear()

    again = world.again(session)
    assert again.limits() == limits
    assert server.seen == []
    monkeypatch.setattr("time.time", lambda: now().timestamp() + 86_401)
    assert again.limits() == limits
    assert server.seen == ["GET /api/v2/instance"]
    assert (limits.text_max, limits.alt_max, limits.picture_bytes, limits.pictures) == (5000, 400, 1000, 4)


def test_limits_that_the_server_tightened_are_read_after_its_refusal(server, world):
    world.network.limits()
    server.most_characters = 10

    first = refused(lambda: world.network.publish(a_post("Twelve signs")))
    second = refused(lambda: world.network.publish(a_post("Twelve signs")))

    assert (first.code, first.what_next, first.detail) == (
        "refused", "give_up", "Validation failed: Text character limit of 10 exceeded",
    )  # fmt: skip
    assert (second.code, server.of(world.member)) == ("too_long", [])


LENGTHS = [
    ("é" * 500, True),
    ("é" * 501, False),
    ("a" * 476 + " https://school.test/" + "x" * 300, True),
    ("a" * 477 + " https://school.test/" + "x" * 300, False),
    ("a" * 490 + " @teacher@" + "x" * 50 + ".test", True),
    ("a" * 492 + " @teacher@" + "x" * 50 + ".test", False),
    ("👩‍🏫" * 500, True),
    ("👩‍🏫" * 501, False),
]


@pytest.mark.parametrize(("text", "fits"), LENGTHS)
def test_signs_are_counted_as_the_server_counts_them(world, text, fits):
    """The server counts with code of its own: what we take for short enough it takes."""
    if fits:
        assert world.network.publish(a_post(text)).ref.id in world.server.statuses
    else:
        assert refused(lambda: world.network.publish(a_post(text))).code == "too_long"
        assert [one for one in world.server.seen if one.startswith("POST")] == []


KINDS = [
    ({"version": "4.5.0", "api_versions": {"mastodon": 7}}, "Mastodon characters"),
    ({"version": "4.2.10+glitch"}, "Mastodon characters"),
    ({"version": "0.20.0"}, IN_FULL),
    ({"version": "4.0.0 (compatible; another 2.9)"}, IN_FULL),
    ({"version": None, "api_versions": []}, IN_FULL),
]


@pytest.mark.parametrize(("told", "unit"), KINDS)
def test_a_server_that_is_not_known_to_count_as_mastodon_is_counted_for_in_full(server, world, told, unit):
    server.instead = [Instead("GET /api/v2/instance", 200, {"domain": server.domain, **told})]

    assert world.network.limits().text_unit == unit


def test_a_picture_is_described_and_waited_for(server, world):
    server.polls = 2

    receipt = world.network.publish(a_post(pictures=(a_picture(),)))

    [number] = server.statuses[receipt.ref.id].media
    assert server.media[number].words == "An empty hall, the chairs in rows."
    assert server.seen.count(f"GET /api/v1/media/{number}") == 3


def test_a_picture_that_the_server_cannot_work_through_is_refused(server, world):
    server.polls, server.breaks_media = 1, True

    error = refused(lambda: world.network.publish(a_post(pictures=(a_picture(),))))

    assert (error.code, error.what_next, error.outcome_unknown) == ("picture_refused", "give_up", False)
    assert server.of(world.member) == []


def test_a_picture_with_more_pixels_than_the_server_takes_is_not_uploaded(server, world):
    server.picture_pixels = 100

    assert refused(lambda: world.network.publish(a_post(pictures=(a_picture(),)))).code == "picture_refused"
    assert server.media == {}


def test_a_picture_that_is_never_ready_is_put_off_and_nothing_is_posted(server, world, monkeypatch):
    server.polls = 1000
    monkeypatch.setattr(world.network._account._transport, "time_out", 0.6)

    error = refused(lambda: world.network.publish(a_post(pictures=(a_picture(),))))

    assert (error.code, error.what_next, error.outcome_unknown) == ("timed_out", "try_again", False)
    assert server.of(world.member) == []
