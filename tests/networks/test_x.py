"""An account on X against our own server that keeps to X's published API: the contract, texts as X changes
them, pictures, replies, numbers, signing in, and whatever goes wrong on the way."""

import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest

from schoolgate.core.env import env
from schoolgate.core.outside.client import Client
from schoolgate.core.surroundings import parts_of
from schoolgate.networks import signing_in
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.handshake import Intent
from schoolgate.networks.known import Known, run_out_at
from schoolgate.networks.port import Attachment, NetworkError, Reactions, Ref
from schoolgate.networks.x import reading
from schoolgate.networks.x import signing_in as at_x
from schoolgate.networks.x.client import X
from tests.network.fault_proxy import Trouble, fault_proxy
from tests.networks.contract import NetworkContract, a_picture, a_post, comments, now
from tests.networks.mastodon_world import refused
from tests.networks.own_server import Instead
from tests.networks.walking import ASKED, FOUND, WITHOUT_PROOF, attempt, walk
from tests.networks.x_server import REFERENCE, SCOPES, refusal, x_server
from tests.networks.x_world import XWorld

pytestmark = pytest.mark.usefixtures("own_server")
AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
BACK = "https://school.test/accounts/connected"
PUBLISHING = "POST /2/tweets"


@pytest.fixture
def server():
    with x_server() as made:
        yield made


@pytest.fixture
def world(server):
    return XWorld(server)


class TestX(NetworkContract):
    takes_keys = False
    proves = False


class TestXByTheNamesOfItsReference(NetworkContract):
    takes_keys = False
    proves = False

    @pytest.fixture
    def server(self):
        with x_server(speaks=REFERENCE) as made:
            yield made


def test_the_names_of_fields_that_x_knows_are_found_once_and_another_no_is_not_asked_again(server, world):
    receipt = world.network.publish(a_post())
    server.speaks = REFERENCE
    server.seen.clear()

    world.network.read_back(receipt.ref)
    world.network.read_back(receipt.ref)
    assert len(server.seen) == 3

    server.instead = [Instead(r"GET /2/tweets/.*", 400, refusal(400, "Invalid Request"))]
    assert refused(lambda: world.network.read_back(receipt.ref)).code == "refused"
    assert len(server.seen) == 4


def test_a_link_and_a_picture_come_back_as_they_were_written_and_not_as_x_shortens_them(server, world):
    words = "Book & pay <here>: https://school.test/a?b=1&c=2 (or https://b.test/x). &amp; &lt;"

    receipt = world.network.publish(a_post(words, pictures=(a_picture(),)))

    found = world.network.read_back(receipt.ref)
    assert found.normal.text == words
    assert len(found.normal.pictures) == 1


@pytest.mark.parametrize(
    ("there", "shown"), [("http://school.test", "school.test"), ("https://a.test/x", "a.test/x")]
)
def test_a_servers_name_without_its_beginning_that_x_links_comes_back_as_written(there, shown):
    told = {
        "text": "Go to https://t.co/abc now",
        "entities": {"urls": [{"url": "https://t.co/abc", "expanded_url": there, "display_url": shown}]},
    }

    words = reading.words_of(told, reading.GUIDES)

    assert words == ("Go to school.test now" if there.startswith("http:") else "Go to https://a.test/x now")


def test_a_long_post_of_another_is_read_whole():
    told = {
        "text": "Cut of…",
        "note_tweet": {
            "text": "Whole &amp; long https://t.co/a",
            "entities": {"urls": [{"url": "https://t.co/a", "expanded_url": "https://b.test/"}]},
        },
    }

    assert reading.words_of(told, reading.GUIDES) == "Whole & long https://b.test/"


def test_each_picture_is_uploaded_with_its_own_bytes_and_description(server, world):
    pictures = (a_picture("One"), a_picture("Two"), a_picture(""))

    world.network.publish(a_post(pictures=pictures))

    assert [(one["data"], one["alt"]) for one in server.media.values()] == [
        (each.data, each.alt) for each in pictures
    ]


def test_a_picture_that_is_being_worked_on_is_waited_for_and_one_that_fails_leaves_nothing(server, world):
    server.polls = 2
    world.network.publish(a_post(pictures=(a_picture(),)))
    server.breaks_media = True

    error = refused(lambda: world.network.publish(a_post("Again", pictures=(a_picture(),))))

    assert (error.code, error.what_next, error.outcome_unknown) == ("picture_refused", "give_up", False)
    assert server.of(world.user) == ["Open day on Friday at ten."]


