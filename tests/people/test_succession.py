"""A role goes from one person to the next: the days, who acts, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.people.assignments import days_of, give_assignment, hand_on_role, renew_assignment
from schoolgate.people.leaving import record_departure, record_return
from schoolgate.people.models import RoleAssignment
from schoolgate.people.queries import holders
from tests.cast import someone
from tests.conftest import recorded
from tests.people.conftest import SLT

DAY = timedelta(days=1)
TODAY = date(2027, 1, 19)
FIRST = date(2027, 9, 1)
days = st.dates(date(2027, 1, 1), date(2027, 3, 1))
maybe = st.none() | days


@pytest.fixture
def successor(scoped):
    return someone("Dilys", "staff")


def held(person) -> RoleAssignment:
    return RoleAssignment.objects.get(person=person, role_key=SLT)


def who(on: date) -> set[str]:
    return {person.name for person in holders(SLT, on=on)}


@given(began=days, ends=maybe, first=days, today=days, last_day=maybe)
def test_no_day_has_two_and_each_day_without_anybody_is_named(began, ends, first, today, last_day):
    if ends is not None and ends < began:
        ends = began
    try:
        found = days_of(began=began, ends=ends, first=first, today=today, last_day=last_day)
    except BadInput:
        assert first < today or first <= began or last_day is not None
        return
    assert began <= found.last < found.first == first
    assert ends is None or found.last <= ends
    day, gap = began, found.gap
    while day < first:
        old = day <= found.last
        between = gap is not None and gap[0] <= day <= gap[1]
        assert old != between
        day += DAY


def test_the_one_ends_the_day_before_the_other_begins(at, amina, ben, successor):
    new = hand_on_role(by=ben, at=at, assignment=held(amina), to=successor, first_day=FIRST)

    assert who(FIRST - DAY) == {"Amina", "Ben"}
    assert who(FIRST) == {"Ben", "Dilys"}
    assert (new.from_day, new.to_day, held(amina).to_day) == (FIRST, None, FIRST - DAY)
    assert [row.event for row in recorded()][-3:] == [
        "people.assignment_given", "people.assignment_ended", "people.role_handed_on",
    ]  # fmt: skip


def test_from_today_on_it_is_handed_on_at_once(at, amina, ben, successor):
    hand_on_role(by=ben, at=at, assignment=held(amina), to=successor, first_day=TODAY)
    assert who(TODAY) == {"Ben", "Dilys"}


def test_yesterday_is_refused(at, amina, ben, successor):
    with pytest.raises(BadInput) as refused:
        hand_on_role(by=ben, at=at, assignment=held(amina), to=successor, first_day=TODAY - DAY)
    assert list(refused.value.fields) == ["first_day"]
    assert not RoleAssignment.objects.filter(person=successor, role_key=SLT).exists()


@pytest.mark.parametrize(("ahead", "refused"), [(550, False), (551, True)])
def test_it_is_handed_on_within_a_year_and_a_half(at, amina, ben, successor, ahead, refused):
    given_days = {"first_day": TODAY + ahead * DAY}
    if refused:
        with pytest.raises(BadInput):
            hand_on_role(by=ben, at=at, assignment=held(amina), to=successor, **given_days)
    else:
        hand_on_role(by=ben, at=at, assignment=held(amina), to=successor, **given_days)
        assert "Dilys" in who(TODAY + ahead * DAY)


def test_days_without_anybody_have_to_be_meant(at, amina, ben, successor):
    given_days = {"first_day": FIRST, "last_day": FIRST - 3 * DAY}
    with pytest.raises(BadInput) as refused:
        hand_on_role(by=ben, at=at, assignment=held(amina), to=successor, **given_days)
    assert list(refused.value.fields) == ["gap_is_meant"]

    hand_on_role(by=ben, at=at, assignment=held(amina), to=successor, gap_is_meant=True, **given_days)
    assert [len(who(FIRST - n * DAY)) for n in (3, 2, 1, 0)] == [2, 1, 1, 2]


def test_a_leaving_that_is_known_ends_it_and_its_gap_has_to_be_meant(at, amina, ben, successor):
    record_departure(by=ben, at=at, person=amina, left_on=FIRST - DAY)
    with pytest.raises(BadInput):
        hand_on_role(by=ben, at=at, assignment=held(amina), to=successor, first_day=FIRST)
    hand_on_role(by=ben, at=at, assignment=held(amina), to=successor, first_day=FIRST - DAY)
    assert [len(who(FIRST - n * DAY)) for n in (2, 1)] == [2, 2]


def test_a_leaving_taken_back_does_not_bring_the_role_back(at, amina, ben, successor):
    record_departure(by=ben, at=at, person=amina, left_on=FIRST)
    hand_on_role(by=ben, at=at, assignment=held(amina), to=successor, first_day=FIRST - 5 * DAY)
    record_return(by=ben, at=at, person=amina)
    assert who(FIRST - 6 * DAY) == {"Amina", "Ben"}
    assert who(FIRST - 5 * DAY) == {"Ben", "Dilys"}


def test_who_acts_for_the_one_ends_with_them(at, amina, ben, cara, successor):
    give_assignment(by=ben, at=at, person=cara, role_key=SLT, from_day=TODAY, acting_for=amina)
    hand_on_role(by=ben, at=at, assignment=held(amina), to=successor, first_day=FIRST)
    assert "Cara" in who(FIRST - DAY)
    assert "Cara" not in who(FIRST)


def test_who_would_have_acted_for_the_one_only_later_never_does(at, amina, ben, cara, successor):
    give_assignment(by=ben, at=at, person=cara, role_key=SLT, from_day=FIRST + DAY, acting_for=amina)
    record_departure(by=ben, at=at, person=cara, left_on=FIRST + 9 * DAY)
    hand_on_role(by=ben, at=at, assignment=held(amina), to=successor, first_day=FIRST)
    assert "Cara" not in who(FIRST + DAY)


def test_the_only_one_who_looks_after_people_may_hand_it_on_without_a_gap_and_not_with_one(
    at, amina, successor
):
    with pytest.raises(NotNow, match="No one would be left to look after people and roles"):
        hand_on_role(
            by=amina, at=at, assignment=held(amina), to=successor, first_day=FIRST, last_day=FIRST - 2 * DAY,
            gap_is_meant=True,
        )  # fmt: skip
    assert held(amina).to_day is None
    hand_on_role(by=amina, at=at, assignment=held(amina), to=successor, first_day=FIRST)
    assert who(FIRST) == {"Dilys"}


def test_only_who_looks_after_people_hands_on_and_never_to_themselves(at, amina, ben, cara, successor):
    with pytest.raises(NotAllowed):
        hand_on_role(by=cara, at=at, assignment=held(amina), to=successor, first_day=FIRST)
    with pytest.raises(NotAllowed, match="yourself"):
        hand_on_role(by=ben, at=at, assignment=held(amina), to=ben, first_day=FIRST)
    with pytest.raises(BadInput):
        hand_on_role(by=ben, at=at, assignment=held(amina), to=amina, first_day=FIRST)


def test_what_is_over_is_not_handed_on(at, amina, ben, successor):
    assignment = held(amina)
    RoleAssignment.objects.filter(pk=assignment.pk).update(ended_on=TODAY)
    with pytest.raises(NotNow):
        hand_on_role(by=ben, at=at, assignment=assignment, to=successor, first_day=FIRST)


def test_a_role_with_a_last_day_is_renewed_from_the_day_after_it(at, amina, ben, successor):
    assignment = RoleAssignment.objects.get(person=successor)
    with pytest.raises(NotNow):
        renew_assignment(by=ben, at=at, assignment=assignment)
    RoleAssignment.objects.filter(pk=assignment.pk).update(to_day=FIRST - DAY)
    assignment.refresh_from_db()
    new = renew_assignment(by=ben, at=at, assignment=assignment, to_day=FIRST + 300 * DAY)
    assert (new.from_day, new.to_day, new.role_key) == (FIRST, FIRST + 300 * DAY, "staff")
    with pytest.raises(BadInput):
        renew_assignment(by=ben, at=at, assignment=assignment)
    late = datetime(2027, 9, 1, 12, tzinfo=UTC)
    with pytest.raises(NotNow):
        renew_assignment(by=ben, at=late, assignment=assignment)
