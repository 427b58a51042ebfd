"""Named queries for breaches; one that a person may not know of does not exist for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from schoolgate.breaches.models import Breach, Content, Step
from schoolgate.breaches.rules import may_see
from schoolgate.breaches.states import BreachState, Risk, StepKind
from schoolgate.core.errors import NotFound
from schoolgate.core.sealed_words import opened_each
from schoolgate.people.models import Person


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
