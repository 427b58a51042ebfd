"""Read a school's term dates from a file: a list from a spreadsheet, or an iCal calendar as Outlook, Google
and Apple write it. Reading stores nothing: the dates found are shown, and a person confirms or corrects
them.

A rule of repeating is tried day by day over some years, never followed: one without an end, or that no
day fits, takes as long as any other. Pure except for workbooks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar

from schoolgate.core.clock import LONDON
from schoolgate.core.errors import BadInput, Text
from schoolgate.core.outside.texts import tell_apart
from schoolgate.patterns import lazy_pattern
from schoolgate.people.list_cells import ListMessage, wrong_with_day
from schoolgate.people.sheets import MOST_COLUMNS, Line, day_of, read_sheet, same_word

MOST_ENTRIES: Final = 2_000
MOST_LINES: Final = 20 * MOST_ENTRIES
MOST_RULES: Final = 100
"""Entries that repeat themselves."""
LONGEST_COUNT: Final = 5
"""Years before, in which an entry may have begun that counts how often it comes."""
MOST_REPEATS: Final = 400
"""Days of one entry that repeats itself."""
YEARS_BEFORE, YEARS_AHEAD = 1, 3
"""The years around the day on which the file is read, of which repeated entries are taken."""
FIRST_YEAR: Final = 2000
ONE_DAY = timedelta(days=1)
MIDNIGHT = time()
_WEEKDAYS: Final = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_UNDERSTOOD: Final = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"}
)
_LONGEST_WORDS: Final = 200
_FOLD: Final = re.compile(rb"\r?\n[ \t]")


@dataclass(frozen=True)
class Entry:
    """An entry and its days. `begins`, `ends`: its times of day where it takes only a part of one; `unread`:
    it repeats itself in a way that isn't understood."""

    words: str
    first: date
    last: date
    begins: time | None = None
    ends: time | None = None
    unread: bool = False

    @property
    def takes(self) -> timedelta | None:
        """Return how long it takes of a single day; None where it takes whole days, or several."""
        if self.begins is None or self.ends is None or self.first != self.last:
            return None
        begins, ends = (datetime.combine(self.first, each) for each in (self.begins, self.ends))
        return max(ends - begins, timedelta())


def entries_of(content: bytes, *, on: date) -> list[Entry]:
    """Return the entries of a calendar that still hold, read on the day `on`. Raises BadInput on `file`."""
    if content.upper().count(b"BEGIN:") > MOST_ENTRIES or content.count(b"\n") > MOST_LINES:
        raise _refused(_("This calendar has too many entries to be a school’s term dates."))
    try:
        calendar = Calendar.from_ical(_text_of(content))
        if str(calendar.get("METHOD", "")).upper() == "CANCEL":
            return []
        return _found(list(calendar.walk("VEVENT")), on)
    except (ArithmeticError, ValueError, LookupError, AttributeError, TypeError, RecursionError):
        raise _refused(_("This calendar can’t be read. Enter the dates by hand, or upload a list.")) from None


def _text_of(content: bytes) -> str:
    """Return a calendar's text, however its letters are written. Some programs fold a line within a letter.
    Raises ValueError."""
    told = tell_apart(_FOLD.sub(b"", content))
    if told is None:
        raise ValueError("no text")
    return told.text


def _refused(why: Text) -> BadInput:
    return BadInput({"file": why})


def _found(events: Sequence[Any], on: date) -> list[Entry]:
    dated = [event for event in events if "DTSTART" in event]
    # One occurrence of a repeated entry is written as an entry of its own: moved, or cancelled.
    apart = {
        (str(event.get("UID", "")), _day(event.decoded("RECURRENCE-ID")))
        for event in dated
        if "RECURRENCE-ID" in event
    }
    found: list[Entry] = []
    rules = 0
    for event in dated:
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        one = _entry(event)
        if "RRULE" not in event and "RDATE" not in event:
            found.append(one)
            continue
        rules += 1
        uid = str(event.get("UID", ""))
        found += (
            each
            for each in _repeated(event, one, on, known=rules <= MOST_RULES)
            if (uid, each.first) not in apart
        )
    return found


def _entry(event: Any) -> Entry:
    start = event.decoded("DTSTART")
    end = event.decoded("DTEND") if "DTEND" in event else None
    if end is None and "DURATION" in event:
        end = start + event.decoded("DURATION")
    if str(event.get("X-MICROSOFT-CDO-ALLDAYEVENT", "")).upper() == "TRUE":
        # A whole day in whichever zone the calendar is kept in.
        start, end = _wall(start), _wall(end)
    first = _day(start)
    last = first if end is None else max(first, _last_day(end))
    begins, ends = _clock(start), None if end is None else _clock(end)
    words = str(event.get("SUMMARY", ""))[:_LONGEST_WORDS].strip()
    if begins is None or (begins == MIDNIGHT and ends in (MIDNIGHT, None)):
        return Entry(words, first, last)
    return Entry(words, first, last, begins, ends or begins)


