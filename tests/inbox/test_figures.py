"""The figures of the inbox: how many, how soon, which deadlines were met, what was removed; by place."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.inbox import figures
from schoolgate.inbox.figures import figures_for, month_of, week_of
from schoolgate.inbox.models import Answer, Item
from schoolgate.inbox.moderating import moderate
from schoolgate.inbox.removal_notices import decide_appeal, make_appeal
from tests.cast import someone

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SINCE = timedelta(days=14)


@pytest.fixture
def add(cast, at):
    """`add(answered=HOUR, due=2 * HOUR, school=, state=)`: an item of an hour ago or `ago`, as it stands."""
    numbers = count()

    def one(*, ago=HOUR * 10, answered=None, due=None, school=None, **more) -> Item:
        received = at - ago
        more.setdefault("state", "open" if answered is None else "answered")
        item = Item.objects.create(
            account=cast.bluesky, school=school or cast.school, network_id=f"f{next(numbers)}",
            ref={"network": "bluesky", "id": "x", "address": "", "version": ""}, version="1",
            received_at=received, first_seen_at=received, state_at=received,
            due_words="instant" if due else "none_promised", due_at=received + due if due else None, **more,
        )  # fmt: skip
        if answered is not None:
            reply(item, received + answered)
        return item

    def reply(item, sent_at, *, state="confirmed", counts=True) -> None:
        Answer.objects.create(
            item=item, item_version="1", by=cast.ben, text="Yes.", decision=1, state=state,
            written_at=sent_at, state_at=sent_at, sent_at=sent_at, stops_the_clock=counts,
            intent_key=f"k{next(numbers)}",
        )  # fmt: skip

    one.reply = reply
    return one


@pytest.fixture
def counted(cast, at):
    """`counted(**given)`: the figures of the last two weeks, as Sam sees them."""

    def read(person=None, **given):
        given.setdefault("since", local_day(at - SINCE))
        return figures_for(person or cast.sam, at=at, **given)

    return read


def test_time_to_reply_is_the_median_and_the_slowest(add, counted):
    for hours in (1, 2, 9):
        add(answered=hours * HOUR)
    whole = counted().whole
    assert (whole.received, whole.answered) == (3, 3)
    assert (whole.typical, whole.slowest) == (2 * HOUR, 9 * HOUR)


def test_of_nothing_there_is_no_time_and_no_promise(counted):
    whole = counted().whole
    assert (whole.received, whole.typical, whole.slowest, whole.met) == (0, None, None, None)


def test_a_deadline_is_met_to_the_last_instant_and_missed_after(add, counted):
    add(answered=2 * HOUR, due=2 * HOUR)
    add(answered=2 * HOUR + timedelta(microseconds=1), due=2 * HOUR)
    whole = counted().whole
    assert (whole.kept, whole.late, whole.met) == (1, 1, 50)


def test_what_waits_is_overdue_only_once_its_time_is_over(add, counted):
    add(ago=HOUR, due=HOUR)
    add(ago=HOUR, due=HOUR - timedelta(microseconds=1))
    add(ago=HOUR)
    whole = counted().whole
    assert (whole.overdue, whole.promised) == (1, 1)


def test_a_reply_that_does_not_count_or_did_not_arrive_is_none(add, counted, at):
    for one in ({"counts": False}, {"state": "failed"}):
        add.reply(add(), at, **one)
    assert counted().whole.answered == 0


def test_after_an_edit_the_new_deadline_counts_and_the_time_to_the_first_reply(add, counted, at):
    item = add(ago=10 * HOUR, answered=HOUR, due=2 * HOUR)
    add.reply(item, at - HOUR)
    whole = counted().whole
    assert (whole.typical, whole.kept, whole.late) == (HOUR, 0, 1)


def test_what_its_author_reopened_waits_again(add, counted):
    add(answered=HOUR, due=9 * HOUR, state="open")
    whole = counted().whole
    assert (whole.answered, whole.overdue) == (0, 1)


def test_closed_ones_are_counted_by_reason_and_break_no_promise(add, counted):
    add(state="closed", close_reason="spam", due=HOUR)
    found = counted()
    assert (found.whole.closed, found.whole.promised) == (1, 0)
    assert found.closed_because == {"spam": 1}


def test_only_the_period_is_counted_and_each_week_is_there(add, counted, at):
    since = week_of(local_day(at - SINCE))
    add(ago=at - datetime.combine(since, datetime.min.time(), tzinfo=UTC) + 3 * HOUR)
    add(ago=HOUR)
    found = counted(since=since)
    assert found.whole.received == 1
    assert sorted(found.spans) == [since + n * 7 * DAY for n in range(3)]
    assert [found.spans[day].received for day in sorted(found.spans)] == [0, 0, 1]


def test_by_month(add, counted, at):
    since = month_of(local_day(at - 60 * DAY))
    add()
    found = counted(since=since, span_of=month_of)
    assert [day.day for day in found.spans] == [1] * len(found.spans)
    assert sum(each.received for each in found.spans.values()) == 1


def test_by_school_and_of_one_school_only(cast, add, counted):
    south = School.objects.create(name="South", slug="south")
    add(answered=HOUR)
    add(school=south)
    assert {pk: sums.received for pk, sums in counted().schools.items()} == {cast.school.pk: 1, south.pk: 1}
    assert counted(school=south.pk).whole.received == 1


def test_a_person_counts_what_they_may_read_and_no_more(cast, add, counted):
    south = School.objects.create(name="South", slug="south")
    add()
    add(school=south)
    mari = someone("Mari Lewis", "administrator-moderator", school=south)
    assert counted(mari).whole.received == 1
    assert counted(cast.amina).whole.received == 0


def test_more_than_is_counted_is_said(add, counted, monkeypatch, at):
    monkeypatch.setattr(figures, "MOST", 2)
    for days in (9, 3, 1):
        add(ago=days * DAY)
    found = counted()
    assert (found.cut, found.whole.received, found.since) == (True, 2, local_day(at - 3 * DAY))


def test_exactly_as_many_as_are_counted_are_all(add, counted, monkeypatch):
    monkeypatch.setattr(figures, "MOST", 2)
    add()
    add()
    assert not counted().cut


def test_removals_with_their_reason_and_appeals(cast, comment, moderated, counted, at):
    moderated(comment, "hidden", because="improper")
    now = at + 2 * HOUR
    found = figures_for(cast.sam, at=now, since=local_day(at - SINCE))
    assert (found.whole.removed, found.removed_because, found.told) == (1, {"improper": 1}, 0)
    assert not found.appeals
    make_appeal(at=now, item=comment, words="I meant no harm.")
    assert figures_for(cast.sam, at=now, since=local_day(at - SINCE)).appeals == {"open": 1}
    mari = someone("Mari Lewis", "administrator-moderator")
    decide_appeal(by=mari, at=now, item=comment, uphold=False, reasons="It was abuse.")
    assert figures_for(cast.sam, at=now, since=local_day(at - SINCE)).appeals == {"dismissed": 1}


def test_a_removal_that_the_network_has_not_done_is_none_yet(cast, comment, counted, at):
    moderate(by=cast.ben, at=at, item=comment, how="hidden", because="improper", version=comment.version)
    assert figures_for(cast.sam, at=at + 2 * HOUR, since=local_day(at)).whole.removed == 0


@given(st.dates(min_value=datetime(2020, 1, 1, tzinfo=UTC).date()))
def test_every_day_belongs_to_one_week_and_one_month(day):
    for span_of in (week_of, month_of):
        first = span_of(day)
        assert first <= day
        assert span_of(first) == first
