"""A list of comments, messages or reviews: what its columns mean, what each line would add, and adding
it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState
from schoolgate.core import days
from schoolgate.core.clock import LONDON
from schoolgate.core.errors import BadInput
from schoolgate.inbox import first_read, listing
from schoolgate.inbox.ingesting import LONGEST_TEXT, Pasted, ingest
from schoolgate.inbox.models import CloseReason, CommentImport, CommentMapping, Item, ItemKind, ItemState
from schoolgate.inbox.pasting import as_given
from schoolgate.inbox.replying import close_item
from schoolgate.networks.port import IncomingItem
from schoolgate.people import list_cells
from schoolgate.people.list_cells import (
    Arg,
    Cells,
    ListMessage,
    Meaning,
    Reading,
    is_damaged,
    known_headings,
    wrong_columns,
)
from schoolgate.people.list_cells import offered as offered_for
from schoolgate.people.list_importer import Events, Importer, ListPlan, PlannedLine, Shape, counted, seen_of
from schoolgate.people.models import Person
from schoolgate.people.rules import check_capacity
from schoolgate.people.sheets import Line, Sheet, day_of, same_word

MESSAGE = "message"


class Field(TextChoices):
    """What a column can be about."""

    TEXT = "text", _("Comment")
    WHEN = "when", _("Date posted")
    TIME = "time", _("Time posted")
    AUTHOR = "author", _("Author, as shown on the network")
    ACCOUNT = "account", _("Account")
    KIND = "kind", _("Type")
    ADDRESS = "address", _("Web address")


KINDS: Mapping[str, str | Promise] = {
    ItemKind.COMMENT: ItemKind.COMMENT.label,
    ItemKind.QUERY: ItemKind.QUERY.label,
    ItemKind.COMPLAINT: ItemKind.COMPLAINT.label,
    ItemKind.REVIEW: ItemKind.REVIEW.label,
    MESSAGE: ItemKind.MESSAGE.label,
}
"""What a line can be."""
PUBLIC = frozenset({ItemKind.COMMENT, ItemKind.REVIEW})
"""What everyone can read: a question or a complaint in a list may have been written to the school alone."""
KIND_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("comment", "reply", "sylw"), ItemKind.COMMENT),
    **dict.fromkeys(("question", "query", "cwestiwn"), ItemKind.QUERY),
    **dict.fromkeys(("complaint", "cwyn"), ItemKind.COMPLAINT),
    **dict.fromkeys(("review", "recommendation", "adolygiad"), ItemKind.REVIEW),
    **dict.fromkeys(("message", "direct message", "private message", "dm", "neges"), MESSAGE),
}
HEADINGS: Mapping[str, Sequence[str]] = {
    Field.TEXT: (
        "comment", "text", "message", "comment text", "content", "review", "review text", "sylw", "testun",
    ),
    Field.WHEN: (
        "date", "created", "created at", "created time", "posted at", "timestamp", "date posted", "dyddiad",
    ),
    Field.TIME: ("time", "time posted", "amser"),
    Field.AUTHOR: (
        "author", "name", "from", "user", "username", "reviewer", "sender", "author name", "awdur",
    ),
    Field.ACCOUNT: ("account", "page", "page name", "profile", "cyfrif"),
    Field.KIND: ("type", "kind", "item type", "math o neges"),
    Field.ADDRESS: ("link", "url", "permalink", "web address", "comment link", "dolen"),
}  # fmt: skip
"""Headings that are offered for a field; a person checks the offer before it counts."""


@dataclass(frozen=True)
class CommentMessage(list_cells.ListMessage):
    """`code` of `WORDS`."""

    words: ClassVar[Mapping[str, str | Promise]] = {
        "unknown_value": _("{column}: say what “{value}” means under Explain values."),
        "bad_day": _("{column}: “{value}” isn’t a date. Use a format like 1/9/2026 14:10."),
        "bad_time": _("{column}: “{value}” isn’t a time. Use a format like 14:10."),
        "future": _("{column}: this date is in the future."),
        "bad_address": _("{column}: this isn’t a link that starts with https://"),
        "line_twice": _("Row {line} is the same comment."),
        "comes": _("New."),
        "here": _("Already in the inbox."),
        "no_time": _("No time given, so the deadline counts from the start of that day."),
    }


def say(code: str, **args: Arg) -> CommentMessage:
    """Return a message about a line."""
    return CommentMessage(code, args)


def offered(headings: Iterable[str]) -> dict[str, str]:
    """Return, for each field, the heading that looks like it."""
    return offered_for(headings, HEADINGS)


def accounts_for(by: Person, *, on: date) -> dict[int, Account]:
    """Return the open accounts on which a person replies."""
    reach = listing.reach_of(by, on=on, able=frozenset({"answer"}))
    rows = Account.objects.filter(state=AccountState.OPEN).select_related("school", "federation")
    return {
        one.pk: one
        for one in rows.order_by("name", "pk")
        if reach.everything or one.school_id in reach.schools or one.pk in reach.accounts
    }


def check_columns(columns: Mapping[str, str], defaults: Mapping[str, str], headings: Sequence[str]) -> None:
    """Raise BadInput (by field) unless these columns are there, each taken once, and nothing is missing."""
    wrong: dict[str, Any] = wrong_columns(columns, headings, Field.values)
    why: Mapping[str, Any] = {
        Field.TEXT: _("Choose the column with the words of the comments."),
        Field.WHEN: _("Choose the column with the dates. The policy’s deadlines count from them."),
    }
    wrong = {name: told for name, told in why.items() if name not in columns} | wrong
    for name, told in (
        (Field.ACCOUNT, _("Choose the column, or say which account they were written on.")),
        (Field.KIND, _("Choose the column, or one type for all.")),
    ):
        if name not in columns and not defaults.get(name):
            wrong[name] = told
    if wrong:
        raise BadInput({str(name): told for name, told in wrong.items()})


def instant_in(words: str, at: str = "") -> tuple[datetime | None, bool]:
    """Return the instant that a cell names, by clocks in the UK unless it tells another, and whether it names
    a time of day. `at`: the cell with the time, where that is apart. None where it is no date."""
    tidy = " ".join(words.replace("T", " ").replace(",", " ").split())
    if not at:
        try:
            found = days.instant_in(words.strip())
        except ValueError:
            pass
        else:
            timed = len(words.strip()) > len("2026-11-23")
            return (found if found.tzinfo else found.replace(tzinfo=LONDON)), timed
    first, _space, rest = tidy.partition(" ")
    day = day_of(first)
    if day is None:
        return None, False
    clock = at.strip() or rest
    if not clock:
        return datetime.combine(day, time(), LONDON), False
    for shape in ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p"):
        try:
            return datetime.combine(day, days.clock_in(clock, shape), LONDON), True
        except ValueError:
            continue
    return None, True


# What a list of comments would add, line by line. Nothing is written.

LONGEST_AUTHOR, LONGEST_ADDRESS, SNIPPET = 300, 480, 60


@dataclass(frozen=True)
class Read:
    """The content of a line that can be taken."""

    account: Account
    given: IncomingItem
    kind: ItemKind


@dataclass(frozen=True, kw_only=True)
class Plan(ListPlan):
    """A plan that also has the comments to add, in the order of the list."""

    comments: Sequence[Read]


class _Line(Cells):
    """Reads one line."""

    says = staticmethod(say)

    def __init__(
        self, reading: Reading, line: Line, *, accounts: Mapping[int, Account], until: datetime
    ) -> None:
        super().__init__(reading, line)
        self.accounts, self.until = accounts, until
        self.notes: list[ListMessage] = []
        # A comment may begin with any sign; none of these is written to a spreadsheet as it is.
        self.text = self._limited(Field.TEXT, LONGEST_TEXT)
        self.author = " ".join(self._limited(Field.AUTHOR, LONGEST_AUTHOR).split())
        # What came in is taken as it is: damaged letters are named, not refused.
        for name in (Field.AUTHOR, Field.TEXT):
            if is_damaged(words := self.cell_quietly(name)):
                self.notes.append(say("damaged", column=self.column(name), value=words[:40]))

    def read(self) -> Read | None:
        """Return its content; None where something is wrong with it."""
        account, kind = self.word(Field.ACCOUNT), self.word(Field.KIND)
        if not self.text:
            self.wrong.append(say("no_value", column=self.column(Field.TEXT)))
        when, address = self._when(), self._address()
        if self.wrong or when is None:
            return None
        here = self.accounts[int(account)]
        given = as_given(
            here, text=self.text, author=self.author, appeared_at=when, private=kind not in PUBLIC,
            address=address,
        )  # fmt: skip
        return Read(here, given, ItemKind.COMMENT if kind == MESSAGE else ItemKind(kind))

    def _limited(self, name: Field, most: int) -> str:
        words = self.cell_quietly(name).strip()
        if len(words) > most:
            self.wrong.append(say("too_long", column=self.column(name), most=most))
            return words[:most]
        return words

    def _when(self) -> datetime | None:
        words, clock = self.cell(Field.WHEN), self.cell(Field.TIME)
        when, timed = instant_in(words, clock)
        if when is None:
            if timed and clock:
                self.wrong.append(say("bad_time", column=self.column(Field.TIME), value=clock[:40]))
            elif words:
                self.no_day(Field.WHEN, words, otherwise="bad_day")
            elif not self.wrong:
                self.wrong.append(say("no_value", column=self.column(Field.WHEN)))
            return None
        if when >= self.until:
            self.wrong.append(say("future", column=self.column(Field.WHEN)))
            return None
        if not timed:
            self.notes.append(say("no_time"))
        return when.astimezone(UTC)

    def _address(self) -> str:
        address = self.cell(Field.ADDRESS).strip()
        if address and (not address.startswith("https://") or len(address) > LONGEST_ADDRESS):
            self.wrong.append(say("bad_address", column=self.column(Field.ADDRESS)))
        return address


def plan_import(sheet: Sheet, meaning: Meaning, *, by: Person, on: date, content: str) -> Plan:
    """Return what this list would add on a day; `content` is the digest of the file."""
    accounts = accounts_for(by, on=on)
    known: dict[str, dict[str, str]] = {
        Field.ACCOUNT: {
            same_word(word): str(pk)
            for pk, one in accounts.items()
            for word in (one.handle, one.name)
            if word
        },
        Field.KIND: dict(KIND_WORDS),
    }
    reading = Reading.of(sheet, meaning, known)
    reading.also(Field.ACCOUNT, {str(pk) for pk in accounts})
    reading.also(Field.KIND, set(KINDS))
    until = datetime.combine(on + timedelta(days=1), time(), LONDON)
    lines: list[PlannedLine] = []
    found: list[tuple[PlannedLine, Read]] = []
    first: dict[tuple[int, str], int] = {}
    for each in sheet.lines[1:]:
        reader = _Line(reading, each, accounts=accounts, until=until)
        read = reader.read()
        line = PlannedLine(
            number=each.number, name=reader.author, address=reader.text[:SNIPPET], wrong=list(reader.wrong),
            notes=list(reader.notes),
        )  # fmt: skip
        lines.append(line)
        if read is None:
            continue
        earlier = first.setdefault((read.account.pk, read.given.ref.id), each.number)
        if earlier != each.number:
            line.passed_over = True
            line.notes.append(say("line_twice", line=earlier))
        else:
            found.append((line, read))
    here = _here(read for _line, read in found)
    comments = []
    for line, read in found:
        line.pk = here.get((read.account.pk, read.given.ref.id))
        if line.pk is None:
            line.is_new = True
            line.changes.append(say("comes"))
            comments.append(read)
        else:
            line.notes.append(say("here"))
    counts = {
        **counted(lines),
        "added": len(comments),
        "private": sum(each.given.private for each in comments),
    }
    return Plan(
        lines=lines, comments=comments, unknown=reading.unknown, counts=counts,
        seen=seen_of(lines, counts, meaning, content),
    )  # fmt: skip


def _here(reads: Iterable[Read]) -> dict[tuple[int, str], int]:
    """Return what the inbox has already: account and id there -> item."""
    ids = [read.given.ref.id for read in reads]
    rows = Item.every.filter(network_id__in=ids).values_list("account_id", "network_id", "pk")
    return {(account, there): pk for account, there, pk in rows}


# Add a list of comments or messages. Its steps are those of every list (`people.list_importer`).

MOST_ROWS = 2_001
"""Lines of one list, its headings included: each gets a deadline and a rank by itself."""


def check_may_import(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person replies on an account; a list is for such accounts alone."""
    check_capacity(person, "answer", on=on, anywhere=True)


