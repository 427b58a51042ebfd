"""Check who may see and set how long records are kept."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.retention import Kind
from schoolgate.people.confined import may_know_of, meant_by
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, capacities
from schoolgate.people.rules import check_capacity
from schoolgate.people.safeguarding import lead_of

DECIDES = "oversee"
"""No policy here gives records a role of its own: the people who oversee how it is followed decide."""
SEES = frozenset({DECIDES, "own_policy", "administer", "decide_account"})


def check_may_see(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person is accountable for how records are kept, or is a safeguarding
    lead."""
    if not SEES & capacities(person, on=on, anywhere=True) and not is_lead(person, on=on):
        check_capacity(person, DECIDES, on=on, anywhere=True)


def is_lead(person: Person, *, on: date) -> bool:
    """Return whether a person is a designated safeguarding lead or a deputy, of any school."""
    return bool(lead_of(person, list(assignments(person, on=on, where=Where(anywhere=True)))))


def check_may_know(person: Person, kind: Kind, pk: int, *, on: date) -> None:
    """Raise NotFound where only some people may know of the one with this number, and this isn't one of
    them, or where it may be about this person."""
    subject = kind.subject_of(pk)
    meant = person.pk in meant_by([subject]).get(subject, ())
    if meant or (kind.confined_to and not may_know_of(person, f"{kind.confined_to}:{pk}", on)):
        raise NotFound(_("Nothing of this kind is stored under this number."), _("Check the number."))


def check_decides(person: Person, *, on: date, kind: Kind | None = None) -> None:
    """Raise NotAllowed unless the person may set periods, start destruction and lift holds, which counts for
    the whole federation; of a kind that the safeguarding leads decide on, unless they are one."""
    if kind is None or not kind.lead_decides:
        check_capacity(person, DECIDES, on=on)
    elif not is_lead(person, on=on):
        raise NotAllowed(
            _("Only a safeguarding lead can decide this."),
            _("Ask the safeguarding lead of your school."),
        )
