"""What every act on a breach does: look again, write the step with its sealed words, and open or end the
tasks that the law's answer names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.breaches.duty_kinds import OF_NEEDS
from schoolgate.breaches.facts import STATUS, record_answer
from schoolgate.breaches.models import Breach, Content, Reader, Step
from schoolgate.breaches.rules import check_may_see, people_asked
from schoolgate.breaches.states import BreachState, StepKind
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.sealed_words import seal
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.duties.queries import standing as standing_duties
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord
from schoolgate.rulebook import Decision

SEALED = "breach"
"""What the vault calls what was written about breaches."""
LONGEST_WORDS = 2000


def entered(breach: Breach, by: Person, at: datetime, *, closed: bool = False) -> Breach:
    """Return the breach as it is now, locked, for a person who may know of it, who from now on counts as one
    of its readers. Raises NotFound; NotNow if it is closed (`closed`: if it is open)."""
    check_may_see(by, breach, on=local_day(at))
    let_read(breach, by, at)
    found = (
        Breach.objects.select_for_update(of=("self",)).select_related("school", "report").get(pk=breach.pk)
    )
    if (found.state == BreachState.CLOSED) is not closed:
        raise NotNow(
            _("This record is already open.") if closed else _("This record is closed."),
            _("Open it again to see its status."),
        )
    return found


def let_read(breach: Breach, person: Person, at: datetime) -> None:
    """Make a person a reader of what is written about a breach."""
    Reader.objects.get_or_create(breach=breach, person=person, defaults={"since": at})


def step(
    breach: Breach, kind: StepKind, *, at: datetime, by: Person, person: Person | None = None, code: str = "",
    words: Mapping[str, Any] | None = None,
) -> Step:  # fmt: skip
    """Write one step, with what was written at it, sealed."""
    row = Step.objects.create(breach=breach, kind=kind, at=at, by=by, person=person, code=code)
    if words:
        Content.objects.create(step=row, breach=breach, words_ref=seal(SEALED, words, about=breach))
    return row


def follow(breach: Breach, event: str, *, by: Person, at: datetime, **ids: Any) -> None:
    """Record what happened with the law's answer to it, open the tasks that this names, and end those that it
    names no longer."""
    decision, kept = record_answer(breach, STATUS, by=by, at=at)
    clauses = list(decision.clauses) if kept else []
    record(event, subject=breach, at=at, actor=by, clauses=clauses, decision=kept.pk if kept else None, **ids)
    ask(breach, decision, kept, by=by, at=at)


def ask(
    breach: Breach, decision: Decision, kept: DecisionRecord | None, *, by: Person | None, at: datetime
) -> None:
    """Open the tasks that an answer of the law names, for those who deal with the breach now, and end the
    others."""
    wanted = {duty.what: duty for duty in decision.duties}
    done = {
        "breach.tell_authority": breach.authority_told_at is not None,
        "breach.tell_people": breach.people_told_at is not None or bool(breach.not_told),
    }
    asked = people_asked(breach, on=local_day(at)) if wanted else []
    for what, kind in OF_NEEDS.items():
        duty = wanted.get(what)
        if duty is None:
            if done[what]:
                discharge(kind=kind, subject=breach, by=by, at=at)
            else:
                cancel(kind=kind, subject=breach, because="not_needed", at=at, by=by)
            continue
        for standing in standing_duties(kind, [breach])[subject_of(breach)]:
            if standing.person is not None and standing.person not in asked:
                cancel(kind=kind, subject=breach, because="not_asked", at=at, by=by, person=standing.person)
        for person in asked:
            open_duty(
                kind=kind, subject=breach, at=at, due=Due.of(duty.due), person=person, school=breach.school,
                clauses=duty.clauses if kept else (), decision=kept,
            )  # fmt: skip


def check_order(first: datetime | None, second: datetime | None, field: str, said: Text) -> None:
    """Raise BadInput beside `field` where the second of two known times is before the first."""
    if first is not None and second is not None and second < first:
        raise BadInput({field: said})
