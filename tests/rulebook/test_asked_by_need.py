"""What a need asks for where it does not say it: the facts that it names."""

from dataclasses import replace

import pytest

from schoolgate.rulebook import book
from schoolgate.rulebook.packs.building import Place, with_rules
from schoolgate.rulebook.proposal_form import proposal_form
from schoolgate.rulebook.rules.making import asked_by
from schoolgate.rulebook.rules.reading import BadCondition
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.situations.accounts import AccountPropose

STATES = {"need": {"case.aim": {"known": True}, "case.promotion": {"known": True}}, "say": "proposal.missing"}


def said(rule, **case):
    facts = AccountPropose.model_validate({"case": case})
    (one,) = Rule.model_validate(rule).for_facts(AccountPropose)(facts)
    return one


def test_it_asks_only_for_the_facts_that_are_not_there():
    found = said(STATES, aim="To show our work")
    assert [tuple(one) for one in found.needs] == [("promotion", "applicant")]
    assert found.args == {"what": ["promotion"]}
    assert [one.what for one in said(STATES).needs] == ["aim", "promotion"]
    assert said(STATES, aim="To show our work", promotion="A letter").needs == ()


def test_blanks_are_nothing():
    assert [one.what for one in said(STATES, aim=" ", promotion="A letter").needs] == ["aim"]


def test_it_asks_for_each_fact_of_an_alternative():
    either = {"need": {"any": [{"case.aim": {"known": True}}, {"case.vetter": {"known": True}}]}, "say": "x"}
    assert [one.what for one in said(either).needs] == ["aim", "vetter"]
    assert said(either, vetter="p1").needs == ()


def test_whom_this_policy_asks_is_asked():
    named = {
        "need": {"case.author": {"known": True}},
        "say": "x",
        "supplied_by": {"case.author": "applicant"},
    }
    assert [tuple(one) for one in said(named).needs] == [("author", "applicant")]


def test_where_nobody_can_be_asked_it_is_refused():
    with pytest.raises(BadCondition, match="nobody can be asked"):
        said({"need": False, "say": "x"})


def test_pages_show_what_it_asks_for():
    rule = {"ask": "account.propose", "point": "aim", "need": {"case.aim": {"known": True}}}
    assert asked_by(rule, rule) == [{"what": "aim", "of": "applicant"}]


# --- The form that follows from it -------------------------------------------------------------------


def form(*rules):
    """The proposal form of a policy with nothing but these rules of one clause."""
    clause = "wildground-accounts-3"
    pack = replace(book("wildground").pack, bindings=())
    written = [{"clauses": [clause], "ask": "account.propose", "point": "aim", **one} for one in rules]
    found = proposal_form(with_rules(pack, {clause: [(Place("x", b""), one) for one in written]}))
    return {one.key: one for one in found}


def test_what_is_needed_is_a_question():
    assert [*form({"need": {"case.aim": {"known": True}, "case.audience.marked": {"empty": False}}})] == [
        "aim",
        "audience",
    ]


def test_the_least_number_is_that_of_the_rule():
    count = {"count": {"at_least": 3, "different": "key", "of": {"relation": "staff"}}}
    assert form({"need": {"case.run_by": count}})["run_by"].minimum == 3
    assert form({"need": {"case.moderators_named": {"at_least": 2}}})["moderators"].minimum == 2


def test_it_is_compulsory_with_the_answers_under_which_the_rule_applies():
    need = {"need": {"case.consent_plan": {"known": True}}}
    found = form({"when": {"case.host.kind": "third_party"}, **need})
    assert found["consent_plan"].required_if == ({"host": ("third_party",)},)
    either = {
        "any": [{"case.contributors_named": {"includes": "own_pupils"}}, {"case.children_contribute": True}]
    }
    found = form({"when": either, **need})
    assert found["consent_plan"].required_if == (
        {"contributors": ("own_pupils",)},
        {"children_contribute": ("true",)},
    )


def test_what_a_rule_only_reads_is_asked_where_no_rule_needs_it():
    reads = {"when": {"case.host.kind": "third_party"}, "need": {"case.consent_plan": {"known": True}}}
    assert [(key, one.required) for key, one in form(reads).items()] == [
        ("consent_plan", False),
        ("host", True),
    ]
    needed = form({"need": {"case.host.kind": {"known": True}}}, reads)
    assert [*needed] == ["host", "consent_plan"]
    bans = {"forbid": {"case.reason_kind": {"none_of": ["business"]}}, "say": "decision.weak_reason"}
    assert form(bans)["reason_kind"].required


def test_what_is_no_fact_of_the_case_is_no_question():
    assert form({"forbid": {"placed.for_pupils": True}}) == {}
