"""Start and end long leave. It suspends; it is not leaving."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import done_before
from schoolgate.people import absences, rules
from schoolgate.people.actions.leaving import AT_ONCE
from schoolgate.people.actions.persons import check_still_staffed
from schoolgate.people.actions.sessions import close_sessions
from schoolgate.people.letting_go import check_may_go
from schoolgate.people.models import ExtendedAbsence, Membership, Person
from schoolgate.people.states import AbsenceKind

DAY = timedelta(days=1)


@action
def start_extended_absence(
    *, by: Person, at: datetime, person: Person, kind: str, from_day: date, to_day: date | None = None
) -> ExtendedAbsence:
    """Suspend a person from a day to a day (both included), or until their return is recorded.

    Meanwhile they can't sign in, keys of their programs don't work and their roles don't count; from the day
    after, all of it works again automatically. Nothing falls due for change, because no one has left. Raises
    NotAllowed, BadInput (kind, from_day, to_day), NotNow (gone or going; away already; no administrator, or
    at a school no safeguarding lead, would be left).
    """
    today = local_day(at)
    rules.check_may_administer(by, on=today)
    if kind not in AbsenceKind.values:
        raise BadInput({"kind": _("Choose one of these.")})
    if from_day < today:
        raise BadInput({"from_day": _("Long leave must start today or later.")})
    if to_day is not None and to_day < from_day:
        raise BadInput({"to_day": _("The last day can’t be before the first day.")})
    if person.left_on is not None:
        raise NotNow(
            _("This person has left or is about to leave."), _("If that is wrong, change it on their page.")
        )
    check_may_go(person, at=at)
    _close_what_ran_out(person, at=at)
    if absences.extended_absence(person, on=today) is not None:
        raise NotNow(_("This person already has long leave recorded."), next_step=_("End that one first."))
    leave = ExtendedAbsence.objects.create(
        person=person, kind=kind, from_day=from_day, to_day=to_day, noted_by=by, noted_at=at
    )
    Membership.objects.filter(person_id=person.pk).update(away_from=from_day, away_until=to_day)
    check_still_staffed(person.federation, on=from_day)
    record("people.absence", subject=person, at=at, actor=by, leave=leave.pk)
    if from_day <= today:
        _begin(leave, at=at)
    return leave


@action
def end_extended_absence(*, by: Person, at: datetime, leave: ExtendedAbsence) -> ExtendedAbsence:
    """Record that a person is back from today, or cancel a long leave that has not begun.

    Raises NotAllowed, NotNow (over already).
    """
    today = local_day(at)
    rules.check_may_administer(by, on=today)
    if leave.to_day is not None and leave.to_day < today:
        raise _ended(leave)
    _end(leave, on=today, by=by, at=at)
    return leave


@action
def act_on_extended_absences(*, at: datetime, limit: int = AT_ONCE) -> bool:
    """Begin the long leaves whose first day has come, and close those whose last day is past; the sweep's.

    Returns whether there may be more.
    """
    today = local_day(at)
    standing = ExtendedAbsence.objects.filter(over_on=None).select_related("person__user").order_by("id")
    locked = standing.select_for_update(of=("self",), skip_locked=True)
    over = list(locked.filter(to_day__lt=today)[:limit])
    for leave in over:
        _end(leave, on=_day_after(leave), by=None, at=at)
    begun = list(locked.filter(began_at=None, from_day__lte=today).exclude(to_day__lt=today)[:limit])
    for leave in begun:
        _begin(leave, at=at)
    return limit in (len(over), len(begun))


def _begin(leave: ExtendedAbsence, *, at: datetime) -> None:
    leave.began_at = at
    leave.save(update_fields=["began_at"])
    close_sessions(leave.person.user)


def _end(leave: ExtendedAbsence, *, on: date, by: Person | None, at: datetime) -> None:
    ended = ExtendedAbsence.objects.filter(pk=leave.pk, over_on=None).update(
        over_on=on, over_at=at, ended_by=by
    )
    if not ended:
        raise _ended(leave)
    leave.refresh_from_db()
    Membership.objects.filter(person_id=leave.person_id).update(away_from=None, away_until=None)
    record("people.back", subject=leave.person, at=at, actor=by, leave=leave.pk)


def _ended(leave: ExtendedAbsence) -> NotNow:
    return done_before(
        leave,
        _("This long leave has already ended."),
        otherwise=NotNow(_("This long leave ended on its last day."), _("Open the person’s page again.")),
        ended_by__isnull=False,
    )


def _close_what_ran_out(person: Person, *, at: datetime) -> None:
    """Close a leave whose last day is past. It stays open until the sweep has seen it; another one may begin
    before."""
    ran_out = ExtendedAbsence.objects.filter(person=person, over_on=None, to_day__lt=local_day(at)).first()
    if ran_out is not None:
        _end(ran_out, on=_day_after(ran_out), by=None, at=at)


def _day_after(leave: ExtendedAbsence) -> date:
    if leave.to_day is None:
        raise ValueError("a long leave without a last day does not run out")
    return leave.to_day + DAY
