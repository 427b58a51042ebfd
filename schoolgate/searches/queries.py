"""Named queries for checks and vacancies; those that a person may not know of don't exist for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from schoolgate.core.errors import NotFound
from schoolgate.core.sealed_words import opened_each
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import reports
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments_at, here_on
from schoolgate.searches.models import Candidate, CheckCopy, SystemCheck, Vacancy
from schoolgate.searches.rules import checks_seen, vacancies_seen


def checks(person: Person, *, on: date) -> QuerySet[SystemCheck]:
    """Return the checks that a person may know of, to be paged by key."""
    return SystemCheck.objects.filter(checks_seen(person, on=on)).select_related("by", "doer")


def check_for(person: Person, pk: int, *, on: date) -> SystemCheck:
    """Return one check for a person who may know of it. Raises NotFound."""
    rows = checks(person, on=on).select_related("about", "second", "report", "decision", "assessed_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def copy_of(check: SystemCheck, pk: int) -> CheckCopy:
    """Return one copy of a check. Raises NotFound."""
    found = (
        check.copies.select_related("check_made__about", "check_made__by", "check_made__report")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def copies_of(check: SystemCheck) -> list[CheckCopy]:
    """Return the copies of a check with what was done with them, oldest first."""
    return list(check.copies.select_related("by", "destroyed_by").prefetch_related("uses__by").order_by("pk"))


def vacancies(person: Person, *, on: date) -> QuerySet[Vacancy]:
    """Return the vacancies that a person may know of, to be paged by key."""
    return Vacancy.objects.filter(vacancies_seen(person, on=on)).select_related("by", "searcher", "school")


def vacancy_for(person: Person, pk: int, *, on: date) -> Vacancy:
    """Return one vacancy for a person who may know of it. Raises NotFound."""
    found = vacancies(person, on=on).select_related("decision", "destroyed_by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Named:
    """A candidate with the name, for the page; empty once it is destroyed."""

    row: Candidate
    name: str


def candidates_of(vacancy: Vacancy) -> list[Named]:
    """Return a vacancy's candidates by number, with their names."""
    rows = list(vacancy.candidates.order_by("number"))
    texts = opened_each(row.name_ref for row in rows)
    return [Named(row, str(texts[row.name_ref].get("name", ""))) for row in rows]


def candidate_of(vacancy: Vacancy, number: int) -> Candidate:
    """Return one candidate of a vacancy. Raises NotFound."""
    found = vacancy.candidates.select_related("vacancy__searcher").filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def panel_of(vacancy: Vacancy) -> list[Person]:
    """Return the people on a vacancy's panel, by name."""
    return [one.person for one in vacancy.panel.select_related("person").order_by("person__name")]


def people_with_roles(*, on: date) -> QuerySet[Person]:
    """Return everyone here who holds a role: they may make a check or a search, agree, or sit on a panel."""
    held = assignments_at(Where(anywhere=True), on=on).values("person")
    return Person.objects.filter(here_on(on), pk__in=held).order_by("name", "pk")


def staff(*, on: date) -> QuerySet[Person]:
    """Return the members of staff here, by name."""
    return Person.objects.filter(here_on(on), relation="staff").order_by("name", "pk")


def open_reports(person: Person, *, on: date) -> QuerySet[Report]:
    """Return the concerns that a check may belong to, newest first."""
    return reports(person, on=on).order_by("-reported_at", "-pk")
