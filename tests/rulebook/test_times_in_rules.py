"""Times in rules: how long ago something was, and numbers that the federation chooses."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.rules.reading import BadCondition
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.situations.items import ItemReceived
from tests.rulebook.test_conditions import Fete

LEFT_OPEN = {
    "numbers": {"removal_deadline_hours": None},
    "steps": [
        {"advise": {"received_at": {"over": {"hours": {"number": "removal_deadline_hours"}}}},
         "say": "approaching.staff_may_be_told"},
        {"oblige": {"who": "author", "what": "removal",
                    "due": {"after": "received_at", "hours": {"number": "removal_deadline_hours"}}},
         "say": "approaching.staff_told"},
    ],
}  # fmt: skip


def taken_down(numbers, **facts):
    rule = Rule.model_validate({**LEFT_OPEN, "numbers": numbers})
    (said,) = rule.for_facts(ItemReceived)(
        ItemReceived.model_validate({"received_at": "2027-03-01T09:00:00Z", **facts})
    )
    return said


def test_a_number_that_nobody_chose_gives_no_time_and_nothing_to_compare_with():
    said = taken_down({"removal_deadline_hours": None}, now="2027-03-09T09:00:00Z")
    assert said.kind is Kind.OBLIGES
    assert said.due == Due.none_promised()


def test_a_number_that_was_chosen_counts_wherever_the_rule_names_it():
    soon = taken_down({"removal_deadline_hours": 2}, now="2027-03-01T11:00:00Z")
    assert soon.due == Due(instant=datetime(2027, 3, 1, 11, tzinfo=UTC))
    late = taken_down({"removal_deadline_hours": 2}, now="2027-03-01T11:00:01Z")
    assert late.kind is Kind.ADVISES


def test_how_long_ago_it_was_is_asked_where_nobody_says_what_time_it_is():
    assert taken_down({"removal_deadline_hours": 2}).needs[0].what == "day"


@pytest.mark.parametrize(
    ("numbers", "told"),
    [({}, "is not listed"), ({"removal_deadline_hours": 1, "other": 2}, "nothing counts by it")],
)
def test_a_number_is_listed_and_counts_somewhere(numbers, told):
    with pytest.raises(ValidationError, match=told):
        Rule.model_validate({**LEFT_OPEN, "numbers": numbers})


@pytest.mark.parametrize(
    ("span", "last", "over"),
    [
        ({"days": 1}, "2028-03-01", "2028-03-02"),
        ({"months": 12}, "2029-02-28", "2029-03-01"),
        ({"years": 2}, "2030-02-28", "2030-03-01"),
    ],
)
def test_it_is_over_on_the_day_after_the_last_one_and_a_short_month_ends_earlier(span, last, over):
    rule = Rule.model_validate(
        {"forbid": {"received_at": {"over": span}}, "say": "approaching.staff_may_be_told"}
    ).for_facts(ItemReceived)

    def on(day):
        told = "2028-02-29T23:59:00Z"
        (said,) = rule(ItemReceived.model_validate({"received_at": told, "on": day}))
        return said.kind

    assert on(last) is Kind.MET
    assert on(over) is Kind.FORBIDS


def test_hours_are_counted_from_a_time_and_not_from_a_day():
    with pytest.raises(BadCondition, match=r"host\.until is no time"):
        Rule.model_validate(
            {"forbid": {"host.until": {"over": {"hours": 2}}}, "say": "message.school_from_own"}
        ).for_facts(Fete)
