"""A ready rule is set in a federation's own policy, set again and taken out, as one thing."""

from dataclasses import replace

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound
from schoolgate.core.tenancy import scope
from schoolgate.policy.own_policy import keep_rules
from schoolgate.policy.ready import all_set, changed_by_hand, may_now, role_called, set_in
from schoolgate.policy.setting_ready import keep_ready_rule, remove_ready_rule
from schoolgate.policy.writing import writing
from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.trying import CLAUSE as ALONE
from schoolgate.rulebook.ready.trying import examples_for, tried
from tests.web.own_policy_cast import CLAUSE, COUNTED, NOW

WEEK = {"number": 7, "unit": "days"}


@pytest.fixture
def there(st_annes):
    with scope(st_annes.federation.pk):
        yield st_annes


def keep(there, key, values, clause="", **more):
    now = writing(NOW.date())
    edition = now.about(clause).edition if clause else 0
    said = {"edition": edition, "seen": now.seen, **more}
    return keep_ready_rule(by=there.head, at=NOW, key=key, values=values, clause=clause, **said)


def values_in(clause):
    return [(one.ready.key, dict(one.values)) for one in set_in(writing(NOW.date()), clause)]


def test_a_ready_rule_is_set_beside_other_rules_set_again_and_taken_out_whole(there):
    other = {"clauses": [COUNTED], "ask": "policy.suggest", "point": "comment_on_policy", "permit": True}
    keep_rules(by=there.head, at=NOW, clause=COUNTED, written=[other], edition=0)
    keep(there, "remove_within", WEEK, COUNTED)
    assert values_in(COUNTED) == [("remove_within", WEEK)]
    keep(there, "remove_within", {"unit": "at_once"}, COUNTED)
    ((key, values),) = values_in(COUNTED)
    assert (key, values["unit"]) == ("remove_within", "at_once")
    now = writing(NOW.date())
    assert len(now.rules(COUNTED)) == 2, "filled in again, it takes the place of what it was"
    assert [one.clause for one in all_set(now)["remove_within"]] == [COUNTED]
    remove_ready_rule(by=there.head, at=NOW, key="remove_within", clause=COUNTED, edition=now.edition)
    assert writing(NOW.date()).rules(COUNTED) == [other]
    with pytest.raises(NotFound):
        remove_ready_rule(by=there.head, at=NOW, key="remove_within", clause=COUNTED, edition=now.edition + 1)


def test_a_rule_changed_by_hand_is_never_stopped_by_the_ready_rule_it_was(there):
    keep(there, "remove_within", WEEK, COUNTED)
    by_hand = [{**one, "kept": "kernel.met"} for one in writing(NOW.date()).rules(COUNTED)]
    edition = writing(NOW.date()).edition
    keep_rules(by=there.head, at=NOW, clause=COUNTED, written=by_hand, edition=edition)
    now = writing(NOW.date())
    assert values_in(COUNTED) == []
    assert changed_by_hand(now, COUNTED, ready_rules()["remove_within"]) == [1]
    with pytest.raises(BadInput) as refused:
        keep(there, "remove_within", WEEK, COUNTED)
    assert "changed by hand" in str(refused.value.fields["rule"])
    assert writing(NOW.date()).rules(COUNTED) == now.rules(COUNTED)

    keep_rules(by=there.head, at=NOW, clause=COUNTED, written=[], edition=now.edition)
    keep(there, "remove_within", WEEK, COUNTED)
    assert values_in(COUNTED) == [("remove_within", WEEK)], "once it is removed, it is set again"


def test_a_ready_rule_without_a_clause_adds_one_that_says_it(there):
    clause = keep(there, "reply_within", {"number": 2, "unit": "school_days", "what": "all"})
    now = writing(NOW.date())
    assert now.text.clauses[clause].says == (
        "Comments and messages on our accounts are answered within 2 school days."
    )
    assert clause not in now.pack.clauses, "it waits in the version that is being prepared"
    assert [key for key, _values in values_in(clause)] == ["reply_within"]


def test_a_ready_rule_says_what_its_clause_says_and_nothing_else(there):
    for values, clause, field in (
        ({"number": 3, "unit": "days"}, COUNTED, "rule"),
        ({"number": 0, "unit": "days"}, COUNTED, "number"),
        ({"number": 7, "unit": "moons"}, COUNTED, "unit"),
        ({"number": 7}, COUNTED, "unit"),
        ({"unit": "days"}, COUNTED, "number"),
    ):
        with pytest.raises(BadInput) as refused:
            keep(there, "remove_within", values, clause)
        assert [*refused.value.fields] == [field]
    with pytest.raises(BadInput) as refused:
        keep(there, "press_to", {"who": "wizard", "when": "none"})
    assert [*refused.value.fields] == ["who"]
    with pytest.raises(NotFound):
        keep(there, "no_such_rule", {})
    with pytest.raises(NotAllowed):
        keep_ready_rule(by=there.office, at=NOW, key="own_privacy", values={}, clause=CLAUSE)
    assert writing(NOW.date()).draft is None


def test_a_role_that_the_policy_does_not_have_is_named_with_the_rule_and_added(there):
    """Only where it's said to be new, and where the clause names it or is still to be written."""
    who = "Council's press office"
    clause = keep(there, "press_to", {"who": who, "when": "none"}, new_roles=[who])
    now = writing(NOW.date())
    assert role_called(now.about(clause), who) is not None
    assert who in now.text.clauses[clause].says
    assert values_in(clause) == [("press_to", {"who": who, "when": "none"})]
    with pytest.raises(BadInput) as refused:
        keep(there, "press_to", {"who": "Digital Lead", "when": "none"}, clause, new_roles=["Digital Lead"])
    assert [*refused.value.fields] == ["who"]
    with pytest.raises(BadInput) as refused:
        keep(there, "press_to", {"who": "staff", "when": "none"}, new_roles=["wizard"])
    assert role_called(writing(NOW.date()), "wizard") is None


def test_who_approves_by_a_ready_rule_can_approve_so_that_nothing_waits_for_ever(there):
    teacher = role_called(writing(NOW.date()), "class teacher")
    assert "approve_post" not in teacher.capacities
    clause = keep(there, "posts_approved", {"who": "class teacher", "deputy": "", "own": "alone"})
    now = writing(NOW.date()).about(clause)
    teacher = role_called(now, "class teacher")
    assert "approve_post" in may_now(now, teacher)
    assert {*may_now(now, teacher)} >= {"propose_account", "write_post"}, "and keeps what it could do"


def test_the_head_alone_approves_their_own_post_too():
    ready = ready_rules()["posts_approved"]
    values = {"who": "headteacher", "deputy": "", "own": "alone"}
    own = {"author": {"key": "head", "relation": "staff", "roles": ["headteacher"]}, "approvals": []}
    found = tried(ready, values, [replace(examples_for(ready, values)[0], facts=own)])
    assert [one.answer for one in found] == [Answer.ALLOWED], "a second person is the house's rule"
    assert ALONE in found[0].decision.clauses
    values = {**values, "own": "another"}
    found = tried(ready, values, [replace(examples_for(ready, values)[0], facts=own)])
    assert [one.answer for one in found] == [Answer.NOT_YET], "an administrator needs another one"
