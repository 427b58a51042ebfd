"""Heartbeats: what has to run regularly, and when each last succeeded. A program that died reports nothing.

The allowed times are the program's own rules: long enough for a slow round, short enough that someone notices
the same morning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from schoolgate.core import restored
from schoolgate.core.clock import check_aware
from schoolgate.core.models.running import Heartbeat
from schoolgate.core.reading_once import FixedQuery

WORKER: Final = "worker"
BEGUN: Final = "begun"
"""The row that says from when heartbeats are expected; not a heartbeat itself."""

EACH_MINUTE: Final = timedelta(minutes=10)
EACH_HOUR: Final = timedelta(hours=3)
EACH_DAY: Final = timedelta(hours=50)
CATCH_UP: Final = timedelta(hours=3)
"""How long after a start nothing is held against what last ran before it."""

LONGEST_SILENCE: Final[Mapping[str, timedelta]] = {
    WORKER: timedelta(minutes=5),
    "minutely.deliveries": EACH_MINUTE,
    "minutely.duties": EACH_MINUTE,
    "minutely.journal": EACH_MINUTE,
    "minutely.live": EACH_MINUTE,
    "minutely.reports": EACH_MINUTE,
    "minutely.rota": EACH_MINUTE,
    "minutely.trials": EACH_MINUTE,
    "minutely.notices": EACH_MINUTE,
    "minutely.send_due": EACH_MINUTE,
    "minutely.withdrawals": EACH_MINUTE,
    "minutely.poll": EACH_MINUTE,
    "lane.sending": EACH_MINUTE,
    "lane.reading": EACH_MINUTE,
    "hourly.account_keys": EACH_HOUR,
    "hourly.backups": EACH_HOUR,
    "hourly.breaches": EACH_HOUR,
    "hourly.care": EACH_HOUR,
    "hourly.conduct": EACH_HOUR,
    "hourly.evidence": EACH_HOUR,
    "hourly.imports": EACH_HOUR,
    "hourly.inbox_words": EACH_HOUR,
    "hourly.known": EACH_HOUR,
    "hourly.leaving": EACH_HOUR,
    "hourly.listening": EACH_HOUR,
    "hourly.uploads": EACH_HOUR,
    "hourly.withheld": EACH_HOUR,
    "hourly.names": EACH_HOUR,
    "hourly.past_imports": EACH_HOUR,
    "hourly.policies": EACH_HOUR,
    "hourly.record_heads": EACH_HOUR,
    "hourly.rules_asked": EACH_HOUR,
    "hourly.safeguarding": EACH_HOUR,
    "hourly.settling": EACH_HOUR,
    "daily.backups": EACH_DAY,
    "daily.connections": EACH_DAY,
    "daily.going_on": EACH_DAY,
    "daily.marks": EACH_DAY,
    "daily.notices": EACH_DAY,
    "daily.proposals": EACH_DAY,
    "daily.records": EACH_DAY,
    "daily.rota": EACH_DAY,
    "daily.sign_ins": EACH_DAY,
    "daily.upkeep": EACH_DAY,
}
"""The closed list: every sweep, and lanes in which none runs, with how old the last good run may be."""


@dataclass(frozen=True)
class Still:
    """Something that has stopped: a name of LONGEST_SILENCE, or one that another app gives; since when
    (None if it never ran); how long it may take."""

    what: str
    since: datetime | None
    allowed: timedelta


def note(what: str, *, at: datetime) -> None:
    """Record that `what` has just succeeded. One statement; outside the transaction of the work itself.

    Raises KeyError for a name that is not on the list.
    """
    LONGEST_SILENCE[what]
    _put(what, at)


def begin(*, at: datetime) -> None:
    """Record that the program has started and heartbeats of its parts are expected from now on.

    A machine that was off all night gets time to catch up. A program that restarts again and again without a
    working worker does not: the start only moves if a worker was heard of since the last one, and not lately.
    """
    known = _known()
    begun, worker = known.get(BEGUN), known.get(WORKER)
    paused = worker is not None and abs(at - worker) > LONGEST_SILENCE[WORKER]
    if begun is None or (paused and worker is not None and worker > begun):
        _put(BEGUN, at)


def standing_still(at: datetime, *, restoring: bool | None = None) -> list[Still]:
    """Return what has not been heard of for longer than allowed, in the order of the list; two queries.

    `restoring`: whether a restored home awaits its release, if the caller knows: then one query.

    Returns nothing if the program was never started, or in a restored home that awaits its release: it is
    meant to be idle. A last run far in the future means that the clock was set back, and is ignored.
    """
    known = _known()
    begun = known.get(BEGUN)
    if restoring is None:
        restoring = begun is not None and restored.awaiting_release() is not None
    if begun is None or restoring:
        return []
    return list(_still(known, begun, at))


def ages(at: datetime) -> dict[str, float]:
    """Seconds since each thing was last heard of; without those that never were. One query."""
    return {what: (at - last).total_seconds() for what, last in _known().items() if what in LONGEST_SILENCE}


def _still(known: Mapping[str, datetime], begun: datetime, at: datetime) -> Iterable[Still]:
    for what, allowed in LONGEST_SILENCE.items():
        last = known.get(what)
        believed = last is not None and last - at <= allowed
        grace = min(allowed, CATCH_UP) if believed else allowed
        just_begun = begun - at <= allowed and at - begun <= grace
        if not just_begun and not (believed and last is not None and at - last <= allowed):
            yield Still(what, last, allowed)


def _known() -> dict[str, datetime]:
    return {each.what: each.last_good for each in _asked().ask({})}


@cache
def _asked() -> FixedQuery[Heartbeat]:
    return FixedQuery(Heartbeat.objects.all())


def _put(what: str, at: datetime) -> None:
    Heartbeat.objects.bulk_create(
        [Heartbeat(what=what, last_good=check_aware(at))],
        update_conflicts=True,
        unique_fields=["what"],
        update_fields=["last_good"],
    )


def said_once(still: Iterable[Still]) -> list[Still]:
    """Return them without the sweeps if the worker itself has stopped: they all stop with it."""
    found = list(still)
    if WORKER not in [each.what for each in found]:
        return found
    return [each for each in found if each.what == WORKER or each.what not in LONGEST_SILENCE]


TOLD: Final = "told "
AGAIN_AFTER: Final = timedelta(days=1)


def may_tell(what: str, *, at: datetime) -> bool:
    """Whether this process should raise the alarm over `what` now: at most once a day each across all
    processes."""
    _row, new = Heartbeat.objects.get_or_create(what=TOLD + what, defaults={"last_good": check_aware(at)})
    earlier = Heartbeat.objects.filter(what=TOLD + what).exclude(
        last_good__gt=at - AGAIN_AFTER, last_good__lte=at + AGAIN_AFTER
    )
    return new or earlier.update(last_good=at) == 1
