"""What is sought for a request, and what a place answers.

The list of places: those that rooms registered, and one for each other table that is about people, or
has texts about the school's own business, made from the data map with the tables whose rows belong to
its rows.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, datetime, timedelta
from functools import cache, cached_property
from typing import Any

from django.apps import apps
from django.db.models import (
    DateTimeField,
    F,
    ForeignKey,
    Model,
    OneToOneField,
    Q,
    QuerySet,
    TextChoices,
    Value,
)
from django.db.models import Field as ModelField
from django.db.models.fields import TextField
from django.db.models.fields.json import JSONField
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON, begins
from schoolgate.core.data_map import entries
from schoolgate.core.data_map.entries import Kind
from schoolgate.core.models import FederationOwned
from schoolgate.core.rows import Folded, every_word
from schoolgate.core.saying import LABELS, ROOMS, chosen, in_words, label_of
from schoolgate.core.tenancy import current_scope


class Why(TextChoices):
    """Why something was found; the first that applies."""

    ABOUT = "about", _("It is about them")
    WROTE = "wrote", _("They wrote it, or did it")
    NAMED = "named", _("It contains a name or word you entered")


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Whose data is sought. `lines`: names, usernames, email addresses, and words for freedom of information,
    as they were entered; a text fits where it has all words of one of them, in any order.

    `person`, `pupil`: the numbers of their rows, if the office picked one. `since`, `until`: days, included.
    """

    lines: tuple[str, ...] = ()
    person: int | None = None
    pupil: int | None = None
    user: int | None = None
    """The sign-in of that person; filled in where the gathering runs."""
    since: date | None = None
    until: date | None = None
    business: bool = False
    """Whether texts about the school's own business, which are about no one, are sought and read too: for
    freedom of information."""

    @cached_property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The words of each line as they are looked for: lower case, without accents."""
        found = (tuple(every_word(line)) for line in self.lines)
        return tuple(dict.fromkeys(words for words in found if words))

    @property
    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """The first instant of the days sought, and the first after them; None: open on that side."""
        return (
            begins(self.since) if self.since else None,
            begins(self.until + timedelta(days=1)) if self.until else None,
        )

    def within(self, column: str) -> Q:
        """Return the condition that the instant in this column is in the days sought."""
        since, until = self.bounds
        found = Q(**{f"{column}__gte": since}) if since else Q()
        return found & Q(**{f"{column}__lt": until}) if until else found

    def fits(self, texts: Iterable[str]) -> bool:
        """Return whether these texts, taken together, have all words of one of the lines."""
        there = set(every_word(" ".join(texts)))
        return any(there.issuperset(words) for words in self.words)


@dataclass(frozen=True, slots=True)
class Match:
    """One thing that was found, by its number in its place."""

    number: int
    why: Why


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a thing. `part`: names it among the texts of this thing, always the same.

    `said`: what was chosen from a list, in the reader's language; `text` has the same in English. Such a text
    is covered as a whole or not at all.
    """

    part: str
    label: str | Promise
    text: str
    said: Promise | None = None

    @property
    def shown(self) -> str:
        """The text in the language that is active."""
        return self.text if self.said is None else str(self.said)


@dataclass(frozen=True, slots=True)
class File:
    """A file in `core.files`."""

    digest: str
    label: str | Promise


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One thing as it is read: what the answer would have. `others`: names of people in it, as far as rows
    say, for the covering of names."""

    number: int
    title: str | Promise
    at: datetime | None = None
    texts: Sequence[Text] = ()
    files: Sequence[File] = ()
    others: Sequence[str] = field(default_factory=tuple)


class Place(ABC):
    """Where things are found. `code`: in the row of what was found; the table's label in lower case, so
    `code:number` is the thing's name in the record. `room`: its area, by which pages group places."""

    code: str
    room: str
    own_words: Promise | str = ""
    """Where the leads write themselves what the answer says about a thing: what that text is called."""
    business_only: bool = False
    """Whether it has only the school's own business: nothing is found there for a person's data."""

    @property
    def name(self) -> Promise:
        """What its area is called."""
        return ROOMS[self.room]

    @property
    @abstractmethod
    def tables(self) -> frozenset[str]:
        """The labels of the tables that it covers, as the data map has them."""

    @abstractmethod
    def find(self, sought: Sought, *, after: int, limit: int) -> list[Match]:
        """Return the first things with a number above `after`, by number; at most `limit`. Fewer: these are
        all. In the scope of the federation, without a person."""

    @abstractmethod
    def read(self, numbers: Collection[int], sought: Sought) -> list[Piece]:
        """Return these things, by number; what is gone, or was destroyed, is left out."""

    def for_lead(self, numbers: Collection[int]) -> set[int]:
        """Return those of these things that only the safeguarding leads may read and decide on."""
        return set()

    def lead_may_read(self, person: Any, number: int, *, on: date) -> bool:
        """Return whether this safeguarding lead may read a thing that is kept to the leads."""
        return True

    def instead_of_leads(self, number: int, *, on: date) -> frozenset[int]:
        """Return the ids of the people who decide on a thing that may be about each safeguarding lead."""
        return frozenset()

    def find_as_lead(self, person: Any, sought: Sought, *, on: date) -> list[Match]:
        """Return what only this lead's own eyes can find, in their scope; nothing where there is no such
        thing."""
        return []


