"""Who may ask for, see and carry out checks and candidate searches, and reads of them; those that a person
may not know of don't exist for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.subjects import number_of
from schoolgate.core.vault import opened_each
from schoolgate.incidents.meant import may_see, meaning
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import reports
from schoolgate.people.confined import may_know_of
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments_at, capacities, here_on
from schoolgate.people.rules import check_capacity
from schoolgate.searches.models import Candidate, CheckCopy, PanelMember, SystemCheck, Vacancy


def check_may_ask(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person deals with concerns, and so may ask for a check of systems."""
    check_capacity(person, "see_incidents", on=on, anywhere=True)


def check_may_recruit(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person looks after people, and so may enter a vacancy."""
    check_capacity(person, "administer", on=on, anywhere=True)


def check_may_open(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person may know of any check or vacancy, by a role or by name."""
    if may_come_in(person, on=on):
        return
    raise NotAllowed(
        _("You aren’t involved in any check or candidate search."),
        _("Ask the person who looks after the policy."),
    )


def may_come_in(person: Person, *, on: date) -> bool:
    """Return whether the list has something to do or to see for the person."""
    if capacities(person, on=on, anywhere=True) & {"see_incidents", "administer", "own_policy"}:
        return True
    return (
        SystemCheck.objects.filter(checks_seen(person, on=on)).exists()
        or Vacancy.objects.filter(vacancies_seen(person, on=on)).exists()
    )


def checks_seen(person: Person, *, on: date) -> Q:
    """Return the condition on checks a person may know of: they asked, agree or make it, or look after the
    policy; of one for a concern, only where they may know of that. Never a check of their own use, or one for
    a concern that may be about them."""
    mine = Q(by=person) | Q(second=person) | Q(doer=person)
    if "own_policy" in capacities(person, on=on, anywhere=True):
        mine |= Q(report=None) | Q(report__in=Report.objects.filter(may_see(person, on)))
    meant = Exists(meaning(person).filter(report=OuterRef("report")))
    return mine & (Q(about=None) | ~Q(about=person)) & ~Q(meant)


def vacancies_seen(person: Person, *, on: date) -> Q:
    """Return the condition on vacancies a person may know of: they entered it, search, are on the panel, or
    look after people."""
    if "administer" in capacities(person, on=on, anywhere=True):
        return Q(pk__isnull=False)
    panel = PanelMember.objects.filter(vacancy=OuterRef("pk"), person=person)
    return Q(by=person) | Q(searcher=person) | Q(Exists(panel))


def may_read_results(person: Person, vacancy: Vacancy, *, on: date) -> bool:
    """Return whether a person may read what was found: the panel, the person who entered the vacancy, and
    those who look after people; not the searcher."""
    if person.pk == vacancy.searcher_id:
        return False
    return Vacancy.objects.filter(vacancies_seen(person, on=on), pk=vacancy.pk).exists()


def may_recruit_here(person: Person, vacancy: Vacancy, *, on: date) -> bool:
    """Return whether a person leads this recruitment: they entered it, or look after people."""
    return person.pk == vacancy.by_id or "administer" in capacities(person, on=on, anywhere=True)


def check_leads(person: Person, vacancy: Vacancy, *, on: date) -> None:
    """Raise NotAllowed unless the person leads this recruitment."""
    if not may_recruit_here(person, vacancy, on=on):
        raise NotAllowed(_("You don’t lead this recruitment."), _("Ask the person who entered the vacancy."))


def may_see_check(person: Person, subject: str, on: date) -> bool:
    """Return whether a person may see decisions about a check. A request that was refused left no row: those
    who may ask see it."""
    if not SystemCheck.objects.filter(pk=number_of(subject)).exists():
        return bool(capacities(person, on=on, anywhere=True) & {"see_incidents", "own_policy"})
    return may_know_of(person, subject, on)


def may_see_copy(person: Person, subject: str, on: date) -> bool:
    """Return whether a person may see decisions about a copy from a check."""
    if not CheckCopy.objects.filter(pk=number_of(subject)).exists():
        return bool(capacities(person, on=on, anywhere=True) & {"see_incidents", "own_policy"})
    return may_know_of(person, subject, on)


def checks_known(person: Person, on: date) -> QuerySet[SystemCheck]:
    """Return the checks a person may know of."""
    return SystemCheck.objects.filter(checks_seen(person, on=on))


def copies_known(person: Person, on: date) -> QuerySet[CheckCopy]:
    """Return the copies from the checks a person may know of."""
    return CheckCopy.objects.filter(check_made__in=checks_known(person, on))


def vacancies_known(person: Person, on: date) -> QuerySet[Vacancy]:
    """Return the vacancies a person may know of."""
    return Vacancy.objects.filter(vacancies_seen(person, on=on))


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
