"""Stops, for one school, one federation or the whole installation: nothing starts during a stop.

Code that starts something asks `is_stopped` in the same transaction. Waiting work stays unchanged; lifting a
stop sends nothing by itself. The policy says who may stop posting, so apps check that before they call these
functions.

Stops of posting that are over: what is due, and how it is destroyed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.db.models import Exists, Model, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import check_aware
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.models import Federation, InstallationStop, School, Stop
from schoolgate.core.moves import done_before
from schoolgate.core.reading_once import A_NUMBER, AN_INSTANT, Written, read_once
from schoolgate.core.retention import NO_SOURCE, Area, Declared, Public, Row, unless_empty
from schoolgate.core.subjects import subject_of

REASONS: Mapping[str, Promise] = {
    "wrong_post": _("Something wrong is going out"),
    "harm": _("Someone may come to harm"),
    "account": _("Someone else may be using our account"),
    "event": _("Something has happened, so ordinary posts must wait"),
    "trying": _("We’re testing the stop button"),
}
"""Reasons to choose from; the short code is stored, so each reader sees their own language."""


OUR_OWN: Mapping[str, Promise] = {
    "restored": _("Schoolgate was restored from a backup and hasn’t been released yet"),
    "moved": _("The database was moved, and this is the old copy"),
}
"""The program's own reasons, which people can't choose."""

NONE_AT = "core.no_stop_at"
A_SCHOOL: Final = A_NUMBER + 1


def reason_in_words(reason: str) -> str | Promise:
    """Return why posting was stopped: one of REASONS in words, or the words that were typed."""
    return {**REASONS, **OUR_OWN}.get(reason, reason)


@action
def stop(
    *, reason: str, by: Model | str, at: datetime, school: School | None = None, until: datetime | None = None
) -> Stop:
    """Stop one school, or the federation in scope if no school is given.

    Args:
        reason: in a few words, for those who wonder why nothing goes out.
        until: the instant at which it ends by itself; None: when it is lifted.

    Raises:
        BadInput: no reason, or an end that is not in the future.
        AlreadyDone: just that was stopped before, for the same reason and at least as long. A second reason
            is a stop of its own, which holds when the first is lifted.
    """
    _check(reason, at, until)
    if (before := _covering(school, reason.strip(), until, at)) is not None:
        raise done_before(before, _("Posting has already been stopped here."), made=before)
    row = Stop.objects.create(
        school=school, reason=reason.strip(), placed_at=check_aware(at), placed_by=subject_of(by), until=until
    )
    record("stop.pressed", subject=row, at=at, actor=by, school=school.pk if school else None)
    return row


def _covering(school: School | None, reason: str, until: datetime | None, at: datetime) -> Stop | None:
    as_long = Q(until=None) if until is None else Q(until=None) | Q(until__gte=until)
    return Stop.objects.filter(_stands(at) & as_long, school=school, reason=reason).order_by("pk").first()


@action
def lift(*, stop: Stop, by: Model | str, at: datetime) -> Stop:
    """End a stop. Raises AlreadyDone if it has been lifted already, NotNow if it is over."""
    standing_still = Stop.objects.filter(_stands(at), pk=stop.pk, lifted_at=None)
    if standing_still.update(lifted_at=check_aware(at), lifted_by=subject_of(by)) != 1:
        raise done_before(
            stop,
            _("This stop has already ended."),
            otherwise=NotNow(_("This stop has ended automatically."), _("Open the page again.")),
            lifted_at__isnull=False,
        )
    record("stop.lifted", subject=stop, at=at, actor=by, school=stop.school_id)
    stop.refresh_from_db()
    return stop


def stop_installation(*, reason: str, at: datetime, until: datetime | None = None) -> InstallationStop:
    """Stop every federation; for the machine's operator. Raises BadInput like `stop`."""
    _check(reason, at, until)
    return InstallationStop.objects.create(reason=reason.strip(), placed_at=check_aware(at), until=until)


def lift_installation(*, at: datetime) -> int:
    """End every stop of the installation that a person set; return how many there were.

    A stop of OUR_OWN stays: it marks something still to be done.
    """
    pressed = InstallationStop.objects.filter(_stands(at)).exclude(reason__in=list(OUR_OWN))
    return pressed.update(lifted_at=check_aware(at))


def installation_stops(at: datetime) -> list[InstallationStop]:
    """Return the stops of the whole installation in force at `at`, oldest first."""
    return list(InstallationStop.objects.filter(_stands(at)).order_by("pk"))


