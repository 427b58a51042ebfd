"""The banner for people who must act because someone may be in danger. It goes when one of them takes the
report or reads the comment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from schoolgate.core.subjects import number_of
from schoolgate.duties.queries import danger_of
from schoolgate.inbox.duty_kinds import DANGER
from schoolgate.incidents.duty_kinds import TAKE
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.web.frame.layout import ShownDanger


def danger_shown(person: Person, held: Sequence[RoleAssignment], *, on: date) -> ShownDanger | None:
    """Return how many danger reports wait for this person with these roles on a day, and where; None without
    any. One query."""
    found = danger_of(person, on, kinds=(TAKE, DANGER), held=held)
    waiting = {duty.subject: duty.kind for duty in found}
    if not waiting:
        return None
    (subject, kind), *others = waiting.items()
    if others:  # Today alone has all of them, each with what it's about
        return ShownDanger(len(waiting), f"{reverse('today')}#group-danger")
    return ShownDanger(1, reverse("item" if kind == DANGER else "wrong-report", args=[number_of(subject)]))
