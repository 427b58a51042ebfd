"""What would come of a list of accounts, line by line. No database; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schoolgate.accounts.addresses import likeness
from schoolgate.accounts.importing.here import Here, keys_of
from schoolgate.accounts.importing.reading import Read, read_lines
from schoolgate.accounts.importing.said import say
from schoolgate.accounts.states import AccountState
from schoolgate.core.clock import local_day
from schoolgate.people.lists.columns import Meaning, digest_of
from schoolgate.people.lists.lines import PlannedLine
from schoolgate.people.sheets import Sheet
from schoolgate.people.states.importing import Outcome


@dataclass(kw_only=True)
class Line(PlannedLine):
    """A line of a list of accounts; `pk` of one that is here already."""

    name: str
    address: str
    pk: int | None = None

    def named(self) -> list[object]:
        """How the line is known on a page."""
        return [self.name, self.address]


@dataclass(frozen=True)
class Plan:
    """All lines in their order, and those accounts that are to be written. `counts`: lines by outcome, and
    accounts before and after; `seen`: a digest of all that is shown of it, whatever the language."""

    lines: Sequence[Line]
    accounts: Sequence[Read]
    counts: Mapping[str, int]
    seen: str

    @property
    def refused(self) -> int:
        """How many lines cannot be taken."""
        return self.counts[Outcome.REFUSED]

    @property
    def changes(self) -> bool:
        """Whether anything would be written at all."""
        return bool(self.accounts)


def plan_import(sheet: Sheet, meaning: Meaning, here: Here, *, content: str) -> Plan:
    """What would come of this list; `content` is the digest of the file."""
    lines: list[Line] = []
    taken: list[Read] = []
    first: dict[str, int] = {}
    for read in read_lines(sheet, meaning, here):
        line = Line(read.line, name=read.name, address=read.address, wrong=list(read.wrong))
        keys = keys_of(read.network, read.address, read.handle)
        _compare(line, read, keys, here)
        earlier = next((first[key] for key in keys if key in first), None)
        if earlier is not None:
            line.wrong.append(say("line_twice", line=earlier))
        for key in keys:
            first.setdefault(key, read.line)
        if not line.wrong and line.is_new:
            taken.append(read)
        lines.append(line)
    outcomes = Counter(line.outcome for line in lines)
    before = here.number
    counts = {
        **{str(outcome): outcomes[outcome] for outcome in Outcome},
        "accounts_before": before,
        "accounts_added": len(taken),
        "accounts_after": before + len(taken),
    }
    plain = [line.plain() for line in lines]
    told = [repr(read) for read in taken]
    seen = digest_of([content, meaning.plain(), plain, told, sorted(counts.items())])
    return Plan(lines, taken, counts, seen)


def _compare(line: Line, read: Read, keys: set[str], here: Here) -> None:
    """How a line stands to what is on record about its page."""
    known = next((here.accounts[key] for key in keys if key in here.accounts), None)
    closed = next((here.closed[key] for key in keys if key in here.closed), None)
    former = next((here.former[key] for key in keys if key in here.former), None)
    if known is not None:
        line.pk = known.pk
        if known.state == AccountState.WAITING:
            line.wrong.append(say("is_waiting", name=known.name))
        else:
            # What is wrong with other cells changes nothing: nothing of this line is taken.
            line.wrong.clear()
            line.notes.append(say("here", name=known.name))
        return
    line.is_new = True
    if closed is not None and closed.closed_at is not None:
        line.wrong.append(say("was_closed", day=local_day(closed.closed_at)))
    elif former is not None:
        line.wrong.append(say("has_moved", name=former.name))
    elif keys & here.fakes:
        line.wrong.append(say("is_fake"))
    elif friends := next((here.friends[key] for key in keys if key in here.friends), ""):
        line.wrong.append(say("is_friends", name=friends))
    line.changes.append(say("comes"))
    if keys & here.found:
        line.notes.append(say("was_found"))
    like = next((here.alike[likeness(key)] for key in keys if likeness(key) in here.alike), None)
    if like is not None:
        line.notes.append(say("alike", name=like.name))
    if read.pupils is None:
        line.notes.append(say("no_pupils"))
