"""Which of several dangers a person reads first: one order for comments and concerns, in every list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import Case, OuterRef, SmallIntegerField, Subquery, Value, When

from schoolgate.core.subjects import number_of
from schoolgate.duties.models import Duty
from schoolgate.duties.urgency import Urgency
from schoolgate.inbox.dangers import Presses, presses
from schoolgate.inbox.models import Item, ItemVersion
from schoolgate.incidents.models import Report
from schoolgate.incidents.said import SAYS
from schoolgate.incidents.states import Danger

_ITEM, _REPORT = "inbox.item:", "incidents.report:"
Key = tuple[int, datetime, int]
"""Where a page of dangers ends: how its last row presses, since when it waits, and its id."""
KEY = (int, datetime, int)
_OF_A_CHILD = sorted(key for key, each in SAYS.items() if each.child)
CONCERN_PRESSES = Case(
    When(said__has_any_keys=_OF_A_CHILD, then=Value(int(Presses.CHILD_TELLS))),
    When(danger=Danger.YES, then=Value(int(Presses.SOON))),
    default=Value(int(Presses.HARM)),
    output_field=SmallIntegerField(),
)
"""How a concern presses among others of danger, by what was ticked and whether someone is in danger: the
database sorts by it, so that nothing is read of those that a page doesn't show."""


def presses_of(subjects: Iterable[str]) -> dict[str, Presses]:
    """Return how each comment and concern of these (by its name in the record) presses. A query each for
    comments and for concerns, none without any."""
    names = list(subjects)
    return {f"{_ITEM}{pk}": place for pk, place in _comments_press(_numbers(names, _ITEM)).items()} | {
        f"{_REPORT}{pk}": place for pk, place in _concerns_press(_numbers(names, _REPORT)).items()
    }


def most_pressing_first(duties: Iterable[Duty]) -> list[Duty]:
    """Return these tasks with those of danger in their order: what happens now, what a child tells, a threat
    whose time is near, other harm, then the rest; of one sort, what has waited longest. The others stay as
    they are. A query each for comments and for concerns, none where there is one danger or none."""
    rows = list(duties)
    danger = [each for each in rows if each.urgency == Urgency.DANGER]
    if len(danger) < 2:
        return rows
    keys = _keys_of(danger)
    first = sorted(danger, key=lambda each: keys[each.pk])
    return [*first, *(each for each in rows if each.urgency != Urgency.DANGER)]


def page_of_dangers(
    duties: Iterable[Duty], *, after: Key | None = None, size: int
) -> tuple[list[Duty], Key | None]:
    """Return a page of these tasks of danger in their order, after the key; with the key to ask the next page
    with, None on the last. Queries as in `most_pressing_first`."""
    rows = list(duties)
    keys = _keys_of(rows)
    left = [each for each in rows if after is None or keys[each.pk] > after]
    left.sort(key=lambda each: keys[each.pk])
    return left[:size], keys[left[size - 1].pk] if len(left) > size else None


def _keys_of(danger: Sequence[Duty]) -> dict[int, Key]:
    places = presses_of(each.subject for each in danger)
    return {
        each.pk: (int(places.get(each.subject, Presses.OTHER)), each.opened_at, each.pk) for each in danger
    }


def _comments_press(numbers: Collection[int]) -> dict[int, Presses]:
    """Return how each of these comments presses. One query; none without numbers."""
    if not numbers:
        return {}
    newest = ItemVersion.objects.filter(item=OuterRef("pk")).order_by("-number").values("text")[:1]
    rows = Item.every.filter(pk__in=numbers).annotate(newest=Subquery(newest))
    return {
        pk: presses(why, text or "", locked=since is not None)
        for pk, why, text, since in rows.values_list("pk", "why", "newest", "locked_at")
    }


def _concerns_press(numbers: Collection[int]) -> dict[int, Presses]:
    rows = Report.objects.filter(pk__in=numbers) if numbers else Report.objects.none()
    found = rows.annotate(presses=CONCERN_PRESSES).values_list("pk", "presses")
    return {pk: Presses(place) for pk, place in found}


def _numbers(names: Iterable[str], kind: str) -> set[int]:
    return {number_of(name) for name in names if name.startswith(kind)}
