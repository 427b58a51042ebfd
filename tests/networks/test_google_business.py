"""A Google Business profile against our own server that keeps to Google's published interfaces: the contract
of posts, reviews and their answers, signing in, and whatever goes wrong on the way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest

from schoolgate.core.env import env
from schoolgate.core.outside.client import Client
from schoolgate.core.surroundings import parts_of
from schoolgate.networks import signing_in
from schoolgate.networks.google import account
from schoolgate.networks.google_business import reading
from schoolgate.networks.handshake import Intent
from schoolgate.networks.known import Known, run_out_at
from schoolgate.networks.port import Attachment, NetworkError, OutgoingReply, Ref
from tests.network.fault_proxy import Trouble, fault_proxy
from tests.networks.contract import PostsContract, a_post, new_key, now
from tests.networks.google_business_server import SCOPE, google_business_server, refusal
from tests.networks.google_business_world import GoogleBusinessWorld
from tests.networks.mastodon_world import refused
from tests.networks.meta_world import jpeg
from tests.networks.own_server import Instead
from tests.networks.walking import FOUND, WITHOUT_PROOF, attempt, walk

pytestmark = pytest.mark.usefixtures("own_server")
AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
BACK = "https://school.test/accounts/connected"
PUBLISHING = r"POST /v4/.*/localPosts"


@pytest.fixture
def server():
    with google_business_server() as made:
        yield made


@pytest.fixture
def world(server):
    return GoogleBusinessWorld(server)


class TestGoogleBusiness(PostsContract):
    picture = staticmethod(jpeg)
    takes_keys = False
    proves = False


def test_a_picture_can_be_fetched_while_it_is_handed_over_and_never_after(server, world):
    server.polls = 2
    world.network.publish(a_post(pictures=(jpeg(),)))

    assert (len(server.fetched), world.laid.open, server.of(world.place)) == (
        1, {}, ["Open day on Friday at ten."],
    )  # fmt: skip


def test_a_picture_that_google_cannot_fetch_leaves_nothing(server, world):
    server.fetch = lambda _address: None

    error = refused(lambda: world.network.publish(a_post(pictures=(jpeg(),))))

    assert (error.code, error.what_next, server.posts) == ("picture_refused", "give_up", {})
    assert "could not be fetched" in error.detail


@pytest.mark.parametrize("polls", [0, 1])
def test_a_post_that_googles_own_rules_reject_is_deleted_and_told(server, world, polls):
    server.rejects, server.polls = "01248", polls

    error = refused(lambda: world.network.publish(a_post("Ring 01248 000000")))

    assert (error.code, error.what_next, error.outcome_unknown) == ("refused", "give_up", False)
    assert [one.gone for one in server.posts.values()] == [True]


def test_a_post_that_is_rejected_later_is_not_there_any_more(server, world):
    receipt = world.network.publish(a_post())
    server.posts[receipt.ref.id.partition("/")[2]].then = "REJECTED"

    assert world.network.read_back(receipt.ref) is None
    assert world.network.replies(receipt.ref) == []


def test_a_post_with_closed_comments_is_taken_because_no_one_can_comment_there(server, world):
    world.network.publish(a_post(comments_open=False))

    assert len(server.of(world.place)) == 1


def reply_to(item, words="Thank you."):
    return OutgoingReply(new_key(), words, now(), item.ref, Ref("googlebusiness", ""))


def test_reviews_arrive_as_what_is_addressed_to_the_place_with_their_stars(server, world):
    made = server.review(world.place, "Lovely <b>school</b>", stars="TWO", pictures=1)
    server.review(world.place, "", stars="FIVE", name="")

    first, second = world.network.mentions()

    assert (first.ref.id, first.text, first.author.display) == (
        f"reviews/{made.id}", "Lovely <b>school</b>", "A parent",
    )  # fmt: skip
    assert (first.kind, first.root, first.parent, first.private, first.ours) == (
        "mention",
        "",
        "",
        False,
        False,
    )
    assert first.attachments == (Attachment("other", "★★☆☆☆"), Attachment("other"))
    assert (second.text, second.author.display, second.attachments) == (
        "",
        "",
        (Attachment("other", "★★★★★"),),
    )


def test_only_reviews_that_were_written_or_changed_since_then_are_read(server, world):
    old = server.review(world.place, "Old")
    old.at -= timedelta(days=9)
    since = now() - timedelta(days=1)

    assert world.network.mentions(since) == []
    before = world.network.look_again([Ref("googlebusiness", f"reviews/{old.id}")])
    old.text, old.changed = "Old, but changed", now()
    (item,) = world.network.mentions(since)

    assert (item.text, item.edited) == ("Old, but changed", True)
    assert item.version != before[item.ref.id].version


def test_the_first_reading_leaves_years_of_reviews_where_they_are(server, world):
    reviews = [server.review(world.place, words) for words in ("Long ago", "In the autumn")]
    for review, days in zip(reviews, (91, 89), strict=True):
        review.at -= timedelta(days=days)

    assert [item.text for item in world.network.mentions()] == ["In the autumn"]


def test_where_there_are_more_reviews_than_are_read_the_newest_are(server, world, monkeypatch):
    monkeypatch.setattr(account, "PAGES", 1)
    for number in range(51):
        server.review(world.place, f"Review {number}")

    assert len(world.network.mentions()) == 50
    server.instead = [Instead(r"GET /v4/.*/reviews", 503, refusal(503))]
    assert refused(world.network.mentions).code == "network_trouble"


def test_more_reviews_than_fit_a_page_are_all_read_and_one_that_is_gone_is_told(server, world):
    for number in range(51):
        server.review(world.place, f"Review {number}")

    found = world.network.mentions()
    server.reviews[found[0].ref.id.partition("/")[2]].gone = True

    assert len(found) == 51
    assert world.network.look_again([found[0].ref, Ref("googlebusiness", "../x")]) == {
        found[0].ref.id: None, "../x": None,
    }  # fmt: skip


def test_an_answer_to_a_review_is_found_and_taken_down_again(server, world):
    review = server.review(world.place, "Lovely")
    (item,) = world.network.mentions()
    answer = reply_to(item)

    sent = world.network.reply(answer)

    found = world.network.look_up(answer.intent_key, answer.normal())
    assert (review.answer, found.ref) == ("Thank you.", sent.ref)
    assert answer.normal().differences(world.network.read_back(sent.ref).normal) == ()
    world.network.take_down(sent.ref)
    world.network.take_down(sent.ref)
    assert (review.answer, world.network.read_back(sent.ref), review.gone) == ("", None, False)


def test_an_answer_that_is_there_is_never_overwritten_by_another(server, world):
    review = server.review(world.place, "Lovely")
    (item,) = world.network.mentions()
    world.network.reply(reply_to(item))

    error = refused(lambda: world.network.reply(reply_to(item, "Something else.")))
    again = world.network.reply(reply_to(item))

    assert (error.code, review.answer, again.ref.id) == (
        "not_offered", "Thank you.", f"reviews/{review.id}/reply",
    )  # fmt: skip
    assert len([call for call in server.seen if call.startswith("PUT")]) == 1


def test_an_answer_is_counted_in_bytes_and_refused_before_google_is_asked(server, world):
    review = server.review(world.place, "Lovely")
    (item,) = world.network.mentions()
    longest = "🎉" * 1024

    error = refused(lambda: world.network.reply(reply_to(item, longest + "!")))
    assert (error.code, review.answer) == ("too_long", "")
    world.network.reply(reply_to(item, longest))
    assert review.answer == longest


def test_a_post_is_no_review_and_an_answer_no_post(world):
    receipt = world.network.publish(a_post())

    assert refused(
        lambda: world.network.reply(OutgoingReply(new_key(), "Yes", now(), receipt.ref, receipt.ref))
    ).code == "not_offered"  # fmt: skip
    assert refused(lambda: world.network.take_down(Ref("googlebusiness", "reviews/AbF"))).code == "not_found"


SAID = [
    (401, refusal(401), ("sign_in", "reconnect", False)),
    (403, refusal(403, "The caller does not have permission"), ("not_allowed", "reconnect", False)),
    (403, refusal(403, reason="ACCESS_TOKEN_SCOPE_INSUFFICIENT"), ("too_few_rights", "reconnect", False)),
    (400, refusal(400, "Summary is too long.", number=6), ("refused", "give_up", False)),
    (400, refusal(400, "Too small.", number=1003), ("picture_refused", "give_up", False)),
    (404, refusal(404), ("not_found", "give_up", False)),
    (409, b"", ("refused", "give_up", False)),
    (429, refusal(429), ("too_fast", "try_again", False)),
    (500, refusal(500, number=1003), ("network_trouble", "try_again", True)),
    (503, b"<html>", ("network_trouble", "try_again", True)),
]


@pytest.mark.parametrize(("status", "body", "told"), SAID)
def test_each_no_has_its_meaning_and_leaves_nothing_to_see(server, world, status, body, told):
    server.instead = [Instead(PUBLISHING, status, body)] * (2 if status == 401 else 1)

    error = refused(lambda: world.network.publish(a_post()))

    assert (error.code, error.what_next, error.outcome_unknown) == told
    assert server.of(world.place) == []


def test_googles_own_words_are_told_without_a_key(server, world):
    words = f"Summary is too long. {world.place.token}"
    server.instead = [Instead(PUBLISHING, 400, refusal(400, words, number=6))]

    detail = refused(lambda: world.network.publish(a_post())).detail

    assert ("Summary is too long." in detail, world.place.token in detail) == (True, False)


@pytest.fixture
def case(server):
    with fault_proxy(server.origin) as proxy, Client(silence=3.0) as http:
        proxy.where, proxy.hang = "/localPosts ", 3.5
        yield GoogleBusinessWorld(server, proxy.origin, http), proxy


@pytest.mark.parametrize(("trouble", "steps", "there"), WITHOUT_PROOF)
def test_a_post_is_there_once_or_a_person_is_asked(server, case, trouble, steps, there):
    world, proxy = case
    proxy.troubles = [trouble]

    known, path = walk(world.network, a_post("Once and only once"), world.network.capabilities.pace)

    assert path == steps
    assert known.state is (Intent.CONFIRMED if there else Intent.ASKED)
    assert len(server.of(world.place)) == there


def test_trouble_while_google_makes_up_its_mind_changes_nothing(server, case):
    world, proxy = case
    server.polls, proxy.where, proxy.troubles = 1, "GET /v4/", [Trouble.CUT_AFTER]

    receipt = world.network.publish(a_post())

    assert world.network.read_back(receipt.ref).normal.text == "Open day on Friday at ten."


def test_trouble_while_looking_up_never_counts_as_absence(case):
    world, proxy = case
    out = a_post("Looked up in trouble")
    world.network.publish(out)
    for where in (
        "GET /v4/accounts/101/locations/7000/localPosts",
        "GET /v4/accounts/101/locations/7000/reviews",
    ):
        for trouble in (Trouble.CUT_AFTER, Trouble.NOT_JSON, Trouble.TROUBLE_BEFORE, Trouble.TOO_FAST):
            proxy.where, proxy.troubles = where, [trouble]
            error = attempt(lambda: world.network.look_up(out.intent_key, out.normal()))
            assert (type(error), error.what_next) == (NetworkError, "try_again"), (where, trouble)


def test_a_yes_without_a_name_is_looked_up(server, case):
    world, _proxy = case
    server.instead = [Instead(PUBLISHING, 200, {"state": "LIVE"}, after=True)]

    known, path = walk(world.network, a_post("No name"), world.network.capabilities.pace)

    assert (known.state, path, server.of(world.place)) == (Intent.CONFIRMED, FOUND, ["No name"])


def test_an_answer_whose_yes_was_lost_is_there_once(server, case):
    world, proxy = case
    review = server.review(world.place, "Lovely")
    (item,) = world.network.mentions()
    answer = reply_to(item)
    proxy.where, proxy.troubles = "/reply ", [Trouble.CUT_AFTER]

    assert attempt(lambda: world.network.reply(answer)).outcome_unknown
    assert world.network.look_up(answer.intent_key, answer.normal()).normal.text == review.answer


def test_a_key_for_an_hour_that_ends_early_is_replaced_and_kept(server, world):
    world.network.profile()
    server.access.clear()

    world.network.publish(a_post())

    assert Known.read(world.network.session_to_keep()).access in server.access


def test_a_key_that_is_revoked_asks_for_a_new_one_and_is_told_to_no_one(server, world):
    world.place.revoked = True

    error = refused(lambda: world.network.publish(a_post()))

    assert (error.code, error.what_next, world.place.token in error.detail) == ("sign_in", "reconnect", False)


@pytest.fixture
def application(server, monkeypatch):
    for module, name in ((reading, "API"), (reading, "ACCOUNTS"), (reading, "PLACES"), (account, "TOKENS")):
        monkeypatch.setattr(module, name, server.origin)
    monkeypatch.setenv("SCHOOLGATE_GOOGLE_APP_ID", server.app_id)
    monkeypatch.setenv("SCHOOLGATE_GOOGLE_APP_SECRET", server.app_secret)
    env.cache_clear()
    yield server
    monkeypatch.undo()
    env.cache_clear()


def choices(server, place):
    code = server.code(place, back=BACK)
    return signing_in.choices("googlebusiness", code=code, back=BACK, at=AT)


def test_without_the_operators_keys_it_is_not_offered():
    env.cache_clear()

    assert not signing_in.offered("googlebusiness")


def test_a_person_is_asked_for_no_more_than_is_used(application):
    asked = parse_qs(parts_of(signing_in.dialog("googlebusiness", state="abc", back=BACK)).query)

    assert signing_in.offered("googlebusiness")
    assert (asked["scope"], asked["redirect_uri"], asked["access_type"]) == ([SCOPE], [BACK], ["offline"])


def test_a_person_chooses_among_all_places_that_they_manage(application, world):
    also = [application.join(f"School {number}", f"10{number % 3}", "Menai") for number in range(4)]
    for each in also:
        each.token = world.place.token

    found = choices(application, world.place)

    assert {(one.id, one.name) for one in found} == {
        (world.place.id, "Oakwood Primary School, Bangor"),
        *((one.id, f"{one.title}, Menai") for one in also),
    }  # fmt: skip
    chosen = next(one for one in found if one.id == also[2].id)
    known = Known.read(chosen.credential.session)
    assert (known.id, known.inside, run_out_at(chosen.credential)) == (also[2].id, "102", None)


def test_a_chosen_place_is_the_one_that_is_posted_to(application, world):
    other = application.join("Elmwood", "102")
    other.token = world.place.token
    chosen = next(one for one in choices(application, world.place) if one.id == other.id)
    world.place = replace(other)

    network = world.connect(chosen.credential.session)
    network.publish(a_post("Here"))

    assert application.of(other) == ["Here"]
    profile = network.profile()
    assert (profile.id, profile.display, profile.address) == (
        other.id, "Elmwood", f"https://maps.google.com/maps?cid={other.id}",
    )  # fmt: skip


def test_who_allows_less_than_was_asked_for_is_told(application, world):
    application.scope = "openid"

    assert refused(lambda: choices(application, world.place)).code == "too_few_rights"


def test_a_connection_is_renewed_while_the_person_still_allows_it(application, world):
    first = choices(application, world.place)[0].credential

    later = signing_in.renewed("googlebusiness", first, at=AT + timedelta(days=1))

    assert (later.secret, Known.read(later.session).inside) == (first.secret, "101")
    world.place.revoked = True
    assert refused(lambda: signing_in.renewed("googlebusiness", later, at=AT)).code == "sign_in"
