"""Kinds of records that are destroyed when their time is over: each room registers its own, most of them
declared as a `Row`, which stays emptied or goes, with what hangs on it.

How long a kind is kept unless the federation says otherwise is in `data_map/endings.yaml`, once, under
the kind's first ending; the data map gives the tables that go with it. The room `records` runs the
destruction: a room only says what is due, and takes it away when it is told to.

What a restore has to do again: each room says which of its acts may not be forgotten, where its rows tell
of them, and how it's done again. The journal beside the backups (`core.backups.journal`) carries it.

What only ever takes away (a no, a take-down, a role that ended) is done again by the program. What gives
something back is left to a person.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    DateField,
    DateTimeField,
    F,
    Model,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.clock import local_day
from schoolgate.core.data_map import entries
from schoolgate.core.days import stored_day, stored_instant
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.subjects import number_of

SIX_YEARS = _(
    "Our suggestion: six years, in which most claims must be made (Limitation Act 1980, sections 2 and 5)."
)
"""Why many kinds are kept for 72 months unless the federation says otherwise."""
NO_SOURCE = _("Our suggestion: six years. No law or schedule that we found sets a number.")
"""Why kinds are kept for 72 months about which no source says anything."""


class Area(TextChoices):
    """Where people look for a kind of records."""

    POSTS = "posts", _("Posts")
    INBOX = "inbox", _("Comments, messages and press")
    ACCOUNTS = "accounts", _("Accounts and other sites")
    PEOPLE = "people", _("People and pupils")
    LAW = "law", _("Concerns, requests and decisions")


class Public(StrEnum):
    """Where copies of a kind may be public, and where they go when one is erased."""

    NOWHERE = "nowhere"
    FIRST = "first"
    """It isn't erased while a copy is public (`due`, `needed`): `first` says what to take down."""
    WITH = "with"
    """Its public copies here go with it (`take_down`)."""
    THEIRS = "theirs"
    """Others have copies that we can't reach: `stays` says so."""


class Kind(ABC):
    """A kind of records in the words of a school. A room fills in what is its own.

    `key`: in the certificate; `number`: names the kind where a hold is placed on all of it. `counted`: from
    which day the period counts. `goes` and `stays`: what destroying takes away, and what it leaves.
    `because`: why the default is as it is. `first`: what has to be over before one is erased. `held_with`:
    kinds whose hold keeps this one too.
    """

    key: ClassVar[str]
    number: ClassVar[int]
    area: ClassVar[Area]
    endings: ClassVar[tuple[str, ...]]
    name: ClassVar[Promise]
    thing: ClassVar[Promise]
    """What one of them is called where a hold is placed on it by its number."""
    counted: ClassVar[Promise]
    goes: ClassVar[Promise]
    stays: ClassVar[Promise]
    because: ClassVar[Promise]
    first: ClassVar[Promise]
    held_with: ClassVar[tuple[str, ...]] = ()
    public: ClassVar[Public]
    lead_decides: ClassVar[bool] = False
    """Whether only a designated safeguarding lead sets its period, starts it and erases one."""
    confined_to: ClassVar[str] = ""
    """The name of its things in the record, as `incidents.report`, where only some people may know of each:
    no one else is shown how many are due or gone, or that there is one of a number."""

    @property
    def subject(self) -> str:
        """The name under which a hold keeps the whole kind."""
        return f"records.kind:{self.number}"

    @property
    def months(self) -> int:
        """How many months it is kept unless the federation says otherwise."""
        months = entries.load().endings[self.endings[0]].months
        if months is None:
            raise LookupError(f"{self.endings[0]} has no months")
        return months

    @property
    def tables(self) -> list[str]:
        """The labels of the tables with a field that goes with this kind, as the data map says."""
        return sorted({one.table for one in entries.load().fields() if one.ends in self.endings})

    @abstractmethod
    def due(self, before: datetime, *, at: datetime) -> QuerySet[Any]:
        """Return what counts from before that instant and nothing here needs any more, oldest first. Holds
        are not looked at. Rows have `since`."""

    @abstractmethod
    def unheld(self, rows: QuerySet[Any], held: Sequence[str]) -> QuerySet[Any]:
        """Return those of the rows that no hold on one of these subjects keeps."""

    @abstractmethod
    def subject_of(self, pk: int) -> str:
        """Return the name of one for a hold. Raises NotFound where there is none, or it was destroyed."""

    @abstractmethod
    def rows_of(self, pk: int) -> QuerySet[Any]:
        """Return the rows that go where the one with this number, as people know it, is erased."""

    def second_people(self, pk: int, *, by: Any, on: date) -> list[Any]:
        """Return the people who can agree to erase the one with this number, where `by` may not erase it
        alone; none: no second one is needed."""
        return []

    def called(self, pk: int) -> str:
        """Return what one is called on the page that erases it."""
        return f"{self.thing} {pk}"

    @abstractmethod
    def still_needed(self, pks: Sequence[int]) -> set[int]:
        """Lock these, and return which of them are needed after all, or are in use at this moment."""

    @abstractmethod
    def destroy(self, pks: Sequence[int], *, at: datetime) -> list[str]:
        """Take these away; return the digests of files that go with them. In the transaction of the
        certificate."""

    def take_down(self, pks: Sequence[int], *, at: datetime) -> None:
        """Take down what of these is public here. Before `destroy`, in the same transaction."""
        if self.public is Public.WITH:
            raise TypeError(f"{self.key} is public, and says nothing of how it's taken down")

    def needs_file(self, digest: str) -> bool:
        """Return whether a row of this room still needs a file."""
        return False


