"""Read a school's term dates from a file: an iCal calendar, or a list from a spreadsheet. Pure except for
workbooks.

Reading stores nothing: the dates found are shown, and a person confirms or corrects them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.patterns import lazy_pattern
from schoolgate.people.lists.doubts import wrong_with_day
from schoolgate.people.lists.said import ListMessage
from schoolgate.people.sheets import Line, day_of, read_sheet, same_word
from schoolgate.people.term_calendars import MOST_ENTRIES, ONE_DAY, Entry, entries_of

LARGEST = 1024 * 1024
"""Bytes of a file of term dates: a year has a few dozen lines."""
LONGEST_TERM = 200
"""Days from the first to the last of one entry: longer is a whole year, which is no term."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
OUTLOOK = ("subject", "start date", "end date", "end time")
"""Headings of a calendar that Outlook writes as a list."""
_MIDNIGHT = re.compile(r"(?:0?0:00(?::00)?|12:00(?::00)? ?AM)", re.IGNORECASE)
_INSET = re.compile(r"\b(inset|in-service|training day|staff development|pd day|hms|hyfforddiant)\b")
_TWILIGHT = re.compile(r"\b(twilights?|after[ -]school|evening|gyda[’']r nos|ar [oô]l (?:yr )?ysgol)\b")
"""INSET outside lessons: pupils are in on that day."""
LATE, SHORT = time(14, 0), timedelta(hours=4)
"""What begins later, or takes less, keeps no pupil away for the day."""
_ELSEWHERE = lazy_pattern(
    r"\b(office|reception|library|pool|kitchen|canteen|dining|gates?|car park|hall|gym|shop|clubs?|camps?"
    r"|lunch|lunchtime|morning|assembly|homework|applications?|bookings?|ballot|deadline|line|lines|phones?|website"
    r"|swyddfa|llyfrgell|cinio|clwb)\b"
)
"""What closes, ends or takes a break by itself while the school is open."""
_SCHOOL = re.compile(r"\b(schools?|pupils?|students?|children|ysgol|disgyblion)\b")
_OFF = re.compile(r"\b(half[ -]?term|holidays?|break|closed|closes|hanner tymor|gwyliau|ar gau)\b")
_TERM = re.compile(r"\b(term|tymor|autumn|spring|summer|hydref|gwanwyn|haf)\b")
_BEGINS = re.compile(r"\b(start|starts|begins?|first day|opens?|return|returns|dechrau)\b")
_ENDS = re.compile(r"\b(ends?|last day|finish|finishes|diwedd)\b")

Term = tuple[str, date, date]


@dataclass
class Dates:
    """The content of a file: terms, INSET days, and the words of entries that were not understood."""

    terms: list[Term] = field(default_factory=list)
    inset_days: list[date] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read_term_dates(content: bytes, *, on: date) -> Dates:
    """Return a file's terms and INSET days. Raises BadInput on `file`, also where all of it is over on the
    day `on`."""
    if len(content) > LARGEST:
        raise _refused(_("This file is much too large to be a school’s term dates."))
    looks = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:15].upper()
    entries = entries_of(content, on=on) if looks.startswith(b"BEGIN:VCALENDAR") else list(_of_list(content))
    found = _sorted_out(entries)
    if not found.terms:
        raise _refused(
            _("No terms were found in this file. Enter the first and last days by hand, one term per line.")
        )
    last = max(term[2] for term in found.terms)
    if last < on:
        raise _refused(
            format_lazy(_("These dates have passed. The last day is {day}."), day=last.strftime("%d/%m/%Y"))
        )
    return found


def together(old: Iterable[Term], new: Iterable[Term]) -> list[Term]:
    """Return the terms that were entered before, with those of a file in the place of what they overlap."""
    fresh = list(new)
    kept = [one for one in old if all(one[2] < each[1] or one[1] > each[2] for each in fresh)]
    return sorted([*kept, *fresh], key=lambda term: term[1])


def _of_list(content: bytes) -> Iterator[Entry]:
    """Return lines with words and one day or two; a line without a day, such as the headings, is ignored.
    Raises BadInput where a day is written in a way that can't be trusted."""
    lines = read_sheet(content, most_rows=MOST_ENTRIES, largest=LARGEST).lines
    calendar = _of_outlook(lines)
    if calendar is not None:
        yield from calendar
        return
    for line in lines:
        _check_days(line.cells)
        days = [day for cell in line.cells if (day := _day_in(cell)) is not None]
        if days:
            yield Entry(_words(line), days[0], days[-1])


