"""What reached each rule is counted from decisions on record: each once, whatever happens in between."""

from datetime import timedelta

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.policy import measuring
from schoolgate.policy.adopting import adopt
from schoolgate.policy.asking import forget_facts, record_decisions
from schoolgate.policy.measuring import SETTLED, measure_decisions, reach, rules_asked, rules_reached
from schoolgate.policy.models import Measuring, RuleAsked
from schoolgate.rulebook import book
from schoolgate.rulebook.coverage import Asking
from tests.cast import someone

RULE = "wildground-listening-3@response_process/rule"
SITUATION = "item.answer"
UNKNOWN = {"by": {"key": "amina", "relation": "staff"}, "found_elsewhere": True}
FACTS = {**UNKNOWN, "response_process": True}


@pytest.fixture
def decided(version, at):
    """`decided(facts, times=1, subject="inbox.item:1", at=at)`: decisions on record."""

    def make(facts=FACTS, times=1, *, subject="inbox.item:1", at=at):
        return record_decisions(SITUATION, [(facts, subject)] * times, at=at, by=None)

    return make


def count(at, *, told=()):
    """Two rounds: the first sees what is there, the later one counts it."""
    measure_decisions(at=at, told=told)
    rounds = 1
    while measure_decisions(at=at + SETTLED, told=told):
        rounds += 1
    return rounds


def of_rule(**which) -> Asking:
    return rules_asked("wildground", **which).get(RULE, {}).get(SITUATION, Asking())


def test_decisions_are_counted_with_what_was_known_and_what_was_waited_for(decided, at):
    decided(FACTS, 3)
    decided(UNKNOWN, 2)
    count(at)
    one = of_rule()
    assert (one.decided, one.waited, one.shown, one.told) == (3, 2, 0, 0)
    assert (one.facts, one.missing) == ({"response_process": 3}, {"response_process": 2})
    assert one.first == one.last == at.date() - timedelta(days=at.weekday())
    assert (reach().counted, reach().waiting, reach().facts_gone) == (5, 0, 0)


def test_none_is_counted_before_lower_numbers_can_no_longer_appear(decided, at):
    decided()
    measure_decisions(at=at, told=())
    assert not measure_decisions(at=at + SETTLED - timedelta(seconds=1), told=())
    assert (of_rule().decided, reach().waiting) == (0, 1)
    measure_decisions(at=at + SETTLED, told=())
    assert (of_rule().decided, reach().waiting) == (1, 0)


def test_another_round_adds_only_what_came_since(decided, at):
    decided()
    count(at)
    count(at + timedelta(hours=1))
    assert of_rule().decided == 1
    decided()
    count(at + timedelta(hours=2))
    assert (of_rule().decided, RuleAsked.objects.filter(rule=RULE).count()) == (2, 1)


def test_many_are_counted_in_pieces(decided, at, monkeypatch):
    monkeypatch.setattr(measuring, "PIECE", 2)
    decided(FACTS, 5)
    assert count(at) == 3
    assert of_rule().decided == 5


def test_a_piece_that_is_killed_has_counted_nothing_and_is_done_again(decided, at, monkeypatch):
    monkeypatch.setattr(measuring, "PIECE", 2)
    decided(FACTS, 4)
    measure_decisions(at=at, told=())
    assert measure_decisions(at=at + SETTLED, told=())
    save = Measuring.save

    def killed(self, *args, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr(Measuring, "save", killed)
    with pytest.raises(KeyboardInterrupt):
        measure_decisions(at=at + SETTLED, told=())
    assert of_rule().decided == 2
    monkeypatch.setattr(Measuring, "save", save)
    count(at)
    assert (of_rule().decided, reach().counted) == (4, 4)


def test_weeks_are_told_apart(decided, at):
    decided(at=at)
    decided(at=at + timedelta(weeks=1))
    count(at + timedelta(weeks=1))
    assert of_rule().decided == 2
    assert of_rule(since=at.date()).decided == 2
    assert of_rule(since=at.date() + timedelta(weeks=1)).decided == 1
    assert of_rule(since=at.date() + timedelta(weeks=2)).decided == 0


def test_where_facts_were_erased_the_answer_counts_and_is_said_to_lack_them(decided, at):
    [kept] = decided()
    forget_facts(kept)
    count(at)
    assert (of_rule().decided, of_rule().facts, reach().facts_gone) == (1, {}, 1)


def test_an_answer_that_a_person_only_asked_for_is_counted_as_told(decided, at):
    decided(subject="conduct.keptanswer:7")
    count(at, told=("conduct.keptanswer",))
    assert of_rule().only_told
    decided()
    count(at + timedelta(hours=1), told=("conduct.keptanswer",))
    assert (of_rule().decided, of_rule().told, of_rule().only_told) == (2, 1, False)


def test_what_only_some_may_see_is_counted_apart(decided, at):
    decided(subject="incidents.report:7")
    count(at)
    assert of_rule().decided == 1
    assert (of_rule(apart=False).decided, rules_reached("wildground", apart=False)) == (0, set())
    assert RULE in rules_reached("wildground")


def test_a_rule_that_only_waited_is_not_reached(decided, at):
    decided(UNKNOWN)
    count(at)
    assert RULE in rules_asked("wildground")
    assert RULE not in rules_reached("wildground")


def test_only_the_rules_of_some_clauses_are_read_where_they_are_named(decided, at):
    decided()
    count(at)
    assert set(rules_asked("wildground", clauses=["wildground-listening-3"])) == {RULE}
    assert rules_asked("wildground", clauses=["wildground-listening-99"]) == {}
    assert rules_asked("wootton") == {}


def test_each_rule_that_spoke_is_counted_once_for_each_decision(decided, at):
    [kept] = decided()
    count(at)
    spoke = {f"{one['clauses'][0]}@{one['point']}/{one['control']}" for one in kept.body["findings"]}
    asked = rules_asked("wildground")
    assert spoke <= set(asked)
    for name in spoke:
        assert sum(one.reached + one.waited for one in asked[name].values()) == 1
    assert {one.id.partition(".")[0] for one in book("wildground").pack.bindings} >= {RULE}


def test_another_federations_decisions_are_not_counted(federation, make_federation, at):
    with scope(federation.pk):
        adopt(by=someone("Ben Carter", "slt"), at=at)
        record_decisions(SITUATION, [(FACTS, "inbox.item:1")], at=at, by=None)
        count(at)
        assert of_rule().decided == 1
    with scope(make_federation("other", "wootton").pk):
        count(at + timedelta(hours=1))
        assert (rules_asked("wildground"), reach().counted) == ({}, 0)
