"""Proofs over all facts: the translation answers as the engine does, and *never* isn't said too soon."""

import random
from dataclasses import replace

import pytest

from schoolgate.cli.main import main
from schoolgate.rulebook import book, decide
from schoolgate.rulebook.book import books
from schoolgate.rulebook.errors import BadFacts
from schoolgate.rulebook.kinds import Outcome
from schoolgate.rulebook.packs import pack_keys
from schoolgate.rulebook.proof.formulas import NODES, TRUE, NotFollowed
from schoolgate.rulebook.proof.searching import (
    QUESTIONS,
    What,
    differences,
    proofs,
    question_lines,
    questions_answered,
    story,
)
from schoolgate.rulebook.proof.solving import Answered, Mistranslated, World
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.situations import SITUATIONS
from tests.pace import LONG, sized

QUICK = ("item.answer", "message.send", "image.share", "equipment.use", "personal.leaving")
"""Situations that are translated in no time, with every kind of condition, exception and list."""


def holding(formula, known):
    """For which of the facts that were tried a formula holds, one bit for each."""
    waiting = [abs(formula)]
    while waiting:
        one = waiting[-1]
        if one in known:
            waiting.pop()
            continue
        parts = NODES.parts[one]
        if isinstance(parts, str):
            known[one] = 0
        elif lacking := [abs(part) for part in parts if abs(part) not in known]:
            waiting += lacking
        else:
            found = known[TRUE]
            for part in parts:
                found &= known[abs(part)] if part > 0 else known[TRUE] ^ known[abs(part)]
            known[one] = found
    return known[abs(formula)] if formula > 0 else known[TRUE] ^ known[abs(formula)]


def places(world, rnd):
    """Facts by chance, as the place of each one's value: some know much, some little."""
    said = rnd.choice((0.1, 0.3, 0.6, 0.9))
    found, words = {}, {}
    for path, values in world.variables.values.items():
        nothing = world.variables.nothing.get(path)
        silent = nothing is not None and rnd.random() > said
        found[path] = nothing if silent else rnd.randrange(len(values))
        if path.endswith("}") and found[path]:
            listed = path.partition("{")[0]
            words[listed] = words.get(listed, 0) + 1
            if words[listed] > world.vocabulary.most[listed]:
                found[path] = 0
    return found


def answered_otherwise(world, many):
    """Facts that the engine answers otherwise than the translation, at a point or overall."""
    rnd = random.Random(world.key)
    decisions, known = [], {}
    while many:
        many, at = many - 1, places(world, rnd)
        try:
            facts = world.facts(at)
        except BadFacts:
            continue
        bit = 1 << len(decisions)
        decisions.append((facts, decide(world.book, world.key, facts)))
        for path, place in at.items():
            atom = world.variables.atoms[path][place]
            known[atom] = known.get(atom, 0) | bit
    known[TRUE] = (1 << len(decisions)) - 1
    overall = {outcome: holding(when, known) for outcome, when in world.outcomes.all.items()}
    points = {
        (point, outcome): holding(when, known)
        for point, levels in world.outcomes.points.items()
        for outcome, when in levels.items()
    }
    for place, (facts, decision) in enumerate(decisions):
        here = [outcome for outcome, bits in overall.items() if bits >> place & 1]
        there = {key for key, bits in points.items() if bits >> place & 1}
        if here != [decision.outcome] or there != {*decision.points.items()}:
            yield world.book.key, facts, here, decision.outcome


@pytest.mark.sized
@pytest.mark.timeout(3600 if LONG else 120)
def test_the_translation_answers_as_the_engine():
    wrong, tried = [], 0
    for under in map(book, (key for key in books() if key in pack_keys())):
        for key in SITUATIONS if LONG else QUICK:
            try:
                world = World(under, key)
            except NotFollowed:
                continue
            if not world.left_out and world.outcomes.possible:
                tried += 1
                wrong += answered_otherwise(world, sized(100, 2_000))
    assert tried >= len(QUICK) * 3
    assert wrong == []


@pytest.fixture(scope="module")
def replies():
    return World(book("wildground"), "item.answer")


def test_a_case_that_is_found_is_confirmed_by_the_engine_and_has_no_fact_too_many(replies):
    found = replies.outcome([Outcome.NOT_PERMITTED]).case
    assert decide(replies.book, "item.answer", found.facts).outcome is Outcome.NOT_PERMITTED
    for name in found.facts.model_dump(exclude_defaults=True):
        less = found.facts.model_copy(update={name: type(found.facts).model_fields[name].get_default()})
        assert decide(replies.book, "item.answer", less).outcome is not Outcome.NOT_PERMITTED


