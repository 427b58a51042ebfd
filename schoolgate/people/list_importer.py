"""One importer for every kind of list: upload, explain, preview, apply or drop. A kind of list declares its
rows, columns, checks and action in an `Importer`; the steps are the same for all.

Its lines are sealed in the federation's store from the upload to the confirmation. That is file work:
call it before a scope is opened, or once it is closed.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import chain, count
from typing import Any, Generic, NamedTuple, TypeVar

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core import files, vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import Federation, School
from schoolgate.core.moves import move
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.core.vault import CannotOpen, also_sealed
from schoolgate.people.list_cells import ListMessage, Meaning, digest_of, headings_of, shape_of, table_of
from schoolgate.people.models import (
    FILE_LASTS,
    IMPORT_MOVES,
    BroughtList,
    ImportState,
    ListMapping,
    Outcome,
    Person,
)
from schoolgate.people.sheets import MOST_ROWS, Hidden, Line, Sheet, read_sheet, too_many, write_csv


@dataclass(kw_only=True)
class PlannedLine:
    """One line: what is wrong with it, what would change, what is worth knowing.

    `address`: by which its thing is known, such as an email address; `pk` of what is here already; `asks`:
    what a person has to say yes to before it is taken.
    """

    number: int
    name: str
    address: str
    pk: int | None = None
    is_new: bool = False
    passed_over: bool = False
    wrong: list[ListMessage] = field(default_factory=list)
    asks: list[ListMessage] = field(default_factory=list)
    changes: list[ListMessage] = field(default_factory=list)
    notes: list[ListMessage] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """Return its outcome."""
        if self.wrong:
            return Outcome.REFUSED
        if self.passed_over:
            return Outcome.PASSED_OVER
        if self.is_new:
            return Outcome.NEW
        return Outcome.CHANGED if self.changes else Outcome.SAME

    @property
    def said(self) -> list[ListMessage]:
        """Return all messages about it: errors first; questions and what would change only where there are
        none."""
        return [*self.wrong, *([] if self.wrong else [*self.asks, *self.changes]), *self.notes]

    def plain(self) -> list[object]:
        """Return it as JSON data, the same in every language."""
        said = [one.plain() for one in self.said]
        return [self.number, self.name, self.address, str(self.outcome), said]


@dataclass(frozen=True)
class Missing:
    """Something that is here and not in the list; nothing happens to it."""

    pk: int
    name: str


@dataclass(frozen=True, kw_only=True)
class ListPlan:
    """All lines in their order. `counts`: lines by outcome, and what there is before and after; `seen`: a
    digest of all that is shown of it, whatever the language; `unknown`: the words that are not explained."""

    lines: Sequence[PlannedLine]
    counts: Mapping[str, int]
    seen: str
    missing: Sequence[Missing] = ()
    unknown: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        """Return how many lines cannot be taken."""
        return self.counts[Outcome.REFUSED]

    @property
    def asked(self) -> Sequence[PlannedLine]:
        """Return the lines that a person has to say yes to."""
        return [line for line in self.lines if line.asks and not line.wrong]

    @property
    def changes(self) -> bool:
        """Return whether anything would be written at all."""
        return bool(self.counts[Outcome.NEW] or self.counts[Outcome.CHANGED])


def counted(lines: Sequence[PlannedLine]) -> dict[str, int]:
    """Return the lines by outcome."""
    outcomes = Counter(line.outcome for line in lines)
    return {str(outcome): outcomes[outcome] for outcome in Outcome}


def seen_of(
    lines: Sequence[PlannedLine], counts: Mapping[str, int], meaning: Meaning, content: str, *more: Any
) -> str:
    """Return the digest of a plan, and of what more its kind of list shows or writes."""
    plain = [line.plain() for line in lines]
    return digest_of([content, meaning.plain(), plain, sorted(counts.items()), *more])


def report_of(plan: ListPlan, *, name: Text, address: Text) -> bytes:
    """Return a CSV file in the active language: a line for each line of the list, then what is here and not
    in it.

    `name` and `address` are the heads of these columns.
    """
    return write_csv(_rows(plan, str(name), str(address)))


def _rows(plan: ListPlan, name: str, address: str) -> Iterator[Sequence[object]]:
    yield gettext("Row"), name, address, gettext("Result"), gettext("Why")
    for line in plan.lines:
        why = " ".join(str(one) for one in line.said)
        yield line.number, line.name, line.address, line.outcome.label, why
    for one in plan.missing:
        yield "", one.name, "", gettext("Not in the list"), gettext("No change.")


SEALED = "application/octet-stream"
TOO_SHORT = _("The list needs a row of headings, and a row for each person below.")


@dataclass(frozen=True)
class KeptList:
    """A list that was read and stored. `file`: where its lines are; `content`: digest of the upload."""

    file: str
    content: str
    shape: str
    sheet: Sheet


@dataclass(frozen=True)
class Shape:
    """How the lists of one kind are read.

    Attributes:
        most_rows: lines of a list, its headings included.
        too_short: what is said where no line follows the headings.
        known: headings that such lists have, as `same_word` writes them.
        tidy: makes one line a thing, where a system writes several; it reads at most `most_written` lines.
    """

    most_rows: int = MOST_ROWS
    too_short: Text = TOO_SHORT
    known: Collection[str] = ()
    tidy: Callable[[Sheet], Sheet] = lambda sheet: sheet
    most_written: int = MOST_ROWS


def keep_list(content: bytes, *, federation_id: int, of: Shape | None = None) -> KeptList:
    """Read the upload and store its lines, sealed. Raises BadInput on `file`."""
    of = of or Shape()
    read = read_sheet(content, most_rows=max(of.most_rows, of.most_written))
    return keep_sheet(read, hashlib.sha256(content).hexdigest(), federation_id=federation_id, of=of)


def keep_sheet(read: Sheet, content: str, *, federation_id: int, of: Shape) -> KeptList:
    """Store the lines of a list, sealed. `content`: digest of what it was read from. Raises BadInput on
    `file`."""
    sheet = of.tidy(table_of(read, of.known))
    if len(sheet.lines) > of.most_rows:
        raise too_many(of.most_rows)
    shape = shape_of(headings_of(sheet, too_short=of.too_short))
    said = asdict(sheet) | {"lines": [[line.number, line.cells] for line in sheet.lines]}
    sealed = vault.seal(json.dumps(said, ensure_ascii=False)).encode()
    stored = files.keep(sealed, SEALED, federation_id=federation_id)
    return KeptList(stored.digest, content, shape, sheet)


def read_list(file: str, *, federation_id: int) -> Sheet:
    """Return the lines that `keep_list` stored. Raises NotFound where they are gone."""
    said = json.loads(vault.unseal(files.read(file, federation_id=federation_id).decode()))
    lines = tuple(Line(number, tuple(cells)) for number, cells in said["lines"])
    hidden = Hidden(**{name: tuple(told) for name, told in said.get("hidden", {}).items()})
    others, aside = (tuple(said.get(name, ())) for name in ("others", "aside"))
    return Sheet(lines, said["encoding"], said["delimiter"], others, aside, hidden)


def remove_list(file: str, *, federation_id: int) -> None:
    """Erase the lines; doing it twice harms nothing."""
    files.remove(file, federation_id=federation_id)


L = TypeVar("L", bound=BroughtList)
M = TypeVar("M", bound=ListMapping)
P = TypeVar("P", bound=ListPlan)
ONE_AT_A_TIME = 7_204_118
"""Names the lock that two lists of one federation wait for."""
LONGEST_NAME = 80
UNSURE_LETTERS = _("The accents in this list can be read in more than one way. Save it as CSV UTF-8.")
NO_YES = _("“{heading}”: this heading asks for a no, so this value can’t mean yes.")


class Events(NamedTuple):
    """The events of one kind of list."""

    uploaded: str
    explained: str
    applied: str
    dropped: str
    lapsed: str


@dataclass(frozen=True, kw_only=True)
class Importer(Generic[L, M, P]):
    """A kind of list.

    Attributes:
        lists, mappings: the rows of its lists, and of how they are read.
        events: the record's event for each step.
        may: the permission rule, called as `may(person, on=day)`.
        check_columns: raises BadInput by field; takes the person, columns, defaults and headings.
        plan: what a list would change, as `plan(sheet, meaning, by=, on=, content=)`.
        write: carries out a plan, as `write(plan, importing, by=, at=, **choices)`; returns the counts that
            only then are known.
        ids: what the record stores of an import -> the count that it is.
        meanings: field -> what its words may be explained as.
        can_mean: what a word below a heading may be explained as, as `can_mean(heading, word)`; None:
            whatever its field may.
        shape: how its files are read.
    """

    lists: type[L]
    mappings: type[M]
    events: Events
    may: Callable[..., None]
    check_columns: Callable[[Person, Mapping[str, str], Mapping[str, str], Sequence[str]], None]
    plan: Callable[..., P]
    write: Callable[..., Mapping[str, int] | None]
    ids: Mapping[str, str]
    shape: Shape
    meanings: Callable[[Person], Mapping[str, Collection[str]]] = lambda _by: {}
    can_mean: Callable[[str, str], Collection[str]] | None = None

    def read(self, content: bytes, *, federation_id: int) -> KeptList:
        """Read an uploaded file and put its lines away, sealed: before a scope is opened. Raises BadInput."""
        return keep_list(content, federation_id=federation_id, of=self.shape)

    def keep(self, sheet: Sheet, content: str, *, federation_id: int) -> KeptList:
        """Put away, sealed, the lines of a list that came as no file; `content`: a digest of what it came
        from. Else as `read`."""
        return keep_sheet(sheet, content, federation_id=federation_id, of=self.shape)

    def headings(self, sheet: Sheet) -> tuple[str, ...]:
        """Return the headings of a list. Raises BadInput on `file`."""
        return headings_of(sheet, too_short=self.shape.too_short)

    def newest(self, limit: int = 20) -> list[L]:
        """Return the newest lists of all people, newest first."""
        return list(self.lists._default_manager.select_related("by").order_by("-id")[:limit])

    def find(self, person: Person, pk: int, *, lock: bool = False) -> L:
        """Return a list that this person uploaded; `lock`: lock it until the transaction ends. Raises
        NotFound."""
        rows = self.lists._default_manager
        found = rows.select_related("mapping", "by").filter(by=person, pk=pk).first()
        if found is None:
            raise NotFound
        if lock:
            found.state = rows.select_for_update().values_list("state", flat=True).get(pk=pk)
        return found

    def mapping(self, name: str) -> M | None:
        """Return how lists are read under that name."""
        return self.mappings._default_manager.filter(name=name).first()

    def free_name(self, name: str) -> str:
        """Return this name for the settings of other headings, or with a number where it's taken. One
        query."""
        taken = set(self.mappings._default_manager.values_list("name", flat=True))
        numbered = (f"{name} {number}" for number in count(2))
        return next(one for one in chain((name,), numbered) if one not in taken)

    def preview(self, importing: L, sheet: Sheet, *, by: Person, on: date) -> P:
        """Return what a list would change on a day, line by line. Raises NotNow where no one has said how its
        letters are written, or the columns are not explained."""
        if asks_letters(importing, sheet):
            raise NotNow(UNSURE_LETTERS, next_step=_("Or open the list’s page and choose the right accents."))
        mapping = _mapping_of(importing)
        return self.plan(sheet, Meaning.of(mapping), by=by, on=on, content=importing.content)

    def open(self, by: Person, importing: L, *, at: datetime) -> L:
        """Return the list, locked. Raises NotAllowed, NotFound (another person's), NotNow (no longer
        open)."""
        self.may(by, on=local_day(at))
        found = self.find(by, importing.pk, lock=True)
        if found.state != ImportState.OPEN:
            raise ended()
        return found


@action
def upload(*, kind: Importer[L, M, P], by: Person, at: datetime, kept: KeptList) -> L:
    """Enter a list that was put away (`Importer.read`); one with the same headings is read like the one
    before. Raises NotAllowed."""
    kind.may(by, on=local_day(at))
    importing = kind.lists._default_manager.create(
        by=by,
        at=at,
        file=kept.file,
        content=kept.content,
        encoding="" if kept.sheet.others else kept.sheet.encoding,
        lines=len(kept.sheet.lines) - 1,
        mapping=_like_before(kind, kept.shape),
    )
    record(kind.events.uploaded, subject=importing, at=at, actor=by, lines=importing.lines)
    return importing


@action
def choose_letters(
    *, kind: Importer[L, M, P], by: Person, at: datetime, importing: L, sheet: Sheet, encoding: str
) -> L:
    """Save how the letters of a list are written; its headings are looked at again. Raises NotAllowed, NotNow
    (no longer open), BadInput on `encoding` (none of those that were asked)."""
    found = kind.open(by, importing, at=at)
    try:
        read = sheet.read_as(encoding)
    except ValueError:
        raise BadInput({"encoding": _("Choose one of the ways offered.")}) from None
    found.encoding = encoding
    found.mapping = _like_before(kind, shape_of(kind.headings(read)))  # type: ignore[attr-defined]
    found.save(update_fields=["encoding", "mapping"])
    return found


def asks_letters(importing: BroughtList, sheet: Sheet) -> bool:
    """Return whether a person still has to say how the letters of a list are written."""
    return bool(sheet.others) and not importing.encoding


def _like_before(kind: Importer[L, M, P], shape: str) -> M | None:
    """Return how a list with such headings was read the last time."""
    rows = kind.mappings._default_manager.filter(shape=shape)
    return rows.order_by("-changed_at", "-pk").first()


@action
def explain_columns(
    *,
    kind: Importer[L, M, P],
    by: Person,
    at: datetime,
    importing: L,
    sheet: Sheet,
    name: str,
    columns: Mapping[str, str],
    defaults: Mapping[str, str],
    shape: str,
) -> M:
    """Save what the columns of a list are, under a name; the words explained before stay.

    A mapping of that name, for the same headings, is changed. Raises NotAllowed, NotNow (no longer open),
    BadInput (name_of_mapping, or a field).
    """
    kind.open(by, importing, at=at)
    name = _free_name(kind.mappings, name, shape)
    kind.check_columns(by, columns, defaults, kind.headings(sheet))
    school = defaults.get("school")
    if school and not School.objects.filter(pk=int(school)).exists():
        raise BadInput({"school": _("Choose one of the schools.")})
    said = {"shape": shape, "columns": dict(columns), "defaults": dict(defaults)}
    mapping, _new = kind.mappings._default_manager.update_or_create(
        name=name, defaults={**said, "changed_by": by, "changed_at": at}
    )
    importing.mapping = mapping  # type: ignore[attr-defined]  # each kind of list has its own
    importing.save(update_fields=["mapping"])
    record(kind.events.explained, subject=mapping, at=at, actor=by)
    return mapping


@action
def explain_words(
    *,
    kind: Importer[L, M, P],
    by: Person,
    at: datetime,
    importing: L,
    words: Mapping[str, Mapping[str, str]],
) -> ListMapping:
    """Save what words of a list mean here: field -> {word as normalised by `same_word`: ours}; other words
    stay.

    Raises NotAllowed, NotNow (no longer open, or no columns yet), BadInput (a word that is none of ours).
    """
    kind.open(by, importing, at=at)
    mapping, allowed = _mapping_of(importing), kind.meanings(by)
    kept = {name: dict(each) for name, each in mapping.words.items()}
    for name, each in words.items():
        if set(each.values()) - set(allowed.get(name, ())):
            raise BadInput({name: _("Choose one of the meanings offered.")})
        heading = mapping.columns.get(name, "")
        if kind.can_mean and any(ours not in kind.can_mean(heading, word) for word, ours in each.items()):
            raise BadInput({name: format_lazy(NO_YES, heading=heading)})
        kept[name] = kept.get(name, {}) | dict(each)
    mapping.words, mapping.changed_by, mapping.changed_at = kept, by, at
    mapping.save(update_fields=["words", "changed_by", "changed_at"])
    record(kind.events.explained, subject=mapping, at=at, actor=by)
    return mapping


@action
def apply(
    *,
    kind: Importer[L, M, P],
    by: Person,
    at: datetime,
    importing: L,
    sheet: Sheet,
    seen: str,
    agreed: Collection[int] = (),
    **choices: Any,
) -> L:
    """Import a list exactly as it was shown: `seen` is the plan's digest that `by` looked at, `agreed` the
    numbers of the lines that ask something and whose answer is yes.

    Refused lines are left out, and all others are imported together. A word that no one explained may stand
    in any line, so nothing is imported before. `choices` go to the kind's `write`. Raises NotAllowed, NotNow
    (ended, something changed meanwhile, a word isn't explained, a question isn't answered, or nothing is
    left) and what `write` does.
    """
    importing = kind.open(by, importing, at=at)
    _wait_for_others()
    plan = kind.preview(importing, sheet, by=by, on=local_day(at))
    if plan.unknown:
        raise NotNow(
            _("Some values aren’t explained, so nothing is imported."),
            next_step=_("Explain the values, or correct them in the file and upload it again."),
        )
    if plan.refused and not plan.changes:
        raise NotNow(
            _("The other rows change nothing, so nothing is imported."),
            next_step=_("Correct the rejected rows in the file and upload it again."),
        )
    if plan.seen != seen:
        raise _look_again()
    if not {line.number for line in plan.asked} <= set(agreed):
        raise NotNow(
            _("Some rows may be about someone else, so nothing was imported."),
            next_step=_(
                "Tick each row that is about the same person. If one isn’t, correct it in the file and "
                "upload the list again."
            ),
        )
    try:
        with transaction.atomic():
            then = kind.write(plan, importing, by=by, at=at, **choices) or {}
    except IntegrityError:
        # Another request added one of these while we were writing, here or in another federation.
        raise _look_again() from None
    over = _end(importing, ImportState.DONE, at=at, counts={**plan.counts, **then})
    ids: dict[str, Any] = {name: plan.counts[count] for name, count in kind.ids.items()}
    record(kind.events.applied, subject=over, at=at, actor=by, content=over.content, **ids)
    return over


@action
def drop(*, kind: Importer[L, M, P], by: Person, at: datetime, importing: L) -> L:
    """Drop a list instead of importing it; its lines are erased. Raises NotAllowed, NotNow (no longer
    open)."""
    over = _end(kind.open(by, importing, at=at), ImportState.DROPPED, at=at)
    record(kind.events.dropped, subject=over, at=at, actor=by)
    return over


@action
def let_lapse(*, kind: Importer[L, M, P], at: datetime) -> list[str]:
    """End the lists that were not confirmed within a day; returns the files of all ended lists that still
    have one, for the sweep to erase after the transaction."""
    lists = kind.lists._default_manager
    for old in lists.filter(state=ImportState.OPEN, at__lte=at - FILE_LASTS).order_by("pk"):
        move(old, to=ImportState.LAPSED, moves=IMPORT_MOVES, at=at, ended_at=at)
        record(kind.events.lapsed, subject=old, at=at)
    return list(lists.exclude(state=ImportState.OPEN).exclude(file="").values_list("file", flat=True))


@action
def note_erased(*, kind: Importer[L, M, P], at: datetime, files: list[str]) -> None:
    """Record that these files are erased: nothing points to them any more. `at` is the sweep's instant."""
    kind.lists._default_manager.exclude(state=ImportState.OPEN).filter(file__in=files).update(file="")


