"""What reached each rule is read from decisions as they were saved."""

from datetime import date

import pytest

from schoolgate.policy.keeping import body_of
from schoolgate.rulebook import book
from schoolgate.rulebook.coverage import Asking, Came, How, came_out, name_of, stored_by_rule
from schoolgate.rulebook.deciding import decide, is_bound
from schoolgate.rulebook.findings import UNKNOWN
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.scenarios import scenarios_of
from tests.policies.scenarios import each_policy

STAFF = {"key": "amina", "relation": "staff"}
UNSAID = {"by": STAFF, "found_elsewhere": True}
FOLLOWED = {**UNSAID, "response_process": True}
POSTED, LATER = date(2027, 1, 4), date(2027, 1, 11)


def came(policy, situation, facts):
    """Each rule that spoke about these facts, by its name."""
    decision = decide(book(policy), situation, facts)
    saved = decision.facts.model_dump(mode="json", exclude_defaults=True)
    turns_on = stored_by_rule(book(policy), situation)
    return {one.rule: one for one in came_out(body_of(decision), turns_on, saved)}


def at_point(found, point):
    return next(one for name, one in found.items() if f"@{point}/" in name)


def test_a_rule_that_knows_its_facts_decided_and_says_which_it_knew():
    one = at_point(came("wildground", "item.answer", FOLLOWED), "response_process")
    assert (one.how, one.missing, one.facts) == (How.DECIDED, (), ("response_process",))


def test_a_rule_that_lacks_a_fact_waited_and_names_it():
    one = at_point(came("wildground", "item.answer", UNSAID), "response_process")
    assert (one.how, one.missing, one.facts) == (How.WAITED, ("response_process",), ())


def test_a_rule_that_only_advises_was_shown():
    found = came("wildground", "post.publish", {"author": STAFF})
    assert {one.how for one in found.values() if one.rule.startswith("wildground-tone-4@")} == {How.SHOWN}


def test_a_rule_whose_facts_were_erased_still_decided_with_no_fact_named():
    decision = decide(book("wildground"), "item.answer", FOLLOWED)
    turns_on = stored_by_rule(book("wildground"), "item.answer")
    one = at_point(
        {each.rule: each for each in came_out(body_of(decision), turns_on, None)}, "response_process"
    )
    assert (one.how, one.facts) == (How.DECIDED, ())


@pytest.mark.parametrize("policy", each_policy())
def test_in_stored_cases_each_rule_comes_out_as_the_rule_itself_says(policy):
    """A second way to the same: each rule is asked alone, without the rest of the decision."""
    under, differ, seen = book(policy), [], set()
    for case in scenarios_of(policy)[::7]:
        found = came(policy, case.situation, case.facts)
        bound = under.bound(case.situation)
        left_out = {one.clauses[0] for one in bound if any(told.unbound for told in one.evaluate(case.facts))}
        for rule in bound:
            if rule.clauses[0] in left_out:  # what leaves a case out is saved by its clause
                continue
            if rule.binds is not None and is_bound(case.facts, rule.binds) is not True:
                continue
            told = tuple(rule.evaluate(case.facts))
            alone = [each for each in under.bound(case.situation) if name_of(each) == name_of(rule)]
            if len(alone) > 1 or rule.overrides or any(one.unbound or one.excludes for one in told):
                continue
            one = found.get(name_of(rule))
            if any(each.kind is Kind.REQUIRES and each.message == UNKNOWN for each in told):
                expected = How.SHOWN if rule.is_advice else How.WAITED
            elif told and all(each.kind is Kind.ADVISES for each in told):
                expected = How.SHOWN
            else:
                expected = How.DECIDED if told else None
            seen.add(expected)
            if (one.how if one else None) is not expected:
                differ.append((case.name, name_of(rule), one, expected))
    assert differ == []
    assert seen == {How.DECIDED, How.WAITED, How.SHOWN, None}


def test_numbers_of_two_weeks_are_added_up():
    asking, other = Asking(), Asking()
    asking.came(Came("a@b/rule", How.DECIDED, (), ("by",)), LATER, told=False)
    other.came(Came("a@b/rule", How.WAITED, ("relation",), ()), POSTED, told=True)
    asking.add(other)
    assert (asking.decided, asking.waited, asking.told, asking.reached) == (1, 1, 1, 1)
    assert (asking.first, asking.last, asking.waits_for) == (POSTED, LATER, "relation")
    assert (asking.facts["by"], asking.only_told) == (1, False)


def test_what_was_only_answered_is_only_told_and_what_never_happened_is_not():
    asking = Asking()
    assert (asking.only_told, asking.waits_for, asking.first) == (False, None, None)
    asking.came(Came("a@b/rule", How.SHOWN, (), ()), POSTED, told=True)
    assert asking.only_told
    asking.came(Came("a@b/rule", How.DECIDED, (), ()), POSTED, told=False)
    assert not asking.only_told


def test_it_names_the_fact_it_waited_for_most_often_and_of_two_alike_the_same_one_each_time():
    asking = Asking()
    for missing in (("b",), ("a",), ("c", "b"), ("a",)):
        asking.came(Came("a@b/rule", How.WAITED, missing, ()), POSTED, told=False)
    assert asking.waits_for == "a"
