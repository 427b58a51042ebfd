"""Record the days on which a person is away, or that they are there after all."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import done_before
from schoolgate.people import queries
from schoolgate.people.models import Absence, Person

LONGEST = timedelta(days=70)
"""Longer than any school's summer: people who are away for longer are on long leave."""
FURTHEST = timedelta(days=550)
ENTERS = frozenset({"administer", "oversee"})


def check_may_say(by: Person, person: Person, *, on: date) -> None:
    """Raise NotAllowed unless it is for the person themselves, or by a person who manages people or
    oversees."""
    if by.pk != person.pk and not queries.capacities(by, on=on) & ENTERS:
        raise NotAllowed(
            _("You can only enter this for yourself."),
            next_step=_("Ask them, or a person who looks after people, to enter it."),
        )


@action
def enter_absence(*, by: Person, at: datetime, person: Person, from_day: date, to_day: date) -> Absence:
    """Record that a person is away from a day to a day, both included. This suspends nothing.

    Raises NotAllowed, BadInput (from_day, to_day), NotNow (gone, or recorded already for one of these days).
    """
    today = local_day(at)
    check_may_say(by, person, on=today)
    wrong = {}
    if from_day < today:
        wrong["from_day"] = _("Enter today or a future date.")
    elif from_day > today + FURTHEST:
        wrong["from_day"] = _("That’s more than 18 months ahead. Choose an earlier date.")
    if to_day < from_day:
        wrong["to_day"] = _("The last day can’t be before the first day.")
    elif to_day - from_day >= LONGEST:
        wrong["to_day"] = _(
            "Absence of more than ten weeks counts as long leave. Record it as long leave on their page."
        )
    if wrong:
        raise BadInput(wrong)
    Person.objects.select_for_update().get(pk=person.pk)
    if person.left_on is not None and person.left_on <= from_day:
        raise NotNow(
            _("This person has left or is about to leave."), _("If that is wrong, change it on their page.")
        )
    if Absence.objects.filter(
        person=person, ended_at=None, from_day__lte=to_day, to_day__gte=from_day
    ).exists():
        raise NotNow(
            _("These dates overlap with days away already entered."), next_step=_("Remove those first.")
        )
    away = Absence.objects.create(person=person, from_day=from_day, to_day=to_day, said_by=by, at=at)
    record("people.days_away_said", subject=away, at=at, actor=by, person=person.pk)
    return away


@action
def withdraw_absence(*, by: Person, at: datetime, away: Absence) -> Absence:
    """Remove recorded days away. Raises NotAllowed, NotNow (over, or removed already)."""
    today = local_day(at)
    check_may_say(by, away.person, on=today)
    standing = Absence.objects.filter(pk=away.pk, ended_at=None, to_day__gte=today)
    if not standing.update(ended_at=at, ended_by=by):
        raise done_before(
            away,
            _("These days have already been removed."),
            otherwise=NotNow(_("These days are over."), _("Past days away stay on record.")),
            ended_at__isnull=False,
        )
    away.refresh_from_db()
    record("people.days_away_taken_back", subject=away, at=at, actor=by, person=away.person_id)
    return away
