"""What a list of accounts would change, line by line. No database; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schoolgate.accounts.addresses import likeness
from schoolgate.accounts.importing.here import Here, keys_of, look_here
from schoolgate.accounts.importing.reading import Read, read_lines
from schoolgate.accounts.importing.said import say
from schoolgate.accounts.states import AccountState
from schoolgate.core.clock import local_day
from schoolgate.people.lists.columns import Meaning
from schoolgate.people.lists.lines import ListPlan, PlannedLine, counted, seen_of
from schoolgate.people.models import Person
from schoolgate.people.sheets import Sheet


@dataclass(frozen=True, kw_only=True)
class Plan(ListPlan):
    """A plan that also has the accounts to write. `counts`: also accounts before and after."""

    accounts: Sequence[Read]


def plan_import(sheet: Sheet, meaning: Meaning, *, by: Person, on: date, content: str) -> Plan:
    """Return what this list would change on a day; `content` is the digest of the file."""
    here = look_here(on)
    lines: list[PlannedLine] = []
    taken: list[Read] = []
    first: dict[str, int] = {}
    for read in read_lines(sheet, meaning, here):
        line = PlannedLine(number=read.line, name=read.name, address=read.address, wrong=list(read.wrong))
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
    before = here.number
    counts = {
        **counted(lines),
        "accounts_before": before,
        "accounts_added": len(taken),
        "accounts_after": before + len(taken),
    }
    seen = seen_of(lines, counts, meaning, content, [repr(read) for read in taken])
    return Plan(lines=lines, accounts=taken, counts=counts, seen=seen)


def _compare(line: PlannedLine, read: Read, keys: set[str], here: Here) -> None:
    """Compare a line with what is on record about its page."""
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
