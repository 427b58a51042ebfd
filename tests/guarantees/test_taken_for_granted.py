"""What a question of *May I ...?* takes for granted is asked where a rule of an own policy judges it: no
clause is called met on a word that nobody gave."""

from functools import cache

import pytest

from schoolgate.rulebook import book, books, decide
from schoolgate.rulebook.adviser import ENTRIES, Hat, Situated, answer
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.filling import sentence
from tests.guarantees.test_answers import AT
from tests.guarantees.test_silence import begun, policy

ME = (Hat("staff", "staff"),)
TAKING = [one for one in ENTRIES.values() if one.assumed]


@cache
def alone(key):
    ready = ready_rules()[key]
    return policy((sentence(ready, begun(ready)), key, begun(ready)))


def situated(entry, *, judges=True):
    return Situated(ENTRIES[entry], AT, ME, judges=judges)


def met(book, entry, *, judges):
    asked = situated(entry, judges=judges)
    told = [one for one in decide(book, asked.situation, asked.facts({})).findings if one.kind is Kind.MET]
    return {one.point for one in told if not book.clauses.keys().isdisjoint(one.clauses)}


def granted():
    """Each ready rule with each question that takes for granted what it judges."""
    return [
        (key, entry.key)
        for key in ready_rules()
        for entry in TAKING
        if met(alone(key), entry.key, judges=False) - met(alone(key), entry.key, judges=True)
    ]


def asked_of(book, asked, **said):
    """The facts that the page asks, one after the other, and the last answer."""
    told, given = answer(book, asked, {}), {}
    while told.question is not None:
        leaf = told.question.leaf
        given[leaf.path] = said.get(leaf.path.rpartition(".")[2], leaf.choices[0] == "yes" or leaf.choices[0])
        told = answer(book, asked, given)
    return given, told.decision


def test_no_rule_is_met_on_what_the_question_takes_for_granted_and_each_asks_it():
    pairs = granted()
    rules = {key for key, _entry in pairs}
    assert rules >= {"suitable_dress", "own_discretion", "own_good_name", "no_politics"}
    for key, entry in pairs:
        given, _told = asked_of(alone(key), situated(entry))
        assert ENTRIES[entry].assumed & {*given}, (key, entry)


@pytest.mark.parametrize(("dressed", "told"), [(False, Answer.NOT_ALLOWED), (True, Answer.ALLOWED)])
def test_whether_pupils_are_suitably_dressed_decides_as_it_was_answered(dressed, told):
    given, decision = asked_of(alone("suitable_dress"), situated("pupil-picture-official"), dressed=dressed)
    assert given == {"picture.dressed": dressed}
    (about,) = decision.at("dress")
    assert (about.kind is Kind.FORBIDS) is (told is Answer.NOT_ALLOWED)
    assert answer_of(decision) is told or told is Answer.ALLOWED


@pytest.mark.parametrize("key", books())
def test_a_policy_that_comes_with_the_program_asks_as_it_did(key):
    """Its rules were read beside each question: what is taken for granted stays so."""
    assert book(key).was_read
    for entry in TAKING:
        assert {*situated(entry.key, judges=False).leaves} <= {*situated(entry.key).leaves}


def test_what_the_question_itself_says_is_not_asked_again():
    criticise = next(one for one in TAKING if one.key == "criticise-school")
    assert not {"harms_reputation", "remarks"} & criticise.assumed
