"""Open tasks by person and kind, for many people at once. For the morning mail.

The number of queries does not grow with people or tasks: everything open is read once, as plain values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from schoolgate.core.clock import begins
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO, DutyState
from schoolgate.duties.urgency import Urgency
from schoolgate.notices.kinds import key_of
from schoolgate.notices.recipients import Place, place_of, places_of
from schoolgate.people.confined import meant_by
from schoolgate.people.models import RoleAssignment
from schoolgate.people.queries import Where, assignments_at


class _Row(NamedTuple):
    kind: str
    person_id: int | None
    role_key: str
    then_person_id: int | None
    then_role_key: str
    moved_on_at: datetime | None
    school_id: int | None
    subject_account: int | None
    subject: str
    about_person_id: int | None
    opened_at: datetime
    due_by: datetime
    state: str
    urgency: int


@dataclass(frozen=True)
class There:
    """One person's tasks: number by kind; how many are overdue; when the newest came; whether anything is due
    by the end of the day, overdue or urgent."""

    numbers: dict[str, int]
    overdue: int
    newest: datetime
    presses: bool


class OpenTasks:
    """Every open task in the federation in scope, for queries person by person."""

    def __init__(self, *, on: date) -> None:
        self._ends = begins(on + timedelta(days=1))
        rows = Duty.objects.filter(state__in=STILL_TO_DO).values_list(*_Row._fields)
        self._rows = [_Row(*row) for row in rows]
        self._meant = meant_by({row.subject for row in self._rows})
        self._of_person: dict[int, set[int]] = defaultdict(set)
        self._of_role: dict[tuple[str, Place], set[int]] = defaultdict(set)
        for index, row in enumerate(self._rows):
            self._enter(index, row)
        self.places: dict[int, list[tuple[str, Place]]] = defaultdict(list)
        for assignment in assignments_at(Where(anywhere=True), on=on).only(
            "person_id", "role_key", "scope_kind", "school_id", "account_id", "item", "managed_id"
        ):
            self._hold(assignment)

    def _enter(self, index: int, row: _Row) -> None:
        moved_on = row.moved_on_at is not None
        for person_id in (row.person_id, row.then_person_id if moved_on else None):
            if person_id is not None:
                self._of_person[person_id].add(index)
        roles = [row.role_key, row.then_role_key if moved_on else ""]
        for place in places_of(row):
            for role_key in filter(None, roles):
                self._of_role[role_key, place].add(index)

    def _hold(self, assignment: RoleAssignment) -> None:
        self.places[assignment.person_id].append((assignment.role_key, place_of(assignment)))

    def of(self, person_id: int, leave_out: Iterable[str] = ()) -> There | None:
        """Return the person's tasks, or None where there are none. `leave_out`: kinds not to be counted."""
        sets = [self._of_person.get(person_id, set())]
        sets += [self._of_role.get(held, set()) for held in self.places.get(person_id, ())]
        not_counted = set(leave_out)
        numbers: dict[str, int] = defaultdict(int)
        mine = []
        for index in set().union(*sets):
            row = self._rows[index]
            key = key_of(row.kind, urgency=row.urgency)
            if key not in not_counted and person_id not in self._meant.get(row.subject, ()):
                numbers[key] += 1
                mine.append(row)
        if not mine:
            return None
        return There(
            numbers=dict(numbers),
            overdue=sum(row.state == DutyState.OVERDUE for row in mine),
            newest=max(row.opened_at for row in mine),
            presses=any(row.due_by < self._ends or row.urgency < Urgency.USUAL for row in mine),
        )
