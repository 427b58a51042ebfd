"""Calendars as Outlook, Google and Apple write them: every school day is right, or the entry is named."""

import time
from datetime import date

import pytest

from schoolgate.core.errors import BadInput
from schoolgate.people.term_dates import read_term_dates
from tests.files_from_schools import apple_calendar, google_calendar, outlook_calendar

ON = date(2026, 9, 10)
AUTUMN = [("Autumn term", date(2026, 9, 2), date(2026, 10, 23))]
INSET = [date(2026, 9, 1)]


def read(content):
    return read_term_dates(content, on=ON)


def entry(words, days, **more):
    lines = [f"UID:{words}", f"SUMMARY:{words}", days, *(f"{key}:{value}" for key, value in more.items())]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "content",
    [
        outlook_calendar(), outlook_calendar(zone="Central European Standard Time"), google_calendar(),
        apple_calendar(), apple_calendar().replace(b"\r\n", b"\n"),
    ],
    ids=["outlook", "outlook abroad", "google", "apple", "unix"],
)  # fmt: skip
def test_whole_days_of_each_program_are_those_days(content):
    found = read(content)
    assert (found.terms, found.inset_days, found.left_out) == (AUTUMN, INSET, [])


@pytest.mark.parametrize(
    "more",
    [
        entry("School closed", "DTSTART;VALUE=DATE:20260915", STATUS="CANCELLED"),
        entry("Twilight INSET", "DTSTART;VALUE=DATE:20260915"),
        entry("INSET", "DTSTART:20260915T150000Z\nDTEND:20260915T170000Z"),
        entry("Hyfforddiant gyda’r nos", "DTSTART;VALUE=DATE:20260915"),
        entry("Office closed for lunch", "DTSTART;TZID=Europe/London:20260915T120000\nDURATION:PT1H"),
        entry("Office closed", "DTSTART;VALUE=DATE:20260915"),
        entry("Holiday club", "DTSTART;VALUE=DATE:20260915"),
        entry("School closed", "DTSTART:20260915T120000Z\nDTEND:20260915T150000Z"),
        entry("Chess club ends", "DTSTART;VALUE=DATE:20260915"),
        entry("Break", "DTSTART:20260915T103000Z\nDTEND:20260915T104500Z\nRRULE:FREQ=DAILY"),
        entry("Canceled: School closed", "DTSTART;VALUE=DATE:20260915"),
        entry("School closed (postponed)", "DTSTART;VALUE=DATE:20260915"),
        entry("INSET – wedi’i ganslo", "DTSTART;VALUE=DATE:20260915"),
    ],
)
def test_what_keeps_no_pupil_away_is_no_day_off(more):
    found = read(google_calendar(more))
    assert (found.terms, found.inset_days) == (AUTUMN, INSET)


@pytest.mark.parametrize(
    ("more", "off"),
    [
        (entry("School closed", "DTSTART;VALUE=DATE:20260915"), [15]),
        (entry("School and office closed", "DTSTART;VALUE=DATE:20260915"), [15]),
        (entry("School closed", "DTSTART:20260915T080000Z\nDTEND:20260915T150000Z"), [15]),
        (entry("Half-term", "DTSTART;VALUE=DATE:20260915\nDURATION:P2D"), [15, 16]),
        (entry("School closed", "DTSTART;VALUE=DATE:20260914\nRRULE:FREQ=WEEKLY;COUNT=2"), [14, 21]),
        (
            entry(
                "School closed",
                "DTSTART;VALUE=DATE:20260914\nRRULE:FREQ=WEEKLY;UNTIL=20260930;BYDAY=MO,WE\n"
                "EXDATE;VALUE=DATE:20260916,20260921",
            ),
            [14, 23, 28, 30],
        ),
        (entry("School closed", "DTSTART;VALUE=DATE:20250909\nRRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=13"), [8]),
        (entry("School closed", "DTSTART;VALUE=DATE:20250916\nRRULE:FREQ=YEARLY;COUNT=2"), [16]),
        (entry("School closed", "DTSTART;VALUE=DATE:20260914\nRDATE;VALUE=DATE:20260916"), [14, 16]),
    ],
)
def test_days_off_are_taken_out_of_the_term_also_repeated_ones(more, off):
    terms = read(google_calendar(more)).terms
    taught = {
        first.toordinal() + day for _name, first, last in terms for day in range((last - first).days + 1)
    }
    away = [day for day in range(2, 31) if date(2026, 9, day).toordinal() not in taught]
    assert away == off


def test_one_day_of_a_repeated_entry_can_be_moved_or_cancelled():
    every = entry("School closed", "DTSTART;VALUE=DATE:20260914\nRRULE:FREQ=WEEKLY;COUNT=3")
    moved = entry("School closed", "RECURRENCE-ID;VALUE=DATE:20260921\nDTSTART;VALUE=DATE:20260922")
    gone = entry(
        "School closed", "RECURRENCE-ID;VALUE=DATE:20260928\nDTSTART;VALUE=DATE:20260928", STATUS="CANCELLED"
    )
    terms = read(google_calendar(every, moved, gone)).terms
    assert [term[1:] for term in terms] == [
        (date(2026, 9, 2), date(2026, 9, 13)), (date(2026, 9, 15), date(2026, 9, 21)),
        (date(2026, 9, 23), date(2026, 10, 23)),
    ]  # fmt: skip


def test_a_calendar_that_takes_its_entries_back_has_none():
    with pytest.raises(BadInput):
        read(google_calendar().replace(b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:CANCEL"))


@pytest.mark.parametrize("written", ["utf-8", "cp1252", "utf-8 with its mark", "a letter folded in two"])
def test_letters_are_right_however_a_calendar_is_written(written):
    calendar = google_calendar().decode().replace("Autumn term", "Autumn term – Siân’s café")
    content = calendar.encode({"cp1252": "cp1252", "utf-8 with its mark": "utf-8-sig"}.get(written, "utf-8"))
    if written == "a letter folded in two":
        content = content.replace("é".encode(), b"\xc3\r\n \xa9")
    assert [name for name, *_days in read(content).terms] == ["Autumn term – Siân’s café"]


@pytest.mark.parametrize("rule", ["FREQ=DAILY;BYSETPOS=2", "FREQ=HOURLY", "FREQ=YEARLY;BYWEEKNO=20"])
def test_a_rule_that_is_not_understood_is_named_and_changes_nothing(rule):
    found = read(google_calendar(entry("School closed", f"DTSTART;VALUE=DATE:20260914\nRRULE:{rule}")))
    assert (found.terms, found.left_out) == (AUTUMN, ["School closed"])


def test_rules_without_an_end_or_a_day_take_no_longer_than_others():
    rules = ["FREQ=DAILY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"]
    many = [
        entry(f"School closed {number}", f"DTSTART;VALUE=DATE:20000103\nRRULE:{rules[number % 3]}")
        for number in range(150)
    ]
    before = time.process_time()
    read(google_calendar(*many[1::3], *many[2::3]))
    assert time.process_time() - before < 5
