"""Stop and restart the clock of a request, extend it, write notes, and close it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.moves import done_before
from schoolgate.core.sealed_words import check_words
from schoolgate.duties.actions import cancel, discharge
from schoolgate.people.models import Person
from schoolgate.rights.actions.keeping import entered, move_task, set_deadline, step, still_open
from schoolgate.rights.deadlines import waits_of, waits_since
from schoolgate.rights.duty_kinds import ANSWER, LEADS
from schoolgate.rights.models import Request, Step
from schoolgate.rights.ready import check_ready, outcomes_for
from schoolgate.rights.states import (
    ANSWERED,
    CHECKED,
    EXPLAINED,
    MAY_WAIT,
    MENDS,
    Because,
    GatheringState,
    Kind,
    State,
    StepKind,
    Thing,
    Waits,
)
from schoolgate.rights.things import exists


@action
def stop_clock(*, by: Person, at: datetime, request: Request, waits: str, on: date) -> Request:
    """Let the clock wait for the person from the day on which they were asked. Raises NotAllowed, NotNow
    (closed, waits already), BadInput: the law doesn't let this kind wait for that; a day outside its time."""
    found = entered(request, by, at)
    if found.due_on is None:
        raise _stopped(found, waits)
    if waits not in MAY_WAIT[found.kind]:
        raise BadInput({"waits": _("Choose what you asked for")})
    last = _runs_since(found)
    if not last <= on <= min(found.due_on, local_day(at)):
        raise BadInput(
            {"on": _("Enter a day since it came in, or since the last reply, before its deadline")}
        )
    step(found, StepKind.WAITS, at=at, by=by, on=on, code=waits)
    return _moved(found, at=at, by=by)


def _stopped(request: Request, waits: str) -> NotNow:
    """Return what is told where the clock waits already: for the same reply, or for another."""
    stopped = _("The time limit is already paused."), _("Restart the time limit when the person has replied.")
    if waits_of(request)[1] == waits:
        return done_before(request, *stopped, due_on=None)
    return NotNow(
        _("The time limit is paused for another reason."),
        _("Restart the time limit when the person has replied."),
    )


@action
def restart_clock(
    *, by: Person, at: datetime, request: Request, on: date, identity: str = ""
) -> Request:  # fmt: skip
    """Let the clock run again from the day on which the person replied. `identity`: how they were checked,
    where that was waited for. Raises NotAllowed, NotNow (closed, runs already), BadInput."""
    found = entered(request, by, at)
    since = waits_since(found)
    if since is None:
        raise done_before(
            found,
            _("The time limit is already running."),
            otherwise=NotNow(
                _("The time limit is running and was never paused."), _("You can pause it first.")
            ),
            steps__kind=StepKind.RUNS,
        )
    if not since <= on <= local_day(at):
        raise BadInput({"on": _("Enter a day since you asked, not after today")})
    waiting = waits_of(found)[1]
    if waiting == Waits.IDENTITY:
        if identity not in CHECKED:
            raise BadInput({"identity": _("Choose how you checked who is asking")})
        found.identity = identity
        found.save(update_fields=["identity"])
    step(found, StepKind.RUNS, at=at, by=by, on=on, code=waiting or "")
    return _moved(found, at=at, by=by)


@action
def extend(*, by: Person, at: datetime, request: Request, because: str, on: date) -> Request:
    """Give a request about a person's own data two more months. `on`: when they were told why, within the
    first month. Raises NotAllowed, NotNow, BadInput."""
    found = entered(request, by, at)
    if found.kind == Kind.INFORMATION:
        raise NotNow(
            _("The law has no extension like this for freedom of information."),
            _("Ask your data protection officer if you can’t answer in time."),
        )
    if found.extended:
        raise done_before(
            found,
            _("This was extended already."),
            _("The law allows it once. Answer by the deadline."),
            extended=True,
        )
    if found.due_on is None:
        raise NotNow(_("The time limit is paused."), _("Restart the time limit when the person has replied."))
    if because not in Because.values:
        raise BadInput({"because": _("Choose a reason")})
    if not found.received_on <= on <= min(found.due_on, local_day(at)):
        raise BadInput({"on": _("Enter the day you told them. It must be within the first month")})
    found.extended = True
    found.save(update_fields=["extended"])
    step(found, StepKind.EXTENDED, at=at, by=by, on=on, code=because)
    return _moved(found, at=at, by=by)


