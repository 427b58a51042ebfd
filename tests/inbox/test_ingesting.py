"""What comes in is kept once, with every version, and gets its time by the policy."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.accounts.models import TeamMember
from schoolgate.duties.actions import sweep
from schoolgate.duties.models import Duty
from schoolgate.inbox import seeing
from schoolgate.inbox.models import Item
from schoolgate.networks.fake import Fault
from schoolgate.policy.models import DecisionRecord
from tests.cast import someone, someone_leads
from tests.conftest import recorded

HOUR = timedelta(hours=1)


def test_a_comment_comes_in_with_its_time_and_the_reason(cast, comment, at):
    assert (comment.state, comment.due_at) == ("open", at + HOUR + timedelta(hours=24))
    assert [version.text for version in comment.versions.all()] == ["What should they wear?"]
    assert "wildground-monitoring-4" in DecisionRecord.objects.get(pk=comment.decision).cited


def test_whoever_leads_the_account_owes_the_answer_and_the_second_person_is_asked_when_it_is_overdue(
    cast, comment, at
):
    duty = Duty.objects.get(kind="item.answer")
    assert (duty.person, duty.then_person, duty.due_at) == (cast.ben, cast.sam, comment.due_at)

    sweep(at=comment.due_at)
    duty.refresh_from_db()
    assert duty.state == "open"

    sweep(at=comment.due_at + timedelta(microseconds=1))
    duty.refresh_from_db()
    assert (duty.state, duty.moved_on_at) == ("overdue", comment.due_at + timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("appeared", "instant", "day"),
    [
        (datetime(2027, 1, 22, 23, 59, tzinfo=UTC), datetime(2027, 1, 23, 23, 59, tzinfo=UTC), None),
        (datetime(2027, 1, 23, 0, 0, tzinfo=UTC), None, "2027-01-25"),
        (datetime(2027, 1, 24, 23, 59, tzinfo=UTC), None, "2027-01-25"),
        (datetime(2027, 1, 25, 0, 0, tzinfo=UTC), datetime(2027, 1, 26, 0, 0, tzinfo=UTC), None),
    ],
)
def test_what_comes_in_at_a_weekend_has_until_the_next_working_day(
    published, server, poll, appeared, instant, day
):
    server.comment(published.ref, "Hello", at=appeared)

    item = poll(now=appeared + timedelta(minutes=1))[0]

    assert (item.due_at, str(item.due_day) if item.due_day else None) == (instant, day)


def test_reading_twice_keeps_each_comment_once(comment, server, poll, at):
    server.answers_twice = True

    assert [item.pk for item in poll(now=at + 2 * HOUR)] == [comment.pk]
    assert Duty.objects.filter(kind="item.answer").count() == 1


def test_an_edited_comment_keeps_both_versions(comment, server, poll, at):
    server.edit(next(iter(server.comments.values())), "What must they wear?")

    item = poll(now=at + 2 * HOUR)[0]

    assert [(v.number, v.text) for v in item.versions.all()] == [
        (1, "What should they wear?"), (2, "What must they wear?"),
    ]  # fmt: skip


def test_a_comment_that_its_writer_deletes_stays_with_us_and_is_marked(comment, server, poll, at):
    server.delete(next(iter(server.comments.values())))

    item = poll(now=at + 2 * HOUR)[0]

    assert (item.gone_at, item.versions.get().text) == (at + 2 * HOUR, "What should they wear?")


def test_our_own_answers_do_not_come_in(published, server, poll, at):
    assert poll(now=at + HOUR) == []


@pytest.mark.parametrize("fault", [Fault.UNREACHABLE, Fault.HALF_BODY, Fault.TOO_FAST])
def test_a_network_that_cannot_be_read_changes_nothing(cast, published, server, poll, at, fault):
    server.comment(published.ref, "Hello", at=at)
    server.faults = [fault]
    assert poll(now=at + HOUR) == []
    cast.bluesky.refresh_from_db()
    assert cast.bluesky.last_good_read_at is None

    assert len(poll(now=at + 2 * HOUR)) == 1


def test_keys_that_are_no_longer_taken_become_somebodys_duty_until_the_network_is_read_again(
    cast, published, server, poll, at
):
    server.faults = [Fault.SIGN_IN]
    poll(now=at + HOUR)
    duty = Duty.objects.get(kind="account.reconnect")
    assert (duty.person, duty.state) == (cast.ben, "open")

    poll(now=at + 2 * HOUR)
    duty.refresh_from_db()
    assert duty.state == "discharged"


@pytest.mark.parametrize(
    "text", ["", "x" * 100_000, "🎉🎉", "مرحبا", "a\x00b\x07", "\ud800", "<img src=x onerror=alert(1)>"]
)
def test_any_text_can_come_in(published, server, poll, at, text):
    server.comment(published.ref, text, at=at)

    assert poll(now=at + HOUR)[0].versions.count() == 1


def test_a_writer_cannot_set_the_clock_ahead(published, server, poll, at):
    server.comment(published.ref, "Hello", at=at + timedelta(days=300))

    assert poll(now=at + HOUR)[0].received_at == at + HOUR


def test_without_a_calendar_a_weekend_item_waits_for_one(cast, started, advance, server, poll, team):
    someone_leads()
    saturday = datetime(2027, 1, 23, 12, tzinfo=UTC)
    server.comment(advance(started()).ref, "Hello", at=saturday)

    item = poll(now=saturday + HOUR)[0]

    assert (item.due_words, item.due_at, item.due_day) == ("not_known", None, None)


def test_the_record_holds_ids_only(comment):
    rows = [bytes(row.stored).decode() for row in recorded() if row.event.startswith("item.")]

    assert len(rows) == 1
    assert all("wear" not in row and "parent" not in row for row in rows)


def test_the_inbox_asks_as_often_for_fifty_as_for_one(published, server, poll, at, same_queries):
    server.comment(published.ref, "one", at=at)
    poll(now=at + HOUR)

    def grow():
        for number in range(49):
            server.comment(published.ref, f"more {number}", at=at)
        poll(now=at + 2 * HOUR)

    same_queries(lambda: [list(item.versions.all()) for item in seeing.items_page()[0]], grow)
    assert Item.objects.count() == 50


@pytest.mark.parametrize(
    ("languages", "text", "asked"),
    [
        (["en", "cy"], "Pryd mae’r gyngerdd yn dechrau nos yfory, os gwelwch yn dda?", "Carys Huws"),
        (["en", "cy"], "When does the concert begin tomorrow evening, please?", "Ben Carter"),
        (["en"], "Pryd mae’r gyngerdd yn dechrau nos yfory, os gwelwch yn dda?", "Ben Carter"),
    ],
)
def test_welsh_reaches_a_reader_of_welsh_where_the_federation_writes_in_it(
    cast, published, team, server, poll, at, languages, text, asked
):
    carys = someone("Carys Huws", "lead-staff-member")
    TeamMember.objects.create(account=cast.bluesky, person=carys, part="runner", from_day=at.date())
    type(carys).objects.filter(pk=carys.pk).update(reads_welsh=True)
    type(cast.federation).objects.filter(pk=cast.federation.pk).update(languages=languages)
    server.comment(published.ref, text, at=at + HOUR)
    poll(now=at + HOUR)
    assert Duty.objects.get(kind="item.answer").person.name == asked
