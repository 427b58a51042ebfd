"""The Mastodon client against a server of ours that keeps to the published API: the contract, and what is
Mastodon's own."""

from datetime import timedelta
from unittest import mock

import httpx
import pytest

from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.mastodon import reading
from schoolgate.networks.mastodon.client import Mastodon
from schoolgate.networks.port import Author, Credential, NetworkError, OutgoingReply, Ref
from tests.networks.contract import NetworkContract, a_picture, a_post, new_key, now, the_comment
from tests.networks.mastodon_server import Instead, MastodonServer, mastodon_server

pytestmark = pytest.mark.usefixtures("own_server")
MASTODON = all_capabilities()["mastodon"]


class MastodonWorld:
    patience = 0.0

    def __init__(self, server: MastodonServer, **credential):
        self.server = server
        self.member = server.join("oakwood")
        self.stranger = server.join("stranger")
        self.credential = Credential(secret=self.member.token, service=server.origin, **credential)
        self.network = Mastodon(MASTODON, self.credential, loopback=True)

    def again(self, session=""):
        """Another client of the same account."""
        given = Credential(secret=self.member.token, service=self.server.origin, session=session or "")
        return Mastodon(MASTODON, given, loopback=True)

    def as_stranger(self, method, path, **body):
        answer = httpx.request(
            method,
            self.server.origin + path,
            json=body,
            headers={"Authorization": f"Bearer {self.stranger.token}"},
        )
        assert answer.is_success, answer.text
        return answer.json()

    def comment(self, receipt, text):
        body = {"status": text, "in_reply_to_id": receipt.ref.id, "visibility": "public"}
        return self.as_stranger("POST", "/api/v1/statuses", **body)["id"]

    def edit(self, item, text):
        self.as_stranger("PUT", f"/api/v1/statuses/{item.ref.id}", status=text)
        return True

    def delete(self, item):
        self.as_stranger("DELETE", f"/api/v1/statuses/{item.ref.id}")


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

    @pytest.fixture
    def world(self, plainer_server):
        return MastodonWorld(plainer_server)


@pytest.fixture
def world(server):
    return MastodonWorld(server)


def refused(call):
    """The error with which a call ends."""
    with pytest.raises(NetworkError) as raised:
        call()
    return raised.value


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


@pytest.mark.parametrize(("theirs", "ours"), [("public", "public"), ("unlisted", "unlisted"), ("direct", "direct")])
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


def test_a_picture_is_described_and_waited_for(server, world):
    server.polls = 2

    receipt = world.network.publish(a_post(picture=a_picture()))

    [number] = server.statuses[receipt.ref.id].media
    assert server.media[number].words == "An empty hall, the chairs in rows."
    assert server.seen.count(f"GET /api/v1/media/{number}") == 3


def test_a_picture_that_the_server_cannot_work_through_is_refused(server, world):
    server.polls, server.breaks_media = 1, True

    error = refused(lambda: world.network.publish(a_post(picture=a_picture())))

    assert (error.code, error.what_next, error.outcome_unknown) == ("picture_refused", "give_up", False)
    assert server.of(world.member) == []


def test_a_picture_with_more_pixels_than_the_server_takes_is_not_uploaded(server, world):
    server.picture_pixels = 100

    assert refused(lambda: world.network.publish(a_post(picture=a_picture()))).code == "picture_refused"
    assert server.media == {}


def test_a_picture_that_is_never_ready_is_put_off_and_nothing_is_posted(server, world, monkeypatch):
    server.polls = 1000
    monkeypatch.setattr(world.network._account._transport, "time_out", 0.6)

    error = refused(lambda: world.network.publish(a_post(picture=a_picture())))

    assert (error.code, error.what_next, error.outcome_unknown) == ("timed_out", "try_again", False)
    assert server.of(world.member) == []


# --- Whose token, and what it may do ----------------------------------------------------------------------


def test_the_account_is_told_with_its_server(world):
    world.member.note = "The school’s own account. ABC-123"

    profile = world.network.profile()

    assert (profile.id, profile.handle, profile.description, profile.address) == (
        world.member.id, f"{world.member.name}@social.test", "The school’s own account. ABC-123",
        f"https://social.test/@{world.member.name}",
    )  # fmt: skip


@pytest.mark.parametrize("form", ["{}", "@{}", "{}@social.test", "@{}@Social.test"])
def test_the_named_account_is_found_in_any_spelling(server, form):
    world = MastodonWorld(server)
    given = Credential(form.format(world.member.name), world.member.token, server.origin)

    assert Mastodon(MASTODON, given, loopback=True).profile().id == world.member.id


@pytest.mark.parametrize("handle", ["south", "{}@elsewhere.test"])
def test_a_token_of_another_account_is_refused(server, handle):
    world = MastodonWorld(server)
    given = Credential(handle.format(world.member.name), world.member.token, server.origin)

    error = refused(Mastodon(MASTODON, given, loopback=True).profile)
    assert (error.code, error.what_next) == ("other_account", "reconnect")


