"""Chosen times, judgments that stand, and days on which nobody is there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schoolgate.rulebook import book, decide
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.situations.items import Judged, standing
from schoolgate.rulebook.situations.sites import LONGEST, DaysAway, Minder, _there_on
from schoolgate.rulebook.situations.times import ChosenTime, chosen_for

AT = datetime(2025, 3, 29, 22, 0, tzinfo=UTC)
FIRST = date(2025, 8, 1)


def chosen(**times):
    return ChosenTime(what="looks", by="person:1", **times)


@pytest.mark.parametrize("times", [{}, {"hours": 1, "days": 1}, {"hours": 0}, {"minutes": 1, "hours": 1}])
def test_a_chosen_time_is_one_number_of_one_kind(times):
    with pytest.raises(ValidationError):
        chosen(**times)


def test_hours_and_minutes_are_elapsed_ones_also_where_the_clocks_change():
    assert chosen(hours=24).due_after(AT, None) == Due(instant=AT + timedelta(hours=24))
    assert chosen(minutes=10).due_after(AT, None) == Due(instant=AT + timedelta(minutes=10))


def test_days_are_days_in_london():
    late = datetime(2025, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July
    assert chosen(days=7).due_after(late, None) == Due(day=date(2025, 7, 8))


def test_working_days_wait_for_a_calendar():
    assert chosen(days=2, counting="school_days").due_after(AT, None) is None


def test_the_choice_made_last_counts_from_its_day():
    first, second = chosen(hours=48), ChosenTime(what="looks", hours=24, by="b", from_day=date(2025, 4, 1))
    assert chosen_for((first, second), "looks", date(2025, 3, 31)) is first
    assert chosen_for((first, second), "looks", date(2025, 4, 1)) is second
    assert chosen_for((second,), "looks", None) is None
    assert chosen_for((first,), "friends", date(2025, 4, 1)) is None


def judged(what, *, of_now, minute=0):
    return Judged(what=what, by="m", at=AT + timedelta(minutes=minute), of_this_version=of_now)


def test_a_judgment_of_an_earlier_text_is_none():
    assert standing(None, ["rude"]) is None
    assert standing((), ["rude"]) == []
    assert standing((judged("rude", of_now=False),), ["rude"]) is None
    assert standing((judged("rude", of_now=None),), ["rude"]) is None
    assert standing((judged("against_terms", of_now=True),), ["rude"]) == []


def test_the_earliest_judgment_comes_first():
    late, early = judged("rude", of_now=True, minute=5), judged("rude", of_now=True)
    assert standing((late, early), ["rude"]) == [early, late]


absences = st.lists(st.tuples(st.integers(-20, 40), st.integers(0, 30)), max_size=4)


@given(st.lists(absences, max_size=5), st.integers(0, 30))
def test_who_is_there_is_counted_as_one_would_by_hand(people, days):
    minders = [
        Minder(
            key=str(number),
            away=tuple(
                DaysAway(first=FIRST + timedelta(begins), last=FIRST + timedelta(begins + long))
                for begins, long in away
            ),
        )
        for number, away in enumerate(people)
    ]
    by_hand = [
        sum(not any(begins <= day <= begins + long for begins, long in away) for away in people)
        for day in range(days + 1)
    ]
    assert _there_on(FIRST, days + 1, minders) == by_hand


def test_an_absence_that_ends_before_it_begins_takes_nobody_away():
    away = Minder(key="a", away=(DaysAway(first=FIRST + timedelta(5), last=FIRST),))
    assert _there_on(FIRST, 10, [away]) == [1] * 10


def test_too_many_days_at_once_are_not_answered_for():
    facts = {"host": "school", "minders": [{"key": "a", "away": []}], "first": "2025-01-01"}
    fits = {**facts, "last": (date(2025, 1, 1) + timedelta(LONGEST - 1)).isoformat()}
    assert decide(book("wootton"), "site.check", fits).points["looked_after_in_absence"] == "permitted"
    beyond = {**facts, "last": "2200-12-31"}
    assert decide(book("wootton"), "site.check", beyond).points["looked_after_in_absence"] == "hold"
    none = {**facts, "last": "2024-12-31"}
    assert decide(book("wootton"), "site.check", none).points["looked_after_in_absence"] == "hold"


def test_ten_thousand_people_are_judged_one_by_one():
    people = [{"key": str(one), "relation": "staff", "shown": []} for one in range(10_000)]
    decided = decide(book("learn-to-live"), "briefing.status", {"people": people})
    assert len(decided.findings) == 10_000
    assert decided.findings[-1].about == "people[9999]"
