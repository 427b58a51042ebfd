"""How a person's part follows the policy: whose tasks count, each once, and what never counts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.duties.actions import open_duty
from schoolgate.duties.models import Due, Duty
from schoolgate.people.models import RoleAssignment
from schoolgate.people.queries import held_by
from schoolgate.policy.adopting import adopt
from schoolgate.reports.governors import (
    DONE,
    LATE,
    OVERDUE,
    State,
    part_of,
    report_for,
    sections_of,
    tasks_behind_number,
)
from schoolgate.rulebook import book
from tests.cast import someone

AT = datetime(2027, 2, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WILD = book("wildground")
TWO = ("wildground-accounts-10", "wildground-accounts-11")


@pytest.fixture
def sam(scoped):
    sam = someone("Sam Slater", "slt")
    adopt(by=sam, at=AT - 200 * 24 * HOUR)
    return sam


def task(number, *, due=AT - HOUR, ended=None, subject="publishing.post", clauses=TWO, **whose):
    duty = open_duty(
        kind="accounts.decide", subject=f"{subject}:{number}", at=AT - 48 * HOUR, due=Due.at(due),
        clauses=list(clauses), **(whose or {"role": "slt"}),
    )  # fmt: skip
    if ended:
        Duty.objects.filter(pk=duty.pk).update(state="discharged", ended_at=ended, how="done")
    return duty


def part(person, text=""):
    return part_of(person, held_by(person, on=local_day(AT)), text, at=AT)


def counted(person):
    found = sections_of(WILD, part(person))
    return {
        each.name: (each.overdue, each.late, each.done, each.state)
        for each in found
        if each.overdue or each.done
    }


def section_of(clause):
    names = list(dict.fromkeys(each.section for each in WILD.clauses.values()))
    return names.index(WILD.clauses[clause].section) + 1


def test_a_task_counts_once_in_its_section_however_many_of_its_clauses_it_names(sam):
    assert WILD.clauses[TWO[0]].section == WILD.clauses[TWO[1]].section
    task(1)
    task(2, ended=AT - HOUR / 2)
    task(3, ended=AT - 2 * HOUR)
    (numbers,) = counted(sam).values()
    assert numbers == (1, 1, 2, State.BROKEN)


@pytest.mark.parametrize(
    ("due", "ended", "state"),
    [
        (AT - timedelta(seconds=1), None, State.BROKEN),
        (AT, None, State.SILENT),
        (AT - HOUR, AT - HOUR + timedelta(seconds=1), State.WATCHED),
        (AT - HOUR, AT - HOUR, State.KEPT),
    ],
)
def test_the_edge_of_late(sam, due, ended, state):
    ben = someone("Ben Carter", "lead-staff-member")
    task(1, due=due, ended=ended, person=ben)
    found = {each.number: each for each in sections_of(WILD, part(ben))}
    assert found[section_of(TWO[0])].state is state


def test_people_who_oversee_nothing_count_their_own_tasks_and_their_roles(sam):
    ben, amina = (someone(name, "lead-staff-member") for name in ("Ben Carter", "Amina Khan"))
    task(1, person=ben)
    task(2, role="lead-staff-member")
    task(3, role="slt")
    assert part(ben).own
    assert [numbers[0] for numbers in counted(ben).values()] == [2]
    assert [numbers[0] for numbers in counted(amina).values()] == [1]
    assert [numbers[0] for numbers in counted(sam).values()] == [3]
    assert {each.recorded for each in sections_of(WILD, part(ben))} == {0}


def test_who_oversees_one_school_counts_that_school(sam):
    north, south = (School.objects.create(name=name, slug=name.lower()) for name in ("North", "South"))
    task(1, role="slt", school=north)
    task(2, role="slt", school=south)
    RoleAssignment.objects.filter(person=sam).update(scope_kind="school", school=south)
    found = part(sam)
    assert (found.schools, found.own) == (["South"], False)
    (number,) = (each.number for each in sections_of(WILD, found) if each.overdue)
    rows = tasks_behind_number(WILD, found, number, OVERDUE, most=9)
    assert [row.subject for row in rows] == ["publishing.post:2"]


def test_nothing_of_concerns_and_breaches_counts_for_anybody(sam):
    for number, subject in enumerate(("incidents.report", "breaches.breach"), start=1):
        task(number, subject=subject)
    assert counted(sam) == {}


def test_each_number_opens_what_it_counted(sam):
    task(1)
    task(2, ended=AT - HOUR / 2)
    task(3, ended=AT - 2 * HOUR)
    number, found = section_of(TWO[0]), part(sam)
    opened = {
        kind: [row.subject for row in tasks_behind_number(WILD, found, number, kind, most=9)]
        for kind in (OVERDUE, LATE, DONE)
    }
    assert opened == {
        OVERDUE: ["publishing.post:1"],
        LATE: ["publishing.post:2"],
        DONE: ["publishing.post:3", "publishing.post:2"],
    }


def test_a_task_that_several_roles_are_asked_counts_and_opens_once(sam):
    for role in ("slt", "lead-staff-member"):
        task(1, role=role)
        task(2, ended=AT - HOUR / 2, role=role)
    number, found = section_of(TWO[0]), part(sam)
    assert list(counted(sam).values()) == [(1, 1, 1, State.BROKEN)]
    for kind in (OVERDUE, LATE, DONE):
        assert len(tasks_behind_number(WILD, found, number, kind, most=9)) == 1


@pytest.mark.parametrize(("number", "kind"), [(0, OVERDUE), (999, OVERDUE), (1, "recorded"), (1, "")])
def test_a_number_that_is_none_is_not_found(sam, number, kind):
    with pytest.raises(NotFound):
        tasks_behind_number(WILD, part(sam), number, kind, most=9)


def test_it_says_of_the_federation_what_the_governors_report_says(sam):
    task(1)
    task(2, ended=AT - 2 * HOUR)
    assert sections_of(WILD, part(sam)) == list(report_for(sam, "", at=AT).sections)


def test_a_thousand_times_the_tasks_take_the_same_queries(sam):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            sections_of(WILD, part(sam))
        return len(seen)

    first = task(1)
    few = queries()
    values = {
        field.attname: getattr(first, field.attname)
        for field in Duty._meta.concrete_fields
        if field.attname not in ("id", "subject")
    }
    Duty.objects.bulk_create(Duty(**values, subject=f"publishing.post:{n}") for n in range(2, 1001))
    assert queries() <= few
    assert [numbers[0] for numbers in counted(sam).values()] == [1000]
