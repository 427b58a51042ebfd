"""A rule beside its clause's own words: its numbers are there, and what must be done is no mere advice."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from schoolgate.rulebook import book, books
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.deciding import decide
from schoolgate.rulebook.kinds import Modality, Outcome
from schoolgate.rulebook.lint import lint_pack
from schoolgate.rulebook.one_file import from_yaml, to_yaml
from schoolgate.rulebook.packs import own_policies_in
from schoolgate.rulebook.readings import Changes, changed
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.cases import said
from schoolgate.rulebook.ready.filling import filled
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.unread import may_speak_of, nearness

OURS = Path(__file__).parents[1] / "own_policies"
IN_WORDS = {
    1: r"\b(an?|one|any|each|every|enough|someone|following|next)\b",
    2: r"\b(two|both|a second|another|each school|two or more|a group)\b",
    3: r"\bthree\b",
    12: r"\b(twelve|every year|yearly|annual(ly)?)\b",
    18: r"\b(eighteen|adults?)\b",
    24: r"\b(twenty-four|every two years|a day|daily)\b",
}
"""How a clause may write a number."""
NUMBERS_STILL_TO_READ = {
    ("wildground-pupils-1", 18), ("wildground-pupils-2", 18), ("wildground-monitoring-1", 24),
    ("wildground-monitoring-2", 7), ("wildground-intro-2", 2), ("boroughbridge-intro-2", 2),
}  # fmt: skip
"""Numbers that aren't in the words of the clause. This may only shrink."""
OF_THE_MIND = re.compile(
    r"\b(think|mind|remember|know|consider|common sense|tone|calmly|courteously|tactfully|measured|"
    r"responsibly|considerate|high standard)\b"
)
"""What a clause asks of someone's mind or manner: no fact can say that it was done, so that it is said."""
ADVICE_STILL_TO_READ = {
    "boroughbridge-behaviour-5", "wildground-behaviour-5", "wildground-behaviour-15", "llanidloes-tone-8",
    "wootton-recruitment-2", "wootton-recruitment-3",
}  # fmt: skip
"""Clauses that must be kept and whose only rule says so: other clauses, the law or the house hold it. This
may only shrink."""


def rules():
    """Every rule of every policy, with its policy's pack."""
    return [(book(key).pack, one) for key in books() for one in book(key).pack.bindings]


def is_written(number, words):
    """Whether these words name the number."""
    return str(number) in words or bool(re.search(IN_WORDS.get(number, "$^"), words, re.IGNORECASE))


def test_each_number_of_a_rule_is_in_the_words_of_its_clauses():
    missing = set()
    for pack, one in rules():
        words = " ".join(pack.clauses[clause].wording or pack.clauses[clause].says for clause in one.clauses)
        for name, value in CONTROLS[one.control].claims(one.settings):
            if name not in one.chosen and type(value) is int and not is_written(value, words):
                missing.add((one.clauses[0], value))
    assert missing <= NUMBERS_STILL_TO_READ


def test_what_must_be_done_is_only_said_where_it_is_of_the_mind():
    strict = (Modality.MUST, Modality.MUST_NOT)
    only_said = set()
    for pack, one in rules():
        first = pack.clauses[one.clauses[0]]
        if first.modality not in strict or not isinstance(one.settings, Rule):
            continue
        if all(step.advise is not None for step in one.settings.steps) and not OF_THE_MIND.search(first.says):
            only_said.add(first.id)
    ruled_otherwise = {
        one.clauses[0]
        for _pack, one in rules()
        if not isinstance(one.settings, Rule) or any(step.advise is None for step in one.settings.steps)
    }
    assert only_said - ruled_otherwise <= ADVICE_STILL_TO_READ


@pytest.mark.parametrize("key", books())
def test_no_policy_has_a_duty_at_once_without_a_time(key):
    assert [one for one in lint_pack(book(key).pack) if "says at once" in one.what] == []


def test_a_clauses_words_are_searched_once_for_all_situations(monkeypatch):
    searched = []

    def found(words):
        searched.append(words)
        return ["best", "second", "third", "fourth"]

    monkeypatch.setattr("schoolgate.rulebook.unread.situations_found", found)
    some = next(iter(book("wildground").clauses.values()))
    clause = replace(some, area="nowhere", wording="Words that no policy has.")
    places = ("best", "third", "fourth")
    assert {each: nearness(clause, each, was_read=True) for each in places} == {
        "best": 1,
        "third": 3,
        "fourth": None,
    }
    assert all(may_speak_of(clause, each) for each in places)  # no one has read it beside each situation
    assert searched == ["Words that no policy has.", clause.section]


def test_an_own_policy_is_never_called_silent_over_words_whose_rule_is_elsewhere(tmp_path):
    """A rule for publishing says nothing of advertising; what its clause says of that is still read."""
    own_policies_in(OURS)
    pack = book("st-annes").pack
    own_policies_in(tmp_path)
    words = "No one may advertise a business or a product on the school’s page."
    clause = replace(pack.clauses["st-annes-posts-1"], says=words, wording=words)
    own = book_of(replace(pack, clauses={**pack.clauses, clause.id: clause}))
    asked = decide(own, "promotion.ask", {})
    assert asked.silent_because is not None
    assert clause.id in asked.unread
    assert answer_of(asked) is Answer.READ_FIRST

    one_of_ours = book("wildground")
    silent = [each for each in SITUATIONS if decide(one_of_ours, each, {}).silent_because]
    assert silent
    assert [each for each in silent if decide(one_of_ours, each, {}).unread] == []


def swimwear(*sentences, **more):
    """A policy of a school's own with one clause of these sentences: without a rule, and with the ready rule
    for how pupils are dressed."""
    own_policies_in(OURS)
    pack = book("st-annes").pack
    own_policies_in(OURS.parent / "nowhere")
    clause = replace(pack.clauses["st-annes-posts-1"], says=" ".join(sentences), wording="")
    bare = replace(pack, clauses={clause.id: clause}, bindings=(), kept=(), tensions={})
    dress = ready_rules()["suitable_dress"]
    rules = [{**one, **more} for one in filled(dress, dress.defaults, clause.id)]
    return clause.id, book_of(bare), book_of(changed(bare, Changes(rules={clause.id: tuple(rules)})))


def test_a_rule_for_part_of_a_clause_never_hides_what_its_words_say_besides():
    clause, text_only, with_a_rule = swimwear("We never publish pictures of children in swimwear.")
    speaks_of = [each for each in SITUATIONS if clause in text_only.unread_at(each)]
    assert speaks_of
    assert [each for each in speaks_of if clause not in with_a_rule.unread_at(each)] == []
    said_so = {
        "act": "upload",
        "place": "official_account",
        "shows_pupils": True,
        "people": [],
        "dressed": said(True),
    }
    told = decide(with_a_rule, "image.share", said_so)
    assert told.outcome is Outcome.PERMITTED
    assert answer_of(told) is Answer.READ_FIRST


def test_a_clause_need_not_be_read_once_each_of_its_sentences_is_said_in_full():
    dressed, swim = "Children in pictures are dressed properly.", "No one is shown in swimwear."
    clause, _text, half = swimwear(dressed, swim, in_full=[dressed])
    assert clause in half.unread_at("post.publish")
    clause, _text, whole = swimwear(dressed, swim, in_full=[dressed, swim])
    assert clause not in whole.unread_at("post.publish")
    assert from_yaml(to_yaml(whole.pack)) == whole.pack
    clause, _text, reworded = swimwear(dressed, "No one is shown at the pool.", in_full=[dressed, swim])
    assert clause in reworded.unread_at("post.publish")