def _of_outlook(lines: Sequence[Line]) -> list[Entry] | None:
    """Return the entries of a calendar that Outlook wrote as a list, or None where it is another list. It has
    columns of reminders too, and a whole day ends at the next midnight."""
    heads = {same_word(head): place for place, head in enumerate(lines[0].cells)} if lines else {}
    if not heads.keys() >= set(OUTLOOK):
        return None
    found = []
    for line in lines[1:]:
        words, start, end, clock = (
            line.cells[heads[head]] if heads[head] < len(line.cells) else "" for head in OUTLOOK
        )
        _check_days((start, end))
        first, last = _day_in(start), _day_in(end)
        if first is not None:
            last = last or first
            last = max(first, last - ONE_DAY) if _MIDNIGHT.fullmatch(clock) else last
            found.append(Entry(words[:200], first, last))
    return found


def _check_days(cells: Iterable[str]) -> None:
    for cell in cells:
        code, meant = wrong_with_day(cell)
        if code:
            said = ListMessage(code, {"column": gettext("Date"), "value": cell[:40], "day": meant})
            raise _refused(str(said))


def _day_in(cell: str) -> date | None:
    return day_of(cell.split(" ", maxsplit=1)[0] if cell[:4].isdigit() else cell)


def _words(line: Line) -> str:
    return " ".join(cell for cell in line.cells if cell and _day_in(cell) is None)[:200]


def _sorted_out(entries: list[Entry]) -> Dates:
    found = Dates()
    off: list[Entry] = []
    begins: list[Entry] = []
    ends: list[Entry] = []
    for entry in sorted(entries, key=lambda each: (each.first, each.last)):
        words, days = same_word(entry.words), (entry.last - entry.first).days + 1
        known = entry.first.year >= FIRST_YEAR and entry.last.year <= LAST_YEAR and days > 0
        if not known or entry.unread or _goes_on_beside_lessons(entry, words):
            found.left_out.append(entry.words)
        elif _INSET.search(words) and days <= 5:
            found.inset_days += [entry.first + ONE_DAY * number for number in range(days)]
        elif days == 1 and _ENDS.search(words) and not _is_elsewhere(words):
            ends.append(entry)
        elif days == 1 and _BEGINS.search(words) and not _is_elsewhere(words):
            begins.append(entry)
        elif _OFF.search(words):
            off.append(entry)
        elif _TERM.search(words) and 5 <= days <= LONGEST_TERM:
            found.terms.append((entry.words[:80], entry.first, entry.last))
        else:
            found.left_out.append(entry.words)
    found.terms += _between(begins, ends)
    found.terms = _without(_apart(found.terms), off)
    found.inset_days = sorted(set(found.inset_days))
    found.left_out = list(dict.fromkeys(words for words in found.left_out if words))[:20]
    return found


def _goes_on_beside_lessons(entry: Entry, words: str) -> bool:
    """Return whether pupils are in all the same: an INSET twilight, an office that closes for lunch."""
    if _INSET.search(words):
        return bool(_TWILIGHT.search(words)) or (entry.begins is not None and entry.begins >= LATE)
    if not _OFF.search(words):
        return False
    return _is_elsewhere(words) or (entry.takes is not None and entry.takes < SHORT)


def _is_elsewhere(words: str) -> bool:
    return bool(_ELSEWHERE.search(words)) and not _SCHOOL.search(words)


def _between(begins: list[Entry], ends: list[Entry]) -> list[Term]:
    """Return terms of which only the first and the last day have entries of their own."""
    terms = []
    for entry in begins:
        last = next((each.last for each in ends if each.last > entry.first), None)
        later = next((each.first for each in begins if each.first > entry.first), None)
        if last and (later is None or last < later) and (last - entry.first).days < LONGEST_TERM:
            terms.append((entry.words[:80], entry.first, last))
    return terms


def _apart(terms: list[Term]) -> list[Term]:
    """Return the dates in order, leaving out one that overlaps the one before: it was a repetition."""
    kept: list[Term] = []
    for term in sorted(terms, key=lambda one: (one[1], one[2])):
        if not kept or term[1] > kept[-1][2]:
            kept.append(term)
    return kept


def _without(terms: list[Term], off: list[Entry]) -> list[Term]:
    """Return terms as unbroken runs of teaching: a half-term break inside one ends it, and the next begins
    after."""
    runs = terms
    for away in off:
        cut: list[Term] = []
        for name, first, last in runs:
            if away.last < first or away.first > last:
                cut.append((name, first, last))
                continue
            if first < away.first:
                cut.append((name, first, away.first - ONE_DAY))
            if last > away.last:
                cut.append((name, away.last + ONE_DAY, last))
        runs = cut
    return runs


def _refused(why: Any) -> BadInput:
    return BadInput({"file": why})
