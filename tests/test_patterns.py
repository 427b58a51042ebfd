"""Patterns that are compiled when they're first used."""

import re

import pytest

from schoolgate import patterns
from schoolgate.patterns import compile_lazy_patterns, lazy_pattern


@pytest.fixture
def compiled(monkeypatch):
    """What was compiled during the test."""
    monkeypatch.setattr(patterns, "_MADE", [])
    seen = []

    def compile_and_note(pattern, flags=0, really=re.compile):
        seen.append(pattern)
        return really(pattern, flags)

    monkeypatch.setattr(patterns.re, "compile", compile_and_note)
    return seen


def test_a_pattern_is_compiled_at_its_first_use_and_once(compiled):
    word = lazy_pattern(r"(?P<first>a)b", re.IGNORECASE)
    assert (word.pattern, compiled) == (r"(?P<first>a)b", [])
    assert word.fullmatch("AB")["first"] == "A"
    assert not word.fullmatch("AC")
    assert word.sub("x", "cabc") == "cxc"
    assert [each[0] for each in word.finditer("abAB")] == ["ab", "AB"]
    assert (word.flags & re.IGNORECASE, word.groups, compiled) == (re.IGNORECASE, 1, [word.pattern])


def test_all_are_compiled_before_copies_are_made(compiled):
    first, second = lazy_pattern("a"), lazy_pattern("b")
    first.search("a")
    compile_lazy_patterns()
    assert compiled == ["a", "b"]
    assert second.search("b")
    assert compiled == ["a", "b"]


def test_what_cannot_be_compiled_says_so_at_its_use(compiled):
    wrong = lazy_pattern("(")
    with pytest.raises(re.error):
        wrong.search("a")
    assert not hasattr(lazy_pattern("a"), "no_method_of_a_pattern")
