"""When a review is due, in the policies' own words."""

from datetime import date

import pytest

from schoolgate.duties.models import Duty
from schoolgate.policy.reviewing import last_day_of, review_due, suggest
from tests.accounts.conftest import at_federation  # noqa: F401 - five federations
from tests.cast import someone

ADOPTED = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("2023-05", date(2023, 5, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2023-05-17", date(2023, 5, 17)),
        ("Autumn 2024", date(2024, 12, 31)),
        ("spring term 2025", date(2025, 4, 30)),
        ("when it suits", None),
    ],
)
def test_the_last_day_that_the_words_allow(words, last):
    assert last_day_of(words) == last


def test_boroughbridge_says_the_month():
    due = review_due(said="2023-05", every_months=None, adopted="2021-05", adopted_on=ADOPTED)

    assert due == date(2023, 5, 31)


def test_wootton_counts_a_year_from_a_month():
    assert review_due(said=None, every_months=12, adopted="2012-12", adopted_on=ADOPTED) == date(2013, 12, 31)


def test_a_year_from_a_day_is_that_day():
    assert review_due(said=None, every_months=12, adopted=None, adopted_on=ADOPTED) == date(2027, 9, 1)


def test_a_year_from_the_leap_day_ends_with_february():
    due = review_due(said=None, every_months=12, adopted="2024-02-29", adopted_on=ADOPTED)

    assert due == date(2025, 2, 28)


def test_a_policy_that_gives_no_time_gets_none():
    assert review_due(said=None, every_months=None, adopted=None, adopted_on=ADOPTED) is None


def test_at_wootton_a_suggestion_goes_to_the_finance_director(at_federation, at):  # noqa: F811
    with at_federation("wootton"):
        row = suggest(by=someone("Tom Ellery"), at=at, words="Say what a working day is.")

        assert row.to_role == "Finance Director"
        assert Duty.objects.get(kind="policy.suggestion").role_key == "finance-director"
