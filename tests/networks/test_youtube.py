"""A YouTube channel against our own server that keeps to the Data API: the contract, and what is its own."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.core.clock import now
from schoolgate.networks.handshake import Intent
from schoolgate.networks.known import Known
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import OutgoingReply
from schoolgate.networks.youtube.reading import title_of, until_midnight
from tests.filming import CAPTIONS
from tests.networks.contract import NetworkContract, a_picture, a_post, new_key, outgoing_film, the_comment
from tests.networks.mastodon_world import refused
from tests.networks.own_server import Instead
from tests.networks.walking import attempt, walk
from tests.networks.youtube_calls import youtube_server
from tests.networks.youtube_server import refusal
from tests.networks.youtube_world import YouTubeWorld, with_film

pytestmark = pytest.mark.usefixtures("own_server")


@pytest.fixture
def server():
    with youtube_server() as made:
        yield made


@pytest.fixture
def world(server):
    return YouTubeWorld(server)


class TestYouTube(NetworkContract):
    post = staticmethod(with_film)
    takes_keys = False
    proves = False
    tells_captions = False


def test_a_post_without_a_film_is_refused_before_the_network_is_asked(server, world):
    error = refused(lambda: world.network.publish(a_post()))

    assert (error.code, error.what_next, server.seen) == ("film_missing", "give_up", [])


def test_until_the_school_said_for_which_viewers_nothing_is_sent(server, world):
    network = world.connect(for_children=None)

    error = refused(lambda: network.publish(with_film()))

    assert (error.code, error.what_next, server.seen) == ("children_unsaid", "reconnect", [])


@pytest.mark.parametrize("for_children", [True, False])
def test_what_the_school_said_of_children_goes_with_each_film(server, world, for_children):
    receipt = world.connect(for_children=for_children).publish(with_film())

    assert server.videos[receipt.ref.id].status == {
        "privacyStatus": "public", "selfDeclaredMadeForKids": for_children, "embeddable": True,
        "license": "youtube", "publicStatsViewable": True,
    }  # fmt: skip


def test_below_a_film_for_children_there_are_no_comments(world):
    network = world.connect(for_children=True)

    receipt = network.publish(with_film(comments_open=False))

    assert (network.replies(receipt.ref), network.read_back(receipt.ref).comments_open) == ([], False)


def test_the_film_arrives_whole_with_its_cover_and_its_captions(server, world):
    out = with_film("Sports day\n\nEight runners, one winner.", languages=("cy",))

    receipt = world.network.publish(out)

    made = server.videos[receipt.ref.id]
    assert (made.data, made.cover) == (out.film.data, out.film.cover.data)
    assert made.captions == [("en", CAPTIONS)]
    assert {name: made.snippet[name] for name in ("title", "description", "defaultLanguage")} == {
        "title": "Sports day", "description": out.text, "defaultLanguage": "cy",
    }  # fmt: skip
    assert world.network.capabilities.is_post_address(receipt.ref.address)


def test_no_one_can_see_it_before_its_captions_are_there(server, world):
    server.instead = [Instead("POST upload/captions", 400, refusal("invalidCaption"))]

    error = refused(lambda: world.network.publish(with_film()))

    assert (error.code, error.what_next, error.outcome_unknown) == ("refused", "give_up", False)
    assert (server.of(world.channel), server.private(world.channel)) == ([], 0)


WORD = "word " * 30
TITLES = [
    ("Open day", "Open day"),
    ("Open day\nCome in", "Open day"),
    ("\n\n  Open day  \nx", "Open day"),
    ("a" * 100, "a" * 100),
    ("a" * 101, "a" * 99 + "…"),
    (WORD, ("word " * 19).strip() + "…"),
    ("🎉" * 50, "🎉" * 50),
    ("🎉" * 51, "🎉" * 49 + "…"),
    ("👩‍🏫" * 40, "👩‍🏫" * 19 + "…"),
]


@pytest.mark.parametrize(("text", "title"), TITLES, ids=range(len(TITLES)))
def test_the_title_is_the_first_line_within_a_hundred_signs(text, title):
    assert title_of(text) == title


def test_another_title_on_the_network_is_another_text(server, world):
    out = with_film()
    receipt = world.network.publish(out)

    server.videos[receipt.ref.id].snippet["title"] = "Closed"

    found = world.network.read_back(receipt.ref).normal
    assert (out.normal().differences(found), found.text) == (("text",), f"Closed\n{out.text}")


@pytest.mark.parametrize("how", ["private", "failed", "gone"])
def test_a_film_that_no_one_can_see_any_more_is_not_there(server, world, how):
    receipt = world.network.publish(with_film())
    made = server.videos[receipt.ref.id]

    if how == "private":
        made.status["privacyStatus"] = "private"
    elif how == "failed":
        made.upload_status = "failed"
    else:
        made.gone = True

    assert world.network.read_back(receipt.ref) is None


def test_films_of_an_application_that_was_not_audited_stay_private_and_are_told_so(server, world):
    server.audited = False

    error = refused(lambda: world.network.publish(with_film()))

    assert (error.code, error.what_next, error.outcome_unknown) == ("kept_private", "give_up", False)
    assert (server.of(world.channel), server.private(world.channel)) == ([], 0)


def test_a_channel_that_may_set_no_cover_publishes_without_one(server, world):
    world.channel.verified = False

    receipt = world.network.publish(with_film())

    assert server.videos[receipt.ref.id].cover == b""


def test_a_cover_that_is_too_large_is_left_out(server, world):
    film = outgoing_film()
    cover = replace(film.cover, data=b"\xff" * 2_097_153)

    receipt = world.network.publish(with_film(film=replace(film, cover=cover)))

    assert (server.videos[receipt.ref.id].cover, "POST upload/thumbnails/set" in server.seen) == (b"", False)


def test_a_film_without_captions_sends_none(server, world):
    receipt = world.network.publish(with_film(film=replace(outgoing_film(), captions="")))

    assert (server.videos[receipt.ref.id].captions, "POST upload/captions" in server.seen) == ([], False)


def test_captions_that_are_there_already_are_no_failure(server, world):
    server.instead = [Instead("POST upload/captions", 409, refusal("captionExists"))]

    assert world.network.publish(with_film())


LONDON = [  # (UTC, hours to midnight in California)
    (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), 9),
    (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), 1 / 60),
    (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), 24),
    (datetime(2026, 7, 1, 6, 0, tzinfo=UTC), 1),
    (datetime(2026, 3, 8, 8, 0, tzinfo=UTC), 23),  # the clocks go forward there
]


@pytest.mark.parametrize(("at", "hours"), LONDON)
def test_the_quota_begins_again_at_midnight_in_california(at, hours):
    assert until_midnight(at) == hours * 3600


@pytest.mark.parametrize("what", ["units", "inserts"])
def test_a_quota_that_is_used_up_waits_until_it_begins_again(server, world, what):
    setattr(server, what, 0)

    error = refused(lambda: world.network.publish(with_film()))

    assert (error.code, error.what_next, error.outcome_unknown) == ("too_fast", "try_again", False)
    assert abs(error.retry_after - until_midnight(now())) < 60
    assert server.videos == {}


def test_a_post_costs_what_its_page_in_the_handbook_says(server, world):
    before = server.units

    receipt = world.network.publish(with_film())
    published, before = before - server.units, server.units
    world.network.read_back(receipt.ref)
    world.network.replies(receipt.ref)

    assert (published, before - server.units) == (503, 3)


def test_a_key_for_an_hour_is_kept_and_made_again_before_it_ends(server, world):
    world.network.profile()
    session = world.network.session_to_keep()
    again = world.connect(session)
    again.profile()
    made = server.seen.count("POST token")

    old = replace(Known.read(session), access_until=int(now().timestamp()) + 30).to_text()
    late = world.connect(old)
    late.profile()

    assert (made, again.session_to_keep()) == (1, None)
    assert (server.seen.count("POST token"), late.session_to_keep() is not None) == (2, True)


def test_a_key_that_ends_before_its_hour_is_made_again_at_once(server, world):
    world.network.profile()
    server.access.clear()

    assert world.network.profile().id == world.channel.id


def test_a_key_of_another_channel_is_refused(server, world):
    world.channel.token, server.join("other").token = "nothing", world.channel.token

    assert refused(world.network.profile).code == "other_account"


def test_the_channel_is_known_by_its_handle_and_by_its_id(world):
    profile = world.network.profile()

    assert profile.handle == world.channel.handle[1:]
    assert (profile.address, profile.also) == (
        f"https://www.youtube.com/{world.channel.handle}",
        (f"https://www.youtube.com/channel/{world.channel.id}",),
    )


def test_likes_and_views_are_counted_and_films_that_are_gone_left_out(server, world):
    first, second = world.network.publish(with_film("One")), world.network.publish(with_film("Two"))
    server.videos[first.ref.id].liked = 7
    server.videos[second.ref.id].gone = True

    told = world.network.reactions([first.ref, second.ref])

    assert {key: (each.likes, each.replies, each.shares, each.views) for key, each in told.items()} == {
        first.ref.id: (7, 0, None, 12)
    }


def test_a_comment_is_hidden_shown_again_and_removed_for_good(server, world):
    receipt = world.network.publish(with_film())
    item = the_comment(world, receipt)

    world.network.hide(item)
    hidden = world.network.replies(receipt.ref)[0].hidden
    world.network.release(item)
    shown = world.network.replies(receipt.ref)[0].hidden
    world.network.remove(item)
    world.network.remove(item)

    assert (hidden, shown, world.network.replies(receipt.ref)) == (True, False, [])
    assert refused(lambda: world.network.release(item)).what_next == "give_up"


def test_what_the_network_holds_back_itself_is_told_as_hidden(server, world):
    receipt = world.network.publish(with_film())
    server.comment(receipt.ref.id, "Buy now", state="heldForReview")

    assert [item.hidden for item in world.network.replies(receipt.ref)] == [True]


def test_more_answers_than_come_along_are_read_too(server, world):
    receipt = world.network.publish(with_film())
    first = server.comment(receipt.ref.id, "Parking?")
    below = [server.comment(receipt.ref.id, f"{number}", parent=first.id).id for number in range(8)]

    told = world.network.replies(receipt.ref)

    assert {(one.ref.id, one.parent) for one in told} == {
        (first.id, receipt.ref.id), *((each, first.id) for each in below),
    }  # fmt: skip


def test_an_answer_to_an_answer_stands_below_the_same_comment(server, world):
    receipt = world.network.publish(with_film())
    first = server.comment(receipt.ref.id, "Parking?")
    below = server.comment(receipt.ref.id, "I wonder too", parent=first.id)
    item = next(one for one in world.network.replies(receipt.ref) if one.ref.id == below.id)

    sent = world.network.reply(OutgoingReply(new_key(), "On the field.", now(), item.ref, receipt.ref))

    assert server.comments[sent.ref.id].parent == first.id


def test_our_own_answer_can_be_taken_down(server, world):
    receipt = world.network.publish(with_film())
    item = the_comment(world, receipt)
    sent = world.network.reply(OutgoingReply(new_key(), "Yes.", now(), item.ref, receipt.ref))

    world.network.take_down(sent.ref)
    world.network.take_down(sent.ref)

    assert world.network.read_back(sent.ref) is None


def test_an_edited_comment_comes_again(server, world):
    receipt = world.network.publish(with_film())
    item = the_comment(world, receipt)
    since = item.seen_at + timedelta(seconds=1)
    before = world.network.replies(receipt.ref, since)

    server.comments[item.ref.id].updated = since

    assert (before, [one.edited for one in world.network.replies(receipt.ref, since)]) == ([], [True])


def test_a_picture_alone_is_refused(server, world):
    assert refused(lambda: world.network.publish(a_post(pictures=(a_picture(),)))).code == "too_many_pictures"
    assert server.seen == []


def test_the_same_words_before_the_intent_are_not_taken_for_it(server, world):
    receipt = world.network.publish(with_film("Every Friday"))
    server.videos[receipt.ref.id].at -= timedelta(minutes=10)
    out = with_film("Every Friday")

    assert world.network.look_up(out.intent_key, out.normal()) is None


def test_a_film_is_confirmed_from_its_first_reading(world):
    known, path = walk(world.network, with_film(), world.network.capabilities.pace)

    assert (known.state, path) == (Intent.CONFIRMED, ["send", "read_back", "nothing"])


ODD = [
    {},
    {"items": 1},
    {"items": [None, 1, {"id": 5}]},
    {"items": [{"id": "x", "snippet": [], "status": 3}]},
]


@pytest.mark.parametrize("body", ODD, ids=json.dumps)
def test_an_odd_answer_is_an_error_or_nothing_and_never_a_crash(server, world, body):
    ref = world.network.publish(with_film()).ref
    wanted = NormalPost.of("An answer")
    for call in (
        lambda: world.network.replies(ref),
        lambda: world.network.read_back(ref),
        lambda: world.network.reactions([ref]),
        world.network.profile,
        lambda: world.network.look_up(new_key(), with_film().normal()),
        lambda: world.network.look_up(new_key(), wanted),
    ):
        server.instead = [Instead("GET .*", 200, body)]
        attempt(call)
    server.instead = []
    assert world.network.read_back(ref) is not None
