"""How urgent something is: the one order of every list, page and mail. Danger to a person comes first."""

from __future__ import annotations

from enum import IntEnum

from django.db.models import Case, Q, Value, When

HARM = frozenset(
    {
        "accounts.fake",
        "incidents.finish",
        "incidents.take",
        "item.remove_by_hand",
        "post.take_down_by_hand",
        "running.standing_still",
    }
)
"""Kinds of duties that come before everything that is merely overdue: a person may come to harm meanwhile."""


class Urgency(IntEnum):
    """From the most urgent; numbers, because lists are sorted by them and then by time."""

    DANGER = 0  # someone may be in danger now
    HARM = 1  # someone may come to harm meanwhile
    USUAL = 2  # by its deadline


ORDER = ("urgency", "due_by", "pk")
"""The order in which duties are listed: the most urgent first, then by their time."""


def expression() -> Case:
    """Return the urgency of a duty's row, for the database to store beside it."""
    return Case(
        When(Q(danger=True), then=Value(Urgency.DANGER.value)),
        When(Q(kind__in=sorted(HARM)), then=Value(Urgency.HARM.value)),
        default=Value(Urgency.USUAL.value),
    )
