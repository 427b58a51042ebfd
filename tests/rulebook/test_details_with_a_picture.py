"""What is written with a school photograph of no one, under the policy that bars it on a personal page."""

from datetime import UTC, datetime

import pytest

from schoolgate.rulebook import book
from schoolgate.rulebook.adviser import ENTRIES, Situated, answer

ASKED = Situated(ENTRIES["details-with-school-picture"], datetime(2026, 11, 20, 12, tzinfo=UTC))
LLANIDLOES = book("llanidloes")


def told(**said):
    given = {f"people.0.{name}": one for name, one in said.items()}
    return answer(LLANIDLOES, ASKED, {"me": "staff", **given})


def test_it_is_asked_who_the_details_are_about_and_then_nothing_more():
    asked = answer(LLANIDLOES, ASKED, {"me": "staff"}).question
    assert asked is not None
    assert asked.leaf.path == "people.0.relation"
    assert answer(LLANIDLOES, ASKED, {"me": "staff", "people.0.relation": "staff"}).question is None


@pytest.mark.parametrize(
    ("about", "clause", "says"),
    [
        ("staff", "llanidloes-personal-19", "image.school_photo_details_staff"),
        ("pupil", "llanidloes-personal-20", "image.school_photo_details_student"),
    ],
)
def test_a_colleagues_birthday_or_a_pupils_name_has_to_go_by_its_own_clause(about, clause, says):
    decision = told(relation=about).decision
    assert str(decision.outcome) == "not_permitted"
    forbids = [each for each in decision.findings if str(each.kind) == "forbids"]
    assert [(each.clauses, each.message) for each in forbids] == [((clause,), says)]


def test_details_about_anyone_else_are_not_what_the_clauses_bar():
    assert str(told(relation="governor").decision.outcome) == "silent"


def test_a_photograph_with_no_one_in_it_and_nothing_beside_it_is_not_barred():
    plain = Situated(ENTRIES["school-picture-own-page"], ASKED.at)
    assert str(answer(LLANIDLOES, plain, {"me": "staff"}).decision.outcome) == "silent"
