"""Remind leavers of what the policy says about the time after they leave; tell a person to remove a post of
their own, and record that it is gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from schoolgate.conduct import answers, reminding
from schoolgate.conduct.answers import PICTURE, POST
from schoolgate.conduct.models import LEAVING, REMIND_LEAVER, REMOVE, Confirmed, LeavingReminder, Removal
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import answered_otherwise, done_before
from schoolgate.core.rows import reserve
from schoolgate.duties.actions import Then, cancel, discharge, open_duty
from schoolgate.duties.models import Basis, Due
from schoolgate.people.models import Departure, DepartureState, Person
from schoolgate.people.queries import holders_of_capacity
from schoolgate.policy.asking import answered, forget_facts, record_decision, verdict
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
    asked = reminding.leaving_facts(departure.person, at=at, given_on=given_on, answered="not_yet")
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
    answers.check_may_remind(by, on=on)
    if given_on > on:
        raise BadInput({"given_on": _("Enter today or an earlier day.")})
    _answered(reminder, by=by, at=at, given_on=given_on, given_by=by, yes=confirms)


def _answered(
    reminder: LeavingReminder, *, by: Person, at: datetime, given_on: date, given_by: Person | None, yes: bool
) -> None:
    state = Confirmed.CONFIRMED if yes else Confirmed.REFUSED
    said: Literal["confirmed", "refused"] = "confirmed" if yes else "refused"
    asked = reminding.leaving_facts(reminder.person, at=at, given_on=given_on, answered=said)
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


LONGEST, LONGEST_LINK = 1000, 500


@dataclass(frozen=True)
class PictureFound:
    """A picture that shows pupils on a person's own page: its link, whether it is a school photo, and whether
    it shows which school it is (None: not known)."""

    link: str
    school_photograph: bool | None = None
    shows_school: bool | None = None


@action
def tell_to_remove(
    *,
    by: Person,
    at: datetime,
    person: Person,
    words: str,
    reply_by: datetime | None,
    picture: PictureFound | None = None,
) -> Removal:
    """Tell a person to remove a post that breaks the policy, or a picture of pupils that it forbids on a page
    of their own; they get a task, due by the policy or by then.

    `words`: which it is and why, sealed with the link for the two of them. Raises NotAllowed unless `by`
    deals with concerns; NotNow where the policy doesn't speak of it, or of this person; BadInput (words,
    link, reply_by, person)."""
    on = local_day(at)
    answers.check_may_tell(by, on=on)
    if person.pk == by.pk:
        raise BadInput(
            {
                "words": _(
                    "You can’t tell yourself to remove a post. Ask another person who deals with concerns."
                )
            }
        )
    if not words.strip() or len(words) > LONGEST or "\x00" in words:
        raise BadInput({"words": _("Say in one or two sentences which post, and why.")})
    if picture is not None and (not picture.link.strip() or len(picture.link) > LONGEST_LINK):
        raise BadInput({"link": _("Enter the link to the picture.")})
    if reply_by is not None and reply_by <= at:
        raise BadInput({"reply_by": _("Choose a time that is still to come.")})
    number = reserve(Removal, 1)[0]
    subject = f"conduct.removal:{number}"
    kept, due = _asked(person, picture, by=by, at=at, reply_by=reply_by, subject=subject)
    if due is None:
        raise NotNow(
            _("Your policy doesn’t say that this person can be told to remove it."),
            _("Report a concern instead."),
        )
    text = words.strip() if picture is None else f"{picture.link.strip()}\n{words.strip()}"
    row = Removal.objects.create(
        pk=number, person=person, told_by=by, told_at=at, reply_by=reply_by, decision=kept,
        words_ref=vault.put("conduct", text, about=subject),
    )  # fmt: skip
    open_duty(
        kind=REMOVE, subject=row, at=at, due=due,
        person=person, clauses=kept.clauses, decision=kept, then=Then(Basis.HOUSE, person=by),
    )  # fmt: skip
    record("removal.told", subject=row, at=at, clauses=kept.clauses, decision=kept.pk)
    return row


def _asked(
    person: Person,
    picture: PictureFound | None,
    *,
    by: Person,
    at: datetime,
    reply_by: datetime | None,
    subject: str,
) -> tuple[DecisionRecord, Due | None]:
    """Ask the policy; return its saved answer, and by when it has to be gone: None where it needn't be."""
    if picture is None:
        asked = reminding.removal_facts(person, by=by, at=at, told_at=at, reply_by=reply_by, gone=False)
        kept = record_decision(POST, asked, at=at, by=None, subject=subject)
        wanted = next((duty for duty in answered(kept).duties if duty.what == "removal"), None)
        due = Due.of(wanted.due) if wanted is not None else None
    else:
        shown = reminding.picture_facts(
            person, at=at, school_photograph=picture.school_photograph, shows_school=picture.shows_school
        )
        kept = record_decision(PICTURE, shown, at=at, by=None, subject=subject)
        due = Due.at(reply_by) if reply_by is not None else Due.none_promised()
        if kept.outcome != Outcome.NOT_PERMITTED:
            due = None
    forget_facts(kept)
    return kept, due


@action
def note_gone(*, by: Person, at: datetime, removal: Removal) -> Removal:
    """Record that the post is gone; what it was about is forgotten.

    Raises NotFound for everyone but its author and the person who told them; NotNow once it is gone."""
    if by.pk not in (removal.person_id, removal.told_by_id):
        raise NotFound
    words_ref = removal.words_ref
    if not Removal.objects.filter(pk=removal.pk, gone_at=None).update(gone_at=at, words_ref=None):
        raise done_before(removal, _("This post is already recorded as gone."), gone_at__isnull=False)
    if words_ref is not None:
        vault.forget(words_ref)
    removal.refresh_from_db()
    discharge(kind=REMOVE, subject=removal, by=by, at=at, how="gone")
    record("removal.gone", subject=removal, at=at, clauses=removal.decision.clauses)
    return removal
