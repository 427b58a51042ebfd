"""Term dates are read from what schools have; nothing is guessed that would be wrong without a word."""

from datetime import date

import pytest

from schoolgate.core.errors import BadInput
from schoolgate.people.term_dates import LARGEST, Dates, inset_together, read_term_dates, together

ON = date(2026, 11, 20)
COUNCIL = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//A council//Term dates//EN
BEGIN:VEVENT
UID:1
SUMMARY:Autumn term
DTSTART;VALUE=DATE:20260902
DTEND;VALUE=DATE:20261219
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Half-term holiday
DTSTART;VALUE=DATE:20261026
DTEND;VALUE=DATE:20261031
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:INSET day
DTSTART;VALUE=DATE:20260901
DTEND;VALUE=DATE:20260902
END:VEVENT
BEGIN:VEVENT
UID:4
SUMMARY:Carol concert
DTSTART:20261210T180000Z
DTEND:20261210T190000Z
END:VEVENT
END:VCALENDAR
"""
MARKED = """BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Spring term starts
DTSTART;VALUE=DATE:20270104
END:VEVENT
BEGIN:VEVENT
SUMMARY:Spring term ends
DTSTART;VALUE=DATE:20270212
END:VEVENT
END:VCALENDAR
"""
LIST = """What,From,To
Autumn 1,2/9/2026,23/10/2026
Autumn 2,2/11/2026,18/12/2026
INSET day,1/9/2026,
Staff development,4/1/2027,4/1/2027
"""
AUTUMN = [
    ("Autumn term", date(2026, 9, 2), date(2026, 10, 25)),
    ("Autumn term", date(2026, 10, 31), date(2026, 12, 18)),
]


def read(text: str, on: date = ON) -> Dates:
    return read_term_dates(text.encode(), on=on)


def refused(content: bytes, on: date = ON) -> str:
    with pytest.raises(BadInput) as refusal:
        read_term_dates(content, on=on)
    return str(refusal.value.fields["file"])


def test_a_councils_calendar_gives_runs_of_teaching_and_inset_days_and_says_what_it_left_out():
    found = read(COUNCIL)
    assert found.terms == AUTUMN
    assert found.inset_days == [date(2026, 9, 1)]
    assert found.left_out == ["Carol concert"]


def test_lines_that_end_as_windows_ends_them_are_the_same():
    assert read(COUNCIL.replace("\n", "\r\n")) == read(COUNCIL)


def test_a_calendar_that_marks_only_first_and_last_days_is_read():
    assert read(MARKED).terms == [("Spring term starts", date(2027, 1, 4), date(2027, 2, 12))]


def test_a_list_with_comma_or_semicolon_is_read():
    found = read(LIST)
    assert [term[1:] for term in found.terms] == [
        (date(2026, 9, 2), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18)),
    ]  # fmt: skip
    assert found.inset_days == [date(2026, 9, 1), date(2027, 1, 4)]
    assert read(LIST.replace(",", ";")) == found


def test_the_same_term_said_twice_counts_once():
    assert read(LIST + "Autumn 2,2/11/2026,18/12/2026\n").terms == read(LIST).terms


def test_dates_that_are_over_are_refused_on_the_day_after_the_last_and_taken_on_the_last():
    assert read(LIST, on=date(2026, 12, 18)).terms
    assert (
        refused(LIST.encode(), on=date(2026, 12, 19))
        == "These dates have passed. The last day is 18/12/2026."
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "This file is empty."),
        (b"   \n", "This file is empty."),
        (
            b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
            "No terms were found in this file. Enter the first and last days by hand, one term per line.",
        ),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Autumn term\n", "can’t be read|No terms were found"),
        (
            b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 3_000,
            "This calendar has too many entries to be a school’s term dates.",
        ),
        (b"x" * (LARGEST + 1), "This file is much too large to be a school’s term dates."),
        (
            b"hello",
            "No terms were found in this file. Enter the first and last days by hand, one term per line.",
        ),
        (
            b"name,from,to\nAutumn term,1/1/0001,31/12/9999\n",
            "No terms were found in this file. Enter the first and last days by hand, one term per line.",
        ),
        (
            b"PK\x03\x04 not a workbook",
            "This file can’t be read. Save the sheet as CSV and choose that file.",
        ),
    ],
)
def test_a_file_that_is_empty_broken_or_hostile_is_refused_in_a_sentence(content, says):
    told = refused(content)
    assert any(each in told for each in says.split("|"))


@pytest.mark.parametrize(
    "days",
    ["DTSTART;VALUE=DATE:99999999", "DTSTART;TZID=No/Where:20260902T000000", "DTSTART:x",
     "DTSTART;VALUE=DATE:20260902\nDTEND;VALUE=DATE:99991231",
     "DTSTART;VALUE=DATE:20260902\nDURATION:P9999999D", "DTSTART;VALUE=DATE:20260902\nRRULE:FREQ=SECONDLY"],
)  # fmt: skip
def test_an_entry_with_days_that_are_none_ends_in_a_sentence_not_an_error(days):
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Autumn term\n{days}\nEND:VEVENT\nEND:VCALENDAR\n"
    assert refused(text.encode())


def test_a_file_of_the_next_year_leaves_this_years_terms_and_replaces_what_it_overlaps():
    old = [("A", date(2026, 9, 1), date(2026, 10, 20)), ("B", date(2026, 11, 1), date(2026, 12, 20))]
    new = [
        ("B, put right", date(2026, 11, 2), date(2026, 12, 18)),
        ("C", date(2027, 1, 4), date(2027, 2, 12)),
    ]
    assert together(old, new) == [old[0], *new]


@pytest.mark.parametrize(
    ("file", "kept", "gone"),
    [
        # An INSET day that was moved from the 7th to the 8th; those of other terms stay.
        ([date(2026, 9, 8)], [1, 8, 21], [7]),
        ([], [1, 7, 21], []),
        ([date(2026, 9, 7), date(2026, 9, 8)], [1, 7, 8, 21], []),
    ],
)
def test_inset_days_of_a_file_take_the_place_of_those_saved_within_its_days(file, kept, gone):
    old = [date(2026, 9, 1), date(2026, 9, 7), date(2026, 9, 21)]
    found = Dates(terms=[("Autumn", date(2026, 9, 2), date(2026, 9, 18))], inset_days=file)
    days, dropped = inset_together(old, found)
    assert ([day.day for day in days], [day.day for day in dropped]) == (kept, gone)


OUTLOOK = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
BEGIN:VTIMEZONE
TZID:GMT Standard Time
BEGIN:STANDARD
DTSTART:16011028T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0100
TZOFFSETTO:-0000
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T010000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:-0000
TZOFFSETTO:+0100
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Autumn term
{term}
END:VEVENT
BEGIN:VEVENT
SUMMARY:INSET day
{inset}
END:VEVENT
END:VCALENDAR
"""
ZONE = ';TZID="GMT Standard Time"'