PERSON, PUPIL, USER = "people.person", "pupils.pupil", "people.user"
FILES = frozenset({"digest", "scan"})
"""Columns with the digest of a file."""
BY_THEM = ("by", "author", "second", "vetter")
"""Links that say who did something; so do those that end in `_by`. All others name who a row is about."""
MADE = ("at", "created_at", "received_at", "reported_at", "written_at", "made_at")
LATER = frozenset({"planned_at", "until", "destroyed_at", "read_at", "tried_at", "warned_at"})
"""Instants that say when something was made, before all others; and those that never do."""
KEPT = ("incidents.", "breaches.", "searches.", "conduct.")
"""How the record names things of which only a few people know: rows about them are left to those."""
RANK = {Why.ABOUT: 0, Why.WROTE: 1, Why.NAMED: 2}
Rows = QuerySet[Any, Any]


OTHER_SUBJECTS = frozenset({"people.SchoolAccount", "people.Permission"})
"""Tables whose column of this name has something else than a thing's name in the record."""
_hides: list[Callable[[], list[str]]] = []


def leave_to_few(hides: Callable[[], list[str]]) -> None:
    """Leave out what is about these things, by their names in the record. Called once, by a room above."""
    _hides.append(hides)


@dataclass(frozen=True)
class Columns:
    """What the data map and the model have about one table. `to_root`: the link to the row it belongs to.

    `open_texts`: texts about no one, and `opened`: all columns about no one. They are public business.
    """

    model: type[Model]
    to_root: str
    about: tuple[tuple[str, str], ...]
    wrote: tuple[str, ...]
    texts: tuple[str, ...]
    open_texts: tuple[str, ...]
    shown: tuple[str, ...]
    opened: frozenset[str]
    files: tuple[str, ...]
    safeguarding: bool

    @property
    def root(self) -> str:
        """The column with the number of the root."""
        return f"{self.to_root}_id" if self.to_root and "__" not in self.to_root else self.to_root or "pk"

    def texts_for(self, sought: Sought) -> tuple[str, ...]:
        """The texts in which words are looked for."""
        return self.texts + self.open_texts if sought.business else self.texts

    def shown_for(self, sought: Sought) -> list[str]:
        """The columns that are read, in the order of the table."""
        return [one for one in self.shown if sought.business or one not in self.opened]