def test_a_picture_that_is_never_ready_is_tried_again_and_no_post_goes_without_it(server, world):
    server.polls = 10**6
    world.network._api._transport.time_out = 0.3

    error = refused(lambda: world.network.publish(a_post(pictures=(a_picture(),))))

    assert (error.code, error.what_next, error.outcome_unknown) == ("timed_out", "try_again", False)
    assert server.of(world.user) == []


def test_a_picture_whose_description_is_refused_leaves_nothing(server, world):
    server.instead = [
        Instead("POST /2/media/metadata", 400, refusal(400, "may only be 1000 characters long"))
    ]

    error = refused(lambda: world.network.publish(a_post(pictures=(a_picture(),))))

    assert (error.code, error.outcome_unknown, server.of(world.user)) == ("refused", False, [])


def test_a_text_is_counted_as_x_does_before_x_is_asked(server, world):
    link = " https://school.test/" + "x" * 200
    world.network.publish(a_post("é" * 256 + link))
    server.seen.clear()

    assert refused(lambda: world.network.publish(a_post("é" * 257 + link))).code == "too_long"
    assert refused(lambda: world.network.publish(a_post("日" * 141))).code == "too_long"
    assert server.seen == []


def test_a_reply_is_read_without_the_names_that_x_puts_before_it(server, world):
    receipt = world.network.publish(a_post())
    world.comment(receipt, "@teacher Is there parking?")

    (item,) = comments(world, receipt.ref)

    assert (item.text, item.author.handle, item.author.display) == (
        "@teacher Is there parking?", world.stranger.handle, "A parent",
    )  # fmt: skip
    assert item.ref.address == f"https://x.com/{world.stranger.handle}/status/{item.ref.id}"
    assert not item.private


def test_a_reply_to_a_reply_stands_below_it_and_edited_ones_say_so(server, world):
    receipt = world.network.publish(a_post())
    first = world.comment(receipt, "Parking?")
    below = server.write(world.stranger, "I wonder too", to=first)
    below.versions = 2

    nested = next(item for item in comments(world, receipt.ref) if item.ref.id == below.id)

    assert (nested.parent, nested.root, nested.edited, nested.text) == (
        first,
        receipt.ref.id,
        True,
        "I wonder too",
    )


def test_what_came_with_a_reply_is_named(server, world):
    receipt = world.network.publish(a_post())
    made = server.write(world.stranger, "Look", to=receipt.ref.id)
    made.more = {
        "attachments": {"poll_ids": ["1"]},
        "referenced_tweets": [{"type": "replied_to", "id": receipt.ref.id}, {"type": "quoted", "id": "9"}],
    }

    (item,) = comments(world, receipt.ref)

    assert item.attachments == (Attachment("quote"), Attachment("poll"))


def test_more_replies_than_fit_a_page_are_all_read_and_older_than_a_week_none(server, world):
    receipt = world.network.publish(a_post())
    server.posts[receipt.ref.id].at -= timedelta(days=9)
    for number in range(101):
        server.write(world.stranger, f"Reply {number}", to=receipt.ref.id)
    server.write(world.stranger, "Old", to=receipt.ref.id).at -= timedelta(days=8)

    assert len(comments(world, receipt.ref)) == 101
    assert len(world.network.replies(receipt.ref, now() - timedelta(days=30))) == 101


def test_numbers_are_told_by_their_names_and_none_of_a_post_that_is_gone(server, world):
    one, quiet, gone = (world.network.publish(a_post(words)).ref for words in ("One", "Quiet", "Gone"))
    server.counts[one.id] = {"like_count": 5, "retweet_count": 2, "quote_count": 1, "impression_count": 90}
    world.network.take_down(gone)
    server.seen.clear()

    assert world.network.reactions([one, quiet, gone]) == {
        one.id: Reactions(5, 2, 0, 1, 90), quiet.id: Reactions(0, 0, 0, 0, 0),
    }  # fmt: skip
    assert len(server.seen) == 1


def test_a_strangers_post_is_never_deleted(server, world):
    receipt = world.network.publish(a_post())
    comment = world.comment(receipt, "Parking?")

    error = refused(lambda: world.network.take_down(Ref("x", comment)))

    assert (error.code, error.words) == ("refused", "Forbidden: You are not authorized to delete this Tweet.")
    assert not server.posts[comment].gone


def test_without_the_operators_decision_no_reply_is_read(server, world):
    world.network = X(all_capabilities()["x"].connected(), world.credential)
    receipt = world.network.publish(a_post())
    world.comment(receipt, "Parking?")

    for call in (lambda: world.network.replies(receipt.ref), lambda: world.network.look_again([receipt.ref])):
        assert refused(call).code == "not_offered"


