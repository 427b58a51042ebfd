"""What a list of comments would add, line by line. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from schoolgate.accounts.models import Account
from schoolgate.core.clock import LONDON
from schoolgate.inbox.actions.ingesting import LONGEST_TEXT
from schoolgate.inbox.actions.pasting import as_given
from schoolgate.inbox.importing.fields import (
    KIND_WORDS,
    KINDS,
    MESSAGE,
    PUBLIC,
    Field,
    accounts_for,
    instant_in,
    say,
)
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import ItemKind
from schoolgate.networks.port import IncomingItem
from schoolgate.people.lists.cells import Cells, ListMessage, Meaning, Reading, is_damaged
from schoolgate.people.lists.importer import ListPlan, PlannedLine, counted, seen_of
from schoolgate.people.models import Person
from schoolgate.people.sheets import Line, Sheet, same_word

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
