"""A concern goes on: to the next people where no one took it or one leaves, or into the lead’s own system."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action, each_by_itself
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before, move
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.duties.actions import cancel, tell_again
from schoolgate.duties.models import STILL_TO_DO, Duty, Urgency
from schoolgate.incidents.duty_kinds import CHECK_BACK, CONFIRM, FINISH, READ_ADDED, TAKE, URGENT
from schoolgate.incidents.handling import check_may_see, check_read_in_both
from schoolgate.incidents.keeping import step
from schoolgate.incidents.ladder import (
    Around,
    names_again,
    next_telling,
    raise_alarm,
    tell,
    tell_on_duty,
    when_up,
)
from schoolgate.incidents.meant import is_lead
from schoolgate.incidents.models import (
    LETS_IN,
    REPORT_MOVES,
    WAITS,
    Reader,
    Report,
    ReportState,
    Step,
    StepKind,
    Whose,
)
from schoolgate.incidents.queries import going_up
from schoolgate.people.models import Person
from schoolgate.policy.choices import DANGER_ALARM, alarm_after
from schoolgate.policy.queries import kept as kept_by_id
from schoolgate.policy.queries import policy_or_none

AT_ONCE = 100
"""Reports in one transaction of the sweep, so that its locks are short."""


@action
def go_up(*, at: datetime, limit: int = AT_ONCE, only: int | None = None) -> int:
    """Tell the next people of every report that is overdue, or of `only` one; safe to run twice or side by
    side. One that can't be passed on now delays none of the others.

    Those told before are still asked. Returns how many reports were passed on or have reached the last people
    who can be told; if that is `limit`, there are more."""
    rows = going_up(at) if only is None else going_up(at).filter(pk=only)
    waiting = list(rows.select_for_update(skip_locked=True, of=("self",))[:limit])
    left = each_by_itself(
        waiting, lambda report: _go_up(report, at=at), at=at, failed="a report was not passed on"
    )
    return len(waiting) - len(left)


def _go_up(report: Report, *, at: datetime) -> None:
    telling = next_telling(report, names_again(report), Around.of(report, on=local_day(at)))
    raise_alarm(report, at=at)
    if report.restricted_at is None:
        tell_on_duty(report, at=at)
    if not telling:
        report.goes_up_at = None  # no one is left: it stays open with those who were told
        record("report.nobody_left", subject=report, at=at)
    else:
        with_policy = policy_or_none(local_day(at)) is not None
        kept = kept_by_id(report.decision) if report.decision and with_policy else None
        for rung in telling:
            tell(report, rung, kind=StepKind.WENT_UP, at=at, kept=kept)
        report.goes_up_at, report.goes_up_by = when_up(report, telling, by=None, at=at, asked=None)
    report.save(update_fields=["goes_up_at", "goes_up_by"])


@action
def tell_dangers_again(*, at: datetime) -> int:
    """Tell those who were alarmed, or asked to respond, again of each danger that no one deals with; safe to
    run twice. Returns how many tasks that were."""
    after, _chosen = alarm_after(DANGER_ALARM, on=local_day(at))
    tasks = Duty.objects.filter(state__in=STILL_TO_DO, urgency=Urgency.DANGER)
    alarmed = tasks.filter(kind=URGENT)
    asked = tasks.filter(kind=TAKE).exclude(subject__in=alarmed.values("subject"))
    return tell_again([*alarmed, *asked], at=at, after=after)


def told_to_an_ended_role(*, at: datetime) -> list[int]:
    """Return the reports that wait for a role which the policy in force no longer names."""
    return sorted({number_of(duty.subject) for duty in _asked_of_an_ended_role(at=at)})


@action
def go_up_where_role_ended(*, at: datetime, report: Report) -> None:
    """Tell the next people at once of a report that waits for a role which the policy in force no longer
    names; that role is asked no longer, once someone else is. Safe to run twice.

    Only this area may choose who is told instead: a report may be about the person who would be next.
    """
    ended = _asked_of_an_ended_role(at=at).filter(subject=subject_of(report))
    roles = {duty.role_key for duty in ended}
    if not roles:
        return
    Report.objects.filter(pk=report.pk, state__in=WAITS).update(goes_up_at=at)
    go_up(at=at, only=report.pk)
    asked = Duty.objects.filter(kind=TAKE, state__in=STILL_TO_DO, subject=subject_of(report))
    if asked.exclude(role_key__in=roles).exists():
        for role in sorted(roles):
            cancel(kind=TAKE, subject=report, because="role_removed", at=at, role=role)


def _asked_of_an_ended_role(*, at: datetime) -> QuerySet[Duty]:
    policy = policy_or_none(local_day(at))
    if policy is None:
        return Duty.objects.none()
    named = [role.key for role in policy.book.roles]
    return Duty.objects.filter(kind=TAKE, state__in=STILL_TO_DO).exclude(role_key__in=["", *named])


def waiting_for(person: Person, *, at: datetime) -> list[int]:
    """Return the concerns that have to go on without a leaver; none before the day of leaving."""
    if person.left_on is None or person.left_on > local_day(at):
        return []
    found = (_dealt_with(person), _asked_to_close(person), _told_of(person, at=at))
    return sorted({pk for rows in found for pk in rows.values_list("pk", flat=True)})


@action
def go_on_without(*, person: Person, at: datetime, report: Report) -> None:
    """Pass one of a leaver's concerns to the next people, be it one they dealt with or one they were told
    about by name. If they were to close it as the second person, it goes back to the first. Safe to run
    twice."""
    if report.pk not in waiting_for(person, at=at):
        return
    if report.state == ReportState.CLOSING:
        move(report, to=ReportState.TAKEN, moves=REPORT_MOVES, at=at, closes_first=None)
        cancel(kind=CONFIRM, subject=report, because="left", at=at)
        record("report.left", subject=report, at=at)
    elif report.state == ReportState.TAKEN:
        move(
            report, to=ReportState.HANDED_ON, moves=REPORT_MOVES, at=at, goes_up_at=at, goes_up_by=Whose.HOUSE
        )
        cancel(kind=(FINISH, READ_ADDED, CHECK_BACK), subject=report, because="left", at=at)
        record("report.left", subject=report, at=at)
    else:
        report.goes_up_at = at
        report.save(update_fields=["goes_up_at"])
    step(report, StepKind.LEFT, at=at, person=person)
    go_up(at=at, only=report.pk)


def _dealt_with(person: Person) -> QuerySet[Report]:
    return Report.objects.filter(taken_by=person, state=ReportState.TAKEN)


def _asked_to_close(person: Person) -> QuerySet[Report]:
    """Return the concerns whose second person, asked last, is this one."""
    asked = Step.objects.filter(
        kind=StepKind.CLOSING, person=person, report__state=ReportState.CLOSING, at=F("report__state_at")
    )
    return Report.objects.filter(pk__in=asked.values("report")).exclude(closes_first=person)


def _told_of(person: Person, *, at: datetime) -> QuerySet[Report]:
    """Return the concerns that wait for someone, and of which this person was told by name."""
    theirs = Step.objects.filter(person=person)
    told, seen_to = theirs.filter(kind__in=LETS_IN), theirs.filter(kind=StepKind.LEFT)
    waiting = Report.objects.filter(Q(goes_up_at=None) | Q(goes_up_at__gt=at), state__in=WAITS)
    return waiting.filter(pk__in=told.values("report")).exclude(pk__in=seen_to.values("report"))


LONGEST_SYSTEM = 60
LONGEST_NUMBER = 100


@action
def mark_as_passed(*, report: Report, by: Person, at: datetime, system: str, reference: str) -> Report:
    """Say that a concern is in the safeguarding lead's own system, under a reference there.

    From now on the database gives what was written to no reader; only two people can open it again. That it
    exists, its steps with their times, and its tasks stay. Raises NotFound, NotAllowed for all but a
    safeguarding lead, NotNow, BadInput (system, reference).
    """
    check_may_see(report, by, at)
    if not is_lead(by, local_day(at)):
        raise NotAllowed(
            _("Only a safeguarding lead can mark a concern as passed to their own system."),
            _("Pass it to a safeguarding lead."),
        )
    if report.passed_at is not None:
        raise done_before(report, _("This is already marked as passed."), passed_at__isnull=False)
    if report.state in (*WAITS, ReportState.CLOSING):
        raise NotNow(
            _("No one is dealing with this, or it waits to be closed."),
            _("Deal with it first, or wait until it is closed."),
        )
    check_read_in_both(report, by, at=at)
    system, reference = system.strip(), reference.strip()
    if not 1 <= len(system) <= LONGEST_SYSTEM:
        raise BadInput({"system": _("Enter the name of the system, such as CPOMS or MyConcern.")})
    if not 1 <= len(reference) <= LONGEST_NUMBER:
        raise BadInput({"reference": _("Enter the reference it has there.")})
    report.passed_at, report.passed_to, report.passed_reference = at, system, reference
    report.save(update_fields=["passed_at", "passed_to", "passed_reference"])
    Reader.objects.filter(report=report, ended_at=None).update(ended_at=at)
    step(report, StepKind.PASSED, at=at, by=by)
    record("report.passed", subject=report, at=at, actor=by)
    cancel(kind=READ_ADDED, subject=report, because="passed", at=at, by=by)
    return report
