"""Check who may know of a watch, set one up, and deal with what it found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.inbox.listing import reach_of
from schoolgate.inbox.locked import locked_there
from schoolgate.inbox.rules import SEES
from schoolgate.listening.models import Find, Watch
from schoolgate.listening.states import FindState, Way
from schoolgate.people.confined import not_meant
from schoolgate.people.models import Person
from schoolgate.people.outside import check_read_first
from schoolgate.people.rules import check_capacity

SETS_UP = frozenset({"answer", "second_person", "oversee"})
"""The capacities that let people set up and end a watch of a place, and deal with what it found."""


@dataclass(frozen=True)
class Reach:
    """Where a person has one of some capacities: everywhere, or at these schools by a role for the school or
    for one of its accounts."""

    everywhere: bool
    schools: frozenset[int]

    def has(self, school: School | None) -> bool:
        """Return whether it reaches a school; the whole federation is reached from everywhere alone."""
        return self.everywhere or (school is not None and school.pk in self.schools)


def reach(person: Person, wanted: frozenset[str], *, on: date) -> Reach:
    """Return where the person has one of these capacities."""
    found = reach_of(person, on=on, able=wanted)
    if found.everything:
        return Reach(True, frozenset())
    there = Account.objects.filter(pk__in=found.accounts) if found.accounts else Account.objects.none()
    return Reach(False, found.schools | {pk for pk in there.values_list("school_id", flat=True) if pk})


def may_see(person: Person, on: date, prefix: str = "") -> Q:
    """Return the condition on watches that this person may know of: those of the schools where they read an
    inbox; those of the federation for people who read all of them."""
    seen = reach(person, SEES, on=on)
    return Q(pk__isnull=False) if seen.everywhere else Q(**{f"{prefix}school_id__in": seen.schools})


def is_open_to_all(prefix: str = "") -> Q:
    """Return the condition on finds that leaves out what is in the inbox and locked to the safeguarding
    leads, whichever watch found it: they read it there."""
    there = locked_there()
    if not there:
        return Q()
    elsewhere = Q(**{f"{prefix}ref": None}) | ~Q(**{f"{prefix}ref__id__in": there})
    return elsewhere & Q(**{f"{prefix}item__locked_at": None})


def finds_seen(person: Person, on: date) -> Q:
    """Return the condition on finds that this person may know of: those of their watches, but none that is
    locked or may be about them."""
    return may_see(person, on, "watch__") & is_open_to_all() & not_meant("listening.find", person)


def check_sets_up(person: Person, school: School | None, *, on: date) -> None:
    """Raise NotAllowed unless the person replies, stands in or oversees at the school or, for a watch of the
    whole federation, in all of it."""
    if not reach(person, SETS_UP, on=on).has(school):
        check_capacity(person, "answer", on=on, school=school)


def check_deals_with(person: Person, find: Find, *, on: date, **so: Any) -> None:
    """Raise NotFound unless the person may know of it, NotAllowed unless they set up watches there, NotNow
    where it was dealt with or a safeguarding lead reads it first; AlreadyDone where that was
    done as this step would, `so`."""
    if not Find.objects.filter(finds_seen(person, on), pk=find.pk).exists():
        raise NotFound
    check_sets_up(person, find.watch.school, on=on)
    if find.state == FindState.OPEN and so.get("way") not in (Way.CONCERN, Way.PRESS):
        check_read_first(find)
    if find.state != FindState.OPEN:
        raise done_before(
            find,
            _("This has already been dealt with."),
            _("Open it again to see its status."),
            otherwise=NotNow(
                _("This has been dealt with in another way."), _("Open it again to see how, and who did it.")
            ),
            **so,
        )


def is_running(watch: Watch, *, on: date) -> bool:
    """Return whether a watch still searches on this day; its last day counts."""
    return watch.ended_at is None and on <= watch.until
