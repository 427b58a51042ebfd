"""Remind leavers of what the policy says about the time after they leave, and save their answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from schoolgate.conduct import facts, rules
from schoolgate.conduct.duty_kinds import LEAVING, REMIND_LEAVER
from schoolgate.conduct.models import LeavingReminder
from schoolgate.conduct.states import Confirmed
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.events import record
from schoolgate.core.ids import reserve
from schoolgate.core.moves import answered_otherwise, done_before
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.holding import holders_of_capacity
from schoolgate.people.models import Departure, Person
from schoolgate.people.states import DepartureState
from schoolgate.policy.asking import record_decision, verdict
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import Outcome

AT_ONCE = 100
"""Departures that one transaction of the sweep looks at."""
LOOKS_BACK = timedelta(days=90)
"""Departures before this are not asked about any more, such as those of an imported list of leavers."""


@action
def remind_leavers(*, at: datetime, after: int = 0) -> int | None:
    """Remind people whose leaving is known, where the policy asks for it; the program's own sweep.

    A leaver who is still here is reminded by a task until their last day. For one who is gone without an
    answer, the people who look after people get a task. Returns where to continue; None at the end."""
    on = local_day(at)
    known = LeavingReminder.objects.filter(departure=OuterRef("pk"))
    rows = list(
        Departure.objects.filter(~Exists(known.exclude(state=Confirmed.NOT_YET)), pk__gt=after)
        .filter(left_on__gte=on - LOOKS_BACK)
        .select_related("person__federation", "noted_by")
        .order_by("pk")[:AT_ONCE]
    )
    reminders = {one.departure_id: one for one in LeavingReminder.objects.filter(departure__in=rows)}
    for departure in rows:
        _remind(departure, reminders.get(departure.pk), at=at)
    return rows[-1].pk if len(rows) == AT_ONCE else None


def _remind(departure: Departure, reminder: LeavingReminder | None, *, at: datetime) -> None:
    on = local_day(at)
    if departure.state == DepartureState.TAKEN_BACK:
        if reminder is not None:
            cancel(kind=(LEAVING, REMIND_LEAVER), subject=reminder, because="stays", at=at)
        return
    here = departure.left_on > on
    if reminder is None:
        reminder = _begin(departure, here=here, at=at)
        if reminder is None:
            return
        if here:
            open_duty(
                kind=LEAVING, subject=reminder, at=at, person=departure.person,
                due=Due.day(departure.left_on - timedelta(days=1)),
                clauses=reminder.decision.clauses, decision=reminder.decision,
            )  # fmt: skip
    if not here:
        cancel(kind=LEAVING, subject=reminder, because="left", at=at)
        _ask_office(reminder, departure, at=at)


def _begin(departure: Departure, *, here: bool, at: datetime) -> LeavingReminder | None:
    """Begin a leaver's reminder; None where the policy asks for none."""
    given_on = local_day(at) if here else None
    asked = facts.leaving_facts(departure.person, at=at, given_on=given_on, answered="not_yet")
    if verdict("personal.leaving", asked, on=local_day(at)).outcome is Outcome.SILENT:
        return None
    number = reserve(LeavingReminder, 1)[0]
    kept = record_decision(
        "personal.leaving", asked, at=at, by=None, subject=f"conduct.leavingreminder:{number}"
    )
    row = LeavingReminder.objects.create(
        pk=number, departure=departure, person=departure.person, given_on=given_on, state_at=at, decision=kept
    )
    if given_on:
        record("leavingreminder.given", subject=row, at=at, clauses=kept.clauses, decision=kept.pk)
    return row


def _ask_office(reminder: LeavingReminder, departure: Departure, *, at: datetime) -> None:
    """Give the task to the person who recorded the leaving, or to all who look after people."""
    on, noted_by = local_day(at), departure.noted_by
    holders = holders_of_capacity("administer", federation=departure.person.federation, on=on)
    to = [one for one in holders if noted_by is not None and one.pk == noted_by.pk] or holders
    for person in to:
        open_duty(
            kind=REMIND_LEAVER, subject=reminder, at=at, due=Due.none_promised(), person=person,
            clauses=reminder.decision.clauses, decision=reminder.decision,
        )  # fmt: skip


@action
def answer_reminder(*, by: Person, at: datetime, reminder: LeavingReminder, confirms: bool) -> None:
    """Save the leaver's own answer. Raises NotFound for others; NotNow once it is answered."""
    if by.pk != reminder.person_id:
        raise NotFound
    _answered(
        reminder, by=by, at=at, given_on=reminder.given_on or local_day(at), given_by=None, yes=confirms
    )


@action
def note_reminder(
    *, by: Person, at: datetime, reminder: LeavingReminder, given_on: date, confirms: bool
) -> None:
    """Record that a leaver was reminded outside the program, on a day, and what they answered.

    Raises NotAllowed unless `by` looks after people; BadInput (given_on) for a day in the future; NotNow once
    it is answered."""
    on = local_day(at)
    rules.check_may_remind(by, on=on)
    if given_on > on:
        raise BadInput({"given_on": _("Enter today or an earlier day.")})
    _answered(reminder, by=by, at=at, given_on=given_on, given_by=by, yes=confirms)


def _answered(
    reminder: LeavingReminder, *, by: Person, at: datetime, given_on: date, given_by: Person | None, yes: bool
) -> None:
    state = Confirmed.CONFIRMED if yes else Confirmed.REFUSED
    said: Literal["confirmed", "refused"] = "confirmed" if yes else "refused"
    asked = facts.leaving_facts(reminder.person, at=at, given_on=given_on, answered=said)
    open_rows = LeavingReminder.objects.filter(pk=reminder.pk, state=Confirmed.NOT_YET)
    document = in_force(local_day(at)).version.document
    if not open_rows.update(
        given_on=given_on, given_by=given_by, state=state, state_at=at, document=document
    ):
        raise done_before(
            reminder, _("This was already answered."), otherwise=answered_otherwise(), state=state
        )
    kept: DecisionRecord = record_decision(
        "personal.leaving", asked, at=at, by=None, subject=f"conduct.leavingreminder:{reminder.pk}"
    )
    LeavingReminder.objects.filter(pk=reminder.pk).update(decision=kept)
    reminder.refresh_from_db()
    discharge(kind=(LEAVING, REMIND_LEAVER), subject=reminder, by=by, at=at, how=said)
    record("leavingreminder.answered", subject=reminder, at=at, clauses=kept.clauses, decision=kept.pk)