def standing(school_id: int | None, at: datetime) -> list[Stop | InstallationStop]:
    """Return the stops in force at `at` for a school (None: for the whole federation), widest first."""
    everywhere = InstallationStop.objects.filter(_stands(at)).order_by("pk")
    here = Q(school=None) if school_id is None else Q(school=None) | Q(school_id=school_id)
    ours = Stop.objects.filter(_stands(at) & here).order_by("school_id", "pk")
    return [*everywhere, *sorted(ours, key=lambda row: row.school_id is not None)]


def all_standing(at: datetime) -> list[Stop | InstallationStop]:
    """Return every stop in force at `at` anywhere in the federation in scope, widest first."""
    ours = Stop.objects.filter(_stands(at)).select_related("school").order_by("pk")
    wide_first = sorted(ours, key=lambda row: row.school_id is not None)
    return [*InstallationStop.objects.filter(_stands(at)).order_by("pk"), *wide_first]


def is_stopped(federation_id: int, school_id: int | None, at: datetime) -> bool:
    """Whether nothing may start at `at`: for the federation in scope, or for one of its schools.

    A stop of one school does not stop the federation, a stop of the federation stops each school.
    """
    if read_once((NONE_AT, at), lambda: False):
        return False
    given: dict[object, Any] = {A_NUMBER: federation_id, A_SCHOOL: school_id or 0, AN_INSTANT: at}
    key = ("core.stopped", federation_id, school_id, check_aware(at))
    return any(read_once(key, lambda: _stopped().values(given)[0]))


@cache
def _stopped() -> Written:
    here = Q(school=None) | Q(school_id=A_SCHOOL)
    rows = Federation.objects.filter(pk=A_NUMBER).annotate(
        here=Exists(Stop.objects.filter(_stands(AN_INSTANT) & here, federation_id=OuterRef("pk"))),
        everywhere=Exists(InstallationStop.objects.filter(_stands(AN_INSTANT))),
    )
    return Written(rows.values_list("here", "everywhere"))


def holding(at: datetime) -> Callable[[int | None, datetime], list[Stop | InstallationStop]]:
    """Return what says, of a school of the federation in scope and of an instant, which stops of `at`
    still hold what goes out there then, widest first: one question for a whole list."""
    found = [] if read_once((NONE_AT, at), lambda: False) else all_standing(at)

    def held(school_id: int | None, then: datetime) -> list[Stop | InstallationStop]:
        return [
            each
            for each in found
            if (each.until is None or each.until > then)
            and (isinstance(each, InstallationStop) or each.school_id in (None, school_id))
        ]

    return held


def any_at(at: datetime) -> bool:
    """Return whether any stop is in force at `at` in the federation in scope; a page that noted none asks
    nothing."""
    return not read_once((NONE_AT, at), lambda: False) and bool(all_standing(at))


def note_none(at: datetime) -> None:
    """Note, in a request that changes nothing, that no stop is in force at `at` anywhere in the federation in
    scope."""
    read_once((NONE_AT, at), lambda: True)


def _stands(at: datetime) -> Q:
    instant = check_aware(at)
    ends_later = Q(until=None) | Q(until__gt=instant)
    return Q(placed_at__lte=instant) & ends_later & (Q(lifted_at=None) | Q(lifted_at__gt=instant))


def _check(reason: str, at: datetime, until: datetime | None) -> None:
    if not reason.strip():
        raise BadInput({"reason": _("Say briefly why posting is stopped.")})
    if len(reason) > 300:
        raise BadInput({"reason": _("The reason can be up to 300 characters.")})
    if until is not None and check_aware(until) <= check_aware(at):
        raise BadInput({"until": _("The end must be in the future.")})


class Stops(Declared):
    """Stops of posting that were lifted, or ended by themselves."""

    key, number, endings = "stops", 27, ("stop_period",)
    area = Area.POSTS
    public = Public.NOWHERE
    name = _("Stops on posting")
    thing = _("Stop on posting")
    counted = _("From the day it was lifted or ended.")
    goes = _("The reason that was given.")
    stays = _("The stop’s school and dates, and who set and lifted it.")
    because = NO_SOURCE
    first = _("Lift the stop first.")
    row = Row(
        Stop,
        over=Q(lifted_at__isnull=False) | Q(until__isnull=False),
        since=("lifted_at", "until"),
        empties={"reason": unless_empty("reason")},
    )
