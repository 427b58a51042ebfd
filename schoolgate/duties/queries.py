"""Reads of duties: mine, those about a thing, and who is waited for."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, Model, Q, QuerySet

from schoolgate.core.errors import NotFound
from schoolgate.core.subjects import subject_of
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.people.models import Holding, Person
from schoolgate.people.queries import Where, holdings
from schoolgate.people.states import ScopeKind

Key = tuple[datetime, int]
"""Where a page of duties ends: the last instant in time of its last row, and that row's id."""


def mine(
    person: Person, on: date, *, after: Key | None = None, limit: int = 50
) -> tuple[list[Duty], Key | None]:
    """What the person has to do on a day, soonest first, duties of roles they hold that day included.

    A duty that has moved on shows with its second one too. Returns at most `limit` rows and the key to ask
    the next page with, None on the last one. Two queries, however many rows.
    """
    rows = _still_to_do().filter(_belongs_to(person, on)).order_by("due_by", "id")
    return _page(rows, after, limit)


def count_mine(person: Person, on: date) -> int:
    """How many duties wait for the person on a day. Two queries."""
    return _still_to_do().filter(_belongs_to(person, on)).count()


def about(subject: Model | str) -> list[Duty]:
    """Every duty there ever was about a thing, oldest first."""
    rows = Duty.objects.filter(subject=subject_of(subject)).order_by("id")
    return list(rows.select_related("person", "school", "then_person", "discharged_by"))


def standing(kind: str, subjects: Iterable[Model | str]) -> dict[str, list[Duty]]:
    """The duties of a kind that still stand, by the names of these subjects. One query."""
    names = [subject_of(subject) for subject in subjects]
    found: dict[str, list[Duty]] = {name: [] for name in names}
    for duty in _still_to_do().filter(kind=kind, subject__in=names).order_by("due_by", "id"):
        found[duty.subject].append(duty)
    return found


def waiting_for_roles() -> dict[str, int]:
    """How many duties wait for each role of the policy, by its key. One query."""
    rows = Duty.objects.filter(state__in=STILL_TO_DO, person=None).values("role_key")
    return dict(rows.annotate(number=Count("pk")).order_by("role_key").values_list("role_key", "number"))


def overdue(*, after: Key | None = None, limit: int = 50) -> tuple[list[Duty], Key | None]:
    """What is overdue in the whole federation, longest first: for those who oversee."""
    rows = Duty.objects.filter(state="overdue").select_related("person", "school", "then_person")
    return _page(rows.order_by("due_by", "id"), after, limit)


def duty_for(person: Person, pk: int, on: date) -> Duty:
    """One of the person's own duties on a day. Raises NotFound for anybody else's."""
    found = Duty.objects.filter(_belongs_to(person, on), pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _still_to_do() -> QuerySet[Duty]:
    return Duty.objects.filter(state__in=STILL_TO_DO).select_related("person", "school", "then_person")


def _belongs_to(person: Person, on: date) -> Q:
    held = list(holdings(person, on=on, where=Where(anywhere=True)))
    mine = Q(person=person) | Q(then_person=person, moved_on_at__isnull=False)
    for holding in held:
        reach = _reach(holding)
        mine |= Q(role_key=holding.role_key) & reach
        mine |= Q(then_role_key=holding.role_key, moved_on_at__isnull=False) & reach
    return mine


def _reach(holding: Holding) -> Q:
    """Which duties of a role a holding reaches: one for a school does not reach the whole federation's."""
    match ScopeKind(holding.scope_kind):
        case ScopeKind.FEDERATION:
            return Q()
        case ScopeKind.SCHOOL:
            return Q(school_id=holding.school_id)
        case ScopeKind.ACCOUNT:
            return Q(subject_account=holding.account_id)
        case ScopeKind.ITEM:
            return Q(subject=holding.item)
        case ScopeKind.LINE_MANAGER_OF:
            # A duty of the line manager of one person is opened for that manager by name.
            return Q(pk__in=[])


def _page(rows: QuerySet[Duty], after: Key | None, limit: int) -> tuple[list[Duty], Key | None]:
    if after is not None:
        due_by, pk = after
        rows = rows.filter(Q(due_by__gt=due_by) | Q(due_by=due_by, pk__gt=pk))
    found = list(rows[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], (last.due_by, last.pk)
