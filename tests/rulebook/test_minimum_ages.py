"""How old one has to be for a network: dated rows by country, shown as the law's and never as a policy's."""

from datetime import date

import pytest

from schoolgate.rulebook import Outcome, book, decide
from schoolgate.rulebook.controls.law import MinimumAge
from schoolgate.rulebook.situations.accounts import AccountPropose

ROWS = [
    {"age": 13, "from_day": None, "countries": ["england", "wales"]},
    {"age": 16, "from_day": "2027-04-01", "countries": ["england"]},
]
SETTINGS = MinimumAge.Settings(network="somewhere", ages=ROWS, source="a test")


def kinds(day, age, country):
    placed = {"network": "somewhere", "country": country, "pupils_in_audience": True, "youngest_pupil": age}
    said = MinimumAge().evaluate(AccountPropose(on=day, placed=placed), SETTINGS)
    return [(one.kind, one.args.get("least")) for one in said]


@pytest.mark.parametrize(
    ("day", "age", "country", "expected"),
    [
        ("2027-03-31", 12, "england", ("forbids", 13)),
        ("2027-03-31", 13, "england", ("met", 13)),
        ("2027-04-01", 15, "england", ("forbids", 16)),
        ("2027-04-01", 16, "england", ("met", 16)),
        ("2027-04-01", 13, "wales", ("met", 13)),
        ("2027-03-31", 13, None, ("met", 13)),
        ("2027-04-01", 15, None, ("requires", None)),
        (None, 15, "england", ("requires", None)),
        (None, 13, "wales", ("met", 13)),
    ],
)
def test_the_latest_row_that_has_begun_counts(day, age, country, expected):
    assert kinds(date.fromisoformat(day) if day else None, age, country) == [expected]


@pytest.mark.parametrize(
    ("day", "outcome"), [("2024-04-10", Outcome.NOT_PERMITTED), ("2024-04-11", Outcome.PERMITTED)]
)
def test_whatsapp_took_fifteen_year_olds_from_its_change_on(day, outcome):
    placed = {"network": "whatsapp", "country": "wales", "pupils_in_audience": True, "youngest_pupil": 15}
    decided = decide(book("llanidloes"), "account.propose", {"placed": placed}, on=date.fromisoformat(day))
    assert decided.points["network_age"] == outcome
    assert decided.silent_because == "no_rule"  # the policy itself still says nothing


def test_an_age_that_is_not_known_holds():
    placed = {"network": "facebook", "country": "wales", "pupils_in_audience": True}
    decided = decide(book("llanidloes"), "account.propose", {"placed": placed}, on=date(2026, 11, 20))
    assert decided.points["network_age"] == Outcome.HOLD
    assert [finding.basis for finding in decided.at("network_age")] == ["law"]


def test_no_pupils_no_question():
    placed = {"network": "facebook", "pupils_in_audience": False}
    decided = decide(book("llanidloes"), "account.propose", {"placed": placed}, on=date(2026, 11, 20))
    assert decided.points["network_age"] == Outcome.SILENT
