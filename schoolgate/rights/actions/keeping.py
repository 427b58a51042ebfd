"""What every act on a request does: look again under a lock, write the step, set its task to the deadline."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.core.events import record
from schoolgate.core.sealed_words import seal
from schoolgate.duties.actions import Then, cancel, open_duty
from schoolgate.duties.due import Due
from schoolgate.duties.queries import standing
from schoolgate.duties.states import Basis
from schoolgate.people.models import Person
from schoolgate.rights.deadlines import deadline_of
from schoolgate.rights.duty_kinds import ANSWER, LEADS
from schoolgate.rights.models import Answer, Covered, Found, Request, Step
from schoolgate.rights.rules import check_decides
from schoolgate.rights.states import AnswerState, Decision, State, StepKind

SEALED = "rights"
"""What the vault calls what was written about requests."""
REMINDED = 7
"""How many days before the deadline the task reminds."""


def entered(request: Request, by: Person, at: datetime) -> Request:
    """Return the request as it is now, locked, for a person who decides on it. Raises NotAllowed, NotNow."""
    check_decides(by, on=local_day(at))
    return still_open(request)


def still_open(request: Request) -> Request:
    """Return the request as it is now, locked. Raises NotNow if it is closed."""
    found = Request.objects.select_for_update(of=("self",)).select_related("school").get(pk=request.pk)
    if found.state != State.OPEN:
        raise NotNow(
            _("This request is closed."), _("If the person writes again, enter it as a new request.")
        )
    return found


def step(
    request: Request, kind: StepKind, *, at: datetime, by: Person | None, on: date | None = None,
    code: str = "", words: str = "", **more: Any,
) -> Step:  # fmt: skip
    """Write one step and its event, with what was written and what `more` says, sealed. `on`: today unless
    given."""
    row = Step.objects.create(
        request=request, kind=kind, at=at, by=by, on=on or local_day(at), code=code,
        words_ref=seal(SEALED, {"words": words, **more}, about=request) if words else None,
    )  # fmt: skip
    record(f"rights.{kind}", subject=request, at=at, actor=by, code=code)
    return row


def set_deadline(request: Request) -> bool:
    """Put the deadline as it is now on a request; return whether it changed."""
    found = deadline_of(request)
    if (found.on, found.guessed_from) == (request.due_on, request.guessed_from):
        return False
    request.due_on, request.guessed_from = found.on, found.guessed_from
    request.save(update_fields=["due_on", "guessed_from"])
    return True


def drop_answers(answers: QuerySet[Answer], *, at: datetime) -> None:
    """Let go of those of these answers that are there or being made: what they have was decided otherwise."""
    there = answers.filter(state__in=[AnswerState.MAKING, AnswerState.READY])
    there.update(state=AnswerState.GONE, state_at=at)


def open_task(request: Request, *, at: datetime, person: Person, second: Person | None) -> None:
    """Give the task to a person; a second one gets it too once it is overdue."""
    then = Then(Basis.HOUSE, person=second) if second else None
    open_duty(
        kind=ANSWER,
        subject=request,
        at=at,
        due=due_of(request),
        person=person,
        school=request.school,
        then=then,
    )


def move_task(request: Request, *, at: datetime, by: Person | None) -> None:
    """Open its tasks again with the deadline as it is now, for those who have them."""
    for kind in (ANSWER, LEADS):
        for duty in standing(kind, [request])[f"rights.request:{request.pk}"]:
            cancel(
                kind=kind, subject=request, because="deadline_changed", at=at, by=by,
                person=duty.person, role=duty.role_key,
            )  # fmt: skip
            then = None
            if duty.then_person_id or duty.then_role_key:
                then = Then(Basis(duty.then_basis), person=duty.then_person, role=duty.then_role_key)
            open_duty(
                kind=kind, subject=request, at=at, due=due_of(request), person=duty.person,
                role=duty.role_key or None, school=request.school, then=then,
            )  # fmt: skip


def due_of(request: Request) -> Due:
    """Return the time of a task about it; while the clock waits there is none."""
    if request.due_on is None:
        return Due.none_promised()
    return Due.day(request.due_on, days_before=REMINDED)


def decide_again(rows: QuerySet[Found], *, lead: bool, at: datetime) -> None:
    """Take decisions back, and what was covered: the leads decide (`lead`), or those who do on requests."""
    numbers = list(rows.values_list("pk", flat=True))
    drop_answers(Answer.objects.filter(request__found__in=numbers), at=at)
    Covered.objects.filter(found__in=numbers).delete()
    Found.objects.filter(pk__in=numbers).update(
        lead=lead, decision=Decision.UNDECIDED, exemption="", digest="", by=None, decided_at=None
    )
