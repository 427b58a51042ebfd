"""By when the program has to do what the policy's own rules give a time for, and what counts without one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.policy import choices
from schoolgate.policy.choices import (
    choose_withdrawn_within,
    gone_by,
    password_change,
    password_clauses,
    removal_clauses,
)
from schoolgate.rulebook import book
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.trying import CLAUSE, book_with_alone

FRIDAY = datetime(2027, 1, 15, 15, tzinfo=UTC)
SILENT = "llanidloes"


def saying(key, **values):
    ready = ready_rules()[key]
    return book_with_alone(ready, {**ready.defaults, **values})


@pytest.fixture
def ours(cast):
    with scope(cast.federation.pk):
        yield cast


@pytest.mark.parametrize(
    ("unit", "number", "by"),
    [
        ("hours", 4, FRIDAY + timedelta(hours=4)),
        ("days", 2, datetime(2027, 1, 17, 23, 59, 59, 999999, tzinfo=UTC)),
        ("at_once", 1, FRIDAY + choices.ITS_OWN_TIME),
    ],
)
def test_what_consent_was_withdrawn_for_is_gone_by_the_time_of_the_policy(ours, unit, number, by):
    says = saying("withdrawn_removed", unit=unit, number=number)
    assert gone_by(says, ours.school, at=FRIDAY) == by


def test_without_one_the_programs_own_rule_counts_or_what_was_chosen(ours):
    silent = book(SILENT)
    assert gone_by(silent, ours.school, at=FRIDAY) == FRIDAY + timedelta(hours=24)
    choose_withdrawn_within(by=ours.sam, at=FRIDAY, hours=4)
    assert gone_by(silent, ours.school, at=FRIDAY) == FRIDAY + timedelta(hours=4)


def test_what_was_chosen_is_never_later_than_the_policys_time(ours):
    choose_withdrawn_within(by=ours.sam, at=FRIDAY, hours=4)
    for hours, by in ((3, 3), (4, 4), (5, 4)):
        says = saying("withdrawn_removed", unit="hours", number=hours)
        assert gone_by(says, ours.school, at=FRIDAY) == FRIDAY + timedelta(hours=by)


@pytest.mark.parametrize(
    ("who", "unit", "number", "day"),
    [("", "hours", 1, 16), ("headteacher", "last_day", 1, 15), ("", "days", 3, 18), ("", "none", 1, None)],
)
def test_who_changes_a_leavers_passwords_and_by_when_is_the_policys_to_say(who, unit, number, day):
    says = saying("passwords_changed", who=who, unit=unit, number=number)
    found = password_change(says, last_day=date(2027, 1, 15), at=FRIDAY)
    assert (found.who, found.due.day) == (who or "account_team", day and date(2027, 1, day))


def test_a_policy_that_says_nothing_of_passwords_gives_no_time():
    assert password_change(book(SILENT), last_day=date(2027, 1, 15), at=FRIDAY) is None


def test_whose_time_it_is_is_said_with_the_clause_that_names_it(ours):
    says = saying("withdrawn_removed", unit="hours", number=4)
    assert removal_clauses(says, ours.school, at=FRIDAY) == (CLAUSE,)
    assert removal_clauses(book(SILENT), ours.school, at=FRIDAY) == ()
    says = saying("passwords_changed", who="", unit="hours", number=1)
    assert password_clauses(says, at=FRIDAY) == (CLAUSE,)
    assert password_clauses(book(SILENT), at=FRIDAY) == ()