def _wall(value: Any) -> Any:
    return value.replace(tzinfo=None) if isinstance(value, datetime) and value.time() == MIDNIGHT else value


def _here(value: datetime) -> datetime:
    return value.astimezone(LONDON) if value.tzinfo else value


def _clock(value: Any) -> time | None:
    return _here(value).time().replace(tzinfo=None) if isinstance(value, datetime) else None


def _last_day(end: Any) -> date:
    """Return the last day of an entry with this end. A whole-day entry names the day after it, and so does
    one that ends at midnight: Outlook writes whole days like that."""
    if not isinstance(end, datetime):
        return _day(end) - ONE_DAY
    here = _here(end)
    return here.date() - ONE_DAY if here.time() == MIDNIGHT else here.date()


def _day(value: object) -> date:
    """Return the day of a calendar value. Raises TypeError for one that could not be read and comes as
    text."""
    if isinstance(value, datetime):
        return _here(value).date()
    if isinstance(value, date):
        return value
    raise TypeError


def _repeated(event: Any, one: Entry, on: date, *, known: bool) -> Iterator[Entry]:
    """Yield an entry on each of its days within some years around `on`; the entry alone, as unread, where it
    isn't understood when they are."""
    rules = _listed(event.get("RRULE", []))
    rule = {str(key).upper(): value for key, value in rules[0].items()} if rules else {}
    if not known or len(rules) > 1 or not _is_understood(rule) or not _is_near(rule, one.first, on):
        yield Entry(one.words, one.first, one.last, one.begins, one.ends, unread=True)
        return
    without = set(_days_of(event, "EXDATE"))
    span = one.last - one.first
    first = on.replace(year=on.year - YEARS_BEFORE, day=1)
    last = on.replace(year=on.year + YEARS_AHEAD, day=1)
    named = _following(rule, one.first, first, last) if rule else (one.first,)
    days = sorted({*_days_of(event, "RDATE"), *named})
    for day in [day for day in days if first <= day <= last][:MOST_REPEATS]:
        if day not in without:
            yield Entry(one.words, day, day + span, one.begins, one.ends)


def _is_near(rule: dict[str, Any], start: date, on: date) -> bool:
    """Return whether the days of a rule can be tried: from its first where they're counted."""
    return start.year >= (on.year - LONGEST_COUNT if "COUNT" in rule else FIRST_YEAR)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _days_of(event: Any, name: str) -> Iterator[date]:
    for each in _listed(event.get(name, [])):
        for one in getattr(each, "dts", ()):
            yield _day(one.dt[0] if isinstance(one.dt, tuple) else one.dt)


def _is_understood(rule: dict[str, Any]) -> bool:
    if not rule:
        return True
    often = str(_listed(rule.get("FREQ", ""))[0]).upper()
    places = any(_place_of(each)[0] for each in _listed(rule.get("BYDAY", [])))
    return (
        rule.keys() <= _UNDERSTOOD
        and often in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
        and not (places and often in ("DAILY", "WEEKLY"))
        and int(_listed(rule.get("COUNT", 1))[0]) <= MOST_REPEATS
        and not (places and often == "YEARLY" and "BYMONTH" not in rule)
    )


def _place_of(word: Any) -> tuple[int, int]:
    """Return the place within a month and the weekday of a word such as 2MO or -1FR; place 0: each."""
    text = str(word).upper()
    return int(text[:-2] or 0), _WEEKDAYS[text[-2:]]


def _following(rule: dict[str, Any], start: date, first: date, last: date) -> Iterator[date]:
    """Yield the days that a rule names, tried day by day; where they're counted, from its own first."""
    fits = _Fits(rule, start)
    count = int(_listed(rule["COUNT"])[0]) if "COUNT" in rule else None
    until = min(_day(_listed(rule["UNTIL"])[0]), last) if "UNTIL" in rule else last
    begins = 0 if count is not None else max((first - start).days, 0)
    for number in range(begins, (until - start).days + 1):
        day = start + ONE_DAY * number
        if day == start or fits.day(day):
            if count is not None and count <= 0:
                return
            count = None if count is None else count - 1
            yield day


