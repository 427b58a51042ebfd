"""Who may know of a breach and deals with it, and reads of breaches; one that a person may not know of does
not exist for them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from schoolgate.breaches.models import LETS_IN, Breach, BreachState, Content, Risk, Step, StepKind
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import subject_of
from schoolgate.core.vault import opened_each
from schoolgate.incidents import meant as of_reports
from schoolgate.incidents.meant import meaning, meant_by_number
from schoolgate.incidents.models import Report
from schoolgate.people.confined import meant_by, not_meant
from schoolgate.people.models import Person, ScopeKind
from schoolgate.people.queries import Where, assignments_at, away_on, book_for, held_by, here_on
from schoolgate.people.rules import check_capacity
from schoolgate.people.safeguarding import lead_of, safeguarders, safeguarding_roles
from schoolgate.rulebook import Book

LOOKS_AFTER = "see_incidents"
"""No policy gives data protection a role of its own here: those who see incidents look after it, with the
designated safeguarding lead and deputies."""
KIND = "breaches.breach"


def may_see(person: Person, on: date) -> Q:
    """Return the condition on breaches that this person may know of on a day.

    One recorded from a concern: those who may know of the concern. Any other: those who look after breaches
    for its school. And in both cases who recorded it or was brought in; never anyone that the concern may be
    about, or what was written as it was recorded."""
    schools = _schools(person, on)
    reports = Report.objects.filter(of_reports.may_see(person, on))
    own = Q(report=None) & _at(schools)
    named = Exists(Step.objects.filter(breach=OuterRef("pk"), kind__in=LETS_IN, person=person))
    meant = Exists(meaning(person).filter(report=OuterRef("report")))
    return (own | Q(report__in=reports) | Q(named)) & ~Q(meant) & not_meant(KIND, person)


def check_may_see(person: Person, breach: Breach, *, on: date) -> None:
    """Raise NotFound unless the person may know of the breach."""
    if not may_know(person, breach, on):
        raise NotFound


def may_know(person: Person, breach: Breach, on: date) -> bool:
    """Return whether the person may know of this breach, as `may_see` says. Of one that no concern is behind,
    or of, no one asks about concerns: it's about no one."""
    if breach.report_id is not None or _people_meant(breach):
        return Breach.objects.filter(may_see(person, on), pk=breach.pk).exists()
    schools = _schools(person, on)
    if None in schools or breach.school_id in schools or (schools and breach.school_id is None):
        return True
    return breach.steps.filter(kind__in=LETS_IN, person=person).exists()


def check_looks_after(person: Person, *, on: date, school: School | None = None) -> None:
    """Raise NotAllowed unless the person looks after breaches for this school (None: for any)."""
    schools = _schools(person, on)
    if not schools or not (school is None or {None, school.pk} & schools):
        check_capacity(person, LOOKS_AFTER, on=on, school=school)