def ended() -> NotNow:
    """The list was imported, dropped or expired meanwhile."""
    return NotNow(
        _("This import has ended."), next_step=_("Upload the list again if there’s more to import.")
    )


def _mapping_of(importing: BroughtList) -> ListMapping:
    mapping: ListMapping | None = importing.mapping  # type: ignore[attr-defined]
    if mapping is None:
        raise NotNow(_("Choose the columns first."))
    return mapping


def _free_name(mappings: type[ListMapping], name: str, shape: str) -> str:
    """Return the name as stored. Raises BadInput where it is none, or that of lists with other headings."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise BadInput({"name_of_mapping": _("Give these settings a name of 80 characters or fewer.")})
    if mappings._default_manager.filter(name=name).exclude(shape=shape).exists():
        raise BadInput(
            {
                "name_of_mapping": _(
                    "Settings with this name are for other column headings. Choose another name."
                )
            }
        )
    return name


def _wait_for_others() -> None:
    """Prevent every other list of this federation from being imported until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ONE_AT_A_TIME, current_scope().federation_id])


def _look_again() -> NotNow:
    return NotNow(
        _("Something has changed since you saw this, so nothing was imported."),
        next_step=_("Check the list again."),
    )


def _end(importing: L, to: ImportState, *, at: datetime, **more: Any) -> L:
    """End the list; its lines are erased after the commit."""
    over = move(importing, to=to, moves=IMPORT_MOVES, at=at, ended_at=at, **more)
    where = current_scope().federation_id
    transaction.on_commit(partial(remove_list, importing.file, federation_id=where), robust=True)
    return over


