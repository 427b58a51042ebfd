"""Heartbeats: what has to run regularly, and when each last succeeded. A program that died reports nothing.

The allowed times are the program's own rules: long enough for a slow round, short enough that someone notices
the same morning.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core import restored
from schoolgate.core.clock import check_aware
from schoolgate.core.models import Heartbeat
from schoolgate.core.reading_once import FixedQuery, Question

WORKER: Final = "worker"
KEEPING: Final = "minutely.journal"
"""The sweep that shows which machine keeps what lies on one alone."""
BEGUN: Final = "begun"
"""The row that says from when heartbeats are expected; not a heartbeat itself."""

CATCH_UP: Final = timedelta(hours=3)
"""How long after a start nothing is held against what last ran before it."""

STOPPED: Final[Mapping[str, Promise]] = {
    WORKER: _(
        "Nothing is running in the background. Posts aren’t published, comments "
        "aren’t read and reminders aren’t sent"
    ),
    "minutely.deliveries": _("Finished steps aren’t starting the next ones"),
    "minutely.duties": _("Reminders about due tasks aren’t being sent"),
    "minutely.live": _("No one is told when posts are changed on their network"),
    "minutely.journal": _("A restore would lose what was refused or taken down since the backup"),
    "minutely.reports": _("Concerns that no one is dealing with aren’t being passed on"),
    "minutely.rota": _("No one is told when their shift on the rota starts"),
    "minutely.trials": _("Tests of the policy interpretation aren’t running"),
    "minutely.notices": _("Notification emails and morning emails aren’t being sent"),
    "minutely.send_due": _("Posts aren’t being published on time"),
    "minutely.withdrawals": _("Parents aren’t being told what happened to posts after a withdrawal"),
    "minutely.poll": _("Comments and messages aren’t being read"),
    "lane.sending": _("Posts and replies are waiting because too many are being sent at once"),
    "lane.reading": _("Comments are waiting because too many accounts are being read at once"),
    "hourly.account_keys": _("No one is told which account passwords must change"),
    "hourly.backups": _("Backups aren’t being checked"),
    "hourly.care": _("No one is told which accounts have not been checked"),
    "hourly.evidence": _("Unfinished evidence uploads couldn’t be deleted"),
    "hourly.imports": _("Uploaded lists that were never confirmed are not deleted"),
    "hourly.breaches": _("New people are not asked to deal with open data breaches"),
    "hourly.conduct": _("No one is reminded to check their own accounts"),
    "hourly.known": _("No one is asked to confirm that they have read the policy"),
    "hourly.leaving": _("People who have left still have their roles"),
    "hourly.listening": _("Saved searches aren’t looking for public posts"),
    "hourly.uploads": _("Uploads that were never used are not deleted"),
    "hourly.withheld": _("Parts of pictures withdrawn earlier are not looked for in new ones"),
    "hourly.inbox_words": _("Older comments can’t be searched yet"),
    "hourly.names": _("Comments are not checked again for people they may be about"),
    "hourly.past_imports": _("Downloads of old posts are not finished or deleted"),
    "hourly.policies": _("Policies do not come into force on their start date"),
    "hourly.record_heads": _("The history isn’t being signed"),
    "hourly.rules_asked": _("Schoolgate isn’t counting how often each clause is used"),
    "hourly.safeguarding": _("No one is asked to agree to new safeguarding leads"),
    "hourly.settling": _("Tasks about pupils’ answers stay open although nothing is left to resolve"),
    "daily.backups": _("Backups are not tested"),
    "daily.connections": _("A connection to a network may end without a reminder"),
    "daily.going_on": _("Permissions to keep using an account end without a reminder"),
    "daily.marks": _("No one checks that accounts still link to the register"),
    "daily.notices": _("Old messages are not deleted"),
    "daily.proposals": _("No reminders are sent about proposals waiting for a decision"),
    "daily.records": _("Records that are due aren’t destroyed"),
    "daily.rota": _("Old handover notes of the rota are not deleted"),
    "daily.sign_ins": _("Old sign-ins are not deleted"),
    "daily.upkeep": _("No one is told which posts and accounts are out of date"),
}
"""The closed list: the worker, every sweep, and lanes in which none runs, with what it means to people where
it has stopped."""

_ALLOWED: Final = {
    WORKER: timedelta(minutes=5),
    "minutely": timedelta(minutes=10),
    "lane": timedelta(minutes=10),
    "hourly": timedelta(hours=3),
    "daily": timedelta(hours=50),
}
LONGEST_SILENCE: Final[Mapping[str, timedelta]] = {what: _ALLOWED[what.partition(".")[0]] for what in STOPPED}
"""How old the last good run of each may be."""


@dataclass(frozen=True)
class Still:
    """Something that has stopped: a name of STOPPED, or one that another app gives; since when
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


def asked() -> Question:
    """Return what `standing_still` asks."""
    return _asked(), {}


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


KEEPS: Final = "keeps "
"""Before the name of a machine that keeps the record's heads, the journal and the backups."""
LONGEST_NAME: Final = 30


def note_keeper(*, at: datetime) -> None:
    """Record that this machine keeps them."""
    _put(KEEPS + this_machine(), at)


def keepers(at: datetime) -> list[str]:
    """Return the names of the machines that kept them lately; more than one is a mistake."""
    lately = Heartbeat.objects.filter(what__startswith=KEEPS, last_good__gt=at - LONGEST_SILENCE[KEEPING])
    return sorted(row.what.removeprefix(KEEPS) for row in lately)


def this_machine() -> str:
    """Return its name, as far as a heartbeat has room for it."""
    return socket.gethostname()[:LONGEST_NAME]


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