def _write(
    plan: Plan, importing: CommentImport, *, by: Person, at: datetime, dealt_with: bool = False
) -> None:
    """Add the comments; `dealt_with`: close them, because people dealt with them elsewhere. What may show
    danger stays open until a safeguarding lead has read it."""
    del importing
    together: dict[tuple[int, ItemKind], list[IncomingItem]] = defaultdict(list)
    accounts = {read.account.pk: read.account for read in plan.comments}
    for read in plan.comments:
        together[read.account.pk, read.kind].append(read.given)
    for (pk, kind), given in together.items():
        ingest(at=at, account=accounts[pk], items=given, pasted=Pasted(by, kind))
        if dealt_with:
            rows = Item.objects.select_related("account__school", "school")
            for item in rows.filter(account=pk, network_id__in=[each.ref.id for each in given]):
                if item.state == ItemState.OPEN and not first_read.must_be_read(item):
                    close_item(by=by, at=at, item=item, reason=CloseReason.ANSWERED_ELSEWHERE)


def _meanings(_by: Person) -> Mapping[str, Collection[str]]:
    """Return what words may be explained as: a plan takes only the accounts on which its person replies."""
    accounts = Account.objects.filter(state=AccountState.OPEN).values_list("pk", flat=True)
    return {Field.ACCOUNT: [str(pk) for pk in accounts], Field.KIND: list(KINDS)}


COMMENTS = Importer(
    lists=CommentImport,
    mappings=CommentMapping,
    events=Events(
        uploaded="commentlist.uploaded",
        explained="commentlist.explained",
        applied="commentlist.applied",
        dropped="commentlist.dropped",
        lapsed="commentlist.lapsed",
    ),
    may=check_may_import,
    check_columns=lambda _by, *columns: check_columns(*columns),
    plan=plan_import,
    write=_write,
    ids={"added": "added"},
    meanings=_meanings,
    shape=Shape(
        most_rows=MOST_ROWS,
        too_short=_("The list needs a row of headings, and a row for each comment below."),
        known=known_headings(HEADINGS),
    ),
)
