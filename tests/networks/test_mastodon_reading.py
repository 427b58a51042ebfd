"""What the Mastodon client finds on a server: our own posts again, and what others write."""

from datetime import timedelta
from unittest import mock

import pytest

from schoolgate.networks.mastodon import client
from schoolgate.networks.port import Author, Ref
from tests.networks.contract import a_post, new_key, now, the_comment
from tests.networks.mastodon_calls import mastodon_server
from tests.networks.mastodon_world import MastodonWorld, refused

pytestmark = pytest.mark.usefixtures("own_server")


@pytest.fixture
def server():
    with mastodon_server() as made:
        yield made


@pytest.fixture
def world(server):
    return MastodonWorld(server)


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
        "tests.networks.mastodon_calls.Handler.date_time_string",
        return_value=server.now().strftime("%a, %d %b %Y %H:%M:%S GMT"),
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
    monkeypatch.setattr(client, "PAGES", 2)
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

    assert (item.text, item.seen_at, item.author.handle) == (
        "Late",
        None,
        f"{world.stranger.name}@elsewhere.test",
    )


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
