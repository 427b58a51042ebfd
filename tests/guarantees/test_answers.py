"""Allowed means allowed: what an answer says, over all situations, the five policies and policies that are
half written."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from schoolgate.policy.keeping import body_of
from schoolgate.rulebook import book, books, decide
from schoolgate.rulebook.adviser import ENTRIES, Hat, Situated
from schoolgate.rulebook.adviser.leaves import Ask
from schoolgate.rulebook.answers import Answer, answer_of, answer_of_body
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.kinds import ADVICE, Kind, Modality, Outcome
from schoolgate.rulebook.lint import AT_ONCE
from schoolgate.rulebook.packs import load_pack
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.base import Asks
from tests.policies.scenarios import all_scenarios

AT = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)
HATS = tuple(Hat(one, one) for one in ("staff", "parent", "pupil", "governor", "other"))
WAYS = 12
"""Ways of answering each question at random, under each policy."""
STOPS = frozenset({Kind.FORBIDS, Kind.BREACHED, Kind.REQUIRES, Kind.REFERS})


@cache
def answered(policy):
    """Decisions on every question of the catalogue, each answered at random several times."""
    draw, found = random.Random(policy), []
    for entry in ENTRIES.values():
        asked = Situated(entry, AT, HATS, {})
        for _way in range(WAYS):
            said = {leaf.path: draw.choice(some) for leaf in asked.leaves if (some := options(leaf))}
            for path in draw.sample(sorted(said), draw.randrange(len(said) + 1)):
                del said[path]
            found.append(decide(book(policy), asked.situation, asked.facts(said)))
    return found


def options(leaf):
    if leaf.ask in (Ask.YES_NO, Ask.JUDGED):
        return (True, False)
    if leaf.ask is Ask.SOME_OF:
        return ((), *((word,) for word in leaf.choices))
    return leaf.choices if leaf.ask is Ask.ONE_OF else ()


@cache
def decided(policy):
    return [decide(book(policy), one.situation, one.facts) for one in all_scenarios() if one.policy == policy]


@pytest.mark.parametrize("policy", books())
def test_only_an_act_that_nothing_stops_is_called_allowed(policy):
    called = [one for one in (*answered(policy), *decided(policy)) if answer_of(one) is Answer.ALLOWED]
    assert called
    for one in called:
        assert SITUATIONS[one.situation].asks is Asks.ACT, one.situation
        assert (one.outcome, one.unread) == (Outcome.PERMITTED, ()), one.situation
        assert STOPS.isdisjoint(each.kind for each in one.findings if each.stands), one.situation


@pytest.mark.parametrize("policy", books())
def test_what_happened_is_answered_with_what_must_be_done_and_never_with_allowed(policy):
    owed = [one for one in (*answered(policy), *decided(policy)) if one.duties]
    happened = [one for one in owed if SITUATIONS[one.situation].asks is Asks.DUTY]
    assert happened
    for one in happened:
        if one.outcome is not Outcome.NOT_PERMITTED:
            assert answer_of(one) in (Answer.TO_DO, Answer.LATE), one.situation


def asked_bare(policy, entry):
    """The decision on a question, with nothing known but what it says itself."""
    asked = Situated(ENTRIES[entry], AT, HATS, {})
    return decide(book(policy), asked.situation, asked.facts({}))


@pytest.mark.parametrize("entry", [key for key, one in ENTRIES.items() if one.urgent])
@pytest.mark.parametrize("policy", books())
def test_a_worry_about_a_child_is_told_to_the_leads_whatever_else_is_said(policy, entry):
    """Statute: it stands there under every policy, with no more known than the question itself."""
    one = asked_bare(policy, entry)
    assert answer_of(one) in (Answer.TO_DO, Answer.LATE)
    assert any(duty.what == "incident.tell_leads" and duty.due.at_once for duty in one.duties)


@pytest.mark.parametrize("policy", books())
def test_data_that_got_out_is_answered_with_the_72_hours(policy):
    one = asked_bare(policy, "data-got-out")
    assert [duty.due.instant - AT for duty in one.duties if duty.what == "breach.tell_authority"] == [
        timedelta(hours=72)
    ]


@pytest.mark.parametrize("policy", books())
def test_advice_stops_nothing_and_makes_nothing_late(policy):
    advice = {key for key, one in book(policy).clauses.items() if one.modality in ADVICE}
    for one in (*answered(policy), *decided(policy)):
        for each in one.findings:
            if each.clauses[0] in advice:
                assert each.kind not in STOPS, (one.situation, each.clauses)


@pytest.mark.parametrize("policy", books())
def test_every_clause_of_a_policy_that_comes_with_the_program_has_a_rule_or_is_kept_otherwise(policy):
    assert [key for key in SITUATIONS if book(policy).unread_at(key)] == []


def without_rule(policy, clause):
    """The same policy, whose people have written no rule for this clause yet."""
    pack = load_pack(policy)
    half = replace(
        pack,
        bindings=tuple(one for one in pack.bindings if clause not in one.clauses),
        kept=tuple(one for one in pack.kept if clause not in one.clauses),
    )
    return Book((half, *book(policy).packs[1:]))


@pytest.mark.parametrize("policy", books())
def test_while_a_clause_has_no_rule_nothing_that_it_speaks_of_is_called_allowed(policy):
    """Each clause in turn loses its rules: what was decided by it is read first, or stopped by another."""
    was_allowed = [one for one in all_scenarios() if one.policy == policy]
    draw = random.Random(policy)
    tried = 0
    for scenario in draw.sample(was_allowed, min(len(was_allowed), 150)):
        before = decide(book(policy), scenario.situation, scenario.facts)
        bound = {clause for rule in book(policy).bound(scenario.situation) for clause in rule.clauses}
        cited = [one for one in before.clauses if one in bound and one in book(policy).clauses]
        if not cited:
            continue
        half = without_rule(policy, draw.choice(cited))
        after = decide(half, scenario.situation, scenario.facts)
        assert after.unread, scenario
        assert answer_of(after) not in (Answer.ALLOWED, Answer.ADVISED_AGAINST, Answer.SILENT), scenario
        tried += 1
    assert tried > 20


@pytest.mark.parametrize("policy", books())
def test_at_once_is_a_time_wherever_a_clause_says_it(policy):
    clauses = [one for pack in book(policy).packs for one in pack.clauses.values()]
    says = {one.id for one in clauses if AT_ONCE.search(one.says)}
    owed = [(one, duty) for one in decided(policy) for duty in one.duties if duty.clauses[0] in says]
    assert owed
    for one, duty in owed:
        if any(each.kind is Kind.REQUIRES and each.clauses == duty.clauses for each in one.findings):
            continue  # it waits for the calendar by which the chosen time counts
        assert duty.due.at_once or duty.due.instant is not None, (one.situation, duty.clauses)


def test_a_clause_that_says_at_once_is_not_advice():
    for policy in books():
        for clause in book(policy).clauses.values():
            if AT_ONCE.search(clause.says):
                assert clause.modality in (Modality.MUST, Modality.MUST_NOT, Modality.SHOULD), clause.id


def test_what_is_overdue_is_late_and_not_to_do():
    """A reply that no one is said to have given: in its 24 hours it's to do, a minute later late, in what
    is saved of the answer too."""
    since = datetime(2027, 1, 19, 10, tzinfo=UTC)
    for gone, answer in ((timedelta(hours=24), Answer.TO_DO), (timedelta(hours=24, minutes=1), Answer.LATE)):
        facts = {
            "now": since + gone,
            "received_at": since,
            "kind": "query",
            "account_is_official": True,
            "improper": False,
        }
        decision = decide(book("wildground"), "item.received", facts)
        assert answer_of(decision) is answer
        assert answer_of_body(body_of(decision)) is answer
