"""What can't wait where someone is in danger: when each thing happened, and how long after the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import Shown
from schoolgate.incidents.states import ENDED, LETS_IN, Danger, StepKind
from schoolgate.web.frame.times import time_in_words

AT_ONCE: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (gettext_lazy("Someone told"), tuple(LETS_IN)),
    (gettext_lazy("Someone dealing with it"), (StepKind.TAKEN,)),
    (gettext_lazy("Outside body told"), (StepKind.BODY_TOLD,)),
)
"""What has to happen at once, and the kinds of step that show it. Schoolgate's own rule."""
MINUTES = 120
"""From then on whole hours are counted."""


@dataclass(frozen=True)
class Tick:
    """One thing that can't wait: what it is, when it happened or how long it has not. `done`: it happened."""

    label: str | Promise
    said: str
    done: bool
    told: bool


def clock(report: Report, steps: Iterable[Shown], *, at: datetime) -> list[Tick]:
    """Return what can't wait, seen from the instant `at`; empty unless someone is in danger, and once it is
    closed."""
    if report.danger != Danger.YES or report.state in ENDED:
        return []
    return list(_ticks(report, list(steps), at))


def _ticks(report: Report, steps: list[Shown], at: datetime) -> Iterator[Tick]:
    for label, kinds in AT_ONCE:
        first = min((one.step.at for one in steps if one.step.kind in kinds), default=None)
        waited = (first or at) - report.reported_at
        said = f"{time_in_words(first)}, {_after(waited)}" if first else _not_yet(waited)
        yield Tick(label, said, done=first is not None, told=StepKind.BODY_TOLD in kinds)


def _after(waited: timedelta) -> str:
    minutes = max(0, int(waited.total_seconds() // 60))
    if minutes == 0:
        return _("at once")
    if minutes < MINUTES:
        return ngettext("after {number} minute", "after {number} minutes", minutes).format(number=minutes)
    hours = minutes // 60
    return ngettext("after {number} hour", "after {number} hours", hours).format(number=hours)


def _not_yet(waited: timedelta) -> str:
    minutes = max(0, int(waited.total_seconds() // 60))
    if minutes == 0:
        return _("Not yet")
    if minutes < MINUTES:
        return ngettext(
            "Not yet. It’s been {number} minute.", "Not yet. It’s been {number} minutes.", minutes
        ).format(number=minutes)
    hours = minutes // 60
    return ngettext("Not yet. It’s been {number} hour.", "Not yet. It’s been {number} hours.", hours).format(
        number=hours
    )
