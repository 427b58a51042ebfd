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

EACH_MINUTE: Final = timedelta(minutes=10)
EACH_HOUR: Final = timedelta(hours=3)
EACH_DAY: Final = timedelta(hours=50)
CATCH_UP: Final = timedelta(hours=3)
"""How long after a start nothing is held against what last ran before it."""

MUST_BEAT: Final[Mapping[str, timedelta]] = {
    WORKER: timedelta(minutes=5),
    "minutely.deliveries": EACH_MINUTE,
    "minutely.duties": EACH_MINUTE,
    "minutely.reports": EACH_MINUTE,
    "minutely.rota": EACH_MINUTE,
    "minutely.trials": EACH_MINUTE,
    "minutely.notices": EACH_MINUTE,
    "minutely.send_due": EACH_MINUTE,
    "minutely.poll": EACH_MINUTE,
    "lane.sending": EACH_MINUTE,
    "lane.reading": EACH_MINUTE,
    "hourly.account_keys": EACH_HOUR,
    "hourly.backups": EACH_HOUR,
    "hourly.care": EACH_HOUR,
    "hourly.imports": EACH_HOUR,
    "hourly.known": EACH_HOUR,
    "hourly.leaving": EACH_HOUR,
    "hourly.past_imports": EACH_HOUR,
    "hourly.policies": EACH_HOUR,
    "hourly.record_heads": EACH_HOUR,
    "daily.backups": EACH_DAY,
    "daily.going_on": EACH_DAY,
    "daily.marks": EACH_DAY,
    "daily.notices": EACH_DAY,
    "daily.proposals": EACH_DAY,
    "daily.rota": EACH_DAY,
    "daily.sign_ins": EACH_DAY,
}
"""The closed list: every sweep, and lanes in which none runs, with how old the last good run may be."""


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


def standing_still(at: datetime, *, restoring: bool | None = None) -> list[Still]:
    """What was not heard of for longer than it may take, in the order of the list; two queries.

    `restoring`: whether a restored home waits for its release, where the caller knows: then one query.

    Nothing where the program was never started, and in a home that was restored and waits for its release:
    there it is meant to stand still. A last run that lies far in the future means that the clock was set
    back: it is not believed.
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
    return {what: (at - last).total_seconds() for what, last in _known().items() if what in MUST_BEAT}


def _still(known: Mapping[str, datetime], begun: datetime, at: datetime) -> Iterable[Still]:
    for what, allowed in MUST_BEAT.items():
        last = known.get(what)
        believed = last is not None and last - at <= allowed
        grace = min(allowed, CATCH_UP) if believed else allowed
        just_begun = begun - at <= allowed and at - begun <= grace
        if not just_begun and not (believed and last is not None and at - last <= allowed):
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


def said_once(still: Iterable[Still]) -> list[Still]:
    """Without the sweeps where the worker itself stands still: all that it does stands still with it."""
    found = list(still)
    if WORKER not in [each.what for each in found]:
        return found
    return [each for each in found if each.what == WORKER or each.what not in MUST_BEAT]


TOLD: Final = "told "
AGAIN_AFTER: Final = timedelta(days=1)


def may_tell(what: str, *, at: datetime) -> bool:
    """Whether this process is the one to raise the alarm over `what` now: at most once a day each, whoever
    else looks too."""
    _row, new = Beat.objects.get_or_create(what=TOLD + what, defaults={"last_good": check_aware(at)})
    earlier = Beat.objects.filter(what=TOLD + what).exclude(
        last_good__gt=at - AGAIN_AFTER, last_good__lte=at + AGAIN_AFTER
    )
    return new or earlier.update(last_good=at) == 1
