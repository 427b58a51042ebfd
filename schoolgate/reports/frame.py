"""What every page needs before it is drawn, fetched in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Exists, Q, QuerySet

from schoolgate.core.models import Federation, InstallationStop, Stop
from schoolgate.core.models.running import Restoration
from schoolgate.core.written_once import A_NUMBER, AN_INSTANT, Written
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.duties.urgency import Urgency
from schoolgate.reports.duty_kinds import STANDING_STILL


@dataclass(frozen=True)
class Flags:
    """Whether there is anything to show; only then is it worth asking what."""

    danger: bool
    """A person in the federation may be in danger."""
    stopped: bool
    """Posting is stopped on the installation, or somewhere in the federation."""
    standing_still: bool
    """There is a task because part of the program has stopped working."""
    restoring: bool
    """The installation was restored from a backup and is not released yet."""


def in_effect(at: datetime) -> Q:
    """Return the condition on stops that count at an instant."""
    return Q(lifted_at=None) & (Q(until=None) | Q(until__gt=at)) & Q(placed_at__lte=at)


def _asked(federation: int, at: datetime) -> QuerySet[Federation, Any]:
    duties = Duty.objects.filter(state__in=STILL_TO_DO)
    return (
        Federation.objects.filter(pk=federation)
        .annotate(
            danger=Exists(duties.filter(urgency=Urgency.DANGER)),
            stopped_here=Exists(Stop.objects.filter(in_effect(at))),
            stopped_everywhere=Exists(InstallationStop.objects.filter(in_effect(at))),
            standing_still=Exists(Duty.objects.filter(kind=STANDING_STILL, ended_at=None)),
            restoring=Exists(Restoration.objects.filter(released_at=None)),
        )
        .values_list("danger", "stopped_here", "stopped_everywhere", "standing_still", "restoring")
    )


@cache
def _written() -> Written:
    return Written(_asked(A_NUMBER, AN_INSTANT))


def flags(federation: Federation, *, at: datetime) -> Flags:
    """Return what there is for the federation in scope at an instant. One query."""
    ((danger, here, everywhere, standing_still, restoring),) = _written().values(
        {A_NUMBER: federation.pk, AN_INSTANT: at}
    )
    return Flags(
        danger=danger, stopped=here or everywhere, standing_still=standing_still, restoring=restoring
    )
