"""Read a thing once, however often it's asked for, until something is written; a statement written once;
and what belongs to a row, read once for all rows that were read together.

What was read lasts no longer than its scope, so every request decides afresh. It's forgotten as soon as
the scope writes anything at all, takes a lock, or calls a function of the database that may do either
(`Scope.wrote`), and every action begins by knowing nothing: it decides by what it has read itself.

Writing a statement takes Django several times as long as the server takes to answer it, and every page
asks the same few (`FixedQuery`): there nothing is remembered, and each time the database is asked. What a
page is sure to ask it can ask in one go (`ask_together`), and each question then finds its answer, until
something is written.
`prefetch_related` reads everything that a page might show, each time; an action that hands on a row with
ten relations would send ten statements that no one needs.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, Final, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import ManyToOneRel, Model, Prefetch, QuerySet, prefetch_related_objects
from django.db.models.query import get_related_populators
from psycopg.pq import Format

from schoolgate.core.tenancy import current_scope, in_scope

M = TypeVar("M", bound=Model)
A_NUMBER: Final = -(2**40)
A_DAY: Final = date(1901, 1, 1)
AN_INSTANT: Final = datetime(1901, 1, 1, tzinfo=UTC)
A_TEXT: Final = "\x01"
"""Values of no meaning: each stands in a question for what is given when it is asked."""


class Written:
    """A statement with values of no meaning, filled in each time."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        # Django raises for a query that it knows to be empty, unless told not to
        self.compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False)
        self.statement, self._given = self.compiler.as_sql()

    def filled(self, given: Mapping[object, Any]) -> tuple[Any, ...]:
        """Return the statement's values, with these instead of those of no meaning."""
        return tuple(given.get(one, one) for one in self._given)

    def values(self, given: Mapping[object, Any]) -> list[tuple[Any, ...]]:
        """Return what the database answers, with these values instead of those of no meaning. One query; none
        for what was asked together with others."""
        filled = self.filled(given)
        answers = _answers().get(self) if in_scope() else None
        if answers and filled in answers:
            return list(answers[filled])
        with connection.cursor() as cursor:
            cursor.execute(self.statement, filled)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