def test_a_translation_that_differs_from_the_engine_is_an_error(replies):
    with pytest.raises(Mistranslated):
        replies.ask(replies.outcomes.all[Outcome.PERMITTED], lambda _decision: False)


def test_what_the_policy_forbids_is_never_allowed():
    world = World(book("learn-to-live"), "item.answer")
    private = world.condition({"by.relation": "staff", "to_relation": "pupil", "reply_channel": "private"})
    assert world.outcome([Outcome.PERMITTED, Outcome.SILENT], private.yes).is_never
    public = world.condition({"by.relation": "staff", "reply_channel": "public"})
    assert world.outcome([Outcome.SILENT], public.yes).case is not None


def test_without_a_rule_s_translation_nothing_is_called_never(replies, monkeypatch):
    monkeypatch.setattr(replies.sayings, "left_out", {"some-rule": "it can't be followed"})
    world_never = replies.ask(-TRUE, lambda _decision: True)
    assert world_never.case is None
    assert not world_never.is_never
    assert world_never.open == ("some-rule",)


def test_two_rules_that_contradict_are_found_with_their_shortest_case():
    (proof,) = proofs(book("llanidloes"), ("account.looked_up",))
    clash = next(one for one in proof.found if one.what is What.CLASH)
    assert clash.clauses == ("llanidloes-primary-1", "llanidloes-high-1")
    assert clash.case.decision.outcome is Outcome.REFER
    assert any("Llanidloes High School" in line for line in story(clash.case.facts))


def test_two_policies_differ_in_a_case_that_both_engines_confirm():
    found = list(differences(book("wildground"), book("learn-to-live"), ("message.send",)))
    assert found
    for one in found:
        assert one.case.decision.outcome is not one.beside.outcome


def test_each_ready_question_can_be_asked_of_each_policy():
    for question in QUESTIONS:
        if question.situation in ("message.send", "item.answer"):
            for key in ("wildground", "llanidloes"):
                assert World(book(key), question.situation).condition(question.given).yes != -TRUE


def test_the_command_tells_the_answer_in_sentences(capsys):
    assert main(["policy", "prove", "llanidloes", "--situation", "message.send"]) == 0
    said = capsys.readouterr().out
    assert "Is anyone ever allowed to reply to a pupil privately on social media?" in said
    assert "rules worked through" in said


def test_without_the_solver_the_command_says_what_to_do(capsys, monkeypatch):
    monkeypatch.setattr("schoolgate.cli.policy.can_prove", lambda: False)
    assert main(["policy", "prove", "wildground"]) == 2
    assert "make prove" in capsys.readouterr().err


def test_a_wrong_translation_is_noticed(replies, monkeypatch):
    wrong = {outcome: TRUE if outcome is Outcome.PERMITTED else -TRUE for outcome in Outcome}
    monkeypatch.setattr(replies.outcomes, "all", wrong)
    assert [*answered_otherwise(replies, 20)]


def test_a_rule_that_can_never_count_is_reported():
    under = book("wildground")
    rule = next(one for one in under.bound("item.answer") if isinstance(one.settings, Rule))
    twice = {"need": {"in_doubt": True, "not": {"in_doubt": True}}}
    step = {**twice, "say": "kernel.met", "ask_for": {"what": "act", "of": "office"}}
    changed = under.with_bound({rule.id: Rule.model_validate({"steps": [step]})})
    (proof,) = proofs(changed, ("item.answer",))
    assert (What.NEVER_MET, rule.id, 0) in [
        (one.what, one.rule and one.rule.id, one.step) for one in proof.found
    ]


def test_what_the_engine_asks_for_permits_no_more_while_it_is_unknown():
    under = book("wildground")
    rule = next(one for one in under.bound("item.answer") if isinstance(one.settings, Rule))
    unless_stated = Rule.model_validate(
        {
            "steps": [
                {"forbid": {"in_doubt": True}, "say": "kernel.met"},
                {"permit": True, "say": "kernel.met"},
            ]
        }
    )
    (proof,) = proofs(under.with_bound({rule.id: unless_stated}), ("item.answer",))
    assert What.LESS_PERMITS_MORE not in [one.what for one in proof.found]


def test_where_a_clause_is_left_to_a_ruling_never_says_so():
    (answered,) = questions_answered(book("boroughbridge"), ("contact.accept",))
    lines = question_lines(replace(answered, silent=Answered(None)))
    assert answered.allowed.is_never
    assert lines[1].strip().startswith("Never, unless someone gives a ruling on") is bool(
        answered.may_be_ruled
    )
    assert lines[0] == answered.question.asks