@also_sealed
def seal_lists_anew(newly: Callable[[str], str | None]) -> Iterator[str]:
    """Seal the lines of each list that is open; yields `list N of KIND` for what no key opens."""
    kinds = [model for model in apps.get_models() if issubclass(model, BroughtList)]
    for here in list(Federation.objects.values_list("pk", flat=True).order_by("pk")):
        for kind in kinds:
            with scope(here):
                waiting = kind._default_manager.filter(state=ImportState.OPEN).exclude(file="")
                rows = list(waiting.order_by("pk").values_list("pk", "file"))
            for pk, file in rows:
                try:
                    _seal_one(kind, pk, file, here, newly)
                except CannotOpen:
                    yield f"list {pk} of {kind._meta.label_lower}"


def _seal_one(
    kind: type[BroughtList], pk: int, file: str, here: int, newly: Callable[[str], str | None]
) -> None:
    """Put the lines away under another name, as that is their digest, and let the row point there."""
    try:
        sealed = newly(files.read(file, federation_id=here).decode())
    except NotFound:  # ended a moment ago
        return
    if sealed is None:
        return
    kept = files.keep(sealed.encode(), SEALED, federation_id=here)
    with scope(here):
        still = kind._default_manager.filter(pk=pk, file=file, state=ImportState.OPEN)
        moved = still.update(file=kept.digest)
    files.remove(file if moved else kept.digest, federation_id=here)


MOST_NAMED = 20


def told_of(sheet: Sheet) -> Iterator[str]:
    """Yield a sentence for each."""
    hidden = sheet.hidden
    if hidden.rows:
        yield ngettext(
            "{number} row is hidden or filtered out in this workbook. It’s read like the others: row {rows}.",
            "{number} rows are hidden or filtered out in this workbook. They’re read like the others: rows "
            "{rows}.",
            len(hidden.rows),
        ).format(number=len(hidden.rows), rows=_some(map(str, hidden.rows)))
    if hidden.columns:
        yield ngettext(
            "{number} column is hidden in this workbook. It’s read like the others: {columns}.",
            "{number} columns are hidden in this workbook. They’re read like the others: {columns}.",
            len(hidden.columns),
        ).format(number=len(hidden.columns), columns=_some(hidden.columns))
    if hidden.sheets:
        yield gettext("Only the first sheet is read. Not read: {sheets}.").format(sheets=_some(hidden.sheets))
    if sheet.aside:
        yield gettext("Not part of the table, so not read: {words}").format(words=_some(sheet.aside))


def _some(words: Iterable[str]) -> str:
    found = list(words)
    return ", ".join(found[:MOST_NAMED]) + (" …" if len(found) > MOST_NAMED else "")
