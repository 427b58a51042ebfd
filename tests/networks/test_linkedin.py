"""A LinkedIn Page against our own server that keeps to LinkedIn's published interface: the contract, texts,
pictures, answers, numbers, signing in, and whatever goes wrong on the way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.cli import checking as program
from schoolgate.core.env import env
from schoolgate.core.outside.client import Client
from schoolgate.core.surroundings import parts_of
from schoolgate.networks import signing_in
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.handshake import Intent
from schoolgate.networks.known import Known, run_out_at
from schoolgate.networks.linkedin import reading, texts
from schoolgate.networks.linkedin import signing_in as linkedin
from schoolgate.networks.linkedin.client import LinkedIn
from schoolgate.networks.port import Attachment, NetworkError, OutgoingReply, Reactions, Ref
from tests.network.fault_proxy import Trouble, fault_proxy
from tests.networks.contract import NetworkContract, a_picture, a_post, comments, new_key, now
from tests.networks.linkedin_server import RESERVED, SCOPES, linkedin_server, refusal, shown, understood
from tests.networks.linkedin_world import LinkedInWorld
from tests.networks.mastodon_world import refused
from tests.networks.own_server import Instead
from tests.networks.walking import ASKED, FOUND, WITHOUT_PROOF, attempt, walk

pytestmark = pytest.mark.usefixtures("own_server")
AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
BACK = "https://school.test/accounts/connected"
PUBLISHING = "POST /rest/posts"


@pytest.fixture
def server():
    with linkedin_server() as made:
        yield made


@pytest.fixture
def world(server):
    return LinkedInWorld(server)


class TestLinkedIn(NetworkContract):
    takes_keys = False
    proves = False


ANY = st.text(st.sampled_from([*RESERVED, *"aé🎉 \n#hashtag|urn:li", "\U0001f469"]), max_size=60)


@given(text=ANY)
def test_no_sign_of_a_text_is_lost_on_the_way_there_and_back(text):
    assert understood(texts.written(text)) == text
    assert texts.read(shown(text)) == text
    assert texts.read(texts.written(text)) == text


def test_hashtags_are_sent_as_such_and_mentions_of_others_are_read_by_their_names():
    assert texts.written("#OpenDay (#2027, #well-being)") == r"{hashtag|\#|OpenDay} \(\#2027, \#well-being\)"
    assert texts.read(r"@[Acme \(UK\)](urn:li:organization:1) and {hashtag|＃|x}") == "Acme (UK) and ＃x"


def test_a_text_is_counted_by_the_stricter_count_because_more_would_be_cut_without_a_word(server, world):
    world.network.publish(a_post("🎉" * 1500))
    error = refused(lambda: world.network.publish(a_post("🎉" * 1500 + "!")))

    assert (error.code, server.of(world.page)) == ("too_long", ["🎉" * 1500])


def test_a_post_has_its_address_and_is_shown_to_everyone_in_the_main_feed(server, world):
    receipt = world.network.publish(a_post())

    assert receipt.ref.address == f"https://www.linkedin.com/feed/update/{receipt.ref.id}"
    assert world.network.capabilities.is_post_address(receipt.ref.address)
    assert set(server.versions) == {"202606"}


def test_each_picture_is_uploaded_once_with_its_own_bytes(server, world):
    pictures = (a_picture("One"), a_picture("Two"))

    receipt = world.network.publish(a_post(pictures=pictures))

    assert [*server.files.values()] == [each.data for each in pictures]
    assert receipt.ref.id.startswith("urn:li:ugcPost:")


def test_a_picture_that_is_being_worked_on_is_waited_for_and_one_that_fails_leaves_nothing(server, world):
    server.polls = 2
    world.network.publish(a_post(pictures=(a_picture(),)))
    server.breaks_media = True

    error = refused(lambda: world.network.publish(a_post("Again", pictures=(a_picture(),))))

    assert (error.code, error.what_next, error.outcome_unknown) == ("picture_refused", "give_up", False)
    assert server.of(world.page) == ["Open day on Friday at ten."]


def test_a_picture_that_is_never_ready_is_tried_again_and_no_post_goes_without_it(server, world):
    server.polls = 10**6
    world.network._api._transport.time_out = 0.3

    error = refused(lambda: world.network.publish(a_post(pictures=(a_picture(),))))

    assert (error.code, error.what_next, error.outcome_unknown) == ("timed_out", "try_again", False)
    assert server.of(world.page) == []


@pytest.mark.parametrize(
    "place", ["https://linkedin.com.evil.test", "http://www.linkedin.com", "https://evil.test/linkedin.com"]
)
def test_a_picture_and_the_key_go_to_no_other_place_than_linkedins(server, world, place):
    server.uploads_at = place

    error = refused(lambda: world.network.publish(a_post(pictures=(a_picture(),))))

    assert (error.code, error.detail) == ("unreadable_answer", "another place for a file")


def test_an_answer_to_an_answer_stands_beside_it_because_there_is_one_level(server, world):
    receipt = world.network.publish(a_post())
    first = world.comment(receipt, "Parking?")
    below = server.comment(receipt.ref.id, "I wonder too", above=first).urn
    nested = next(item for item in comments(world, receipt.ref) if item.ref.id == below)
    assert (nested.parent, nested.root) == (first, receipt.ref.id)

    sent = world.network.reply(OutgoingReply(new_key(), "On the field.", now(), nested.ref, receipt.ref))

    assert server.things[sent.ref.id].above == first


def test_an_answer_is_counted_before_linkedin_is_asked_and_none_goes_to_a_post(server, world):
    receipt = world.network.publish(a_post())
    world.comment(receipt, "Parking?")
    (item,) = comments(world, receipt.ref)
    server.seen.clear()

    long = OutgoingReply(new_key(), "é" * 1251, now(), item.ref, receipt.ref)
    assert refused(lambda: world.network.reply(long)).code == "too_long"
    on_post = OutgoingReply(new_key(), "Yes", now(), receipt.ref, receipt.ref)
    assert refused(lambda: world.network.reply(on_post)).code == "not_offered"
    assert server.seen == []
    world.network.reply(replace(long, text="é" * 1250))


def test_an_answer_of_ours_is_taken_down_twice_and_a_strangers_comment_never(server, world):
    receipt = world.network.publish(a_post())
    comment = world.comment(receipt, "Parking?")
    (item,) = comments(world, receipt.ref)
    sent = world.network.reply(OutgoingReply(new_key(), "On the field.", now(), item.ref, receipt.ref))

    world.network.take_down(sent.ref)
    world.network.take_down(sent.ref)

    assert world.network.read_back(sent.ref) is None
    assert refused(lambda: world.network.take_down(item.ref)).code == "not_allowed"
    assert not server.things[comment].gone


def test_more_comments_than_fit_a_page_are_all_read(server, world):
    receipt = world.network.publish(a_post())
    for number in range(101):
        server.comment(receipt.ref.id, f"Comment {number}")

    assert len(comments(world, receipt.ref)) == 101


def test_who_wrote_is_told_by_a_number_alone_and_what_came_with_it_is_named(server, world):
    receipt = world.network.publish(a_post())
    made = server.comment(receipt.ref.id, "Look", by="urn:li:person:Xy_1")
    made.content = [{"type": "IMAGE", "url": "https://media.test/x"}, {"type": "ARTICLE"}, {"type": "?"}]

    (item,) = comments(world, receipt.ref)

    assert (item.author.id, item.author.handle, item.author.display) == ("urn:li:person:Xy_1", "", "")
    assert item.attachments == (Attachment("picture"), Attachment("card"), Attachment("other"))
    assert not item.private


def test_numbers_come_from_the_pages_analytics_and_none_of_a_post_that_is_gone(server, world):
    one, quiet, gone = (world.network.publish(a_post(words)).ref for words in ("One", "Quiet", "Gone"))
    many = world.network.publish(a_post("Two", pictures=(a_picture("1"), a_picture("2")))).ref
    server.counts[one.id] = {"likeCount": 7, "shareCount": 3, "impressionCount": 90}
    server.counts[many.id] = {"likeCount": 1, "impressionCount": -7}
    server.comment(one.id, "Good luck")
    world.network.take_down(gone)
    server.seen.clear()

    assert world.network.reactions([one, quiet, gone, many]) == {
        one.id: Reactions(likes=7, shares=3, replies=1, views=90),
        quiet.id: Reactions(likes=0, shares=0, replies=0, views=0),
        many.id: Reactions(likes=1, shares=0, replies=0, views=None),
    }
    assert len(server.seen) == 1
    assert world.network.reactions([]) == {}


def test_without_the_operators_decision_comments_are_neither_asked_for_nor_read(server, world, application):
    world.network = LinkedIn(all_capabilities()["linkedin"].connected(), world.credential, version="202606")
    receipt = world.network.publish(a_post())
    world.comment(receipt, "Parking?")
    server.seen.clear()

    answer = OutgoingReply(new_key(), "Yes", now(), Ref("linkedin", "urn:li:comment:(x)"), receipt.ref)
    for call in (
        lambda: world.network.replies(receipt.ref),
        lambda: world.network.look_again([receipt.ref]),
        lambda: world.network.reply(answer),
    ):
        assert refused(call).code == "not_offered"
    assert world.network.look_up(answer.intent_key, a_post("None").normal()) is None
    assert [call for call in server.seen if "socialActions" in call] == []
    assert "_feed" not in signing_in.dialog("linkedin", state="abc", back=BACK)
    server.scope = "r_organization_social,w_organization_social,rw_organization_admin"
    assert choices(server, world.person)[0].id == world.page.id


def test_a_page_of_a_school_is_the_same_by_its_name_and_its_number(server, world):
    school = server.join("Elmwood", "SCHOOL")
    world.person.runs[school.id] = "ADMINISTRATOR"
    world.page = school

    profile = world.connect().profile()

    assert profile.address == f"https://www.linkedin.com/school/{school.vanity}/"
    assert f"https://www.linkedin.com/company/{school.id}/" in profile.also
    assert (profile.handle, profile.display) == (school.vanity, "Elmwood")


DUPLICATE = refusal(422, "Content is a duplicate of urn:li:share:71", code="DUPLICATE_POST")
SAID = [
    (401, refusal(401, service=65602, name="EXPIRED_ACCESS_TOKEN"), ("sign_in", "reconnect", False)),
    (403, refusal(403, service=100, name="ACCESS_DENIED"), ("not_allowed", "reconnect", False)),
    (404, refusal(404), ("not_found", "give_up", False)),
    (400, refusal(400), ("refused", "give_up", False)),
    (422, refusal(422, "/commentary :: is too long"), ("refused", "give_up", False)),
    (422, DUPLICATE, ("network_trouble", "try_again", True)),
    (426, refusal(426, name="NONEXISTENT_VERSION"), ("old_version", "give_up", False)),
    (429, refusal(429), ("too_fast", "try_again", False)),
    (500, refusal(500), ("network_trouble", "try_again", True)),
    (503, b"<html>", ("network_trouble", "try_again", True)),
]


@pytest.mark.parametrize(("status", "body", "told"), SAID)
def test_each_no_has_its_meaning_and_leaves_nothing_to_see(server, world, status, body, told):
    server.instead = [Instead(PUBLISHING, status, body)]

    error = refused(lambda: world.network.publish(a_post()))

    assert (error.code, error.what_next, error.outcome_unknown) == told
    assert server.of(world.page) == []


def test_linkedins_own_words_are_told_without_a_key(server, world):
    words = f"ShareCommentary is too long. {world.person.access}"
    server.instead = [Instead(PUBLISHING, 422, refusal(422, words, code="FIELD_LENGTH"))]

    error = refused(lambda: world.network.publish(a_post()))

    assert error.words == "FIELD_LENGTH ShareCommentary is too long. [...]"


@pytest.mark.parametrize(
    ("headers", "words", "least"),
    [({"Retry-After": "90"}, "Slow down", 90), ({}, "APPLICATION DAY limit is reached", 0), ({}, "Hm", None)],
)
def test_a_used_up_day_waits_until_midnight_and_what_linkedin_says_goes_first(
    server, world, headers, words, least
):
    server.instead = [Instead(PUBLISHING, 429, refusal(429, words), headers)]

    wait = refused(lambda: world.network.publish(a_post())).retry_after

    if least is None:
        assert wait is None
    else:
        midnight = (now() + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        expected = least or (midnight - now()).total_seconds()
        assert abs(wait - expected) < 5


def test_a_version_that_linkedin_ended_says_so_and_a_later_one_works(server, world):
    error = refused(lambda: world.connect("202401").publish(a_post()))
    world.connect("202611").publish(a_post())

    assert (error.code, error.words) == (
        "old_version", "NONEXISTENT_VERSION Requested version 202401 is not active",
    )  # fmt: skip
    assert len(server.of(world.page)) == 1


@pytest.fixture
def case(server):
    with fault_proxy(server.origin) as proxy, Client(silence=3.0) as http:
        proxy.where, proxy.hang = "POST /rest/posts ", 3.5
        yield LinkedInWorld(server, proxy.origin, http), proxy


NO_BODY = [row for row in WITHOUT_PROOF if row[0] is not Trouble.HALF_A_BODY]
"""The yes to a new post has no body that could be cut."""


@pytest.mark.parametrize(("trouble", "steps", "there"), NO_BODY)
def test_a_post_is_there_once_or_a_person_is_asked(server, case, trouble, steps, there):
    world, proxy = case
    proxy.troubles = [trouble]

    known, path = walk(world.network, a_post("Once and only once"), world.network.capabilities.pace)

    assert path == steps
    assert known.state is (Intent.CONFIRMED if there else Intent.ASKED)
    assert len(server.of(world.page)) == there


def test_a_yes_without_a_name_is_looked_up(server, world):
    server.instead = [Instead(PUBLISHING, 201, None, after=True)]

    known, path = walk(world.network, a_post("No name"), world.network.capabilities.pace)

    assert (known.state, path, server.of(world.page)) == (Intent.CONFIRMED, FOUND, ["No name"])


def test_the_same_words_as_an_older_post_go_to_a_person_and_are_never_sent_again(server, world):
    server.duplicates = True
    receipt = world.network.publish(a_post("Twice"))
    server.things[receipt.ref.id].at -= 3_600_000

    known, path = walk(world.network, a_post("Twice"), world.network.capabilities.pace)

    assert (known.state, path, server.of(world.page)) == (Intent.ASKED, ASKED, ["Twice"])


def test_trouble_while_looking_up_never_counts_as_absence(case):
    world, proxy = case
    out = a_post("Looked up in trouble")
    world.network.publish(out)
    for where in ("GET /rest/posts", "GET /rest/socialActions"):
        for trouble in (Trouble.CUT_AFTER, Trouble.NOT_JSON, Trouble.TROUBLE_BEFORE, Trouble.TOO_FAST):
            proxy.where, proxy.troubles = where, [trouble]
            error = attempt(lambda: world.network.look_up(out.intent_key, out.normal()))
            assert (type(error), error.what_next) == (NetworkError, "try_again"), (where, trouble)


def test_an_answer_whose_yes_was_lost_is_there_once_and_found(server, case):
    world, proxy = case
    receipt = world.network.publish(a_post())
    world.comment(receipt, "Parking?")
    (item,) = comments(world, receipt.ref)
    answer = OutgoingReply(new_key(), "On the field.", now(), item.ref, receipt.ref)
    proxy.where, proxy.troubles = "POST /rest/socialActions", [Trouble.CUT_AFTER]

    assert attempt(lambda: world.network.reply(answer)).outcome_unknown
    found = world.network.look_up(answer.intent_key, answer.normal())
    assert server.things[found.ref.id].text == "On the field."


def test_a_name_that_is_none_is_never_part_of_an_address(server, world):
    server.seen.clear()
    wrong = Ref("linkedin", "urn:li:share:1/../../organizations")

    assert refused(lambda: world.network.read_back(wrong)).code == "not_found"
    assert refused(lambda: world.network.take_down(wrong)).code == "not_found"
    assert world.network.look_again([wrong]) == {wrong.id: None}
    assert server.seen == []


def test_a_key_that_is_revoked_asks_for_a_new_one_and_is_told_to_no_one(server, world):
    world.person.revoked = True

    error = refused(lambda: world.network.publish(a_post()))

    assert (error.code, error.what_next, error.words) == ("sign_in", "reconnect", "")


@pytest.fixture
def application(server, monkeypatch):
    monkeypatch.setattr(reading, "API", server.origin)
    monkeypatch.setattr(linkedin, "DIALOG", server.origin)
    monkeypatch.setenv("SCHOOLGATE_LINKEDIN_APP_ID", server.app_id)
    monkeypatch.setenv("SCHOOLGATE_LINKEDIN_APP_SECRET", server.app_secret)
    env.cache_clear()
    yield server
    monkeypatch.undo()
    env.cache_clear()


def choices(server, person, code=""):
    return signing_in.choices("linkedin", code=code or server.code(person, back=BACK), back=BACK, at=AT)


def test_without_the_operators_keys_it_is_not_offered():
    env.cache_clear()

    assert not signing_in.offered("linkedin")


@pytest.fixture
def reads_comments(application, monkeypatch):
    monkeypatch.setenv("SCHOOLGATE_COMMENTS_OF", "linkedin")
    env.cache_clear()


def test_a_person_is_asked_for_no_more_than_is_used(application, reads_comments):
    address = signing_in.dialog("linkedin", state="abc", back=BACK)
    asked = parse_qs(parts_of(address).query)

    assert signing_in.offered("linkedin")
    assert address.startswith(f"{application.origin}/oauth/v2/authorization?")
    assert (set(asked["scope"][0].split()), asked["redirect_uri"], asked["state"]) == (
        set(SCOPES), [BACK], ["abc"],
    )  # fmt: skip


def test_a_person_chooses_among_the_pages_that_they_run(application, world):
    also = application.join("Elmwood School", "SCHOOL")
    analysed = application.join("Northgate")
    world.person.runs |= {also.id: "ADMINISTRATOR", analysed.id: "ANALYST"}

    found = choices(application, world.person)

    assert [(one.id, one.name, one.handle) for one in found] == [
        (page.id, page.name, page.vanity) for page in (world.page, also)
    ]
    assert run_out_at(found[1].credential) == AT + timedelta(days=60, seconds=-1)
    world.page = also
    world.connect().publish(a_post("Here"))
    assert application.of(also) == ["Here"]


def test_who_allows_less_than_was_asked_for_is_told(application, world):
    application.scope = "r_organization_social"

    assert refused(lambda: choices(application, world.person)).code == "too_few_rights"


def test_a_code_that_was_used_is_refused_and_told_without_a_secret(application, world):
    code = application.code(world.person, back=BACK)
    choices(application, world.person, code)

    error = refused(lambda: choices(application, world.person, code))

    assert (error.code, application.app_secret in error.detail, code in error.detail) == (
        "sign_in", False, False,
    )  # fmt: skip


def test_a_wrong_secret_of_the_application_is_no_trouble_of_the_persons(application, world):
    application.app_secret = "another"

    assert refused(lambda: choices(application, world.person)).code == "not_allowed"


def test_a_connection_is_renewed_while_the_person_still_allows_it(application, world):
    first = choices(application, world.person)[0].credential

    later = signing_in.renewed("linkedin", first, at=AT + timedelta(days=30))

    assert (later.secret, run_out_at(later)) == (world.person.access, AT + timedelta(days=90, seconds=-1))
    assert later.secret != first.secret
    assert Known.read(later.session).id == world.page.id
    world.person.revoked = True
    assert refused(lambda: signing_in.renewed("linkedin", later, at=AT)).code == "sign_in"


def test_an_application_without_refresh_tokens_keeps_the_key_until_a_person_connects_again(
    application, world
):
    application.refreshes = False
    first = choices(application, world.person)[0].credential

    assert signing_in.renewed("linkedin", first, at=AT + timedelta(days=30)) == first


def test_a_version_whose_year_ends_is_something_to_do_before_it_ends(application):
    assert program.networks(AT).says.endswith("LinkedIn Page")
    assert program.networks(datetime(2027, 4, 30, tzinfo=UTC)).ok

    line = program.networks(datetime(2027, 5, 1, tzinfo=UTC))

    assert (line.ok, line.says) == (False, "LinkedIn Page may soon end the version 202606 that is spoken")
    assert "SCHOOLGATE_LINKEDIN_VERSION" in line.to_do


def test_who_connected_nothing_through_an_application_has_no_version_to_look_at():
    env.cache_clear()

    assert program.networks(datetime(2030, 1, 1, tzinfo=UTC)).says.endswith("none")