class Table(Place):
    """Rows of a table, each with its parts.

    Args:
        table: the label, as in the data map.
        parts: labels of tables whose rows belong to one of this, each with its link.
        shown: by label, the columns that are read, where that is not all of them.
    """

    def __init__(
        self, table: str, parts: Mapping[str, str] | None = None, *,
        shown: Mapping[str, Collection[str]] | None = None,
    ) -> None:  # fmt: skip
        self.table, self.parts, self.shown = table, dict(parts or {}), dict(shown or {})
        self.code, self.room = table.lower(), table.partition(".")[0]

    @property
    def tables(self) -> frozenset[str]:
        """The table and those of its parts."""
        return frozenset({self.table, *self.parts})

    @cached_property
    def columns(self) -> tuple[Columns, ...]:
        """What is known of each table, the root first."""
        return tuple(
            _columns(table, link, self.shown.get(table))
            for table, link in {self.table: "", **self.parts}.items()
        )

    @property
    def finds_anything(self) -> bool:
        """Return whether a row can be found at all. Where people only ever did something, without any
        words, that is in the record. A table of the installation is found by its links alone."""
        return any(
            one.about or ((one.texts or one.open_texts) and issubclass(one.model, FederationOwned))
            for one in self.columns
        )

    @property
    def rows(self) -> Rows:
        """All rows of the root, those that ordinary pages leave out too."""
        return self.columns[0].model._base_manager.all()

    @cached_property
    def since(self) -> str:
        """The column that says when it was made; "" where there is none."""
        return next(
            (one.name for one in self.columns[0].model._meta.fields if type(one) is DateTimeField), ""
        )

    def find(self, sought: Sought, *, after: int, limit: int) -> list[Match]:
        """Return what is linked to the person, and what names them, by number."""
        found: dict[int, Why] = {}
        for columns in self.columns:
            for why, asked in self.asked(columns, sought):
                rows = self._open(self._of_days(asked, columns, sought), columns)
                rows = rows.filter(**{f"{columns.root}__gt": after})
                numbers = rows.order_by(columns.root).values_list(columns.root, flat=True).distinct()
                for number in numbers[:limit]:
                    if number not in found or RANK[why] < RANK[found[number]]:
                        found[number] = why
        return [Match(number, found[number]) for number in sorted(found)[:limit]]

    def asked(self, columns: Columns, sought: Sought) -> list[tuple[Why, Rows]]:
        """Return which rows of one table are looked for, and why."""
        rows = _here(columns)
        asked: list[tuple[Why, Rows]] = []
        whose = {PERSON: sought.person, PUPIL: sought.pupil, USER: sought.user}
        for column, kind in columns.about:
            if whose[kind] is not None:
                asked.append((Why.ABOUT, rows.filter(**{column: whose[kind]})))
        if sought.person is not None and columns.texts:
            asked += [(Why.WROTE, rows.filter(**{column: sought.person})) for column in columns.wrote]
        return asked + [(Why.NAMED, one) for one in self.naming(columns, sought)]

    def naming(self, columns: Columns, sought: Sought) -> list[Rows]:
        """Return the rows of one table that have all words of a line in their texts."""
        texts = columns.texts_for(sought)
        if not texts or not sought.words or not issubclass(columns.model, FederationOwned):
            return []
        rows = _here(columns).annotate(disclosed=Folded(_joined(texts)))
        fits = Q()
        for words in sought.words:
            of_line = Q()
            for word in words:
                of_line &= Q(disclosed__regex=rf"(^|[^[:alnum:]]){word}($|[^[:alnum:]])")
            fits |= of_line
        return [rows.filter(fits)]

    def _open(self, rows: Rows, columns: Columns) -> Rows:
        """Leave out rows about a thing of which only a few people know."""
        there = {field.name for field in self.columns[0].model._meta.fields}
        link = f"{columns.to_root}__" if columns.to_root else ""
        about = Q()
        if "subject" in there and self.table not in OTHER_SUBJECTS:
            about |= Q(**{f"{link}subject__in": [name for hides in _hides for name in hides()]})
        for column in there & {"subject", "kind"}:
            for begins_with in KEPT:
                about |= Q(**{f"{link}{column}__startswith": begins_with})
        return rows.exclude(about) if about else rows

    def _of_days(self, rows: Rows, columns: Columns, sought: Sought) -> Rows:
        at = f"{columns.to_root}__{self.since}" if columns.to_root else self.since
        return rows.filter(sought.within(at)) if self.since else rows

    def read(self, numbers: Collection[int], sought: Sought) -> list[Piece]:
        """Return the rows with their parts' texts."""
        texts: dict[int, list[Text]] = defaultdict(list)
        files: dict[int, list[File]] = defaultdict(list)
        others: dict[int, list[str]] = defaultdict(list)
        rows = {row.pk: row for row in self.rows.filter(pk__in=numbers) if not _destroyed(row)}
        for columns in self.columns:
            parts: Any = rows.values()
            if columns.to_root:
                given = columns.model._base_manager.filter(**{f"{columns.root}__in": list(rows)})
                parts = given.annotate(of_root=F(columns.root)).order_by("pk")
            for part in parts:
                root = part.of_root if columns.to_root else part.pk
                texts[root] += _texts(part, columns.shown_for(sought))
                files[root] += [
                    File(getattr(part, column), label_of(part._meta.get_field(column)))
                    for column in columns.files
                    if getattr(part, column)
                ]
        for number, names in self.others(list(rows)).items():
            others[number] += names
        return [
            Piece(
                number=number, title=self.title(row), at=getattr(row, self.since) if self.since else None,
                texts=tuple(texts[number]), files=tuple(files[number]), others=tuple(others[number]),
            )
            for number, row in sorted(rows.items())
        ]  # fmt: skip

    def title(self, row: Model) -> str | Promise:
        """Return what one is called, in the language in which it is shown."""
        return format_lazy(getattr(row, "numbered", None) or _("Entry {number}"), number=row.pk)

    def others(self, numbers: Collection[int]) -> Mapping[int, Collection[str]]:
        """Return names of people in these things, as far as their rows say."""
        return {}

    def for_lead(self, numbers: Collection[int]) -> set[int]:
        """Return all where the data map says that the table is about safeguarding."""
        return set(numbers) if any(one.safeguarding for one in self.columns) else set()