class FixedQuery(Generic[M]):
    """Which rows a query finds, with what it reads along (`select_related`, `annotate`)."""

    def __init__(self, rows: QuerySet[M, Any]) -> None:
        self.written = Written(rows)
        compiler = self.written.compiler
        kind: dict[str, Any] = compiler.klass_info
        fields = kind["select_fields"]
        self._model: type[M] = kind["model"]
        self._first, self._end = fields[0], fields[-1] + 1
        self._names = [each[0].target.attname for each in compiler.select[self._first : self._end]]
        # what the types of Django 6 want isn't there yet
        self._beside = get_related_populators(kind, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
        self._more: dict[str, int] = compiler.annotation_col_map
        self._converters = compiler.get_converters([each[0] for each in compiler.select]).items()

    def ask(self, given: Mapping[object, Any]) -> list[M]:
        """Return the rows, with these values instead of those of no meaning. One query."""
        return [self._row(list(values)) for values in self.written.values(given)]

    def _row(self, values: list[Any]) -> M:
        for place, (converters, expression) in self._converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        found = self._model.from_db(DEFAULT_DB_ALIAS, self._names, values[self._first : self._end])
        for each in self._beside:
            each.populate(values, found)
        for name, place in self._more.items():
            setattr(found, name, values[place])
        return found


Question = tuple[FixedQuery[Any] | Written, Mapping[object, Any]]
"""Something to ask, with the values that stand instead of those of no meaning."""


def ask_together(*questions: Question) -> None:
    """Ask in one statement what a page is about to ask one by one; not where nothing is remembered, and not
    what is known already."""
    if not in_scope() or current_scope().reads is None:
        return
    known = _answers()
    asked: dict[tuple[Written, tuple[Any, ...]], None] = {}
    for question, given in questions:
        written = question if isinstance(question, Written) else question.written
        filled = written.filled(given)
        if filled not in known.get(written, ()):
            asked[written, filled] = None
    if not asked:
        return
    with connection.cursor() as cursor:
        cursor.cursor.format = Format.BINARY  # as text, rows within a row have no types
        cursor.execute(
            _joined(tuple(written for written, _filled in asked)),
            [value for _written, filled in asked for value in filled],
        )
        answers = cursor.fetchone()
    for (written, filled), rows in zip(asked, answers, strict=True):
        known.setdefault(written, {})[filled] = rows


_TOGETHER: Final = "core.asked_together"


def _answers() -> dict[Written, dict[tuple[Any, ...], list[tuple[Any, ...]]]]:
    """Return what was asked together in this scope and still holds."""
    reads = current_scope().reads
    found = {} if reads is None else reads.setdefault(_TOGETHER, {})
    return cast("dict[Written, dict[tuple[Any, ...], list[tuple[Any, ...]]]]", found)


@lru_cache(maxsize=500)
def _joined(questions: tuple[Written, ...]) -> str:
    parts = (f"ARRAY(SELECT of_it FROM ({each.statement}) of_it)" for each in questions)  # noqa: S608 - ours
    return f"SELECT {', '.join(parts)}"


T = TypeVar("T")


def remember_reads() -> None:
    """Remember what `read_once` reads between the scope's writes, outside its actions too: a page asks for
    the same thing in many places."""
    current_scope().reads = {}


def read_once(key: Hashable, read: Callable[[], T]) -> T:
    """Return what `read` gives or, in a page and in an action, what it gave for this key since something was
    written last.

    The result is shared: don't change it. `key` begins with the name of what is read and has everything that
    the answer depends on, but for the federation and the person in scope.
    """
    known = current_scope().reads if in_scope() else None
    if known is None:
        return read()
    if key not in known:
        written = current_scope().writes
        found = read()
        if current_scope().writes != written:
            return found  # it isn't only reading
        known[key] = found
    return cast("T", known[key])


Parts = Mapping[str, "Callable[[], str | Prefetch[Any]]"]


def with_parts(rows: Iterable[M], parts: Parts) -> list[M]:
    """Return the rows; `row.name.all()` reads the part `name` of all of them when it is first asked for.

    `parts`: for each relation what gives its prefetch. Raises NoScope where a part is first asked for outside
    the scope.
    """
    found = list(rows)
    shared = _Together(found, parts)
    for row in found:
        vars(row)["_prefetched_objects_cache"] = _Parts(shared)  # where Django looks
    return found


def with_all_parts(rows: Iterable[M], parts: Parts) -> list[M]:
    """Return the rows with all their parts, as they are now."""
    found = with_parts(rows, parts)
    for name in parts if found else ():
        getattr(found[0], name).all()
    return found


@dataclass
class _Together:
    """Rows that were read together. `reading`: the parts that are being read at this moment."""

    rows: Sequence[Model]
    parts: Parts
    reading: set[str] = field(default_factory=set)


class _Parts(dict[str, Any]):
    """The relations of one row that have been read; Django looks a relation up here first."""

    def __init__(self, together: _Together) -> None:
        super().__init__()
        self._together = together

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy elsewhere has what was read, and reads nothing more by itself."""
        return dict, (dict(self),)

    def __missing__(self, name: str) -> Any:
        together = self._together
        part = together.parts[name]
        if name in together.reading:  # Django asks on its way, and expects to be told that it isn't there
            raise KeyError(name)
        current_scope()
        together.reading.add(name)
        try:
            if len(together.rows) == 1 and (alone := _of_one_row(type(together.rows[0]), name, part)):
                self[name] = alone.read(together.rows[0])
            else:
                prefetch_related_objects(together.rows, part())
        finally:
            together.reading.discard(name)
        return self[name]


@dataclass(frozen=True)
class _OfOneRow:
    """A part of a single row: its statement is written once, as most pages and actions are about one row."""

    name: str
    rows: QuerySet[Any, Any]
    back: str
    asked: FixedQuery[Any]
    along: tuple[Any, ...]
    """What is read along with the rows that are found, as Django does."""

    def read(self, row: Model) -> QuerySet[Any, Any]:
        found = self.asked.ask({A_NUMBER: row.pk})
        for each in found:
            setattr(each, self.back, row)
        if found and self.along:
            prefetch_related_objects(found, *self.along)
        answer: Any = self.rows.filter(**{self.back: row})
        answer._result_cache, answer._prefetch_done = found, True  # noqa: SLF001 - as Django's prefetch does
        given: QuerySet[Any, Any] = answer
        return given


@cache
def _of_one_row(model: type[Model], name: str, part: Callable[[], str | Prefetch[Any]]) -> _OfOneRow | None:
    """Return how a part is read for a single row; None where it's no relation of rows that name it."""
    given = part()
    path = given.prefetch_through if isinstance(given, Prefetch) else given
    rows = given.queryset if isinstance(given, Prefetch) else None
    first, _, then = path.partition("__")
    relation = model._meta.get_field(first) if first == name else None
    if not isinstance(relation, ManyToOneRel) or relation.one_to_one or (rows is not None and then):
        return None
    if rows is None:
        rows = relation.related_model._default_manager.all()
    back = relation.field.name
    asked = FixedQuery(rows.filter(**{back: A_NUMBER}))
    along = (then,) if then else rows._prefetch_related_lookups  # type: ignore[attr-defined]  # noqa: SLF001
    return _OfOneRow(name, rows, back, asked, along)
