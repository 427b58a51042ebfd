"""Bank holidays against GOV.UK's own list, for every year that the bundled copy of it has."""

from datetime import date

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from schoolgate.core.calendars import bank_holidays

PRINTED = tuple(
    sorted(
        one["date"]
        for one in BankHolidays(use_cached_holidays=True).get_holidays(
            division=BankHolidays.ENGLAND_AND_WALES
        )
    )
)


@pytest.mark.parametrize("country", ["england", "wales"])
@pytest.mark.parametrize("year", sorted({day.year for day in PRINTED}))
def test_every_year_of_the_printed_list_agrees(country: str, year: int) -> None:
    printed = tuple(day for day in PRINTED if day.year == year)

    assert bank_holidays(country, date(year, 1, 1), date(year, 12, 31)) == printed


def test_the_printed_list_covers_the_years_that_the_tests_speak_of() -> None:
    assert (PRINTED[0].year <= 2025, PRINTED[-1] >= date(2028, 12, 26)) == (True, True)


def test_a_substitute_is_listed_and_the_saturday_it_stands_for_is_not() -> None:
    assert bank_holidays("england", date(2026, 12, 24), date(2026, 12, 31)) == (
        date(2026, 12, 25),
        date(2026, 12, 28),
    )
    assert bank_holidays("wales", date(2027, 12, 24), date(2027, 12, 31)) == (
        date(2027, 12, 27),
        date(2027, 12, 28),
    )


def test_st_davids_day_is_none() -> None:
    assert bank_holidays("wales", date(2027, 3, 1), date(2027, 3, 1)) == ()
