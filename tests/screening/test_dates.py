"""Days that a text announces are read in English and Welsh; what was, and what can't be read, is none."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.screening.dates import FURTHEST, days_announced

WEDNESDAY = date(2026, 3, 4)
DAY = timedelta(days=1)
ENGLISH = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
]  # fmt: skip
WELSH = [
    "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref",
    "Tachwedd", "Rhagfyr",
]  # fmt: skip
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WELSH_WEEKDAYS = [f"dydd {name}" for name in ("Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul")]
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def read(text, out_on=WEDNESDAY):
    return [day.isoformat()[5:] for day in days_announced(text, out_on=out_on)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Our open evening is on Friday 13 March.", ["03-13"]),
        ("Open evening: 10 March 2026, 6pm", ["03-10"]),
        ("Open evening, 10/03/2026", ["03-10"]),
        ("Open evening, 10.3.26.", ["03-10"]),
        ("Open evening 2026-03-10", ["03-10"]),
        ("Fri 13th Mar in the hall", ["03-13"]),
        ("Friday the 13th of March", ["03-13"]),
        ("March 10th is our open evening", ["03-10"]),
        ("Come and see us on Friday.", ["03-06"]),
        ("Concert: Friday 6:30pm", ["03-06"]),
        ("Concert next Friday", ["03-13"]),
        ("Non-uniform day tomorrow!", ["03-05"]),
        ("Book week is 9-13 March", ["03-09", "03-13"]),
        ("Book week is Mon 9 – Fri 13 March", ["03-09", "03-13"]),
        ("Performances on 9, 10 and 11 March", ["03-09", "03-10", "03-11"]),
        ("Art show from 28 March to 2 April", ["03-28", "04-02"]),
        ("Art show 28-2 April", ["04-02"]),
        ("Noson agored nos Wener am 6", ["03-06"]),
        ("Noson agored ddydd Gwener, 13 Mawrth", ["03-13"]),
        ("Noson agored nos Wener 6.30pm", ["03-06"]),
        ("Come on Friday, the 13th of March", ["03-13"]),
        ("Dydd Mawrth 10 Mawrth", ["03-10"]),
        ("Bydd y cyngerdd ar 13eg o Fawrth 2026", ["03-13"]),
        ("Dewch i'r ysgol yfory", ["03-05"]),
        ("Cyngerdd dydd Gwener nesaf", ["03-13"]),
    ],
)
def test_a_day_ahead_is_read_as_people_write_it(text, days):
    assert read(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "On 3 March we won the county final.",
        "Our match was on 4 March.",
        "On Friday we visited the farm.",
        "Ddydd Gwener aethom i'r fferm.",
        "Choir meets every Friday.",
        "Mae'r côr yn cwrdd bob dydd Gwener.",
        "dydd Gwener diwethaf",
        "We are closed on Good Friday.",
        "You may 3 times",
        "Ring 01632 960145",
        "Year 6 scored 10/3.",
        "It costs £10 march or no march.",
        "On 30 February",
        "Version 10.3.26.1",
        "",
    ],
)
def test_what_was_what_comes_again_and_what_is_no_day_is_no_announcement(text):
    assert read(text) == []


def test_the_day_it_goes_out_is_no_announcement_and_the_day_after_is():
    assert read("Open evening on 4 March") == []
    assert read("Open evening on 5 March") == ["03-05"]


def test_a_day_too_far_ahead_is_taken_for_a_slip():
    last = WEDNESDAY + FURTHEST
    assert days_announced(f"{last:%d/%m/%Y}", out_on=WEDNESDAY) == (last,)
    assert days_announced(f"{last + DAY:%d/%m/%Y}", out_on=WEDNESDAY) == ()


def test_a_date_without_a_year_is_the_nearest_one():
    assert days_announced("10 January", out_on=date(2026, 11, 20)) == (date(2027, 1, 10),)
    assert days_announced("10 November", out_on=date(2027, 1, 10)) == ()


def test_a_weekday_with_its_date_says_which_year():
    # The nearest 20 July after this day is a Monday; the Sunday is that of the year before.
    assert days_announced("Monday 20 July", out_on=date(2026, 1, 5)) == (date(2026, 7, 20),)
    assert days_announced("Sunday 20 July", out_on=date(2026, 1, 5)) == ()


@given(DAYS, st.integers(1, 365), st.sampled_from(["{d} {m} {y}", "{w} {d} {m} {y}", "{d}th of {m}, {y}"]))
def test_every_day_of_the_next_year_is_read_with_its_year(out_on, ahead, way):
    day = out_on + timedelta(days=ahead)
    for months, weekdays in ((ENGLISH, WEEKDAYS), (WELSH, WELSH_WEEKDAYS)):
        said = way.format(d=day.day, m=months[day.month - 1], y=day.year, w=weekdays[day.weekday()])
        assert days_announced(f"Open evening: {said}, all welcome", out_on=out_on) == (day,)
    assert days_announced(f"See you on {day:%d/%m/%Y}.", out_on=out_on) == (day,)


@given(DAYS, st.integers(1, 150))
def test_without_a_year_every_day_of_the_coming_months_is_read(out_on, ahead):
    day = out_on + timedelta(days=ahead)
    if (day.month, day.day) != (2, 29):
        assert days_announced(f"Fair on {day.day} {ENGLISH[day.month - 1]}.", out_on=out_on) == (day,)


@given(DAYS, st.integers(0, 6))
def test_a_weekday_alone_is_one_of_the_next_seven_days(out_on, weekday):
    for said in (f"on {WEEKDAYS[weekday]}", WELSH_WEEKDAYS[weekday]):
        (day,) = days_announced(f"Fair {said}", out_on=out_on)
        assert day.weekday() == weekday
        assert out_on < day <= out_on + 7 * DAY


@given(DAYS, st.integers(0, 400))
def test_days_gone_by_are_never_announced(out_on, ago):
    day = out_on - timedelta(days=ago)
    assert days_announced(f"On {day.day} {ENGLISH[day.month - 1]} {day.year} we won", out_on=out_on) == ()


@given(st.text(max_size=300), DAYS)
def test_any_text_gives_days_ahead_in_order_and_never_an_error(text, out_on):
    found = days_announced(text, out_on=out_on)
    assert list(found) == sorted(set(found))
    assert all(out_on < day <= out_on + FURTHEST for day in found)


@pytest.mark.parametrize("text", ["1 ", "1,", "10-", "mon 1 ", "on friday ", "1 and ", "dydd gwener ", "10/"])
def test_a_text_made_to_be_slow_is_read_at_once(text):
    begun = time.process_time()
    days_announced(text * 5000, out_on=WEDNESDAY)
    assert time.process_time() - begun < 2