def test_a_session_of_another_account_is_noticed(server):
    one, other = MastodonWorld(server), MastodonWorld(server)
    one.network.profile()

    assert refused(other.again(one.network.session_to_keep()).profile).code == "other_account"


RIGHTS = [
    ("read write", ""),
    ("read:accounts read:notifications read:statuses write:blocks write:media write:reports write:statuses", ""),
    ("read write:statuses write:blocks write:reports", "write:media"),
    ("read", "write:blocks write:media write:reports write:statuses"),
]


@pytest.mark.parametrize(("scopes", "missing"), RIGHTS)
def test_a_token_that_may_do_too_little_is_refused_when_it_is_given(server, scopes, missing):
    world = MastodonWorld(server)
    world.member.scopes = scopes

    if not missing:
        assert world.network.profile().id == world.member.id
        return
    error = refused(world.network.profile)
    assert (error.code, error.what_next, error.detail) == ("too_few_rights", "reconnect", missing)


def test_a_server_that_tells_no_scopes_is_asked_for_what_it_would_refuse(server):
    server.tells_scopes = False
    world = MastodonWorld(server)
    world.member.scopes = "read:accounts read:statuses write"

    assert refused(world.network.profile).detail == "read:notifications"


@pytest.mark.parametrize("status", [400, 401])
def test_a_wrong_token_says_connect_again(server, status):
    server.wrong_token = status
    wrong = Credential(secret="nonsense", service=server.origin)

    error = refused(Mastodon(MASTODON, wrong, loopback=True).profile)
    assert (error.code, error.what_next) == ("sign_in", "reconnect")


def test_no_token_asks_no_server(server):
    error = refused(Mastodon(MASTODON, Credential(service=server.origin), loopback=True).profile)

    assert (error.code, server.seen) == ("sign_in", [])


PLACES = [
    "", "http://social.test", "https://user:pass@social.test", "https://social.test/path", "ftp://social.test",
    "https://localhost", "https://127.0.0.1", "http://127.0.0.1:3000", "https://[::1]",
]  # fmt: skip


@pytest.mark.parametrize("service", PLACES)
def test_a_token_is_never_sent_to_this_machine_or_over_an_open_line(service):
    given = Credential(secret="token", service=service)

    assert refused(lambda: Mastodon(MASTODON, given).profile()).code == "bad_address"


INSIDE = ["10.0.0.5", "192.168.1.1", "169.254.169.254", "127.0.0.1", "::1", "fd00::1", "::ffff:10.0.0.1"]


@pytest.mark.parametrize("inside", INSIDE)
@pytest.mark.parametrize("also", [[], ["93.184.216.34"]])
def test_a_token_is_never_sent_into_the_schools_own_network(inside, also):
    asked = []
    client = httpx.Client(transport=httpx.MockTransport(lambda request: asked.append(request)))
    given = Credential(secret="token", service="https://social.test")

    network = Mastodon(MASTODON, given, client=client, resolve=lambda host, port: [*also, inside])

    assert (refused(network.profile).code, asked) == ("bad_address", [])


def test_a_call_goes_to_the_very_address_that_was_looked_at():
    asked = []

    def answer(request):
        told = (request.url.host, request.headers["Host"], request.extensions["sni_hostname"])
        asked.append(told)
        return httpx.Response(401, json={"error": "no"})

    client = httpx.Client(transport=httpx.MockTransport(answer))
    given = Credential(secret="token", service="https://social.test")
    network = Mastodon(MASTODON, given, client=client, resolve=lambda host, port: ["93.184.216.34"])

    assert refused(network.profile).code == "sign_in"
    assert asked == [("93.184.216.34", "social.test", "social.test")]


def test_a_server_that_repeats_the_token_does_not_put_it_into_the_record(server, world):
    world.network.limits()
    told = {"error": f"no such token: {world.member.token}"}
    server.instead = [Instead("POST /api/v1/statuses", 422, told)]

    error = refused(lambda: world.network.publish(a_post()))

    assert (world.member.token in error.detail, error.detail) == (False, "no such token: [...]")
    assert world.member.token not in repr(world.network.session_to_keep())


# --- Looking up -------------------------------------------------------------------------------------------


def test_equal_words_of_last_year_are_not_taken_for_this_post(server, world):
    server.later = timedelta(days=-365)
    server.post(world.member, "Open day on Friday at ten.")
    server.later = timedelta()

    out = a_post()
    assert world.network.look_up(out.intent_key, out.normal()) is None


@pytest.mark.parametrize("minutes", [-90, -2, 2, 90])
def test_a_clock_that_is_wrong_on_the_server_changes_nothing(server, world, minutes):
    server.later = timedelta(minutes=minutes)
    server.post(world.member, "Open day on Friday at ten.")  # before the intent was written
    server.statuses[next(iter(server.statuses))].at -= timedelta(seconds=20)
    with mock.patch(
        "tests.networks.mastodon_server._Handler.date_time_string",
        lambda handler, timestamp=None: server.now().strftime("%a, %d %b %Y %H:%M:%S GMT"),
    ):
        out = a_post()
        before = world.network.look_up(out.intent_key, out.normal())
        receipt = world.network.publish(out)
        after = world.network.look_up(out.intent_key, out.normal())

    assert (before, after.ref) == (None, receipt.ref)


