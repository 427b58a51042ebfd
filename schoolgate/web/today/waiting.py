"""What a person is waiting for: what others must do with what this person sent.

Each area registers which of a person's things are waiting (`@waits_on_others`). One query finds them all, and
one the duties about them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise

from schoolgate.duties.kinds import shortened
from schoolgate.duties.models import Duty
from schoolgate.duties.queries import standing_about
from schoolgate.people.confined import meant_by
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments_at
from schoolgate.people.states import ScopeKind
from schoolgate.policy.duty_kinds import TRAIN
from schoolgate.web.frame.duty_words import ShownDuty, shown
from schoolgate.web.frame.times import ShownDue
from schoolgate.web.today.morning import Morning
from schoolgate.web.today.tasks import due_shown

MOST = 20
"""Things of each room that are looked at, and lines that are shown."""
MOST_NAMES = 3
"""Of a role that more people have, only the role is named."""
MOST_HOLDERS = 60


@dataclass(frozen=True)
class MyThing:
    """A person's thing that is waiting: its name for the record, its title, its page.

    `kinds`: only duties of these kinds about it are shown; if empty, all.
    """

    subject: str
    name: str = ""
    href: str = ""
    kinds: tuple[str, ...] = ()

    def waits_for(self, duty: Duty) -> bool:
        """Return whether the person is waiting for this duty of another person."""
        return not self.kinds or duty.kind in self.kinds


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can wait for others.

    `find` returns the rows, each with its name in `called` and, where the page is not that of the thing
    itself, the id for its address in `goes_to`. `page` is the page's name; empty if there is none.
    """

    subject: str
    page: str
    find: Callable[[Person], QuerySet[Any, Any]]


_kinds: list[Kind] = []


def waits_on_others(
    subject: str, page: str
) -> Callable[[Callable[[Person], QuerySet[Any, Any]]], Callable[[Person], QuerySet[Any, Any]]]:
    """Register a finder of the visitor's waiting things, at most MOST of them, newest first."""

    def note(find: Callable[[Person], QuerySet[Any, Any]]) -> Callable[[Person], QuerySet[Any, Any]]:
        _kinds.append(Kind(subject, page, find))
        return find

    return note


@dataclass(frozen=True)
class Awaited:
    """One line: what another person must do, with which of my things, by when, and who that is."""

    title: str | Promise
    about: str
    href: str
    due: ShownDue
    late: bool
    whom: Sequence[str]


def awaited_duties(person: Person, *, but: Iterable[int]) -> tuple[list[Duty], Mapping[str, MyThing]]:
    """Return what others must do about this person's things, soonest first, without the duties `but`, and
    these things by their names. Two queries."""
    mine = {thing.subject: thing for thing in _things(person)}
    found = [
        duty
        for duty in standing_about(mine, but=but)
        if duty.person_id != person.pk and mine[duty.subject].waits_for(duty)
    ]
    return found, mine


def _things(person: Person) -> Iterator[MyThing]:
    # Their own training may wait until it is recorded. They aren't told of other tasks about them.
    yield MyThing(f"people.person:{person.pk}", kinds=(TRAIN,))
    rows = [
        kind.find(person)
        .order_by("-pk")
        .values_list(Value(number), "pk", Cast("called", TextField()), "goes_to")[:MOST]
        for number, kind in enumerate(_kinds)
    ]
    for number, pk, name, to in rows[0].union(*rows[1:], all=True):
        kind = _kinds[number]
        yield MyThing(f"{kind.subject}:{pk}", shortened(name or ""), reverse(kind.page, args=[to]))


def awaited(
    duties: Sequence[Duty], mine: Mapping[str, MyThing], morning: Morning, names: Mapping[str, str]
) -> list[Awaited]:
    """Return what this person is waiting for, as lines; `names`: names of things that have none themselves.
    One query."""
    found: dict[tuple[str, str], list[ShownDuty]] = {}
    for each in shown(duties, morning.book, at=morning.visit.at, names=names):
        found.setdefault((each.duty.kind, each.duty.subject), []).append(each)
    whose = Whose.of(duties, morning)
    rows = [_line(rows, mine[subject], whose, morning) for (_kind, subject), rows in found.items()]
    return rows[:MOST]


def _line(rows: Sequence[ShownDuty], thing: MyThing, whose: Whose, morning: Morning) -> Awaited:
    first = rows[0]
    by_policy = any(clause.basis in ("policy", "chosen") for clause in first.clauses)
    return Awaited(
        title=first.title,
        about=thing.name or first.about,
        href=thing.href,
        due=due_shown(first.duty, by_policy, at=morning.visit.at),
        late=first.duty.due.is_late(morning.visit.at),
        whom=list(dict.fromkeys(who for row in rows for who in _whom(row.duty, whose, morning))),
    )


def _whom(duty: Duty, whose: Whose, morning: Morning) -> list[str]:
    """Return who has it: a person by name, a role with its holders; if it moved on, those who have it now. No
    one that it may be about."""
    found: list[Person | str] = [duty.person or duty.role_key]
    if duty.moved_on_at:
        found.append(duty.then_person or duty.then_role_key)
    return [name for who in found if who and (name := whose.name_of(who, duty, morning))]


@dataclass(frozen=True)
class Whose:
    """Who has the roles of some duties today, by role: number and name; and `meant`, the people that these
    duties may be about."""

    holders: Mapping[str, Sequence[tuple[int, str]]]
    meant: Mapping[str, set[int]]

    @classmethod
    def of(cls, duties: Sequence[Duty], morning: Morning) -> Whose:
        """Return it for these duties. One query, none if no role is awaited, and those of who is meant."""
        return cls(
            _holders([duty for duty in duties if not duty.person_id], morning),
            meant_by({duty.subject for duty in duties}),
        )

    def name_of(self, who: Person | str, duty: Duty, morning: Morning) -> str:
        """Return a person's name, or a role's with its holders; empty for a person it may be about."""
        out = self.meant.get(duty.subject, set())
        if isinstance(who, Person):
            return "" if who.pk in out else who.name
        known = [name for pk, name in self.holders.get(who, ()) if pk not in out]
        name = morning.role_name(who)
        return f"{name} ({', '.join(known)})" if 0 < len(known) <= MOST_NAMES else name


def _holders(duties: Sequence[Duty], morning: Morning) -> dict[str, list[tuple[int, str]]]:
    """Return who has these roles today where these duties belong, by role."""
    on = morning.visit.on
    keys = {duty.role_key for duty in duties} | {duty.then_role_key for duty in duties} - {""}
    if not keys:
        return {}
    there = Q(scope_kind=ScopeKind.FEDERATION) | Q(
        school__in={duty.school_id for duty in duties} - {None}
    )  # fmt: skip
    there |= Q(account_id__in={duty.subject_account for duty in duties} - {None})
    there |= Q(managed__in={duty.about_person_id for duty in duties} - {None})
    there |= Q(scope_kind=ScopeKind.ITEM, item__in={duty.subject for duty in duties})
    held = assignments_at(Where(anywhere=True), on=on).filter(there, role_key__in=keys)
    rows = held.order_by("role_key", "person__name").values_list("role_key", "person_id", "person__name")
    found: dict[str, list[tuple[int, str]]] = {}
    for key, pk, name in rows.distinct()[:MOST_HOLDERS]:
        found.setdefault(key, []).append((pk, name))
    return found
