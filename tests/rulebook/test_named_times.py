"""Times as policies name them: days, months and terms."""

from datetime import date

import pytest

from schoolgate.rulebook.named_times import (
    days_after,
    first_day,
    half_terms_after,
    last_day,
    months_after,
    term_days,
    terms_after,
)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2023-05", date(2023, 5, 1), date(2023, 5, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2012-12", date(2012, 12, 1), date(2012, 12, 31)),
        ("2022-10-12", date(2022, 10, 12), date(2022, 10, 12)),
    ],
)
def test_a_month_reaches_from_its_first_day_to_its_last(words, first, last):
    assert (first_day(words), last_day(words)) == (first, last)


@pytest.mark.parametrize("words", ["", "2023", "2023-13", "2023-02-30", "12.10.2022", "20221012"])
def test_what_is_neither_a_day_nor_a_month_is_refused(words):
    with pytest.raises(ValueError, match=r".+"):
        first_day(words)


@pytest.mark.parametrize(
    ("words", "months", "due"),
    [
        ("2012-12", 12, date(2013, 12, 31)),
        ("2024-12-10", 12, date(2025, 12, 10)),
        ("2024-02-29", 12, date(2025, 2, 28)),
        ("2025-08-31", 1, date(2025, 9, 30)),
        ("2025-12-31", 2, date(2026, 2, 28)),
        ("2024-02", 12, date(2025, 2, 28)),
        ("2025-03-03", 0, date(2025, 3, 3)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_there_is(words, months, due):
    assert months_after(words, months) == due


@pytest.mark.parametrize(
    ("term", "first", "last"),
    [
        ("autumn", date(2024, 9, 1), date(2024, 12, 31)),
        ("Spring", date(2024, 1, 1), date(2024, 4, 30)),
        ("summer", date(2024, 4, 1), date(2024, 8, 31)),
    ],
)
def test_a_term_reaches_over_its_months(term, first, last):
    assert term_days(term, 2024) == (first, last)


def test_days_run_over_the_change_of_the_month():
    assert days_after(date(2025, 3, 1), 30) == date(2025, 3, 31)
    assert days_after(date(2025, 2, 28), 30) == date(2025, 3, 30)


@pytest.mark.parametrize(
    ("words", "terms", "half_terms"),
    [
        ("2026-07-17", date(2026, 12, 31), date(2026, 10, 31)),
        ("2026-09-01", date(2027, 4, 30), date(2026, 12, 31)),
        ("2026-12-31", date(2027, 4, 30), date(2027, 2, 28)),
        ("2028-01-01", date(2028, 8, 31), date(2028, 4, 30)),
        ("2027-05-31", date(2027, 12, 31), date(2027, 8, 31)),
    ],
)
def test_the_next_term_is_over_with_the_months_that_it_can_reach_over(words, terms, half_terms):
    assert (terms_after(words, 1), half_terms_after(words, 1)) == (terms, half_terms)
    assert terms_after(words, 4).year == terms.year + 1