def _here(columns: Columns) -> Rows:
    """Return the rows of the federation in scope: also of a table that belongs to the installation."""
    rows = columns.model._base_manager.all()
    if issubclass(columns.model, FederationOwned):
        return rows
    has = any(field.name == "federation" for field in columns.model._meta.fields)
    return rows.filter(federation=current_scope().federation_id) if has else rows


def _columns(table: str, to_root: str, only: Collection[str] | None) -> Columns:
    known = {one.name: one for one in entries.load().fields_of(table)}
    model = apps.get_model(table)
    about: list[tuple[str, str]] = []
    wrote, texts, open_texts, shown, opened, files = [], [], [], [], set(), []
    if model._meta.label_lower in (PERSON, PUPIL, USER):
        about.append(("pk", model._meta.label_lower))
    for column in model._meta.fields:
        said = known.get(column.name)
        if said is None or said.kind in (Kind.SECRET, Kind.TECHNICAL):
            continue
        of = column.related_model._meta.label_lower if isinstance(column, ForeignKey | OneToOneField) else ""
        is_text = said.kind in (Kind.CONTACT, Kind.CONTENT) and _is_text(column)
        if not said.whose:
            if not of and column.name not in FILES and not column.name.endswith("_ref"):
                shown.append(column.name)
                opened.add(column.name)
                open_texts += [column.name] if is_text else []
        elif of == PERSON and (column.name in BY_THEM or column.name.endswith("_by")):
            wrote.append(column.name)
        elif of in (PERSON, PUPIL, USER):
            about.append((column.name, of))
        elif column.name in FILES:
            files.append(column.name)
        elif of or column.name.endswith("_ref"):
            continue
        else:
            shown.append(column.name)
            texts += [column.name] if is_text else []
    # The data map has the links to pupils and sign-ins among what is technical.
    for column in model._meta.fields:
        of = column.related_model._meta.label_lower if isinstance(column, ForeignKey) else ""
        if of in (PUPIL, USER) and (column.name, of) not in about:
            about.append((column.name, of))
    return Columns(
        model, to_root, tuple(about), tuple(wrote), tuple(texts), tuple(open_texts),
        tuple(one for one in shown if only is None or one in only), frozenset(opened), tuple(files),
        any(one.kind is Kind.SAFEGUARDING for one in known.values()),
    )  # fmt: skip


def _is_text(field: ModelField[Any, Any]) -> bool:
    return not field.choices and field.get_internal_type() in {
        "CharField", "TextField", "EmailField", "JSONField", "ArrayField", "GenericIPAddressField",
    }  # fmt: skip


def _joined(columns: Collection[str]) -> Any:
    parts: list[Any] = []
    for column in columns:
        parts += [Coalesce(Cast(column, TextField()), Value(""), output_field=TextField()), Value(" ")]
    return Concat(*parts, output_field=TextField())


def _texts(row: Model, columns: Collection[str]) -> list[Text]:
    found = []
    for column in columns:
        field = row._meta.get_field(column)
        part, label = f"{row._meta.label_lower}:{row.pk}:{column}", label_of(field)
        if (said := chosen(row, field)) is not None:
            found.append(Text(part, label, str(said), said))
        elif text := _as_text(row, field):
            found.append(Text(part, label, text, in_words(row, field)))
    return found