_kinds: dict[str, Kind] = {}
Needs = Callable[[Sequence[int]], set[int]]
_needs: dict[str, list[Needs]] = {}
ByName = Callable[[Sequence[str]], set[str]]
_subjects: list[ByName] = []


def register(kind: Kind) -> None:
    """Add a kind. Called once, by its room, at start-up."""
    _kinds[kind.key] = kind


def kinds() -> list[Kind]:
    """Return all kinds, in the order of their numbers."""
    return sorted(_kinds.values(), key=lambda one: one.number)


def kind_of(key: str) -> Kind | None:
    """Return the kind with this key; None where no room has it."""
    return _kinds.get(key)


def need(key: str, needs: Needs) -> None:
    """Have a room above keep what it needs of a kind. Called once, by that room, at start-up.

    `needs`: returns which of these rows something in that room, which is still open, is about.
    """
    _needs.setdefault(key, []).append(needs)


def needed(key: str, pks: Sequence[int]) -> set[int]:
    """Return those of these rows of a kind that a room above needs still."""
    return {pk for needs in _needs.get(key, []) for pk in needs(pks)}


def by_name(place: str, needs: ByName) -> Needs:
    """Return `needs`, which knows rows by their names, as `need` takes it for the rows of a place."""
    return lambda pks: {number_of(name) for name in needs([f"{place}:{pk}" for pk in pks])}


def need_subjects(needs: ByName) -> None:
    """Have a room keep what it needs, by its name. Called once, by that room, at start-up.

    `needs`: returns which of these names, as `publishing.post:417`, something open in that room is about.
    """
    _subjects.append(needs)


def subjects_needed(names: Sequence[str]) -> set[str]:
    """Return those of these names that something open in any room is about."""
    return {one for needs in _subjects for one in needs(names)}


def still_about(place: str, pks: Iterable[int]) -> set[int]:
    """Return those of the rows of a place, as `publishing.post`, that something open in any room is about."""
    return by_name(place, subjects_needed)(list(pks))


Forgets = Callable[[Sequence[str]], None]
_forgets: list[Forgets] = []


def forget_with(forgets: Forgets) -> None:
    """Have a room empty what its rows say about things of other rooms, once they are destroyed. Called once,
    by that room, at start-up.

    `forgets`: takes the names of what is being destroyed, in the transaction of the certificate.
    """
    _forgets.append(forgets)


def forget(names: Sequence[str]) -> None:
    """Have every room empty what it says about what is being destroyed."""
    for forgets in _forgets:
        forgets(names)


def digest_of(pks: Iterable[int]) -> str:
    """Return the digest of the numbers that a certificate names."""
    return hashlib.sha256(",".join(map(str, sorted(pks))).encode()).hexdigest()


@dataclass(frozen=True)
class Part:
    """Rows that go, or are emptied, with the one that they hang on.

    `to`: the lookup from them to its number; with `by_subject` to its name. `empties`: what their columns
    become; None: the rows go. `sealed`: columns with references into the vault, which are forgotten. `files`:
    columns with digests of files in the store.
    """

    model: type[Model]
    to: str
    empties: Mapping[str, Any] | None = None
    sealed: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    by_subject: bool = False


@dataclass(frozen=True)
class Row:
    """The row itself: `over` says what is finished, `since` is the column from which the period counts, or
    several: the first that has something.

    `empties`: what its columns become, beside `destroyed_at`; None: the row goes.
    """

    model: type[Model]
    over: Q
    since: str | tuple[str, ...]
    empties: Mapping[str, Any] | None = None
    sealed: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    parts: tuple[Part, ...] = field(default=())


