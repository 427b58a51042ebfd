"""Concerns about a comment that is locked: kept to the safeguarding leads with it, and given back with it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import cancel, open_again, open_duty
from schoolgate.duties.due import Due
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.inbox.models import Item
from schoolgate.incidents.actions.keeping import step
from schoolgate.incidents.actions.telling import tell
from schoolgate.incidents.actions.waiting import wait_for_someone
from schoolgate.incidents.duty_kinds import (
    ABOUT_PICTURE,
    CONFIRM,
    FINISH,
    OF_PICTURE,
    OF_REPORTER,
    READ_ADDED,
    TAKE,
)
from schoolgate.incidents.ladder import Around, about_who_leads, lead_rung
from schoolgate.incidents.models import Reader, Report, Step
from schoolgate.incidents.rules import may_see
from schoolgate.incidents.states import ENDED, REPORT_MOVES, WAITS, Danger, ReportState, StepKind
from schoolgate.people.leads import can_open
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import leads

LOCKED = "locked"
"""Stands at the step at which a concern was kept to the leads, where its comment was locked; and at the tasks
that ended with that."""
REPORTERS_OWN = (ABOUT_PICTURE, *OF_REPORTER.values(), *OF_PICTURE.values())
"""Kinds of tasks on the reporter's own page, which shows nothing of what was written."""
DEALS_WITH = (TAKE, FINISH, READ_ADDED, CONFIRM)
"""Kinds of tasks of the people who deal with a concern: once it is given back, they are asked to take it."""


@action
def keep_with_item(*, item: Item, by: Person, at: datetime) -> int:
    """Keep every concern about a comment to the safeguarding leads, as the comment is; return how many.

    Each has a copy of it. Where a person who isn't a lead deals with one, it waits for a lead. One that may
    be about a lead, or about a person who leads here, stays as it is: locking a comment must not take it from
    those who deal with it. So does one that was kept to the leads before."""
    found = _about(item, restricted_at=None)
    kept = [report for report in found if leads_can_have(report, on=local_day(at))]
    for report in kept:
        keep_to_leads(report, by=by, at=at, because=LOCKED)
    return len(kept)


@action
def give_back_with_item(*, item: Item, by: Person, at: datetime) -> int:
    """Give back the concerns that were kept to the leads because their comment was locked; return how many.
    The people whose tasks ended with that are asked again, unless a lead deals with it now."""
    found = _about(item, restricted_at__isnull=False)
    back = [report for report in found if kept_because(report) == LOCKED]
    for report in back:
        give_back(report, by=by, at=at)
    return len(back)


def _about(item: Item, **which: Any) -> list[Report]:
    rows = Report.objects.filter(thing=subject_of(item), **which).select_for_update(of=("self",))
    return list(rows.select_related("federation", "school", "by", "taken_by").order_by("pk"))


def leads_can_have(report: Report, *, on: date) -> bool:
    """Return whether someone leads on safeguarding there, and it is about none of them and about no one who
    leads here."""
    book = book_for(report)
    people = leads(book, report.school, on=on)
    return (
        bool(can_open(people, on=on))
        and all(_sees(one, report, on=on) for one in people)
        and not about_who_leads(book, Around.of(report, on=on))
    )


def _sees(person: Person, report: Report, *, on: date) -> bool:
    return Report.objects.filter(may_see(person, on), pk=report.pk).exists()


def kept_because(report: Report) -> str:
    """Return what stands at the step at which a concern was last kept to the leads; empty: a lead did it, or
    it came in so."""
    last = Step.objects.filter(report=report, kind=StepKind.RESTRICTED).order_by("-pk").first()
    return last.body if last is not None else ""


def keep_to_leads(report: Report, *, by: Person | None, at: datetime, because: str) -> None:
    """Keep a concern to the leads: the tasks of all others end, and it waits for a lead if another dealt with
    it. `because`: what stands at the step."""
    on = local_day(at)
    report.restricted_at = at
    report.save(update_fields=["restricted_at"])
    step(report, StepKind.RESTRICTED, at=at, by=by, body=because)
    record("report.restricted", subject=report, at=at, actor=by)
    for reader in Reader.objects.filter(report=report, ended_at=None).select_related("person"):
        if not _sees(reader.person, report, on=on):
            Reader.objects.filter(pk=reader.pk).update(ended_at=at)
    tasks = Duty.objects.filter(subject=subject_of(report), state__in=STILL_TO_DO)
    for task in tasks.exclude(kind__in=REPORTERS_OWN).select_related("person").order_by("pk"):
        if task.person is None or not _sees(task.person, report, on=on):
            cancel(
                kind=task.kind, subject=report, because=because, at=at, by=by, person=task.person,
                role=task.role_key,
            )  # fmt: skip
    if report.state == ReportState.CLOSING:
        move(report, to=ReportState.TAKEN, moves=REPORT_MOVES, at=at, closes_first=None)
    dealing = report.taken_by
    if report.state == ReportState.TAKEN and dealing and not _sees(dealing, report, on=on):
        _wait(report, at=at, to=ReportState.HANDED_ON)
    if report.state in WAITS:
        rung = lead_rung(book_for(report), Around.of(report, on=on))
        tell(report, rung, kind=StepKind.TOLD, at=at, kept=None)
        _wait(report, at=at)


def give_back(report: Report, *, by: Person | None, at: datetime) -> None:
    """Keep a concern to the leads no longer: the tasks that ended with that are open again."""
    tasks = Duty.objects.filter(
        subject=subject_of(report), cancelled_because=kept_because(report), ended_at=report.restricted_at
    )
    report.restricted_at = None
    report.save(update_fields=["restricted_at"])
    step(report, StepKind.GIVEN_BACK, at=at, by=by)
    record("report.given_back", subject=report, at=at, actor=by)
    for task in tasks.select_related("person").order_by("pk"):
        if report.state in ENDED or (task.person and not _sees(task.person, report, on=local_day(at))):
            continue
        if task.kind not in DEALS_WITH:
            open_again(task, at=at, by=by, person=task.person, role_key=task.role_key)
        elif report.state in WAITS:
            open_duty(
                kind=TAKE, subject=report, at=at, due=Due.none_promised(), person=task.person,
                role=task.role_key or None, school=report.school, clauses=task.clauses,
                danger=report.danger == Danger.YES,
            )  # fmt: skip
    if report.state in WAITS:
        _wait(report, at=at)


def _wait(report: Report, *, at: datetime, to: ReportState | None = None) -> None:
    """Let it wait for someone from now on: in the state `to`, or in the state that it has."""
    goes_up_at, whose = wait_for_someone(report, at=at)
    if to is not None:
        move(report, to=to, moves=REPORT_MOVES, at=at, goes_up_at=goes_up_at, goes_up_by=whose)
        return
    report.goes_up_at, report.goes_up_by = goes_up_at, whose
    report.save(update_fields=["goes_up_at", "goes_up_by"])