@pytest.mark.parametrize(
    ("term", "inset"),
    [
        (
            f"DTSTART{ZONE}:20260902T000000\nDTEND{ZONE}:20261219T000000",
            f"DTSTART{ZONE}:20260901T000000\nDTEND{ZONE}:20260902T000000",
        ),
        (
            "DTSTART:20260901T230000Z\nDTEND:20261219T000000Z",
            "DTSTART:20260831T230000Z\nDTEND:20260901T230000Z",
        ),
        (
            "DTSTART:20260902T000000\nDURATION:P108D",
            "DTSTART:20260901T000000\nDURATION:PT24H",
        ),
        (
            f"DTSTART{ZONE}:20260902T090000\nDTEND{ZONE}:20261218T150000",
            f"DTSTART{ZONE}:20260901T090000\nDURATION:PT8H",
        ),
        (
            f"DTSTART{ZONE}:20260902T000000\nDTEND{ZONE}:20261219T000000",
            f"DTSTART{ZONE}:20260901T000000\nDTEND{ZONE}:20260901T000000",
        ),
    ],
)
def test_midnight_ends_the_day_before_however_it_is_written(term, inset):
    found = read(OUTLOOK.format(term=term, inset=inset))
    assert found.terms == [("Autumn term", date(2026, 9, 2), date(2026, 12, 18))]
    assert found.inset_days == [date(2026, 9, 1)]


def test_a_calendar_that_outlook_wrote_as_a_list_ends_at_midnight_too():
    head = "Subject,Start Date,Start Time,End Date,End Time,All day event,Reminder Date,Reminder Time"
    whole = "{},{},00:00:00,{},00:00:00,True,31/8/2026,23:45:00"
    found = read(
        "\n".join([
            head,
            whole.format("Autumn term", "2/9/2026", "19/12/2026"),
            whole.format("INSET day", "1/9/2026", "2/9/2026"),
            "Staff development,4/1/2027,09:00:00,4/1/2027,15:00:00,False,,",
        ])
    )  # fmt: skip
    assert found.terms == [("Autumn term", date(2026, 9, 2), date(2026, 12, 18))]
    assert found.inset_days == [date(2026, 9, 1), date(2027, 1, 4)]


@pytest.mark.parametrize(
    ("line", "off"),
    [
        ("School closed,15/9/2026,00:00:00,16/9/2026,00:00:00,True", True),
        ("School closed,15/9/2026,09:00:00,15/9/2026,15:30:00,False", True),
        ("School closed for lunch,15/9/2026,12:00:00,15/9/2026,13:00:00,False", False),
        ("Holiday shopping evening,15/9/2026,6:00:00 PM,15/9/2026,8:00:00 PM,False", False),
        ("Canceled: School closed,15/9/2026,00:00:00,16/9/2026,00:00:00,True", False),
        ("INSET,15/9/2026,15:30:00,15/9/2026,17:00:00,False", False),
    ],
)
def test_times_in_a_list_of_outlook_say_what_keeps_no_pupil_away(line, off):
    head = "Subject,Start Date,Start Time,End Date,End Time,All day event"
    term = "Autumn term,2/9/2026,00:00:00,19/12/2026,00:00:00,True"
    found = read(f"{head}\n{term}\n{line}")
    whole = [("Autumn term", date(2026, 9, 2), date(2026, 12, 18))]
    assert (found.terms == whole, found.inset_days) == (not off, [])


@pytest.mark.parametrize(("day", "says"), [("12/18/2026", "month first"), ("46374", "18/12/2026")])
def test_a_list_whose_days_a_spreadsheet_rewrote_is_not_read_by_half(day, says):
    assert says in refused(f"What,From,To\nAutumn,2/9/2026,{day}\n".encode())
