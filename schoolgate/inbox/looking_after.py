"""Who looks after incoming items of an account, and who is asked next when one is overdue."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from schoolgate.accounts.models import Account, Part, TeamMember
from schoolgate.core.clock import local_day
from schoolgate.duties.actions import Then
from schoolgate.duties.states import Basis
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, capacities, here_on
from schoolgate.rota.turns import on_duty


@dataclass(frozen=True)
class Looking:
    """The first person, or the role where the account has no team; and the second person, by the program's
    own rule."""

    first: Person | None
    role: str | None
    then: Then | None
    usual_role: str
    """The policy's role that replies."""
    stand_in: Then | None
    """The role that stands in, where the policy has one."""

    def without(self, named: Collection[int]) -> Looking:
        """Return who is asked instead where the first, or the next, is a person that the item names."""
        if self.first is None or self.first.pk not in named:
            if self.then is not None and self.then.person is not None and self.then.person.pk in named:
                return replace(self, then=self.stand_in)
            return self
        person = self.then.person if self.then else None
        if person is not None and person.pk not in named:
            return replace(self, first=person, role=None, then=self.stand_in)
        return replace(self, first=None, role=self.usual_role, then=self.stand_in)

    def instead(self, person: Person) -> Looking:
        """Return that this person is asked, because an item may be about each of the others."""
        return replace(self, first=person, role=None, then=None)

    def asked(self) -> dict[str, Any]:
        """Return to which person or role a task goes, and who is next, for `open_duty` or `Opened`."""
        return {
            "person": self.first,
            "role": self.role if self.first is None else None,
            "then": self.then,
        }


def who_looks_after(account: Account, *, at: datetime, in_welsh: bool = False) -> Looking:
    """Return the person on duty by the rota, if there is one; else the first of the account's team who may
    reply, then the next of them, leads before others.

    If no one in the team may, the policy's role that replies; if the team has no second person, its role that
    stands in. `in_welsh`: of those, people who read Welsh come first.
    """
    on = local_day(at)
    there = list(dict.fromkeys([*on_duty(at).people(account.school_id), *_team(account, on)]))
    able = [(person, capacities(person, on=on, account=account)) for person in there]
    answering = [person for person, may in able if "answer" in may]
    standing_in = [person for person, may in able if may & {"answer", "second_person"}]
    if in_welsh:
        answering.sort(key=lambda person: not person.reads_welsh)
    first = answering[0] if answering else None
    second = next((person for person in standing_in if person != first), None)
    roles = book_for(account).roles
    role = next((role.key for role in roles if "answer" in role.capacities), roles[0].key)
    stand_in = next((role.key for role in roles if "second_person" in role.capacities), None)
    role_next = Then(Basis.HOUSE, role=stand_in) if stand_in is not None else None
    then = Then(Basis.HOUSE, person=second) if second is not None else role_next
    return Looking(first, None if first else role, then, role, role_next)


def _team(account: Account, on: date) -> list[Person]:
    """Return the people who run the account on that day and have not left, leads first, in the order in which
    they joined."""
    here = Q(to_day=None) | Q(to_day__gte=on)
    not_left = here_on(on, "person__")
    rows = TeamMember.objects.filter(here, not_left, account=account, from_day__lte=on).select_related(
        "person"
    )
    ordered = sorted(rows, key=lambda row: (row.part != Part.LEAD, row.pk))
    return list(dict.fromkeys(row.person for row in ordered))
