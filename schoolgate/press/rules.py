"""Check who may know of an enquiry from the press, who works on it, and who closes it."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.inbox.locked import kept_from
from schoolgate.inbox.rules import SEES
from schoolgate.people.confined import not_meant
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, capacities, capacities_of_roles, held_by
from schoolgate.people.rules import check_capacity
from schoolgate.people.states import ScopeKind
from schoolgate.policy.queries import book_in_scope
from schoolgate.press.models import Enquiry, EnquiryStep, Expectation
from schoolgate.press.states import EnquiryState, StepKind

ANSWERS = frozenset({"answer", "second_person", "oversee"})
"""The capacities that let people deal with an enquiry where the policy names no role for it."""


def may_see(person: Person, on: date) -> Q:
    """Return the condition on enquiries that this person may know of: those of the places where they read the
    inbox, those passed on to a role that they have, and those that they recorded; none about a comment that
    is locked and that they may not find, and none that may be about them."""
    book = book_in_scope()
    found: list[Q] = [Q(kept_by=person)]
    for one in held_by(person, on=on):
        here = _reached(one.scope_kind, one.school_id, one.account_id)
        if here is None:
            continue
        passed = EnquiryStep.objects.filter(
            enquiry=OuterRef("pk"), kind=StepKind.PASSED, role_key=one.role_key
        )
        reads = bool(SEES & capacities_of_roles([one.role_key], book))
        found.append(here if reads else Q(here, Exists(passed)))
    kept = kept_from(person, on=on)
    there = reduce(or_, found) & not_meant("press.enquiry", person)
    return there & ~Q(item__in=kept) if kept else there


def _reached(kind: str, school: int | None, account: int | None) -> Q | None:
    if kind == ScopeKind.FEDERATION:
        return Q(pk__isnull=False)
    if kind == ScopeKind.SCHOOL and school:
        return Q(school_id=school)
    return Q(account_id=account) if kind == ScopeKind.ACCOUNT and account else None


def expectations_seen(person: Person, on: date) -> QuerySet[Expectation]:
    """Return what is expected, for those who may see it: all staff, and those who read an inbox."""
    return Expectation.objects.all() if takes_calls(person, on=on) else Expectation.objects.none()


def takes_calls(person: Person, *, on: date) -> bool:
    """Return whether a journalist may reach this person: staff, and those who read the inbox."""
    return person.relation == "staff" or bool(SEES & capacities(person, on=on, anywhere=True))


def check_takes_calls(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person is staff or reads an inbox."""
    if not takes_calls(person, on=on):
        check_capacity(person, "answer", on=on, anywhere=True)


def check_notes_expected(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person deals with the press or the inbox somewhere."""
    if not ANSWERS & capacities(person, on=on, anywhere=True):
        check_capacity(person, "answer", on=on, anywhere=True)


def check_works_on(person: Person, enquiry: Enquiry, *, on: date) -> None:
    """Raise NotFound unless the person may know of the enquiry, NotNow where it is closed."""
    if not Enquiry.objects.filter(may_see(person, on), pk=enquiry.pk).exists():
        raise NotFound
    if enquiry.state != EnquiryState.OPEN:
        raise NotNow(_("This enquiry is closed."), _("Open it again first."))


def where(enquiry: Enquiry) -> Where:
    """Return the place of an enquiry."""
    return Where(enquiry.school, enquiry.account)


def passed_to(enquiry: Enquiry) -> list[str]:
    """Return the keys of the roles to which it was passed on, in order."""
    steps = enquiry.steps.filter(kind=StepKind.PASSED).exclude(role_key="").order_by("id")
    return list(dict.fromkeys(steps.values_list("role_key", flat=True)))


def check_decides(person: Person, enquiry: Enquiry, *, on: date) -> None:
    """Raise NotAllowed unless the person has a role to which the policy passes it or, where it names none,
    answers for the place: they give statements by hand and close it."""
    roles = passed_to(enquiry)
    held = set(assignments(person, on=on, where=where(enquiry)).values_list("role_key", flat=True))
    if roles and not held & set(roles):
        names = book_in_scope().role_names
        raise NotAllowed(
            _("This enquiry was passed on, and only the people who have it now can do this."),
            _("Ask someone with this role: ") + ", ".join(names.get(key, key) for key in roles) + ".",
        )
    if not roles and not held & _answering():
        check_capacity(person, "answer", on=on, school=enquiry.school, account=enquiry.account)


def _answering() -> set[str]:
    return {role.key for role in book_in_scope().roles if role.capacities & ANSWERS}
