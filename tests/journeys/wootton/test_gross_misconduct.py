"""Gross misconduct under Wootton's policy: discipline follows, and a named person decides it with reasons."""

import pytest

from schoolgate.rulebook import book
from tests.eyes import expect
from tests.journeys import misconduct as step

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
FOLLOWS = book("wootton").clauses["wootton-related-21"].says
NOT_HERE = (book("llanidloes").clauses["llanidloes-abuse-6"].says, "gross misconduct", "Llanidloes")


def test_discipline_follows_and_the_principal_decides_it_with_reasons(house, somebody):
    ann, karen = somebody(house, "ann"), somebody(house, "karen")
    ann.sign_in()
    step.reports(ann)

    karen.sign_in()
    step.takes(karen)
    step.answers(karen, "Assessment", step.ASSESSED, {"set_aside_because": ("none_of_these",)},
        {"confidential_exposed": "no", "reputation_at_risk": "no"})  # fmt: skip
    step.saves(karen)
    step.answers(karen, "Investigation", step.INVESTIGATED)
    step.named(karen, "lead", "Karen Bright")
    step.saves(karen)
    step.answers(karen, "Conduct", step.JUDGED)
    step.saves(karen)

    step.answers(karen, "Outcome", step.FOUND, {"take_down_refused": "no"})
    step.saves(karen)
    karen.press("Outcome")
    karen.sees("The policy still asks for")
    step.shows_only(karen, FOLLOWS, *NOT_HERE)
    karen.look("discipline-follows")
    expect(karen.page.locator('[name="rank"]')).to_have_count(0)

    karen.page.go_back()
    step.answers(karen, "Outcome", step.DISMISSED)
    step.named(karen, "discipline.by", "Karen Bright")
    step.saves(karen)
    step.closes(karen, "Pat Moor")
    pat = somebody(house, "pat")
    pat.sign_in()
    step.confirms(pat)
    pat.look("closed-by-two")
