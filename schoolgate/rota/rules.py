"""Who may set a rota, and who may be on it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import Text
from schoolgate.core.models import School
from schoolgate.people import leaving
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity
from schoolgate.policy.queries import book_in_scope, still_trained
from schoolgate.rulebook import Book
from schoolgate.rulebook.kinds import Basis

SETS = frozenset({"administer", "decide_account"})
"""Who sets a rota: a rule of this program, because none of its packaged policies names a role."""
ON_DUTY = frozenset({"answer", "moderate", "second_person"})
"""The capacities for being on duty: a shift deals with what comes in."""
WANTS_TRAINING = {"account.open": ("trained",), "person.entrust": ("trained_regularly_procedures",)}
"""Where a policy asks that those who run its accounts are trained: situation -> its points."""


def may_set(person: Person, school: School | None, *, on: date) -> bool:
    """Return whether this person sets the rota of a school, or of the federation where none is given."""
    return bool(SETS & capacities(person, on=on, school=school))


def check_may_set(person: Person, school: School | None, *, on: date) -> None:
    """Raise NotAllowed unless the person sets the rota of this school, or of the federation."""
    if not may_set(person, school, on=on):
        check_capacity(person, "administer", on=on, school=school)


def wants_training(book: Book) -> bool:
    """Return whether the policy asks that those who run accounts are trained."""
    return any(
        bound.basis in (Basis.POLICY, Basis.CHOSEN) and not (bound.may_depart or bound.is_advice)
        for situation, points in WANTS_TRAINING.items()
        for point in points
        for bound in book.at(situation, point)
    )


def why_not(person: Person, school: School | None, *, first: date, last: date) -> Text | None:
    """Return why a person can't be on duty from a day to a day, both included; None where nothing prevents
    it."""
    if person.left_on is not None and person.left_on <= last:
        return _("They’ll have left by then. Choose someone else.")
    away = leaving.absences([person], first=first, last=last)
    if away.spans.get(person.pk):
        return _("They’re away then. Choose someone else, or remove the days away.")
    if not ON_DUTY & capacities(person, on=first, school=school):
        return _("They have no role here that replies to or moderates comments. Choose someone who has.")
    if _is_untrained(person, on=first):
        return _("The policy asks for training, and they have no valid training on record.")
    return None


def _is_untrained(person: Person, *, on: date) -> bool:
    book = book_in_scope()
    return wants_training(book) and not still_trained([person.pk], book=book, on=on).get(person.pk, False)