@action
def note(*, by: Person, at: datetime, request: Request, words: str) -> Step:
    """Add what was searched, found or agreed. Raises NotAllowed, NotNow, BadInput."""
    found = entered(request, by, at)
    typed = check_words(words=(words, _("Write your note")))
    return step(found, StepKind.NOTED, at=at, by=by, words=typed["words"])


@action
def mend(
    *,
    by: Person,
    at: datetime,
    request: Request,
    thing: str,
    did: str,
    words: str,
    number: int | None = None,
) -> Step:
    """Record that something was corrected or is no longer used, or that it stays as it is. `thing`: what it
    is, of `Thing`, with its `number` where it has one; `did`: the step. Raises NotAllowed, NotNow (closed, of
    another kind), BadInput."""
    found = entered(request, by, at)
    if found.kind not in MENDS:
        raise NotNow(
            _("This request doesn’t ask for data to be corrected."),
            _("If the person asks for that too, enter it as a new request."),
        )
    wrong: dict[str, Text] = {}
    if thing not in Thing.values:
        wrong["thing"] = _("Choose what it is about")
    if did not in (MENDS[found.kind], StepKind.LEFT):
        wrong["did"] = _("Choose what you did")
    if number is not None and "thing" not in wrong and not exists(Thing(thing), number):
        wrong["number"] = _("Check the number: nothing of this type has it")
    if wrong:
        raise BadInput(wrong)
    typed = check_words(words=(words, _("Write what you did, or why not")))
    numbered: dict[str, Any] = {} if number is None else {"number": number}
    return step(found, StepKind(did), at=at, by=by, code=thing, words=typed["words"], **numbered)


@action
def close(
    *, by: Person, at: datetime, request: Request, outcome: str, on: date, words: str = ""
) -> Request:  # fmt: skip
    """Close a request with its outcome and the day it was answered, and end its task. Where something was
    searched for, the outcome is what was decided about it, or that there is no answer. `words`: the exemption
    or reason, where something was left out or refused. Raises NotAllowed, NotNow (closed, the search runs,
    something is undecided or gone), BadInput."""
    found = entered(request, by, at)
    if outcome in ANSWERED and found.gatherings.exists():
        check_ready(found, by=by)
    if outcome not in outcomes_for(found):
        raise BadInput({"outcome": _("Choose how it ended")})
    empty = _("Write the exemption or reason you gave") if outcome in EXPLAINED else ""
    typed = check_words(words=(words, empty))
    if not found.received_on <= on <= local_day(at):
        raise BadInput({"on": _("Enter a day since it came in, not after today")})
    found.gatherings.filter(state=GatheringState.RUNNING).update(state=GatheringState.STOPPED, ended_at=at)
    found.state, found.state_at, found.outcome, found.answered_on = State.CLOSED, at, outcome, on
    found.save(update_fields=["state", "state_at", "outcome", "answered_on"])
    step(found, StepKind.CLOSED, at=at, by=by, on=on, code=outcome, words=typed["words"])
    discharge(kind=ANSWER, subject=found, by=by, at=at)
    cancel(kind=LEADS, subject=found, because="closed", by=by, at=at)
    return found


@action
def retime(*, at: datetime, only: int | None = None) -> int:
    """Look at the deadlines of all open requests again, or of `only` one, with the calendars as they are now;
    return how many moved. Safe to run twice."""
    moved = 0
    rows = Request.objects.filter(state=State.OPEN)
    for row in (rows if only is None else rows.filter(pk=only)).order_by("pk"):
        try:
            found = still_open(row)
        except NotNow:
            continue
        if set_deadline(found):
            step(found, StepKind.RETIMED, at=at, by=None)
            move_task(found, at=at, by=None)
            moved += 1
    return moved


def _moved(request: Request, *, at: datetime, by: Person) -> Request:
    set_deadline(request)
    move_task(request, at=at, by=by)
    return request


def _runs_since(request: Request) -> date:
    """Return the day since which the clock runs: it came in, or the person replied."""
    newest = request.steps.filter(kind=StepKind.RUNS).order_by("-pk").first()
    return newest.on if newest is not None else request.received_on
