"""What a restore has to do again: each room says which of its acts may not be forgotten, where its rows tell
of them, and how it's done again. The journal beside the backups (`core.backups.journal`) carries it.

What only ever takes away (a no, a take-down, a role that ended) is done again by the program. What gives
something back is left to a person.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db.models import DateField, DateTimeField, Model, Q, QuerySet
from django.utils.functional import Promise

from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_day, stored_instant
from schoolgate.core.events import record


@dataclass(frozen=True)
class Happened:
    """One act: the number of what it was about, when, and what doing it again needs (no names, no words)."""

    number: int
    at: datetime
    given: Mapping[str, Any] = field(default_factory=dict)


class Again(ABC):
    """One kind of act. `key`: in the journal. `undone`: what a person has to see to where it can't be done
    again, with the `{number}` that people know."""

    key: ClassVar[str]
    undone: ClassVar[Promise]
    at_release: ClassVar[bool] = False
    """Whether people have to look first: it's done as the home is released. Else as it is restored."""

    @abstractmethod
    def since(self, since: datetime) -> Iterable[Happened]:
        """Return what happened from an instant on, in the federation in scope."""

    @abstractmethod
    def again(self, number: int, given: Mapping[str, Any], *, at: datetime) -> bool:
        """Do it again, in scope. Safe to repeat. Return whether it's done, or about nothing that is here;
        False: a person has to see to it."""


class Columns(Again):
    """A row whose columns tell of it. `when`: the column with the instant, or the day from which it counts.
    `also`: other columns that changed with it. `only`: which rows."""

    model: ClassVar[type[Model]]
    when: ClassVar[str]
    also: ClassVar[tuple[str, ...]] = ()
    only: ClassVar[Q] = Q()

    def rows(self) -> QuerySet[Any]:
        """Return all rows, those that managers hide too."""
        return self.model._base_manager.all()

    def since(self, since: datetime) -> Iterator[Happened]:
        """Return the rows of which that is true, by their column."""
        names = (self.when, *self.also)
        is_instant = isinstance(self.model._meta.get_field(self.when), DateTimeField)
        begin = since if is_instant else local_day(since)
        for row in self.rows().filter(self.only, **{f"{self.when}__gte": begin}).values("pk", *names):
            when = row[self.when]
            # A day begins before what happened on it: its end is later than a backup of that day.
            at = when if is_instant else _end_of(when, since)
            given = {name: row[name] for name in names}
            yield Happened(row["pk"], at, {name: _plain(value) for name, value in given.items()})

    def again(self, number: int, given: Mapping[str, Any], *, at: datetime) -> bool:
        """Set the columns as they were, where the row isn't already like that."""
        fields = {name: self.model._meta.get_field(name) for name in (self.when, *self.also)}
        values = {name: _read(one, given.get(name)) for name, one in fields.items()}
        row = (
            self.rows()
            .select_for_update(of=("self",))
            .filter(pk=number)
            .exclude(**self.stands(values))
            .first()
        )
        if row is not None:
            self.rows().filter(pk=number).update(**values)
            self.afterwards(row, at=at)
            record("restoration.done_again", subject=row, at=at, what=self.key)
        return True

    def stands(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the filter for a row of which it's true already: not set again."""
        return {f"{self.when}__isnull": False} if not self.also else dict(values)

    def afterwards(self, row: Any, *, at: datetime) -> None:
        """Do what goes with it."""


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _read(field: Any, value: Any) -> Any:
    if value is None or not isinstance(field, DateField):
        return value
    return stored_instant(value) if isinstance(field, DateTimeField) else stored_day(value)


def _end_of(day: date, like: datetime) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=like.tzinfo)


_acts: dict[str, Again] = {}


def register(act: Again) -> None:
    """Add a kind of act. Called once, by its room, at start-up."""
    _acts[act.key] = act


def acts() -> list[Again]:
    """Return all kinds of acts, by their keys."""
    return [_acts[key] for key in sorted(_acts)]


def act_of(key: str) -> Again | None:
    """Return the kind with this key; None where this release has none."""
    return _acts.get(key)
