"""What a rule rests on is read from the rule and from who can tell its facts."""

import ast
from pathlib import Path

import pytest

import schoolgate
from schoolgate.rulebook import SITUATIONS, book, books
from schoolgate.rulebook.adviser import ENTRIES
from schoolgate.rulebook.coverage import (
    FIRMEST,
    Asking,
    Came,
    How,
    Rests,
    coverage,
    rests_on,
    stored_facts,
    turns_on,
    what_it_rests_on,
)
from schoolgate.rulebook.messages import SOURCES
from schoolgate.rulebook.situations.base import (
    ANSWERED_AT,
    ASKS_ABOUT_OWN,
    ON_RECORD,
    ONLY_ANSWERED,
    declared,
)
from tests.rulebook.test_asked import POSTED

ROOMS = Path(schoolgate.__file__).parent


def rule_at(policy, situation, point, clause):
    return next(one for one in book(policy).at(situation, point) if clause in one.clauses)


@pytest.mark.parametrize(
    ("clause", "situation", "point", "rests"),
    [
        ("wildground-accounts-15", "account.open", "read", Rests.ROWS),
        ("wildground-roles-10", "account.decide", "decider", Rests.ROWS),
        ("wildground-behaviour-6", "post.publish", "others_rights", Rests.MARK),
        ("wildground-rights-2", "post.publish", "suitable_for_children", Rests.WORD),
        ("wildground-images-8", "post.publish", "ridicule", Rests.WORD),
        ("wildground-scope-12", "personal.post", "private_post_covered", Rests.TOLD),
        ("wildground-tone-4", "post.publish", "tone", Rests.TOLD),
    ],
)
def test_a_rule_rests_on_the_firmest_of_the_facts_it_turns_on(clause, situation, point, rests):
    assert rests_on(rule_at("wildground", situation, point, clause), situation) is rests


def test_a_rule_turns_on_what_it_demands_and_not_on_where_it_applies():
    rule = rule_at("wildground", "account.open", "read", "wildground-accounts-15")
    assert turns_on(rule, "account.open") == ("will_run.has_read",)
    assert stored_facts(rule, "account.open") == ("case",)  # from which the people who will run it are read


@pytest.mark.parametrize("policy", books())
def test_what_each_rule_turns_on_are_facts_of_its_situation(policy):
    for situation in {one for binding in book(policy).pack.bindings for one in binding.situations}:
        stored = SITUATIONS[situation].facts.model_fields
        for rule in book(policy).bound(situation):
            assert set(stored_facts(rule, situation)) <= set(stored), rule.id


def test_who_has_rows_and_who_asks_about_their_own_are_sources_and_not_the_same():
    assert set(SOURCES) >= ON_RECORD | ASKS_ABOUT_OWN
    assert not ON_RECORD & ASKS_ABOUT_OWN


def test_what_only_answered_people_rests_on_nothing_firmer_whatever_its_facts():
    name = "wildground-accounts-15@read/rule"
    told, acted = Asking(), Asking()
    told.came(Came(name, How.DECIDED, (), ()), POSTED, told=True)
    acted.came(Came(name, How.DECIDED, (), ()), POSTED, told=False)
    under = book("wildground")
    clause = "wildground-accounts-15"
    assert what_it_rests_on(under, clause, {}) is Rests.ROWS
    assert what_it_rests_on(under, clause, {name: {"account.open": told}}) is Rests.TOLD
    assert what_it_rests_on(under, clause, {name: {"account.open": acted}}) is Rests.ROWS


def test_a_clause_without_a_rule_rests_on_what_keeps_it_or_is_there_in_name_only():
    under = book("wildground")
    rests = {one["id"]: one["rests"] for one in coverage(under)["by_clause"]}
    built = {clause for kept in under.pack.kept for clause in kept.clauses}
    assert {rests[clause] for clause in built} <= {"built", "rows"}
    with pytest.raises(KeyError):
        what_it_rests_on(under, "wootton-front-1", {})


