"""Who knows less is never permitted more: whatever a case leaves unsaid is asked for, or told of nothing."""

from collections import Counter
from functools import cache

import pytest

from schoolgate.rulebook import book, books
from tests.policies.scenarios import each_policy, scenarios
from tests.rulebook.knowing_less import permitted_by_knowing_less

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
    "at": "what is on record is there; its time only says that it isn't yet, and every action gives it",
    "roles": "nobody holds a role that isn't on record",
    "from_day": "it holds, until a day says that it doesn't yet",
    "to_day": "it holds, until a day ends it",
    "authorised": "an employee needs no permission, and what ends a part is on record",
    "account.open:placed.network_age": "the law's own table gives it",
    "account.propose:placed.network_age": "the law's own table gives it",
    "account.propose:placed.pupils_in_audience": "the groups of the audience say it",
    "account.sign:signed.leaves_out": "a signature leaves out nothing unless it says so",
    "account.lead_left:leaders.leaves_on": "it is said that they stay",
    "account.watch:looks.what": "a look is at the account unless something else is said",
    "contact.accept:person": "what people are to the school, and since when, is on its own record",
    "image.share:people.asked.whom": "where no parent is named, the person was asked",
    "incident.report:told.read_at": "it is said that it was opened, and when it was sent",
    "incident.investigate:help_asked.by_day": "no day was given",
    "listening.search:searches.school": "a search is for every school unless one is named",
    "permission.counts:none_given": "the permission is there",
    "policy.ask:other_rules.says": "the answer says to look there",
    "policy.ask:papers": "the answer says to look there first",
    "policy.known:people.declined": "nobody has said no unless it is on record",
    "policy.known:people.manager": "nobody leads them unless it is on record",
    "policy.status:holders.school": "a role is held for every school unless one is named",
    "policy.status:roll_out.due": "no day was given",
    "post.publish:account.youngest_pupil": "it is said that no pupils read it",
    "post.publish:links.found": "nobody found it broken",
    "post.publish:picture": "it is said that there is none",
    "training.status:people.booked_on": "nobody is late for a session that isn't in the calendar",
}
"""Facts that say that there is none where they are left out, or that are known from elsewhere."""


def not_excepted(found):
    """Those whose fact isn't one that says that there is none where it is left out."""
    return [(point, max(names, key=len)) for point, names in found if not names & TELLS_OF_NOTHING.keys()]


@cache
def under(policy):
    """What is permitted by knowing less in each scenario of a policy."""
    tried = Counter()
    return {str(one): [*permitted_by_knowing_less(one, book(policy), tried)] for one in scenarios(policy)}


@pytest.mark.parametrize("policy", each_policy())
def test_knowing_less_never_permits_more(policy):
    wrong = {scenario: not_excepted(found) for scenario, found in under(policy).items()}
    assert {scenario: found for scenario, found in wrong.items() if found} == {}


@pytest.mark.slow
def test_each_exception_is_needed():
    used = {
        name
        for policy in books()
        for found in under(policy).values()
        for _point, names in found
        for name in names
    }
    assert TELLS_OF_NOTHING.keys() - used == set()
