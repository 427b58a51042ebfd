"""What has to run again and again, and when each last went well: a program that died says nothing by itself.

The times allowed are rules of the program's own: long enough for a slow round, short enough for somebody to
notice on the same morning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from schoolgate.core import restored
from schoolgate.core.clock import check_aware
from schoolgate.core.models.beats import Beat

WORKER: Final = "worker"
BEGUN: Final = "begun"
"""The row that says since when something is to be expected: no beat of its own."""

MUST_BEAT: Final[Mapping[str, timedelta]] = {
    WORKER: timedelta(minutes=10),
    "minutely.deliveries": timedelta(minutes=20),
    "minutely.duties": timedelta(minutes=20),
    "minutely.reports": timedelta(minutes=20),
    "minutely.trials": timedelta(minutes=20),
    "minutely.notices": timedelta(minutes=30),
    "minutely.send_due": timedelta(minutes=30),
    "minutely.poll": timedelta(hours=1),
    "hourly.record_heads": timedelta(hours=3),
    "hourly.backups": timedelta(hours=6),
}
"""The closed list: a sweep by its name, with how old its last good run may be."""


@dataclass(frozen=True)
class Still:
    """Something that stands still: a name of MUST_BEAT, or one that another room gives; since when, None
    where it never ran; how long it may take."""

    what: str
    since: datetime | None
    allowed: timedelta


def note(what: str, *, at: datetime) -> None:
    """Keep that `what` went well just now. One statement; outside the transaction of what it speaks for.

    Raises KeyError for a name that is not on the list.
    """
    MUST_BEAT[what]
    _put(what, at)


def begin(*, at: datetime) -> None:
    """Say that the program is started and its parts are to be heard of from here on.

    A machine that was off all night is given time to catch up. Whoever starts again and again without its
    worker ever doing anything is not: only a worker that was heard of since the last beginning, and not
    lately, makes a new one.
    """
    known = _known()
    begun, worker = known.get(BEGUN), known.get(WORKER)
    paused = worker is not None and abs(at - worker) > MUST_BEAT[WORKER]
    if begun is None or (paused and worker is not None and worker > begun):
        _put(BEGUN, at)


def standing_still(at: datetime) -> list[Still]:
    """What was not heard of for longer than it may take, in the order of the list; two queries.

    Nothing where the program was never started, and in a home that was restored and waits for its release:
    there it is meant to stand still. A last run that lies far in the future means that the clock was set
    back: it is not believed.
    """
    known = _known()
    begun = known.get(BEGUN)
    if begun is None or restored.awaiting_release() is not None:
        return []
    return list(_still(known, begun, at))


def ages(at: datetime) -> dict[str, float]:
    """Seconds since each thing was last heard of; without those that never were. One query."""
    return {what: (at - last).total_seconds() for what, last in _known().items() if what in MUST_BEAT}


def _still(known: Mapping[str, datetime], begun: datetime, at: datetime) -> Iterable[Still]:
    for what, allowed in MUST_BEAT.items():
        last = known.get(what)
        heard = [moment for moment in (last, begun) if moment is not None and moment - at <= allowed]
        if not heard or at - max(heard) > allowed:
            yield Still(what, last, allowed)


def _known() -> dict[str, datetime]:
    return dict(Beat.objects.values_list("what", "last_good"))


def _put(what: str, at: datetime) -> None:
    Beat.objects.bulk_create(
        [Beat(what=what, last_good=check_aware(at))],
        update_conflicts=True,
        unique_fields=["what"],
        update_fields=["last_good"],
    )


TOLD: Final = "told"
AGAIN_AFTER: Final = timedelta(days=1)


def may_tell(*, at: datetime) -> bool:
    """Whether this process is the one to raise the alarm now: at most once a day, whoever else looks too."""
    _row, new = Beat.objects.get_or_create(what=TOLD, defaults={"last_good": check_aware(at)})
    earlier = Beat.objects.filter(what=TOLD).exclude(
        last_good__gt=at - AGAIN_AFTER, last_good__lte=at + AGAIN_AFTER
    )
    return new or earlier.update(last_good=at) == 1
