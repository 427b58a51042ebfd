"""Handle a report: read it, take it, add notes, pass it on, record its outcome."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, Text
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.core.reasons import reason
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.incidents.actions.asking_leads import a_lead_looked, ask_leads, name_in
from schoolgate.incidents.actions.keeping import LONGEST_WORDS, Copy, step, wrong_words
from schoolgate.incidents.actions.letting_in import check_written_here, let_in
from schoolgate.incidents.actions.picturing import note_read
from schoolgate.incidents.actions.reading import note_danger
from schoolgate.incidents.actions.second_closer import ask_second, check_authority_heard, say_not_ours
from schoolgate.incidents.actions.supporting import open_check_back
from schoolgate.incidents.actions.two_seats import ask_other_seat, check_lead_takes, check_read_in_both
from schoolgate.incidents.actions.waiting import wait_for_someone
from schoolgate.incidents.allegations import means_staff
from schoolgate.incidents.duty_kinds import (
    FINISH,
    LET_IN,
    LOOK,
    OPENED,
    READ_ADDED,
    READ_DANGER,
    TAKE,
    URGENT,
)
from schoolgate.incidents.meant import meant_in
from schoolgate.incidents.models import Report, Step
from schoolgate.incidents.rules import check_has_it, check_may_take, may_see
from schoolgate.incidents.states import (
    REPORT_MOVES,
    Danger,
    ReportState,
    StepKind,
)
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments
from schoolgate.people.rules import check_has_a_role


@action
def open_report(*, report: Report, by: Person, at: datetime, what: str = "words") -> Report:
    """Open a report for a person who may know of it, and record that they read it. `what`: "words" or
    "picture". Raises NotFound for anyone else."""
    check_may_see(report, by, at)
    if let_in(report, by, at=at):
        note_read(report, at=at)
    record("report.read", subject=report, at=at, actor=by, what=what)
    if what == "words" and report.taken_by_id == by.pk:
        discharge(kind=READ_ADDED, subject=report, by=by, at=at, how="read")
    if what == "words":
        discharge(
            kind=(OPENED, LET_IN, LOOK, READ_DANGER), subject=report, by=by, at=at, how="read", person=by
        )
        a_lead_looked(report, by=by, at=at)
    return report


@action
def take(*, report: Report, by: Person, at: datetime) -> Report:
    """Take a report: the others who were told are no longer asked, and the reporter sees that it is being
    dealt with. Raises NotFound, or NotNow if it was taken already."""
    check_may_see(report, by, at)
    check_may_take(by, report)
    check_lead_takes(report, by, on=local_day(at))
    let_in(report, by, at=at)
    move(report, to=ReportState.TAKEN, moves=REPORT_MOVES, at=at, taken_by=by, taken_at=at, goes_up_at=None)
    step(report, StepKind.TAKEN, at=at, by=by, role=_role_told(report, by, at))
    record("report.taken", subject=report, at=at, actor=by)
    discharge(kind=(TAKE, URGENT), subject=report, by=by, at=at, how="taken")
    takes_over(report, by=by, at=at)
    open_check_back(report, by=by, at=at)
    return report


@action
def note(*, report: Report, by: Person, at: datetime, words: str, copy: Copy | None = None) -> Step:
    """Add a note on what was found out or done, sealed, with its author's name. Raises NotFound, NotAllowed,
    BadInput (words)."""
    check_may_see(report, by, at)
    check_written_here(report)
    check_words(words, _("Write what you found out or did."))
    let_in(report, by, at=at)
    row = step(report, StepKind.NOTED, at=at, by=by, words={"what": words.strip()}, copy=copy)
    record("report.noted", subject=report, at=at, actor=by)
    note_danger(report, texts=[words], at=at, by=by)
    return row


@action
def hand_on(*, report: Report, by: Person, at: datetime, to: Person, words: str = "") -> Report:
    """Hand over a report to another person, who then has to take it. Never to a person it may be about.

    Raises NotFound, NotAllowed, NotNow, BadInput (to, words).
    """
    check_may_see(report, by, at)
    check_has_it(by, report, on=local_day(at))
    _check_may_get(report, to, by, at)
    if words.strip():
        check_words(words, "")
    goes_up_at, whose = wait_for_someone(report, at=at)
    move(report, to=ReportState.HANDED_ON, moves=REPORT_MOVES, at=at, goes_up_at=goes_up_at, goes_up_by=whose)
    name_in(report, StepKind.HANDED_ON, by=by, to=to, at=at, words=words)
    record("report.handed_on", subject=report, at=at, actor=by, to=to.pk)
    cancel(kind=(FINISH, READ_ADDED), subject=report, because="handed_on", at=at, by=by)
    open_duty(
        kind=TAKE, subject=report, at=at, due=Due.none_promised(), person=to, school=report.school,
        danger=report.danger == Danger.YES,
    )  # fmt: skip
    return report


@action
def end_report(
    *, report: Report, by: Person, at: datetime, words: str, second: Person | None = None
) -> Report:
    """Say that this is not something for us, and why. It stays readable to those who were told. Where it may
    be about a person here, a second person reads it and says so too.

    Raises NotFound, NotAllowed, NotNow, BadInput (words).
    """
    words = reason(words, "words", longest=LONGEST_WORDS)
    check_may_see(report, by, at)
    check_has_it(by, report, on=local_day(at))
    check_read_in_both(report, by, at=at)
    check_authority_heard(report)
    if means_staff(report):
        let_in(report, by, at=at)
        return ask_second(report, by=by, at=at, words=words, second=second, to=ReportState.NOT_FOR_US)
    return say_not_ours(report, by=by, at=at, words=words)


def takes_over(report: Report, *, by: Person, at: datetime) -> None:
    """Open the task to finish a report for the person who deals with it now, and the leads' to read it."""
    open_duty(kind=FINISH, subject=report, at=at, due=Due.none_promised(), person=by, school=report.school)
    ask_leads(report, at=at)
    ask_other_seat(report, by=by, at=at)


def check_may_see(report: Report, by: Person, at: datetime) -> None:
    """Raise NotFound unless the person may know of the report."""
    if not Report.objects.filter(may_see(by, local_day(at)), pk=report.pk).exists():
        raise NotFound


def check_words(words: str, empty: Text) -> None:
    """Raise BadInput (words) for a text that is empty, too long or can’t be saved."""
    if wrong := wrong_words(words, empty=empty):
        raise BadInput({"words": wrong})


def _check_may_get(report: Report, to: Person, by: Person, at: datetime) -> None:
    on = local_day(at)
    if to.pk == by.pk or to.pk in meant_in(report):
        raise BadInput({"to": _("You can’t pass this to them. Choose someone else.")})
    try:
        check_has_a_role(to, on=on)
    except NotAllowed:
        raise BadInput({"to": _("They don’t have a role here on this date. Choose someone else.")}) from None


def _role_told(report: Report, by: Person, at: datetime) -> str:
    """Return the role in which the person taking it was told of it; empty if they were told by name alone."""
    held = set(
        assignments(by, on=local_day(at), where=Where(anywhere=True)).values_list("role_key", flat=True)
    )
    told = report.steps.exclude(role_key="").order_by("id").values_list("role_key", flat=True)
    return next((key for key in told if key in held), "")
