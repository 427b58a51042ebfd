"""Who knows less is never permitted more: whatever a case leaves unsaid is asked for, or told of nothing."""

from functools import cache

import pytest

from schoolgate.rulebook import book, decide
from schoolgate.rulebook.kinds import Outcome
from tests.policies.scenarios import all_scenarios, by_file

FILES = by_file(all_scenarios())
TELLS_OF_NOTHING = {
    "now": "the program always says when",
    "choices": "the federation chose no time",
    "noticed_at": "no time runs from nowhere",
    "chosen": "the federation chose no time",
    "unacceptable": "nobody was asked, so nobody found it so",
    "access_asked": "nobody asked for a password",
    "discipline": "no outcome is entered",
    "rank": "it is not put down as anything",
    "reported_at": "no time runs from nowhere",
    "passed_to_manager_at": "no time runs from nowhere",
    "account.open:on": "the program always says on which day",
    "account.lead_left:ends": "nobody wants to end it yet",
    "policy.covers:principle": "nobody asks about one principle",
    "policy.binds:works_as": "staff are employees unless they are said to be something else",
    "policy.binds:school": "nobody asks about one school",
    "policy.binds:school_is_ours": "nobody asks about one school",
    "policy.binds:rule_wording": "nobody asks about one rule",
    "policy.known:act": "it is a look at what is on record, unless somebody is about to sign",
    "contact.accept:unsure": "nobody is in doubt unless they say so",
    "incident.report:child_is_family": "it is nobody's own child unless somebody says so",
    "item.answer:found_elsewhere": "it was found here unless somebody says so",
    "item.answer:flagged_words": "no word was found",
    "item.look:judged": "nobody has judged it yet",
    "item.received:answer_promised": "nothing was promised unless somebody says so",
    "permission.counts:several_schools": "it touches one school unless somebody says so",
    "policy.ask:about": "nothing is asked about",
    "policy.status:last_reviewed": "no review is stated, so none is stated wrongly",
    "policy.status:look_every_days": "the federation chose no time",
    "post.publish:facts_checked": "nobody has checked it yet",
    "post.publish:marks": "nothing was marked in it",
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
    """Points that are stopped as it is and not without one of its facts, each with the names of the fact."""
    told = decide(under, scenario.situation, scenario.facts)
    given = scenario.facts.model_dump(exclude_unset=True)
    for name in given:
        less = type(scenario.facts).model_validate(
            {key: value for key, value in given.items() if key != name}
        )
        known = decide(under, scenario.situation, less)
        for point, outcome in told.points.items():
            if outcome.weight > Outcome.PERMITTED.weight >= known.points[point].weight:
                yield point, {name, f"{scenario.situation}:{name}"}


def not_excepted(found):
    """Those whose fact isn't one that says that there is none where it is left out."""
    return [(point, names) for point, names in found if not names & TELLS_OF_NOTHING.keys()]


@cache
def in_file(file):
    """The same of each scenario of a file."""
    return {str(one): [*permitted_by_knowing_less(one, book(one.policy))] for one in FILES[file]}


@pytest.mark.parametrize("file", FILES)
def test_knowing_less_never_permits_more(file):
    wrong = {scenario: not_excepted(found) for scenario, found in in_file(file).items()}
    assert {scenario: found for scenario, found in wrong.items() if found} == {}


def test_each_exception_is_needed():
    used = {
        name
        for file in FILES
        for found in in_file(file).values()
        for _point, names in found
        for name in names
    }
    assert TELLS_OF_NOTHING.keys() - used == set()
