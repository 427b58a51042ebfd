"""The banner for people who must act because someone may be in danger. It goes when one of them takes the
report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from schoolgate.core.subjects import number_of
from schoolgate.duties.queries import danger_of
from schoolgate.incidents.duty_kinds import TAKE
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.web.frame.layout import ShownDanger


def danger_shown(person: Person, held: Sequence[RoleAssignment], *, on: date) -> ShownDanger | None:
    """Return how many danger reports wait for this person with these roles on a day, and where; None without
    any. One query."""
    found = [duty.subject for duty in danger_of(person, on, kind=TAKE, held=held)]
    waiting = list(dict.fromkeys(found))
    if not waiting:
        return None
    if len(waiting) == 1:
        return ShownDanger(1, reverse("wrong-report", args=[number_of(waiting[0])]))
    return ShownDanger(len(waiting), reverse("wrong-reports"))
