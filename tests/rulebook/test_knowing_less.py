"""Who knows less is never permitted more: whatever a case leaves unsaid is asked for, or told of nothing."""

import pytest

from schoolgate.rulebook import book, books, decide
from schoolgate.rulebook.kinds import Outcome
from tests.policies.scenarios import all_scenarios

IN_DATA = sorted(
    {situation for key in books() for one in book(key).pack.bindings for situation in one.situations}
    - {
        situation
        for key in books()
        for pack in book(key).packs
        for one in pack.bindings
        if one.control != "rule"
        for situation in one.situations
    }
)
CASES = [one for one in all_scenarios() if one.situation in IN_DATA]


def test_there_are_situations_whose_rules_are_all_data():
    assert "message.send" in IN_DATA
    assert len(CASES) > 50


TELLS_OF_NOTHING = {
    "leaves": "none is on record",
    "rulings": "none is on record",
    "chosen": "the federation chose no time",
    "unacceptable": "nobody was asked, so nobody found it so",
    "access_asked": "nobody asked for a password",
    "discipline": "no outcome is entered",
    "rank": "it is not put down as anything",
    "reported_at": "no time runs from nowhere",
    "passed_to_manager_at": "no time runs from nowhere",
    "direction": "a message goes out unless it is said to come in",
    "account.lead_left:ends": "nobody wants to end it yet",
    "policy.covers:principle": "nobody asks about one principle",
    "policy.binds:works_as": "staff are employees unless they are said to be something else",
    "policy.binds:school": "nobody asks about one school",
    "policy.binds:school_is_ours": "nobody asks about one school",
    "policy.binds:rule_wording": "nobody asks about one rule",
    "policy.known:act": "it is a look at what is on record, unless somebody is about to sign",
    "item.answer:approvals": "nobody has approved it yet",
    "listening.found:also": "it is nothing else unless somebody says so",
    "listening.search:interval": "the federation has chosen nothing",
    "systems.monitor:case_or_rule": "there is no case",
    "systems.monitor:copied_on": "no copy was made yet",
    "systems.use:recorded_as": "nothing is recorded yet",
    "image.taken:act": "nothing is about to be done with it",
    "post.upkeep:marks": "nobody has marked it since it went out",
}
"""Facts that say that there is none where they are left out."""


def permitted_by_knowing_less(scenario, under):
    """Points that are stopped as the scenario is and not without one of its facts, each with that fact."""
    told = decide(under, scenario.situation, scenario.facts)
    given = scenario.facts.model_dump(exclude_unset=True)
    for name in given.keys() - TELLS_OF_NOTHING.keys():
        if f"{scenario.situation}:{name}" in TELLS_OF_NOTHING:
            continue
        less = type(scenario.facts).model_validate(
            {key: value for key, value in given.items() if key != name}
        )
        known = decide(under, scenario.situation, less)
        for point, outcome in told.points.items():
            if outcome.weight > Outcome.PERMITTED.weight >= known.points[point].weight:
                yield f"{point} without {name}"


@pytest.mark.parametrize("scenario", CASES, ids=str)
def test_knowing_less_never_permits_more(scenario):
    assert list(permitted_by_knowing_less(scenario, book(scenario.policy))) == []