def check_deals_with_any(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person looks after breaches somewhere, or there is a breach or a concern
    that they may know of: who may open the log."""
    if _schools(person, on) or Breach.objects.filter(may_see(person, on)).exists():
        return
    if not Report.objects.filter(of_reports.may_see(person, on)).exists():
        check_capacity(person, LOOKS_AFTER, on=on, anywhere=True)


def people_asked(breach: Breach, *, on: date) -> list[Person]:
    """Return the people who are asked to deal with a breach, by name: those who look after breaches for its
    school, the safeguarding leads, who recorded it and who was brought in; no one who may not know of it."""
    where = Where(breach.school, anywhere=breach.school is None)
    held = assignments_at(where, on=on).filter(role_key__in=_keys(book_for(breach)))
    leads = [one.pk for one in safeguarders(breach.school, on=on)]
    let_in = breach.steps.filter(kind__in=LETS_IN).values("person_id")
    people = Person.objects.filter(here_on(on), ~away_on(on, person="pk")).filter(
        Q(pk__in=held.values("person_id")) | Q(pk__in=leads) | Q(pk__in=let_in)
    )
    return [one for one in people.order_by("name", "pk") if may_know(one, breach, on)]


def people_to_bring_in(breach: Breach, *, on: date) -> list[Person]:
    """Return the people with a role here who may not know of a breach yet, by name; no one that its concern
    may be about."""
    held = assignments_at(Where(anywhere=True), on=on)
    meant = meant_by_number([breach.report_id] if breach.report_id else []).get(breach.report_id or 0, set())
    meant |= _people_meant(breach)
    people = Person.objects.filter(pk__in=held.values("person_id")).exclude(pk__in=meant)
    return list(people.exclude(pk__in=[one.pk for one in people_asked(breach, on=on)]).order_by("name", "pk"))


def _people_meant(breach: Breach) -> set[int]:
    """Return the ids of the people that the words may be about with which it was recorded."""
    name = subject_of(breach)
    return read_once(("breaches.meant", breach.pk), lambda: meant_by([name]).get(name, set()))


def _keys(book: Book) -> list[str]:
    sees = [role.key for role in book.roles if LOOKS_AFTER in role.capacities]
    return [*sees, *safeguarding_roles(book)]


def _schools(person: Person, on: date) -> set[int | None]:
    """Return the schools for which this person looks after breaches; None among them: for all."""
    held, book = held_by(person, on=on), book_for(person)
    keys = {role.key for role in book.roles if LOOKS_AFTER in role.capacities}
    found = lead_of(person, held)
    for one in held:
        if one.role_key in keys and one.scope_kind == ScopeKind.FEDERATION:
            found.add(None)
        elif one.role_key in keys and one.scope_kind == ScopeKind.SCHOOL:
            found.add(one.school_id)
    return found


def _at(schools: set[int | None]) -> Q:
    if None in schools:
        return Q(pk__isnull=False)
    return Q(school_id__in=schools) | Q(school=None) if schools else Q(pk__in=[])


@dataclass(frozen=True)
class Shown:
    """A step with what was written at it."""

    step: Step
    words: dict[str, Any] = field(default_factory=dict)


FILTERS: dict[str, Callable[[datetime], Q]] = {
    "open": lambda _at: Q(state=BreachState.OPEN),
    "late": lambda at: Q(authority_told_at=None, due_at__lt=at, state=BreachState.OPEN) & ~Q(risk=Risk.NONE),
    "told": lambda _at: Q(authority_told_at__isnull=False),
    "untold": lambda _at: Q(authority_told_at=None),
    "all": lambda _at: Q(),
}
"""Which breaches a list shows: open; the 72 hours over and the ICO not told; told; not told; all."""


def breaches(person: Person, *, on: date) -> QuerySet[Breach]:
    """The breaches that the person may know of; to be paged by key."""
    return Breach.objects.filter(may_see(person, on)).select_related("school")


def breach_for(person: Person, pk: int, *, on: date) -> Breach:
    """Return one breach, for a person who may know of it. Raises NotFound for anyone else."""
    found = breaches(person, on=on).select_related("report").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def steps_of(breach: Breach) -> list[Shown]:
    """Return what was done, oldest first, with what was written at each step. The database gives what was
    written only to those who have opened the breach. Three queries."""
    steps = list(breach.steps.select_related("by", "person").order_by("id"))
    written = {one.step_id: one for one in Content.objects.filter(breach=breach)}
    texts = opened_each(one.words_ref for one in written.values())
    return [Shown(step, texts[written[step.pk].words_ref] if step.pk in written else {}) for step in steps]


def details_in(steps: list[Shown]) -> dict[str, Any]:
    """Return the description as it is now, from the steps of a breach; empty where its keys were lost."""
    found: dict[str, Any] = {}
    for shown in steps:
        found = shown.words.get("details", found)
    return found


def last_of(steps: list[Shown], *kinds: StepKind) -> Shown | None:
    """Return the last step of one of these kinds; None where there is none."""
    return next((shown for shown in reversed(steps) if shown.step.kind in kinds), None)
