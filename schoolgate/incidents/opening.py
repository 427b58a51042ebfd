"""Two people open a concern that neither may read alone, because the safeguarding leads can’t be reached."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import reason
from schoolgate.core.moves import answered_otherwise, done_before, move
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.incidents.duty_kinds import AGREE, FINISH, NEEDED, OPENED
from schoolgate.incidents.handling import check_may_see, takes_over, tell_leads
from schoolgate.incidents.keeping import LONGEST_WORDS, SEALED, let_in, step
from schoolgate.incidents.ladder import roles_that_may_be_told, who_may_be_told
from schoolgate.incidents.meant import is_lead, people_meant
from schoolgate.incidents.models import (
    ENDED,
    OPENING_MOVES,
    WAITS,
    Opening,
    OpeningState,
    Reader,
    Report,
    StepKind,
)
from schoolgate.people.leads import of_own_will
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import leads, safeguarding_roles
from schoolgate.people.sessions import seen_since
from schoolgate.rota import turns

# Two people open a concern that neither may read alone, because the safeguarding leads can't be reached. No
# answer to a request says whether there is such a concern: a request is stored as it was typed, and looked
# up once a second person agrees. Every safeguarding lead is told at once that someone asks, and of what was
# opened, and each of them can end it. While one of them can be reached, nothing opens.

AGREE_WITHIN = timedelta(hours=24)
"""Schoolgate's own rule: afterwards the leads can be reached, or it is asked again with today's reason."""
LONGEST_NUMBER = 12


REACH_WITHIN, ON_DUTY_WITHIN = timedelta(minutes=15), timedelta(hours=1)
"""House rule: how long a lead who was told has, and one who is on duty."""


def people_who_may_open(person: Person, *, at: datetime) -> list[Person]:
    """Return the people who may open a concern by two, without this one: those who see concerns, look after
    people here or oversee, and the safeguarding leads; each another will (`people.leads`)."""
    book = book_for(person)
    people = who_may_be_told(book, by=None, on=local_day(at))
    return of_own_will(
        [one for one in people if one.pk != person.pk], asker=subject_of(person), asked_at=at, at=at,
        roles=[*roles_that_may_be_told(book), *safeguarding_roles(book)],
    )  # fmt: skip


def check_may_open(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless a person deals with concerns here, looks after people, oversees, or is a
    safeguarding lead."""
    if person not in who_may_be_told(book_for(person), by=None, on=on):
        raise NotAllowed(
            _("Only people who deal with concerns or run the school can ask for this."),
            _("Ring the school if someone is in danger."),
        )


@action
def ask_to_open(*, by: Person, at: datetime, reference: str, second: Person, words: str) -> Opening:
    """Ask a second person to open a concern with you. `words`: why it can't wait for a safeguarding lead.

    The answer is the same whether or not there is such a concern. One that may be about the second person is
    put to another one. Raises NotAllowed, BadInput (reference, second, words).
    """
    on = local_day(at)
    check_may_open(by, on=on)
    reference = reference.strip().upper()
    if not 1 <= len(reference) <= LONGEST_NUMBER:
        raise BadInput({"reference": _("Enter the reference of the concern, such as W-ABC234.")})
    words = reason(words, "words", longest=LONGEST_WORDS)
    others = people_who_may_open(by, at=at)
    if second not in others:
        raise BadInput({"second": _("Choose who decides with you")})
    asked = _first_free([second, *others], reference)
    opening = Opening.objects.create(
        reference=reference, by=by, second=asked, asked_at=at, state_at=at,
        words_ref=vault.put(SEALED, words, about=subject_of(by)),
    )  # fmt: skip
    record("opening.asked", subject=opening, at=at, actor=by)
    if asked is not None:
        open_duty(kind=AGREE, subject=opening, at=at, due=Due.none_promised(), person=asked, danger=True)
    for one in _leads(opening, on=on):
        open_duty(kind=NEEDED, subject=opening, at=at, due=Due.none_promised(), person=one, danger=True)
    return opening


