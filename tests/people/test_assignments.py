"""Roles held: from which day to which, how far they reach, who may give them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.models import School
from schoolgate.people import assignments, queries, rules
from schoolgate.people.models import RoleAssignment
from schoolgate.people.queries import holders
from schoolgate.rulebook import book, books
from tests.cast import someone
from tests.people.conftest import SLT, STAFF
from tests.second_presses import not_done

DAY = timedelta(days=1)


def give(by, to, at, **changes):
    return assignments.give_assignment(
        **{"by": by, "at": at, "person": to, "role_key": SLT, "from_day": local_day(at), **changes}
    )


def test_a_role_counts_from_its_first_day_to_its_last(amina, cara, at):
    today = local_day(at)
    first, last = today + 2 * DAY, today + 5 * DAY
    give(amina, cara, at, from_day=first, to_day=last)

    def decides(day):
        return "decide_account" in queries.capacities(cara, on=day)

    assert [decides(day) for day in (first - DAY, first, last, last + DAY)] == [False, True, True, False]


def test_a_role_without_a_last_day_goes_on(amina, cara, at):
    give(amina, cara, at)
    assert "decide_account" in queries.capacities(cara, on=local_day(at) + 5000 * DAY)


def test_a_role_ended_now_does_not_count_today(amina, cara, at):
    assignment = give(amina, cara, at)
    assignments.end_assignment(by=amina, at=at, assignment=assignment)
    assert "decide_account" not in queries.capacities(cara, on=local_day(at))


def test_a_role_ended_with_a_last_day_counts_on_that_day_and_not_after(amina, cara, at):
    today = local_day(at)
    assignment = give(amina, cara, at)
    assignments.end_assignment(by=amina, at=at, assignment=assignment, last_day=today + DAY)
    held = [
        bool(queries.capacities(cara, on=day) & {"decide_account"}) for day in (today + DAY, today + 2 * DAY)
    ]
    assert held == [True, False]


def test_a_role_cannot_be_ended_twice(amina, cara, at):
    assignment = give(amina, cara, at)
    assignments.end_assignment(by=amina, at=at, assignment=assignment)
    with pytest.raises(NotNow):
        assignments.end_assignment(by=amina, at=at, assignment=RoleAssignment.objects.get(pk=assignment.pk))
    with not_done("has ended"):
        again = RoleAssignment.objects.get(pk=assignment.pk)
        assignments.end_assignment(by=amina, at=at, assignment=again, last_day=local_day(at) + DAY)


def test_a_role_cannot_be_ended_in_the_past(amina, cara, at):
    assignment = give(amina, cara, at)
    with pytest.raises(BadInput) as refused:
        assignments.end_assignment(by=amina, at=at, assignment=assignment, last_day=local_day(at) - DAY)
    assert list(refused.value.fields) == ["last_day"]


def test_a_role_cannot_be_backdated(amina, cara, at):
    with pytest.raises(BadInput) as refused:
        give(amina, cara, at, from_day=local_day(at) - DAY)
    assert list(refused.value.fields) == ["from_day"]


def test_the_last_day_may_be_the_first_day_and_not_before(amina, cara, at):
    today = local_day(at)
    assert give(amina, cara, at, to_day=today).to_day == today
    with pytest.raises(BadInput):
        give(amina, cara, at, role_key=STAFF, from_day=today + DAY, to_day=today)


def test_nobody_gives_a_role_to_themselves(amina, at):
    with pytest.raises(NotAllowed, match="yourself a role"):
        give(amina, amina, at, role_key=STAFF)


def test_who_does_not_administer_gives_no_role(amina, cara, at):
    dan = someone("Dan")
    with pytest.raises(NotAllowed, match="look after people and their roles") as refused:
        give(cara, dan, at)
    assert str(refused.value.next_step) == "Ask Amina."
    assert RoleAssignment.objects.filter(person=dan).count() == 0


def test_a_role_that_the_policy_does_not_name_is_refused(amina, cara, at):
    with pytest.raises(BadInput) as refused:
        give(amina, cara, at, role_key="principal")
    assert list(refused.value.fields) == ["role_key"]


def test_the_same_role_is_not_given_twice_for_the_same_time(amina, cara, at):
    give(amina, cara, at)
    with pytest.raises(BadInput):
        give(amina, cara, at)


def test_a_role_for_one_school_reaches_that_school_only(amina, cara, school, at):
    other = School.objects.create(name="Wildground Infants", slug="infants")
    give(amina, cara, at, school=school)
    today = local_day(at)

    def decides(**where):
        return "decide_account" in queries.capacities(cara, on=today, **where)

    assert decides(school=school) is True
    assert decides(school=other) is False
    assert decides() is False, "a thing of the whole federation is not reached"
    assert decides(anywhere=True) is True


class Account:
    def __init__(self, pk, school_id):
        self.pk, self.school_id = pk, school_id


def test_a_role_for_one_account_reaches_that_account_only(amina, cara, school, at):
    give(amina, cara, at, account_id=7)
    today = local_day(at)
    reached = [
        "decide_account" in queries.capacities(cara, on=today, account=Account(pk, school.pk))
        for pk in (7, 8)
    ]
    assert reached == [True, False]


def test_a_role_for_a_school_reaches_its_accounts(amina, cara, school, at):
    give(amina, cara, at, school=school)
    assert "decide_account" in queries.capacities(cara, on=local_day(at), account=Account(9, school.pk))
    assert "decide_account" not in queries.capacities(cara, on=local_day(at), account=Account(9, None))


def test_a_line_manager_reaches_the_managed_person_only(amina, cara, at):
    dan, eve = someone("Dan"), someone("Eve")
    give(amina, cara, at, managed=dan)
    reached = [
        "decide_account" in queries.capacities(cara, on=local_day(at), about=who) for who in (dan, eve)
    ]
    assert reached == [True, False]


def test_acting_for_somebody_counts_but_not_where_the_own_word_is_wanted(amina, ben, cara, at):
    give(amina, cara, at, acting_for=ben)
    today = local_day(at)
    assert "decide_account" in queries.capacities(cara, on=today)
    assert "decide_account" not in queries.capacities(cara, on=today, in_person=True)
    assert [p.name for p in holders(SLT, on=today)] == ["Amina", "Ben", "Cara"]
    assert [p.name for p in holders(SLT, on=today, in_person=True)] == ["Amina", "Ben"]


def test_nobody_acts_for_who_does_not_hold_the_role(amina, cara, at):
    dan = someone("Dan")
    with pytest.raises(BadInput) as refused:
        give(amina, cara, at, acting_for=dan)
    assert list(refused.value.fields) == ["acting_for"]


def test_roles_are_named_as_the_policy_names_them(amina, cara, at):
    assert queries.roles_of(cara, on=local_day(at)) == ["Staff"]
    assert queries.roles_of(amina, on=local_day(at)) == ["SLT"]


def test_a_role_that_the_book_does_not_know_carries_nothing():
    assert queries.capacities_of_roles(["head-of-dreams"], book("wildground")) == frozenset()


def test_the_last_who_administers_cannot_be_ended(amina, at):
    with pytest.raises(NotNow, match="No one would be left to look after people and roles"):
        assignments.end_assignment(by=amina, at=at, assignment=RoleAssignment.objects.get(person=amina))
    assert "administer" in queries.capacities(amina, on=local_day(at))


def test_the_database_refuses_a_scope_that_names_two_things(amina, school):
    with pytest.raises(IntegrityError, match="people_assignment_scope"), transaction.atomic():
        RoleAssignment.objects.create(
            person=amina,
            role_key=SLT,
            scope_kind="school",
            school=school,
            account_id=3,
            from_day="2027-01-01",
        )


def test_the_database_refuses_a_school_scope_without_a_school(amina):
    with pytest.raises(IntegrityError, match="people_assignment_scope"), transaction.atomic():
        RoleAssignment.objects.create(person=amina, role_key=SLT, scope_kind="school", from_day="2027-01-01")


def test_a_refusal_says_what_was_wanted_and_whom_to_ask(amina, cara, at):
    with pytest.raises(NotAllowed) as refused:
        rules.check_capacity(cara, "approve_post", on=local_day(at))
    assert str(refused.value) == "You don’t have a role that may do this: approve posts. Ask Amina."
    assert rules.can(rules.check_capacity, amina, "approve_post", on=local_day(at)) is True
    assert rules.can(rules.check_capacity, cara, "approve_post", on=local_day(at)) is False


def test_every_policy_has_a_role_that_administers():
    assert [
        key for key in books() if not any("administer" in role.capacities for role in book(key).roles)
    ] == []


def test_every_capacity_has_its_words():
    from schoolgate.rulebook import CAPACITIES

    assert set(rules.ACTS) == CAPACITIES
