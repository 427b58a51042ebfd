"""Kinds of records that a room declares instead of writing: which rows, from which day, what goes with them.

Enough for whatever has a row that stays emptied, or goes, and rows that hang on it. What needs more is a
`retention.Kind` of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import connection
from django.db.models import Case, CharField, DateTimeField, F, Model, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.retention import Kind, needed, still_about
from schoolgate.core.subjects import number_of


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