DUPLICATE = refusal(403, "You are not allowed to create a Tweet with duplicate content.", title="Forbidden")
SAID = [
    (401, refusal(401), ("early_end", "try_again", False)),
    (
        402,
        refusal(402, "Your account has no credits left.", kind="credits-depleted"),
        ("refused", "give_up", False),
    ),
    (403, refusal(403, "Reply not allowed."), ("refused", "give_up", False)),
    (403, refusal(403, "Not enrolled.", kind="client-forbidden"), ("not_allowed", "reconnect", False)),
    (403, DUPLICATE, ("network_trouble", "try_again", True)),
    (400, refusal(400), ("refused", "give_up", False)),
    (404, refusal(404), ("not_found", "give_up", False)),
    (429, refusal(429), ("too_fast", "try_again", False)),
    (500, refusal(500), ("network_trouble", "try_again", True)),
    (503, b"<html>", ("network_trouble", "try_again", True)),
]


@pytest.mark.parametrize(("status", "body", "told"), SAID)
def test_each_no_has_its_meaning_and_leaves_nothing_to_see(server, world, status, body, told):
    server.instead = [Instead(PUBLISHING, status, body)]

    error = refused(lambda: world.network.publish(a_post()))

    assert (error.code, error.what_next, error.outcome_unknown) == told
    assert server.of(world.user) == []


def test_a_no_inside_a_yes_is_a_no(server, world):
    body = {"errors": [refusal(403, "Not permitted.")]}
    server.instead = [Instead(PUBLISHING, 200, body)]

    error = refused(lambda: world.network.publish(a_post()))

    assert (error.code, error.what_next, "Not permitted." in error.detail) == ("refused", "give_up", True)


@pytest.mark.parametrize(
    ("headers", "least"), [({"x-rate-limit-reset": "+600"}, 600), ({"Retry-After": "90"}, 90), ({}, None)]
)
def test_a_limit_waits_until_x_says_that_it_ends(server, world, headers, least):
    headers = {
        name: str(int(time.time()) + 600) if said == "+600" else said for name, said in headers.items()
    }
    server.instead = [
        Instead(PUBLISHING, 429, {"errors": [{"code": 88, "message": "Rate limit exceeded"}]}, headers)
    ]

    error = refused(lambda: world.network.publish(a_post()))

    assert (error.code, "Rate limit exceeded" in error.words) == ("too_fast", True)
    assert error.retry_after is None if least is None else abs(error.retry_after - least) < 5


def test_a_key_that_has_ended_asks_for_a_new_connection_and_its_words_are_told_without_it(server, world):
    world.user.until = now() - timedelta(seconds=1)
    world.network = world.connect()

    error = refused(lambda: world.network.publish(a_post()))

    assert (error.code, error.what_next, error.words) == ("sign_in", "reconnect", "")
    server.keys(world.user)
    world.network = world.connect()
    server.instead = [Instead(PUBLISHING, 403, refusal(403, f"No, {world.user.access}"))]
    assert world.user.access not in refused(lambda: world.network.publish(a_post())).words


@pytest.fixture
def case(server):
    with fault_proxy(server.origin) as proxy, Client(silence=3.0) as http:
        proxy.where, proxy.hang = "POST /2/tweets ", 3.5
        yield XWorld(server, proxy.origin, http), proxy


@pytest.mark.parametrize(("trouble", "steps", "there"), WITHOUT_PROOF)
def test_a_post_is_there_once_or_a_person_is_asked(server, case, trouble, steps, there):
    world, proxy = case
    proxy.troubles = [trouble]

    known, path = walk(world.network, a_post("Once and only once"), world.network.capabilities.pace)

    assert path == steps
    assert known.state is (Intent.CONFIRMED if there else Intent.ASKED)
    assert len(server.of(world.user)) == there


def test_a_yes_without_a_number_is_looked_up(server, world):
    server.instead = [Instead(PUBLISHING, 201, {"data": {"text": "No id"}}, after=True)]

    known, path = walk(world.network, a_post("No id"), world.network.capabilities.pace)

    assert (known.state, path, server.of(world.user)) == (Intent.CONFIRMED, FOUND, ["No id"])


def test_the_same_words_as_an_older_post_go_to_a_person_and_are_never_sent_again(server, world):
    server.duplicates = True
    receipt = world.network.publish(a_post("Twice"))
    server.posts[receipt.ref.id].at -= timedelta(hours=1)

    known, path = walk(world.network, a_post("Twice"), world.network.capabilities.pace)

    assert (known.state, path, server.of(world.user)) == (Intent.ASKED, ASKED, ["Twice"])


