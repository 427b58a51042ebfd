"""Each ready rule answers its own examples, as its declaration says."""

import pytest

from schoolgate.rulebook import decide
from schoolgate.rulebook.ready import cases, ready_rules
from schoolgate.rulebook.ready.filling import filled, known_again
from schoolgate.rulebook.ready.model import MOST_FIELDS
from schoolgate.rulebook.ready.trying import book_with_alone, tried

RULES = [*ready_rules().values()]
ROLES = {"who": "headteacher", "deputy": "", "third": "", "agreed_by": ""}
SECOND = "chair of governors"


def values_of(ready, **more):
    """What its form begins with, with a role wherever one is needed, and these."""
    needed = {"deputy": SECOND} if "deputy" in ready.roles and not ready.roles["deputy"].optional else {}
    roles = {name: {**ROLES, **needed}[name] for name in ready.roles}
    return {**ready.defaults, **roles, **more}


@pytest.mark.parametrize("ready", RULES, ids=lambda one: one.key)
def test_a_ready_rule_answers_its_examples_as_it_says(ready):
    wrong = []
    for example in ready.examples:
        (found,) = tried(ready, values_of(ready, **example.values), [example])
        due = found.due and (found.due.instant or found.due.day)
        if found.answer is not example.answer or (
            example.due and (due is None or due.isoformat() != example.due)
        ):
            wrong.append(
                (
                    example.case,
                    dict(example.values),
                    str(found.answer),
                    str(example.answer),
                    due and due.isoformat(),
                )
            )
    assert wrong == []


@pytest.mark.parametrize("ready", RULES, ids=lambda one: one.key)
def test_a_ready_rule_has_few_fields_and_an_example_of_each_kind(ready):
    assert len(ready.own_fields) <= MOST_FIELDS
    answers = {one.answer for one in ready.examples}
    assert len(answers) > 1, "one where it stops or asks for something, and one where it doesn't"


@pytest.mark.parametrize("ready", RULES, ids=lambda one: one.key)
def test_a_ready_rule_is_known_again_among_others_with_what_was_filled_in(ready):
    other = {"clauses": ["a-1"], "ask": "policy.suggest", "point": "comment_on_policy", "permit": True}
    ways = {repr(values): values for values in (values_of(ready, **one.values) for one in ready.examples)}
    for values in ways.values():
        rules = [other, *filled(ready, values, "a-1")]
        found = known_again(ready, rules, [*ROLES.values(), SECOND])
        assert found is not None, values
        place, count, again = found
        assert (place, count) == (1, len(rules) - 1)
        assert filled(ready, again, "a-1") == rules[1:]
        changed = [other, {**rules[1], "for": ["parent"]}, *rules[2:]]
        left = known_again(ready, changed, [*ROLES.values()])
        assert left is None or left[0] > 1, "changed by hand, it's a rule like any other"


ALWAYS_NAMED = {"network"}
"""What no proposal is sent without, whatever the policy asks for."""


def test_a_proposal_asks_for_whatever_the_decision_on_it_needs_of_the_one_who_proposes():
    """Otherwise no account could ever be approved under a policy with this rule alone."""
    decides = {**cases.IN_ROLE, "roles": ["headteacher"]}
    missing, asked = [], set()
    for ready in RULES:
        for example in ready.examples:
            values = values_of(ready, **example.values)
            book = book_with_alone(ready, values)
            if not book.bound("account.decide"):
                continue
            form = {one.key for one in book.proposal_form}
            decision = decide(book, "account.decide", {"by": decides, "act": "approve", "case": {}})
            needed = {
                need.what for one in decision.findings for need in one.needs if need.source == "applicant"
            }
            asked |= needed
            missing += [(ready.key, one) for one in needed - form - ALWAYS_NAMED]
    assert asked
    assert missing == []