def test_the_same_words_twice_are_for_a_person_to_tell_apart(world):
    first, second = a_post(), a_post()
    world.network.publish(first)
    world.network.publish(second)

    error = refused(lambda: world.network.look_up(first.intent_key, first.normal()))
    assert (error.code, error.what_next) == ("not_offered", "give_up")


def test_without_what_was_wanted_nothing_is_proven(world):
    assert refused(lambda: world.network.look_up(new_key())).code == "not_offered"


def test_a_look_up_reads_on_over_many_pages(server, world):
    out = a_post("The one")
    receipt = world.network.publish(out)
    for number in range(90):
        server.post(world.member, f"Later {number}")

    assert world.network.look_up(out.intent_key, out.normal()).ref == receipt.ref


def test_what_may_go_on_without_end_is_no_proof(server, world, monkeypatch):
    monkeypatch.setattr(reading, "PAGES", 2)
    key = new_key()
    for number in range(81):
        server.post(world.member, f"Later {number}")

    assert refused(lambda: world.network.look_up(key, a_post("Another").normal())).code == "not_offered"


# --- What others write ------------------------------------------------------------------------------------


def test_a_mention_elsewhere_is_read_and_one_below_our_post_is_a_comment(server, world):
    receipt = world.network.publish(a_post())
    mine = world.member.name
    below = server.post(world.stranger, f"@{mine} Parking?", receipt.ref.id)
    deeper = server.post(world.stranger, f"@{mine} Hello?", below.id)
    elsewhere = server.post(world.stranger, f"Thanks @{mine}!")
    theirs = server.post(world.stranger, "About the weather")
    answered = server.post(world.stranger, f"@{mine} see here", theirs.id)

    found = world.network.mentions(now() - timedelta(minutes=1))

    assert [(one.ref.id, one.kind, one.parent) for one in found] == [
        (elsewhere.id, "mention", ""), (answered.id, "mention", theirs.id),
    ]  # fmt: skip
    assert [(one.ref.id, one.root, one.parent) for one in world.network.replies(receipt.ref)] == [
        (below.id, receipt.ref.id, receipt.ref.id), (deeper.id, receipt.ref.id, below.id),
    ]  # fmt: skip


def test_a_person_of_another_server_is_never_left_out_by_the_time(server, world):
    """Their server says when it was written; it may have arrived days later."""
    receipt = world.network.publish(a_post())
    made = server.post(world.stranger, "Late", receipt.ref.id, remote=True)
    made.at -= timedelta(days=3)

    [item] = world.network.replies(receipt.ref, now())

    assert (item.text, item.seen_at, item.author.handle) == ("Late", None, f"{world.stranger.name}@elsewhere.test")


def test_a_content_warning_is_read_with_the_words(server, world):
    receipt = world.network.publish(a_post())
    server.post(world.stranger, "the words", receipt.ref.id, warning="Rude")

    assert [one.text for one in world.network.replies(receipt.ref)] == ["Rude\n\nthe words"]


def test_a_person_who_is_blocked_is_seen_no_more(server, world):
    receipt = world.network.publish(a_post())
    item = the_comment(world, receipt)

    world.network.block(item.author, intent_key=new_key(), at=now())
    world.network.block(item.author, intent_key=new_key(), at=now())

    assert world.network.replies(receipt.ref) == []


def test_a_report_names_the_comment_and_stays_on_our_server(server, world):
    receipt = world.network.publish(a_post())
    item = the_comment(world, receipt, "Buy now")

    number = world.network.report(item, reason="spam", note="n" * 5000)

    [made] = server.reports
    assert (number, made["status_ids"], made["category"], made["forward"], len(made["comment"])) == (
        "1", [item.ref.id], "spam", False, 1000,
    )  # fmt: skip


def test_nobody_elses_post_can_be_taken_down(world):
    receipt = world.network.publish(a_post())
    item = the_comment(world, receipt)

    assert refused(lambda: world.network.take_down(item.ref)).code == "not_allowed"
    assert [one.ref for one in world.network.replies(receipt.ref)] == [item.ref]


@pytest.mark.parametrize("strange", ["../../admin", "1/../2", "", "a b", "1?x=1", "é"])
def test_an_id_never_leads_to_another_call(world, strange):
    calls = [
        lambda: world.network.read_back(Ref("mastodon", strange)),
        lambda: world.network.replies(Ref("mastodon", strange)),
        lambda: world.network.take_down(Ref("mastodon", strange)),
        lambda: world.network.block(Author(strange), intent_key=new_key(), at=now()),
    ]
    world.network.limits()
    world.server.seen.clear()

    assert [refused(call).code for call in calls] == ["not_found"] * 4
    assert world.network.look_again([Ref("mastodon", strange)]) == {strange: None}
    assert world.server.seen == []
