"""Check who may ask for, see and carry out checks and candidate searches."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed
from schoolgate.core.subjects import number_of
from schoolgate.incidents.meant import meaning
from schoolgate.incidents.models import Report
from schoolgate.incidents.rules import may_see
from schoolgate.people.confined import may_know_of
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity
from schoolgate.searches.models import CheckCopy, PanelMember, SystemCheck, Vacancy


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