def _as_text(row: Model, field: Any) -> str:
    value = getattr(row, field.attname)
    if value is None or value in ("", [], {}):
        return ""
    shows: Callable[[], Any] | None = getattr(row, f"get_{field.name}_display", None)
    if shows is not None:
        return str(shows())
    if isinstance(value, datetime):
        if value.year == MAXYEAR:  # "never", as a column that rows are sorted by has it
            return ""
        return value.astimezone(LONDON).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    if isinstance(field, JSONField) or isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, indent=1, default=str)
    return str(value)


def _destroyed(row: Model) -> bool:
    return getattr(row, "destroyed_at", None) is not None


_own: dict[str, Place] = {}

BY_PERSON = {
    "accounts.FakeNote": "Sealed: what was reported of a fake account is read with its report.",
    "breaches.Breach": "A breach is found by who opened it only; its readers search it (see below).",
    "breaches.Content": "Sealed for the people who deal with the breach: they look themselves.",
    "breaches.Reader": "Who deals with a breach stays with them.",
    "breaches.Step": "Steps in a breach stay with the people who deal with it.",
    "conduct.KeptAnswer": "Sealed for the person alone: they read their answers on their own page.",
    "conduct.Removal": "Sealed for the person and who told them: they read it on their own page.",
    "searches.Candidate": "Sealed for the panel: its members look themselves.",
    "searches.CheckCopy": "Sealed for the people of the check: they look themselves.",
    "searches.CopyUsed": "Sealed for the people of the check: they look themselves.",
    "searches.PanelMember": "Who is on a panel stays with the panel.",
    "searches.SystemCheck": "Sealed for the people of the check: they look themselves.",
    "searches.Vacancy": "Stays with the panel: its members look themselves.",
}
"""Tables that a job can't search, because only named people may read them: those people look by hand."""
NOT_SEARCHED = {
    "account.EmailConfirmation": "A secret of an address that is being proved.",
    "accounts.Archive": "The file of an account: its posts are found themselves.",
    "accounts.PagePicture": "Pictures of an account's own page: a person looks.",
    "core.Hold": "Who placed a ban is in the record.",
    "core.InstallationStop": "Who stopped posting is in the record.",
    "core.Restoration": "Who released a restored installation is a matter of the machine.",
    "core.Stop": "Who stopped posting is in the record.",
    "core.VaultSecret": "Sealed texts are opened through the rows that they belong to.",
    "inbox.ItemWord": "The index of words of comments, which are found themselves.",
    "mfa.Authenticator": "A secret of signing in.",
    "notices.CaughtMail": "Mails of an installation that is being tried out.",
    "notices.SignInMail": "Mails for signing in: an address until its mail is sent, and nothing else.",
    "publishing.PastWord": "The index of words of old posts, which are found themselves.",
    "rights.Answer": "Answers to requests for data: the person has them.",
    "rights.Covered": "Work on requests for data.",
    "rights.Found": "Work on requests for data.",
    "rights.Gathering": "Work on requests for data.",
    "rights.Request": "Requests for data themselves: the person has what they sent.",
    "rights.Step": "Work on requests for data.",
    "sessions.Session": "A secret of signing in.",
}
"""Tables that no request has to search, and why."""


def register(place: Place) -> None:
    """Add a place of a room's own. Called once, by its room, at start-up."""
    _own[place.code] = place
    _all.cache_clear()


def places() -> dict[str, Place]:
    """Return all places by their codes, always in the same order."""
    return _all()


def names_of_columns() -> set[str]:
    """Return the English names that Django made for columns which are read for an answer."""
    tables = [one for place in places().values() if isinstance(place, Table) for one in place.columns]
    fields: list[Any] = [
        one.model._meta.get_field(name) for one in tables for name in (*one.shown, *one.files)
    ]
    return {
        str(capfirst(field.verbose_name))
        for field in fields
        if field.name not in LABELS and not isinstance(field.verbose_name, Promise)
    }


@cache
def _all() -> dict[str, Place]:
    covered = {table for place in _own.values() for table in place.tables} | {*BY_PERSON, *NOT_SEARCHED}
    rest = [
        Table(table)
        for table, said in entries.load().tables.items()
        if table not in covered
        and any(
            one.whose or one.kind is Kind.CONTENT for one in said.field_list(table, entries.load().endings)
        )
    ]
    found = {place.code: place for place in [*_own.values(), *(one for one in rest if one.finds_anything)]}
    return dict(sorted(found.items()))