def test_trouble_while_looking_up_never_counts_as_absence(case):
    world, proxy = case
    out = a_post("Looked up in trouble")
    world.network.publish(out)
    for trouble in (Trouble.CUT_AFTER, Trouble.NOT_JSON, Trouble.TROUBLE_BEFORE, Trouble.TOO_FAST):
        proxy.where, proxy.troubles = "GET /2/users/", [trouble]
        error = attempt(lambda: world.network.look_up(out.intent_key, out.normal()))
        assert (type(error), error.what_next) == (NetworkError, "try_again"), trouble


def test_an_answer_that_says_neither_there_nor_missing_is_no_absence(server, world):
    receipt = world.network.publish(a_post())
    server.instead = [Instead(r"GET /2/tweets/.*", 200, {"errors": [{"type": "about:blank"}]})]

    assert refused(lambda: world.network.read_back(receipt.ref)).code == "unreadable_answer"


def test_a_number_that_is_none_is_never_part_of_an_address(server, world):
    server.seen.clear()
    wrong = Ref("x", "1/../users/me")

    assert refused(lambda: world.network.read_back(wrong)).code == "not_found"
    assert refused(lambda: world.network.take_down(wrong)).code == "not_found"
    assert world.network.look_again([wrong]) == {wrong.id: None}
    assert server.seen == []


@pytest.fixture
def application(server, monkeypatch):
    monkeypatch.setattr(reading, "API", server.origin)
    monkeypatch.setenv("SCHOOLGATE_X_APP_ID", server.app_id)
    monkeypatch.setenv("SCHOOLGATE_X_APP_SECRET", server.app_secret)
    env.cache_clear()
    yield server
    monkeypatch.undo()
    env.cache_clear()


def choices(server, user, *, state="abc", used="abc"):
    asked = parse_qs(parts_of(signing_in.dialog("x", state=state, back=BACK)).query)
    code = server.code(user, back=asked["redirect_uri"][0], challenge=asked["code_challenge"][0])
    return signing_in.choices("x", code=code, back=BACK, state=used, at=now())


def test_without_the_operators_keys_it_is_not_offered():
    env.cache_clear()

    assert not signing_in.offered("x")


def test_a_person_is_asked_for_no_more_than_is_used(application):
    address = signing_in.dialog("x", state="abc", back=BACK)
    asked = parse_qs(parts_of(address).query)

    assert signing_in.offered("x")
    assert address.startswith("https://x.com/i/oauth2/authorize?")
    assert (asked["scope"], asked["code_challenge_method"]) == ([" ".join(SCOPES)], ["S256"])
    assert application.app_secret not in address


def test_a_person_connects_their_one_account(application, world):
    (choice,) = choices(application, world.user)

    assert (choice.id, choice.handle, choice.name) == (world.user.id, world.user.handle, "Oakwood School")
    assert choice.credential.secret == world.user.access
    assert run_out_at(choice.credential) is None
    assert not signing_in.ends_soon("x", choice.credential, at=now())
    assert signing_in.ends_soon("x", choice.credential, at=now() + timedelta(minutes=106))


def test_a_code_that_came_back_for_another_state_counts_for_nothing(application, world):
    error = refused(lambda: choices(application, world.user, used="another"))

    assert (error.code, application.app_secret in error.detail) == ("sign_in", False)


def test_who_allows_less_than_was_asked_for_is_told(application, world):
    application.scope = "tweet.read users.read offline.access"

    assert refused(lambda: choices(application, world.user)).code == "too_few_rights"


def test_a_wrong_secret_of_the_application_is_no_trouble_of_the_persons(application, world):
    (choice,) = choices(application, world.user)
    application.app_secret = "another"

    assert refused(lambda: choices(application, world.user)).code == "not_allowed"
    assert refused(lambda: signing_in.renewed("x", choice.credential, at=AT)).code == "not_allowed"


def test_keys_are_renewed_by_ones_that_count_once_while_the_person_still_allows_it(application, world):
    first = choices(application, world.user)[0].credential

    later = signing_in.renewed("x", first, at=AT)

    assert (later.secret, Known.read(later.session).renews) == (world.user.access, world.user.refresh)
    assert Known.read(later.session).access_until == int(AT.timestamp()) + 7200
    assert (later.handle, Known.read(later.session).id) == (world.user.handle, world.user.id)
    assert refused(lambda: signing_in.renewed("x", first, at=AT)).code == "sign_in"
    assert at_x.renewed("x", later, at=AT).secret == world.user.access
    world.user.revoked = True
    assert refused(lambda: signing_in.renewed("x", later, at=AT)).code == "sign_in"
