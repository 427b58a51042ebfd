"""Reads of enquiries from the press; one that a person may not know of does not exist for them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from schoolgate.accounts.models import Account
from schoolgate.core.errors import NotFound
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments
from schoolgate.people.states import ScopeKind
from schoolgate.press.models import Enquiry, EnquiryStep, Expectation, Statement
from schoolgate.press.rules import may_see, passed_to, takes_calls
from schoolgate.press.states import EnquiryState, StepKind

SHOWS = ("open", "closed", "all")
"""Which enquiries a list shows."""


def _whole() -> QuerySet[Enquiry]:
    return Enquiry.objects.select_related("item__account", "account", "school", "kept_by", "decision")


def enquiry(pk: int) -> Enquiry:
    """Return one enquiry. Raises NotFound."""
    found = _whole().filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def enquiry_for(person: Person, pk: int, *, on: date) -> Enquiry:
    """Return one enquiry, for a person who may know of it. Raises NotFound for anyone else."""
    found = _whole().filter(may_see(person, on), pk=pk).first()
    if found is None:
        raise NotFound
    return found


def enquiries_for(
    person: Person, *, on: date, show: str = "open", before: int | None = None, limit: int = 25
) -> tuple[list[Enquiry], int | None]:
    """Return the enquiries that the person may know of, newest first, older than the id `before`; with the id
    to continue from."""
    rows = _whole().filter(may_see(person, on))
    if show != "all":
        rows = rows.filter(state=EnquiryState.OPEN if show == "open" else EnquiryState.CLOSED)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


def of_item(item: Item) -> Enquiry | None:
    """Return the enquiry kept for an item, if there is one. No query where it isn't from the press."""
    return _whole().filter(item=item).first() if item.from_press else None


def statements(found: Enquiry) -> list[Statement]:
    """Return the versions of its statement, newest first."""
    return list(found.statements.select_related("by").order_by("-number"))


def latest(found: Enquiry) -> Statement | None:
    """Return the latest version of its statement, if there is one."""
    return found.statements.select_related("by", "enquiry__item").order_by("-number").first()


def steps(found: Enquiry) -> list[EnquiryStep]:
    """Return its log, oldest first."""
    return list(found.steps.select_related("by", "person", "statement", "decision").order_by("at", "id"))


def unheld(found: Enquiry) -> bool:
    """Return whether no one has a role to which the policy wants it passed on."""
    return not passed_to(found) and found.steps.filter(kind=StepKind.UNHELD).exists()


def still_expected(on: date) -> QuerySet[Expectation]:
    """Return the rows of the attention of the press that is expected on a day."""
    return Expectation.objects.filter(ended_at=None, until__gte=on)


def expected(on: date) -> list[Expectation]:
    """Return the attention of the press that is expected on a day, soonest end first."""
    return list(still_expected(on).select_related("school", "by").order_by("until", "id"))


def expected_for(person: Person, *, on: date) -> list[Expectation]:
    """Return what is expected on a day at the schools where this person has a role, or in the whole
    federation; nothing for people who take no calls from the press. One query where nothing is."""
    rows = expected(on)
    if not rows or not takes_calls(person, on=on):
        return []
    held = list(assignments(person, on=on, where=Where(anywhere=True)))
    if any(one.scope_kind == ScopeKind.FEDERATION for one in held):
        return rows
    of_accounts = Account.objects.filter(pk__in=[one.account_id for one in held if one.account_id])
    there = {None, *(one.school_id for one in held), *of_accounts.values_list("school_id", flat=True)}
    return [row for row in rows if row.school_id in there]


def expectation(pk: int) -> Expectation:
    """Return one of them. Raises NotFound."""
    found = Expectation.objects.select_related("school", "by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
