"""Which of several dangers a person reads first: one order for comments and concerns, in every list."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import OuterRef, Subquery

from schoolgate.core.subjects import number_of
from schoolgate.duties.models import Duty
from schoolgate.duties.urgency import Urgency
from schoolgate.inbox.dangers import Presses, presses
from schoolgate.inbox.models import Item, ItemVersion
from schoolgate.incidents.models import Report
from schoolgate.incidents.said import SAYS
from schoolgate.incidents.states import Danger

_ITEM, _REPORT = "inbox.item:", "incidents.report:"


def presses_of(subjects: Iterable[str]) -> dict[str, Presses]:
    """Return how each comment and concern of these (by its name in the record) presses. A query each for
    comments and for concerns, none without any."""
    names = list(subjects)
    return {f"{_ITEM}{pk}": place for pk, place in _comments_press(_numbers(names, _ITEM)).items()} | {
        f"{_REPORT}{pk}": place for pk, place in _concerns_press(_numbers(names, _REPORT)).items()
    }


def most_pressing_first(duties: Iterable[Duty]) -> list[Duty]:
    """Return these tasks with those of danger in their order: what a child tells, a threat whose time is
    near, other harm, then the rest; of one sort, what has waited longest. The others stay as they are. A
    query each for comments and for concerns, none where there is one danger or none."""
    rows = list(duties)
    danger = [each for each in rows if each.urgency == Urgency.DANGER]
    if len(danger) < 2:
        return rows
    places = presses_of(each.subject for each in danger)
    first = sorted(
        danger, key=lambda each: (places.get(each.subject, Presses.OTHER), each.opened_at, each.pk)
    )
    return [*first, *(each for each in rows if each.urgency != Urgency.DANGER)]


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
    return {
        pk: concern_presses(said, danger) for pk, said, danger in rows.values_list("pk", "said", "danger")
    }


def concern_presses(said: Collection[str], danger: str) -> Presses:
    """Return how a concern presses among others of danger, by what was ticked and whether someone is in
    danger."""
    if any(SAYS[key].child for key in said if key in SAYS):
        return Presses.CHILD_TELLS
    return Presses.SOON if danger == Danger.YES else Presses.HARM


def _numbers(names: Iterable[str], kind: str) -> set[int]:
    return {number_of(name) for name in names if name.startswith(kind)}