@pytest.mark.parametrize("policy", books())
def test_each_clause_rests_on_one_thing_and_none_is_there_in_name_only(policy):
    told = coverage(book(policy))
    assert sum(told["rests"].values()) == told["clauses"]
    assert list(told["rests"]) == [str(one) for one in FIRMEST]
    assert told["rests"]["name"] == 0
    assert told["reached"] is None
    assert {one["asked"] for one in told["by_clause"]} == {None}


def named_in(*rooms, before=""):
    """The situations whose names stand in the code of these rooms, after these characters."""
    texts = [path.read_text("utf-8") for room in rooms for path in (ROOMS / room).rglob("*.py")]
    return {key for key in SITUATIONS if any(f'{before}"{key}"' in text for text in texts)}


def test_what_no_action_asks_is_only_told_and_people_can_read_it():
    areas = [one.name for one in ROOMS.glob("*/") if one.name not in ("rulebook", "web", "api", "cli")]
    assert set(SITUATIONS) - named_in(*areas) == ONLY_ANSWERED
    assert "policy.review" in named_in("policy", before="record_decision(")  # a task has the same name
    assert {one.situation for one in ENTRIES.values()} | named_in("web", before="at(") >= ONLY_ANSWERED
    for policy in books():
        under = book(policy)
        told = [rests_on(rule, key) for key in ONLY_ANSWERED for rule in under.bound(key)]
        assert set(told) <= {Rests.TOLD}


def test_no_action_fills_more_of_a_question_than_that_it_is_put_to_a_role_so_its_clauses_are_only_told():
    files = (path.read_text("utf-8") for path in ROOMS.rglob("*.py") if "rulebook" not in path.parts)
    texts = [text for text in files if ASKS in text]
    calls = [one for text in texts for one in ast.walk(ast.parse(text)) if _asks(one)]
    filled = {one.arg: one.value for call in calls for one in call.keywords}
    assert set(filled) == {"now", "about", "by", "answered", "put_to"}
    assert (ast.literal_eval(filled["about"]), ast.literal_eval(filled["answered"])) == ("may_i", False)
    for policy in books():
        for rule in book(policy).bound("policy.ask"):
            assert (rule.point in ANSWERED_AT["policy.ask"]) is (rule.point != "question_to")
            assert rests_on(rule, "policy.ask") is Rests.TOLD, (policy, rule.clauses)


ASKS = "PolicyAsk"


def _asks(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == ASKS


READ_FROM = {
    ("account.considered", "network"): "accounts/deciding.py: network = proposal.network or None",
    (
        "account.considered",
        "network_is_new",
    ): "accounts/deciding.py: Account.objects.filter(network=network)",
    (
        "account.decide",
        "opened_by_decider",
    ): "accounts/proposals.py: opened_by_decider=seen == now_stands",
    ("item.answer", "response_process"): "inbox/reply_facts.py: ResponseProcess.objects.exists()",
    ("item.received", "answer_promised"): "inbox/judged.py: RemovalNotice.objects.filter(removal__item=item)",
    ("site.prepare", "own_plan"): "accounts/sites.py: bool(care.own_plan)",
    ("site.prepare", "reporting_route"): "accounts/sites.py: bool(care.reporting_route)",
    ("site.prepare", "steps_in_how"): "accounts/sites.py: bool(care.steps_in_how)",
}
"""Facts that a person can be asked for and the program reads from rows -> where it does."""


def test_each_fact_that_is_said_to_come_from_a_row_is_read_from_one():
    found = {
        (key, path)
        for key, situation in SITUATIONS.items()
        for path, ask in declared(situation.facts)
        if ask.row
    }
    assert found == set(READ_FROM)
    for where in READ_FROM.values():
        file, _colon, code = where.partition(": ")
        assert code in (ROOMS / file).read_text("utf-8"), where


def test_at_most_a_tenth_of_all_clauses_rests_on_a_word_alone_by_the_rules():
    told = [coverage(book(policy)) for policy in books()]
    clauses, word = sum(one["clauses"] for one in told), sum(one["rests"]["word"] for one in told)
    assert (clauses, sum(one["rests"]["name"] for one in told)) == (950, 0)
    assert word * 10 <= clauses, {one["policy"]: one["rests"]["word"] for one in told}