class _Fits:
    """Says whether a day is one of a rule's."""

    def __init__(self, rule: dict[str, Any], start: date) -> None:
        self.often = str(_listed(rule["FREQ"])[0]).upper()
        self.each = max(int(_listed(rule.get("INTERVAL", 1))[0]), 1)
        self.start = start
        self.week = _WEEKDAYS.get(str(_listed(rule.get("WKST", "MO"))[0]).upper(), 0)
        self.places = [_place_of(each) for each in _listed(rule.get("BYDAY", []))]
        self.numbers = [int(each) for each in _listed(rule.get("BYMONTHDAY", []))]
        self.months = [int(str(each)) for each in _listed(rule.get("BYMONTH", []))]

    def day(self, day: date) -> bool:
        """Return whether it's this day."""
        if self._apart(day) % self.each:
            return False
        months = self.months or ([self.start.month] if self.often == "YEARLY" else [])
        if months and day.month not in months:
            return False
        if self.numbers and not {day.day, day.day - _length(day) - 1} & set(self.numbers):
            return False
        if self.places:
            return any(self._is_at(day, place, weekday) for place, weekday in self.places)
        if self.often == "WEEKLY":
            return day.weekday() == self.start.weekday()
        return bool(self.numbers) or self.often == "DAILY" or day.day == self.start.day

    def _apart(self, day: date) -> int:
        """Return how many days, weeks, months or years lie between."""
        if self.often == "DAILY":
            return (day - self.start).days
        if self.often == "WEEKLY":
            return (self._week_of(day) - self._week_of(self.start)).days // 7
        years = day.year - self.start.year
        return years if self.often == "YEARLY" else years * 12 + day.month - self.start.month

    def _week_of(self, day: date) -> date:
        return day - ONE_DAY * ((day.weekday() - self.week) % 7)

    @staticmethod
    def _is_at(day: date, place: int, weekday: int) -> bool:
        if day.weekday() != weekday:
            return False
        behind = (_length(day) - day.day) // 7 + 1
        return not place or place == (day.day - 1) // 7 + 1 or place == -behind


def _length(day: date) -> int:
    """Return how many days the month of this day has."""
    return ((day.replace(day=28) + ONE_DAY * 4).replace(day=1) - ONE_DAY).day


LARGEST = 1024 * 1024
"""Bytes of a file of term dates: a year has a few dozen lines."""
LONGEST_TERM = 200
"""Days from the first to the last of one entry: longer is a whole year, which is no term."""
LAST_YEAR = 2100
OUTLOOK = ("subject", "start date", "end date", "end time", "start time")
"""Headings of a calendar that Outlook writes as a list; the last may be missing."""
_TIME = re.compile(r"([0-2]?\d):([0-5]\d)(?::[0-5]\d)? ?([AP]M)?", re.IGNORECASE)
_CALLED_OFF = re.compile(r"\b(cancell?ed|postponed|canslwyd|ganslo|chanslo|gohiriwyd|ohirio|gohirio)\b")
"""Outlook writes *Canceled:* before an entry that stays in the calendar."""
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


def inset_together(old: Iterable[date], found: Dates) -> tuple[list[date], list[date]]:
    """Return the INSET days with those of a file, and which that were saved before are left out: they lie
    within the file's days, and it names others. A file of terms alone, such as a council's, leaves all."""
    new = set(found.inset_days)
    first = min([*new, *(term[1] for term in found.terms)], default=date.max)
    last = max([*new, *(term[2] for term in found.terms)], default=date.min)
    gone = [day for day in sorted(old) if new and first <= day <= last and day not in new]
    return sorted({*old, *new} - {*gone}), gone


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
    if not heads.keys() >= set(OUTLOOK[:-1]):
        return None
    found = []
    for line in lines[1:]:
        words, start, end, *clocks = (
            line.cells[heads[head]] if heads.get(head, MOST_COLUMNS) < len(line.cells) else ""
            for head in OUTLOOK
        )
        _check_days((start, end))
        first, last = _day_in(start), _day_in(end)
        if first is None:
            continue
        last = last or first
        ends, begins = map(_time_in, clocks)
        last = max(first, last - ONE_DAY) if ends == MIDNIGHT else last
        whole = begins in (None, MIDNIGHT) and ends in (None, MIDNIGHT)
        found.append(Entry(words[:200], first, last, *((None, None) if whole else (begins, ends))))
    return found


def _time_in(cell: str) -> time | None:
    found = _TIME.fullmatch(cell.strip())
    if not found:
        return None
    hour, half = int(found[1]), (found[3] or "").upper()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "PM" else 0)
    return time(hour, int(found[2])) if hour < 24 else None


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
        called_off = bool(_CALLED_OFF.search(words))
        if not known or called_off or entry.unread or _goes_on_beside_lessons(entry, words):
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
