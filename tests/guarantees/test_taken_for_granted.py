"""What a question of *May I ...?* takes for granted is asked where a rule of an own policy judges it: no
clause is called met on a word that nobody gave."""

from functools import cache
from types import SimpleNamespace

import pytest

from schoolgate.policy.advising import Advised
from schoolgate.rulebook import book, books, decide
from schoolgate.rulebook.adviser import ENTRIES, Hat, Situated, answer
from schoolgate.rulebook.adviser.leaves import Ask
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.filling import sentence
from schoolgate.web.frame.wording import quote_from, verdict
from schoolgate.web.policy.asking.wording import as_assumed
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
    assert {"suitable_dress", "own_discretion", "own_good_name"} <= {key for key, _entry in pairs}
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


CONTENT = ("no_politics", "no_advertising", "no_personal_views", "no_personal_details", "trips", "no_tags")
"""Ready rules about what a post holds."""


def shown(key, entry):
    """The answer of the page where a question was asked of one ready rule alone, as far as it goes."""
    asked = situated(entry)
    given = {}
    told = answer(alone(key), asked, given)
    while told.question is not None:
        leaf = told.question.leaf
        given[leaf.path] = leaf.ask in (Ask.YES_NO, Ask.JUDGED) or next(iter(leaf.choices), 1)
        told = answer(alone(key), asked, given)
    policy = SimpleNamespace(book=alone(key))
    advised = Advised(policy, asked, given, told)
    return advised, as_assumed(verdict(told.decision, at=AT, quote=quote_from(alone(key))), advised)


@pytest.mark.parametrize("key", CONTENT)
def test_what_nobody_was_asked_is_never_called_allowed_but_said_with_if(key):
    """*Party politics: Allowed* stood below a question that never asked about politics."""
    advised, page = shown(key, "post-for-school")
    assert {point.key for point in page.points} >= advised.assumed
    assert page.title != "This is allowed"
    for point in (*page.points, *page.in_order):
        assert point.key not in advised.assumed or (point.kind, point.answer) == (
            "wait",
            "Only if this is so",
        )
    assert advised.assumed or key == "no_personal_views", "which that question asks"


def test_what_was_asked_or_what_the_question_says_is_called_allowed():
    advised, page = shown("live_streams", "post-for-school")
    assert advised.assumed == frozenset() or "live" in advised.answers
    advised, page = shown("no_politics", "controversial-post")
    assert "political" in advised.answers
    assert advised.assumed == frozenset()
    assert page.title == "This isn’t allowed"
