"""Where a child's safety rests on a reason, it's a reason in words: *ok*, a dot and *asdf* are none. Which
texts those are is a closed register, so one that is added later is judged too."""

from __future__ import annotations

import ast
import inspect
from importlib import import_module

import pytest

from schoolgate.core import leaving
from schoolgate.core.errors import BadInput
from schoolgate.core.leaving import FEWEST_LETTERS, FEWEST_WORDS, LONGEST, is_reason, reason
from tests.guarantees.reasons_asked import ASKED, NAMES, SHORT
from tests.guarantees.typed_words import typed_words

NONE = [
    "", " ", ".", "...", "ok", "OK!", "Yes", "fine", "n/a", "N/A n/a n/a", "none", "no reason needed",
    "asdf", "asdf qwer zxcv", "aaaaaaaa bbbbbbb ccccc", "👍👍👍", "- — –", "1234 5678 9012",
    "ok, that is fine", "It's all fine to go out", "Yes, I agree with this", "checked and approved",
    "because I said so", "caretaker caretaker caretaker", "\u200b\u200b \u200b", "iawn", "ydi",
    "Ydi, mae hyn yn iawn", "Mae popeth yn iawn", "Iawn gen i, diolch", "dim rheswm",
    "Siŵr iawn, mae'n gywir", "No one can be recognised", "no one is recognisable", "Ni ellir adnabod neb",
]  # fmt: skip
SOME = [
    "His mother agreed.", "It is the poet.", "She is a footballer", "Not a pupil, our caretaker",
    "A line of the play.", "Ok: her mother rang and said yes", "Mae'n llywodraethwr yma",
    "Dywedodd ei mam", "Enw’r stryd ydyw, nid disgybl", "No one: it is a painted wall",
]  # fmt: skip


@pytest.mark.parametrize("words", NONE)
def test_what_says_nothing_is_no_reason_and_the_refusal_says_what_to_write(words):
    assert not is_reason(words)
    with pytest.raises(BadInput) as refused:
        reason(words, "words")
    assert refused.value.fields == {"words": leaving.WANTED}


@pytest.mark.parametrize("words", SOME)
def test_a_short_sentence_is_a_reason_in_english_and_welsh_and_kept_as_it_was_typed(words):
    assert reason(f"  {words}\n") == words


def test_one_word_or_letter_too_few_is_no_reason_and_one_character_too_many_neither():
    assert (FEWEST_WORDS, FEWEST_LETTERS) == (3, 8)
    for enough, too_little in (("an old poet", "old poet"), ("an old bee", "an old be")):
        assert is_reason(enough)
        assert not is_reason(too_little)
    longest = "A line of the play." + "." * (LONGEST - 19)
    assert reason(longest) == longest
    for wrong in (f"{longest}.", "A line of\x00 the play."):
        with pytest.raises(BadInput):
            reason(wrong)


OF_THIS_ONE = [
    "Her mother asked us to write about it.", "The mother has told the newspaper herself.",
    "We have consent on file", "His parents said it was fine", "She agreed to it last week",
    "Both parents signed the form", "Gofynnodd ei mam i ni", "Mae cydsyniad gan y teulu",
    "Mae’i rhieni’n hapus i ni ei henwi", "Cytunodd hi ddydd Gwener",
]  # fmt: skip
OF_ANOTHER = [
    "It is the author Gwen Parry.", "Her mother says it is another girl", "A parent of that name helps",
    "The author’s own name.", "Enw’r stryd ydyw, nid disgybl", "Dywedodd ei mam mai merch arall ydi hi",
]  # fmt: skip


@pytest.mark.parametrize("words", OF_THIS_ONE)
def test_a_consent_or_the_familys_wish_is_no_reason_why_someone_else_is_meant(words):
    assert leaving.wrong_reason(words, of_another=True) == leaving.ANOTHER_WANTED
    assert leaving.wrong_reason(words) is None


@pytest.mark.parametrize("words", OF_ANOTHER)
def test_who_else_is_meant_is_one_also_where_a_parent_says_so(words):
    assert leaving.wrong_reason(words, of_another=True) is None


def test_every_text_that_may_be_a_reason_is_asked_for_in_words_or_says_why_a_short_one_is_enough():
    there = {name for name in typed_words() if name.rpartition(".")[2] in NAMES}
    short = [name for names in SHORT.values() for name in names.split()]
    assert len(short) == len(set(short))
    assert sorted(there - ASKED - set(short)) == [], (
        "ask with core.reasons, or say why a short word is enough"
    )
    assert sorted((ASKED | set(short)) - there) == []
    assert sorted(ASKED & set(short)) == []


@pytest.mark.parametrize("name", sorted(ASKED))
def test_what_is_asked_for_in_words_is_read_by_the_one_judge(name):
    """In the action itself, or in a function of its module that it calls."""
    module, action = _action(name)
    tree = ast.parse(inspect.getsource(module))
    bodies = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}
    known = {key for key, value in vars(module).items() if value in (reason, is_reason, leaving.wrong_reason)}
    seen, left = set(), [action]
    while left:
        here = left.pop()
        if here in seen or here not in bodies:
            continue
        seen.add(here)
        left += [one.id for one in ast.walk(bodies[here]) if isinstance(one, ast.Name)]
    called = {one.id for here in seen for one in ast.walk(bodies[here]) if isinstance(one, ast.Name)}
    assert known & called, f"{name} isn't read by core.reasons"


def _action(name):
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            return import_module(".".join(("schoolgate", *parts[:length]))), parts[length]
        except ModuleNotFoundError:
            continue
    raise AssertionError(name)
