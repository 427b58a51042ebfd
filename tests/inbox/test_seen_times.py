"""What a network's words of a time mean, and what they leave open."""

from datetime import UTC, date, datetime, time

import pytest

from schoolgate.inbox.pasting import Seen, understand

AT = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)  # a Friday


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("just now", Seen(date(2026, 11, 20), time(14, 30), about=True)),
        ("5 m", Seen(date(2026, 11, 20), time(14, 25), about=True)),
        ("2h", Seen(date(2026, 11, 20), time(12, 30), about=True)),
        ("about 20 hours ago", Seen(date(2026, 11, 19), time(18, 30), about=True)),
        ("2 awr yn ôl", Seen(date(2026, 11, 20), time(12, 30), about=True)),
        ("3 d", Seen(date(2026, 11, 17), None, about=True)),
        ("1w", Seen(date(2026, 11, 13), None, about=True)),
        ("Yesterday at 14:10", Seen(date(2026, 11, 19), time(14, 10))),
        ("ddoe 14:10", Seen(date(2026, 11, 19), time(14, 10))),
        ("yesterday", Seen(date(2026, 11, 19), None)),
        ("Monday at 9:05", Seen(date(2026, 11, 16), time(9, 5))),
        ("Friday at 9:05", Seen(date(2026, 11, 13), time(9, 5))),
        ("14:10", Seen(date(2026, 11, 20), time(14, 10))),
        ("14:31", Seen(date(2026, 11, 19), time(14, 31))),
        ("2:10 pm", Seen(date(2026, 11, 20), time(14, 10))),
        ("20 November at 14:10", Seen(date(2026, 11, 20), time(14, 10))),
        ("21 November at 14:10", Seen(date(2025, 11, 21), time(14, 10))),
        ("3 Mawrth 2026, 08:00", Seen(date(2026, 3, 3), time(8, 0))),
        ("20/11/2026 14:10", Seen(date(2026, 11, 20), time(14, 10))),
        ("20 Nov · 14:10", Seen(date(2026, 11, 20), time(14, 10))),
    ],
)
def test_words_of_a_time_are_read(words, seen):
    assert understand(words, at=AT) == seen


@pytest.mark.parametrize(
    "words", ["", "soon", "31 February", "25:10", "13:10 pm", "2 moons", "0/0/2026", "x" * 500, "9999 h"]
)
def test_what_says_no_time_is_not_guessed(words):
    assert understand(words, at=AT) is None


def test_hours_are_counted_by_the_clock_of_the_country_over_a_change_of_clocks():
    after = datetime(2026, 10, 25, 3, 30, tzinfo=UTC)  # clocks went back at two in the night
    assert understand("4 h", at=after) == Seen(date(2026, 10, 25), time(0, 30), about=True)
