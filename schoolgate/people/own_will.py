"""Whether a second person is another will than the one who asked: two people by number aren't enough where
one of them was brought in by the other (docs/adr/0085). So, too, for words that pupils may read: the
second sees them first, and is another will than each who wrote them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed
from schoolgate.core.models import LedgerRow, Safeguarder
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.queries import Where, assignments_at

TERM = timedelta(days=90)
"""House rule: after a term others know a person who was brought in, or given a role, by the asker."""
AT_FIRST = timedelta(days=7)
"""The same while the federation itself is younger than a term, where everyone is new."""
ADDED, GIVEN = "people.person_added", "people.assignment_given"
PEOPLE = "people.person:"
"""What the record's name of a person begins with."""


def asked_by(assignment: RoleAssignment | None, by: Person | None) -> str:
    """Return who asked, as the record names people: for a role that was found, who gave it."""
    if by is not None:
        return subject_of(by)
    rows = _rows([subject_of(assignment)], GIVEN) if assignment is not None else {}
    return next((row.actor for row in rows.values()), "")


def of_own_will(
    people: Sequence[Person], *, asker: str, asked_at: datetime, at: datetime, roles: Collection[str]
) -> list[Person]:
    """Return those of these people who had their seat before it was asked, and who within a term were neither
    added by the asker nor given the role (`roles`: by which they may be second), and who neither added the
    asker nor gave them a role within a term. A seat of a term counts
    whenever it was asked. While the federation is younger than a term, all people are new: then who was there
    before it was asked counts where no one else does. Five queries."""
    held = list(
        assignments_at(Where(anywhere=True), on=local_day(at)).filter(person__in=people, role_key__in=roles)
    )
    added = _rows([subject_of(one) for one in people], ADDED)
    given = _rows([subject_of(one) for one in held], GIVEN)
    led = Safeguarder.objects.filter(ended_at=None, person_id__in=[one.pk for one in people])
    leads = {pk for pk, since in led.values_list("person_id", "since") if since <= asked_at}

    brought = _above(asker, _bringers({asker}, since=at - TERM))

    def old_enough(row: LedgerRow | None, *, even_by_asker: bool) -> bool:
        """No record: before there was one."""
        if row is None or row.at <= at - TERM:
            return True
        return row.at <= asked_at and (even_by_asker or row.actor != asker)

    def counts(person: Person, *, even_by_asker: bool) -> bool:
        mine = [one for one in held if one.person_id == person.pk]
        if subject_of(person) in brought and not even_by_asker:
            return False
        seat = person.pk in leads or any(
            old_enough(given.get(subject_of(one)), even_by_asker=even_by_asker) for one in mine
        )
        return seat and old_enough(added.get(subject_of(person)), even_by_asker=even_by_asker)

    found = [one for one in people if counts(one, even_by_asker=False)]
    if found or not _is_young(at):
        return found
    return [one for one in people if counts(one, even_by_asker=True)]


def one_will_among(person: Person, others: Iterable[Person], *, at: datetime) -> Person | None:
    """Return who of the others brought this person in or was brought in by them: their word is no second
    person's."""
    there = list(others)
    will = _Wills([person, *there], at=at)
    return next((one for one in there if one != person and will.is_one(person, one)), None)


def of_other_wills(people: Iterable[Person], others: Collection[Person], *, at: datetime) -> list[Person]:
    """Return those of these people who are none of the others, and another will than each of them."""
    asked = [one for one in dict.fromkeys(people) if one not in others]
    will = _Wills([*asked, *others], at=at)
    return [one for one in asked if not any(will.is_one(one, other) for other in others)]


class _Wills:
    """By which people some others were brought in; read once for all of them."""

    def __init__(self, people: Collection[Person], *, at: datetime) -> None:
        since = at - (AT_FIRST if _is_young(at) else TERM)
        self._by = _bringers({subject_of(one) for one in people}, since=since)

    def is_one(self, one: Person, other: Person) -> bool:
        """Return whether one of the two brought the other in, however many stand between."""
        mine, theirs = subject_of(one), subject_of(other)
        return mine in _above(theirs, self._by) or theirs in _above(mine, self._by)


def _bringers(people: Collection[str], *, since: datetime) -> dict[str, set[str]]:
    """Return who added each of these, or gave them a role, since then, and the same of those who did. Two
    queries for each step up, however many people there are."""
    found: dict[str, set[str]] = {}
    new = {one for one in people if one.startswith(PEOPLE)}
    while new:
        found |= {one: set() for one in new}
        held = RoleAssignment.objects.filter(person_id__in=[number_of(one) for one in new])
        of = {subject_of(each): f"{PEOPLE}{each.person_id}" for each in held} | {one: one for one in new}
        rows = LedgerRow.objects.filter(event__in=(ADDED, GIVEN), subject__in=list(of), at__gt=since)
        for subject, actor in rows.values_list("subject", "actor"):
            found[of[subject]].add(actor)
        new = {actor for one in new for actor in found[one] if actor.startswith(PEOPLE)} - found.keys()
    return found


def _above(one: str, by: Mapping[str, Collection[str]]) -> set[str]:
    """Return who brought one in, and who these, and so on."""
    found, new = set[str](), {one}
    while new:
        new = {actor for each in new for actor in by.get(each, ())} - found
        found |= new
    return found


def _rows(subjects: Iterable[str], event: str) -> dict[str, LedgerRow]:
    rows = LedgerRow.objects.filter(event=event, subject__in=list(subjects)).order_by("number")
    return {row.subject: row for row in rows}


def _is_young(at: datetime) -> bool:
    first = LedgerRow.objects.order_by("number").values_list("at", flat=True).first()
    return first is None or first > at - TERM


def check_is_second(by: Person, wrote: Collection[Person], *, at: datetime) -> None:
    """Raise NotAllowed unless this person is another will than each of those who wrote it."""
    if by in wrote:
        raise NotAllowed(
            _("You wrote this, so someone else must read it and agree."), _("Ask someone else to agree.")
        )
    writer = one_will_among(by, wrote, at=at)
    if writer is not None:
        raise NotAllowed(
            format_lazy(
                _("You or {name} recently added the other to Schoolgate or gave them a role."),
                name=writer.name,
            ),
            _("Ask someone else to agree."),
        )