class Declared(Kind):
    """A kind told by its `row` alone."""

    row: ClassVar[Row]

    @property
    def begins(self) -> str:
        """What the name of one begins with in the record."""
        return f"{self.row.model._meta.label_lower}:"

    def here(self) -> QuerySet[Any]:
        """Return all that weren't destroyed."""
        rows: QuerySet[Any] = self.row.model._base_manager.all()
        return rows if self.row.empties is None else rows.filter(destroyed_at=None)

    def due(self, before: datetime, *, at: datetime) -> QuerySet[Any]:
        """Return what was over before that instant, oldest first."""
        since = self.row.since
        if isinstance(since, tuple):
            days = [Cast(one, DateTimeField()) for one in since]
            rows: QuerySet[Any] = self._over().annotate(since=Coalesce(*days) if days[1:] else days[0])
            return rows.filter(since__lt=before).order_by("since", "pk")
        rows = self._over()
        if isinstance(self.row.model._meta.get_field(since), DateTimeField):
            rows = rows.filter(**{f"{since}__lt": before}).annotate(since=F(since))
        else:
            last = min(local_day(before - timedelta(microseconds=1)), local_day(at))
            rows = rows.filter(**{f"{since}__lte": last})
            rows = rows.annotate(since=Cast(since, DateTimeField()))
        return rows.order_by(since, "pk")

    def _over(self) -> QuerySet[Any]:
        return self.here().filter(self.row.over)

    def unheld(self, rows: QuerySet[Any], held: Sequence[str]) -> QuerySet[Any]:
        """Leave out those that a ban names."""
        return rows.exclude(pk__in=[number_of(one) for one in held if one.startswith(self.begins)])

    def subject_of(self, pk: int) -> str:
        """Return the name of one that is still here."""
        if not self.rows_of(pk).exists():
            raise NotFound(_("Nothing of this kind is stored under this number."), _("Check the number."))
        return f"{self.begins}{pk}"

    def rows_of(self, pk: int) -> QuerySet[Any]:
        """Return the one row."""
        return self.here().filter(pk=pk)

    def still_needed(self, pks: Sequence[int]) -> set[int]:
        """Lock them; return those in use at this moment, and those that something open is about."""
        locked = self._over().select_for_update(skip_locked=True, of=("self",)).filter(pk__in=pks)
        free = sorted(locked.values_list("pk", flat=True))
        place = self.row.model._meta.label_lower
        return set(pks) - set(free) | needed(self.key, free) | still_about(place, free)

    def destroy(self, pks: Sequence[int], *, at: datetime) -> list[str]:
        """Take away what hangs on them, then empty or remove them; return the digests of their files."""
        head = self.row.model._base_manager.filter(pk__in=list(pks))
        digests = [one for one in _values(head, self.row.files) if one]
        names = [f"{self.begins}{pk}" for pk in pks]
        with beyond_readers():
            for part in self.row.parts:
                rows = part.model._base_manager.filter(
                    **{f"{part.to}__in": names if part.by_subject else list(pks)}
                )
                digests += [one for one in _values(rows, part.files) if one]
                _take(rows, part.empties, part.sealed)
        stays = None if self.row.empties is None else {**self.row.empties, "destroyed_at": at}
        _take(head, stays, self.row.sealed)
        return digests

    def needs_file(self, digest: str) -> bool:
        """Return whether a row that is still here has this file."""
        ours: tuple[Row | Part, ...] = (self.row, *self.row.parts)
        return any(
            one.model._base_manager.filter(**{name: digest}).exists() for one in ours for name in one.files
        )


NUMBERED = Concat(Value("#"), Cast("pk", CharField()))
"""What takes the place of a name by which people know a row: its number."""


def check_not_destroyed(row: Any) -> None:
    """Raise NotNow where what people wrote in a row was destroyed: it is over for good."""
    if row.destroyed_at is not None:
        raise NotNow(_("What was written here was destroyed."), _("Start a new one instead."))


def unless_empty(column: str) -> Case:
    """Return what empties a column of words that must not be empty where it has some."""
    return Case(When(**{column: "", "then": Value("")}), default=Value("-"))


@contextmanager
def beyond_readers() -> Iterator[None]:
    """Reach rows that only their own readers see, to destroy them, as a backup reads them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('schoolgate.copying', 'all', true)")
        try:
            yield
        finally:
            cursor.execute("SELECT set_config('schoolgate.copying', '', true)")


def _values(rows: QuerySet[Any], columns: Sequence[str]) -> Iterator[Any]:
    for column in columns:
        yield from rows.values_list(column, flat=True)


def _take(rows: QuerySet[Any], empties: Mapping[str, Any] | None, sealed: Sequence[str]) -> None:
    refs = [one for one in _values(rows, sealed) if one is not None]
    if empties is None:
        rows.delete()
    elif empties:
        rows.update(**empties)
    vault.forget_all(refs)


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


def do_again(act: Again) -> None:
    """Add a kind of act. Called once, by its room, at start-up."""
    _acts[act.key] = act


def acts() -> list[Again]:
    """Return all kinds of acts, by their keys."""
    return [_acts[key] for key in sorted(_acts)]


def act_of(key: str) -> Again | None:
    """Return the kind with this key; None where this release has none."""
    return _acts.get(key)
