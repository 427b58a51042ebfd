"""Names of pupils who must not be published are looked up, and the same are found as by comparing each."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.screened_posts import pupils
from schoolgate.screening import NameIndex
from schoolgate.screening.common import ordinary
from schoolgate.screening.near_names import NearNames
from schoolgate.screening.text_words import text_of
from schoolgate.screening.typing_errors import is_one_apart, is_two_apart, sounds_alike
from schoolgate.screening.walled_names import is_form_of, walled_nearly

WALLED = [replace(each, walled=True) for each in pupils(210)]
INDEX = NameIndex(WALLED)
FIRSTS = sorted({first for first, _last in INDEX.walled_whole})
LASTS = sorted(INDEX.walled_lasts)
LETTERS = "abdefhinorsty"


def errors_by_comparing(word: str, name: str) -> int:
    """How many typing errors a word is from a name, three for more. By its sound counts as one."""
    if word == name:
        return 0
    if word in ordinary() or min(len(word), len(name)) < 3 or len(name) < 4:
        return 3
    if is_one_apart(name, word) or sounds_alike(name, word):
        return 1
    return 2 if word[0] == name[0] and is_two_apart(name, word) else 3


def near_by_comparing(one: str, name: str, other: str, surname: str) -> bool:
    if min(len(one), len(other)) < 4 and len(one) + len(other) < 8:
        return False
    ways = sorted((errors_by_comparing(one, name), errors_by_comparing(other, surname)))
    return ways[1] <= 1 or ways == [0, 2]


@st.composite
def mistyped(draw: st.DrawFn, names: list[str]) -> str:
    """A name with up to three letters more, less, wrong or swapped."""
    word = draw(st.sampled_from(names))
    for _error in range(draw(st.integers(0, 3))):
        at, how = draw(st.integers(0, len(word) - 1)), draw(st.integers(0, 3))
        letter = draw(st.sampled_from(LETTERS))
        if how == 0:
            word = word[:at] + letter + word[at:]
        elif how == 1 and len(word) > 2:
            word = word[:at] + word[at + 1 :]
        elif how == 2:
            word = word[:at] + letter + word[at + 1 :]
        else:
            word = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    return word


@pytest.mark.parametrize("names", [FIRSTS, LASTS], ids=["first names", "surnames"])
@given(data=st.data())
def test_a_word_has_the_same_names_near_as_by_comparing_each(names, data):
    word = data.draw(st.one_of(mistyped(names), st.text(LETTERS, min_size=1, max_size=9)))
    wanted = {name: found for name in names if (found := errors_by_comparing(word, name)) < 3}
    assert dict(NearNames(names).errors(word)) == wanted


@given(one=mistyped(FIRSTS), other=mistyped(LASTS), turned=st.booleans())
def test_a_pair_of_words_is_the_same_childrens_name_as_by_comparing_each(one, other, turned):
    words = (other, one) if turned else (one, other)
    wanted = {
        pk
        for (name, surname), of in INDEX.walled_whole.items()
        for a, b in (words, words[::-1])
        if near_by_comparing(a, name, b, surname) or (b == surname and is_form_of(a, name))
        for pk in of
    }
    text = text_of(" ".join(words))
    found = {pk for each in walled_nearly(text, INDEX, ()) for pk in each.of}
    assert found == wanted


def test_what_is_kept_in_mind_has_an_end(monkeypatch):
    monkeypatch.setattr("schoolgate.screening.near_names.KEPT", 2)
    near = NearNames(["freya"])
    for word in ("freya", "frya", "fryea", "freja", "freya"):
        assert near.errors(word)["freya"] == errors_by_comparing(word, "freya")
        assert len(near._kept) <= 2