@action
def answer_opening(*, opening: Opening, by: Person, at: datetime, agrees: bool) -> Opening:
    """Open a concern as the second person, or don't. Where there is no such concern, or one of the two is
    kept out of it, nothing opens. Raises NotFound for anyone else, NotNow."""
    if opening.second_id != by.pk:
        raise NotFound
    if opening.state != OpeningState.ASKED:
        raise done_before(
            opening,
            _("This was answered already."),
            otherwise=answered_otherwise(),
            state=OpeningState.AGREED if agrees else OpeningState.NOT_OPENED,
        )
    if at - opening.asked_at > AGREE_WITHIN:
        raise NotNow(
            _("This was asked more than 24 hours ago."), _("Your colleague must ask again, with the reason.")
        )
    if agrees:
        _check_no_lead_is_there(opening, at=at)
    discharge(kind=AGREE, subject=opening, by=by, at=at, how="answered")
    discharge(kind=NEEDED, subject=opening, by=by, at=at, how="answered")
    report = _found(opening, on=local_day(at)) if agrees else None
    if report is None:
        move(opening, to=OpeningState.NOT_OPENED, moves=OPENING_MOVES, at=at)
        event = "opening.nothing" if agrees else "opening.declined"
        record(event, subject=opening, at=at, actor=by)
        return opening
    move(opening, to=OpeningState.AGREED, moves=OPENING_MOVES, at=at, report=report)
    let_in(report, opening.by, at=at)
    words = {"what": vault.reveal(opening.words_ref)}
    step(report, StepKind.GLASS, at=at, by=opening.by, person=by, words=words)
    record("report.opened_by_two", subject=report, at=at, actor=opening.by, second=by.pk)
    tell_leads(report, OPENED, knows={opening.by_id, opening.second_id}, at=at)
    return opening


@action
def end_opening(*, opening: Opening, by: Person, at: datetime) -> Opening:
    """End a person's access to a concern that two people opened. If that person dealt with it, the lead does
    from now on. Raises NotFound, NotAllowed for all but a safeguarding lead, NotNow."""
    report = Report.objects.select_for_update().filter(pk=opening.report_id or 0).first()
    if report is None:
        raise NotFound
    check_may_see(report, by, at)
    if not is_lead(by, local_day(at)) or opening.by_id == by.pk:
        raise NotAllowed(_("Only a safeguarding lead can end this access."), _("Ask a safeguarding lead."))
    move(opening, to=OpeningState.ENDED, moves=OPENING_MOVES, at=at, ended_by=by)
    Reader.objects.filter(report=report, person=opening.by, ended_at=None).update(ended_at=at)
    step(report, StepKind.GLASS_ENDED, at=at, by=by, person=opening.by)
    record("report.opening_ended", subject=report, at=at, actor=by, person=opening.by_id)
    if report.taken_by_id == opening.by_id and report.state not in (*WAITS, *ENDED):
        report.taken_by, report.taken_at = by, at
        report.save(update_fields=["taken_by", "taken_at"])
        cancel(kind=FINISH, subject=report, because="opening_ended", at=at, by=by)
        takes_over(report, by=by, at=at)
    return opening


def _leads(opening: Opening, *, on: date) -> list[Person]:
    """Return the safeguarding leads who may know of a concern with this reference, but for the two."""
    meant = people_meant(Report.objects.filter(reference=opening.reference))
    out = {opening.by_id, opening.second_id}.union(*meant.values())
    return [one for one in leads(book_for(opening), None, on=on) if one.pk not in out]


def _check_no_lead_is_there(opening: Opening, *, at: datetime) -> None:
    """Raise NotNow while a lead is signed in, or was told too short a time ago to have come."""
    people = _leads(opening, on=local_day(at))
    if seen_since(people, at - REACH_WITHIN):
        raise NotNow(
            _("A safeguarding lead is signed in now, so nothing was opened."),
            _("Ask them. If they don’t answer, try again in 15 minutes."),
        )
    on_duty = {one.person for one in turns.on_duty(at).duties if one.covered}
    within = ON_DUTY_WITHIN if on_duty & set(people) else REACH_WITHIN
    if people and at - opening.asked_at < within:
        raise NotNow(
            _("The safeguarding leads have only just been told, so nothing was opened."),
            _(
                "Ring them. If no one answers, agree 15 minutes after it was asked, or an hour after "
                "if a lead is on duty."
            ),
        )


def _first_free(people: Iterable[Person], reference: str) -> Person | None:
    """Return the first of these people who are not kept out of a concern with this reference. Always the same
    three queries."""
    meant = people_meant(Report.objects.filter(reference=reference))
    return next((one for one in people if not any(one.pk in each for each in meant.values())), None)


def _found(opening: Opening, *, on: date) -> Report | None:
    """Return the concern that a request is about, if both may know of it and still may open one."""
    both = [one for one in (opening.by, opening.second) if one is not None]
    free = [_first_free([one], opening.reference) for one in both]
    may = who_may_be_told(book_for(opening), by=None, on=on)
    if None in free or any(one not in may for one in both):
        return None
    return Report.objects.filter(reference=opening.reference).select_related("school", "by").first()
