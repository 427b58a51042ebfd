"""Nobody is taken for what a case doesn't say: leaving out a fact never permits more than any value of it, in
every ready rule, filled in in each way that its examples name and with each of its exceptions."""

from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import pytest

from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.filling import with_filled
from schoolgate.rulebook.ready.trying import book_with_alone
from schoolgate.rulebook.situations import SITUATIONS
from tests.rulebook.knowing_less import permitted_by_knowing_less
from tests.rulebook.test_knowing_less import not_excepted

HEAD = "headteacher"


def ways(ready):
    """Each way to fill in the form that an example names, alone and with each exception."""
    begun = {**ready.defaults, **{name: HEAD for name, one in ready.roles.items() if not one.optional}}
    seen = {}
    for example in ready.examples:
        for unless in [(), *((one,) for one in ready.options_of("unless"))]:
            agrees = {"agreed_by": HEAD} if "agreed" in unless else {}
            more = {"unless": unless, **agrees} if unless else {}
            values = {**begun, **example.values, **more}
            seen.setdefault(repr(values), (values, []))[1].append(example)
    return seen.values()


def permitted(ready):
    """What is permitted by leaving out a fact: each with its case, the form and the fact."""
    wrong, tried = [], Counter()
    for values, examples in ways(ready):
        book = book_with_alone(ready, values)
        for example in examples:
            facts = SITUATIONS[example.situation].facts.model_validate(with_filled(example.facts, values))
            case = SimpleNamespace(situation=example.situation, facts=facts)
            found = not_excepted(permitted_by_knowing_less(case, book, tried))
            wrong += [(example.case, values, *one) for one in found]
    return wrong


@pytest.mark.parametrize("ready", ready_rules().values(), ids=lambda one: one.key)
def test_leaving_out_a_fact_never_permits_more(ready):
    assert permitted(ready) == []


def test_a_rule_that_takes_silence_for_no_is_found_out():
    ready = ready_rules()["no_politics"]
    (rule,) = ready.rules
    lax = replace(ready, rules=({**rule, "forbid": {"approved_beforehand": {"stated_as": [False]}}},))
    assert {fact for _case, _values, _point, fact in permitted(lax)} == {"post.publish:approved_beforehand"}
