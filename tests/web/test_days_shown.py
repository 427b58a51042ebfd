"""Every school day of some terms, as it's shown before they are saved."""

from datetime import date

from schoolgate.core.calendars import days_of_pupils, for_school, set_calendar
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.web.setup.steps import months_of

TERMS = [
    ("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
    ("Spring 2", date(2027, 3, 22), date(2027, 4, 1)),
]
INSET = [date(2026, 9, 1), date(2026, 9, 14)]


def test_each_month_has_its_days_as_runs_and_says_why_pupils_are_not_in():
    months = months_of(TERMS, INSET, [date(2026, 10, 2)], country="england")
    september, october, november, *_rest, march, april = months
    assert (september.number, september.days) == (20, "2–11, 15–30")
    assert [(str(why), days) for why, days in september.off] == [("INSET", "1, 14")]
    assert (october.number, october.days) == (16, "1, 5–23")
    assert [(str(why), days) for why, days in october.off] == [("Bank holidays", "2"), ("Holidays", "26–30")]
    assert (november.number, november.days) == (0, "")
    assert (march.days, [(str(why), days) for why, days in march.off]) == (
        "22–25, 30–31", [("Bank holidays", "26–29"), ("Holidays", "1–19")],
    )  # fmt: skip
    assert (april.number, april.days) == (1, "1")


def test_what_is_shown_are_the_days_that_count_once_they_are_saved(federation, at):
    with scope(federation.pk):
        school = School.objects.create(name="Juniors", slug="juniors", country="england")
        set_calendar(school=school, terms=TERMS, inset_days=INSET[1:], added_holidays=[], at=at)
        days = days_of_pupils(for_school(school, TERMS[0][1], TERMS[-1][2]))
    months = months_of(TERMS, INSET[1:], [], country="england")
    assert sum(month.number for month in months) == len(days)


def test_without_terms_nothing_is_shown():
    assert months_of([], INSET, [], country="england") == []
