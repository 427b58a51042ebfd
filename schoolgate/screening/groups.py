"""Classes and year groups, as lists have them and as texts write them: "4B", "Year Four", "Bl. 4", "Dosbarth
Derwen", "Derbyn"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Final

from schoolgate.screening.folding import fold, words_of
from schoolgate.screening.text_words import Text

NUMBERS: Final = {
    word: number
    for number, words in enumerate((
        "", "one un", "two dau dwy", "three tri tair", "four pedwar pedair", "five pump", "six chwech chwe",
        "seven saith", "eight wyth", "nine naw", "ten deg", "eleven", "twelve", "thirteen",
    ))
    for word in words.split()
}  # fmt: skip
"""Numbers of years in words."""
_YEARS = frozenset([
    "year", "years", "yr", "y", "grade", "blwyddyn", "flwyddyn", "mlwyddyn", "bl", "fl",
])  # fmt: skip
_CLASSES = frozenset([
    "class", "form", "group", "tutor", "dosbarth", "ddosbarth", "nosbarth", "grwp", "ddosbarthiad",
])  # fmt: skip
_ONES = {
    "reception": ("reception", "rec", "r", "derbyn", "dderbyn", "nerbyn", "foundation"),
    "nursery": ("nursery", "n", "meithrin", "feithrin", "methrin"),
}  # fmt: skip
_ONE_OF = {word: one for one, words in _ONES.items() for word in words}
_IN_ONE = re.compile(r"(y|yr|year|bl|blwyddyn)(\d{1,2})")
_SHORT = re.compile(r"(?:[1-9]|1[0-3])[a-z]{1,3}|[a-z]{1,3}(?:[1-9]|1[0-3])")
_MOST_WORDS = 3
_DIGITS = frozenset("0123456789")
_BEGIN = frozenset([*_YEARS, *_CLASSES, *_ONE_OF])


def groups_of(form: str, year: str) -> set[str]:
    """Return a pupil's class and year group, each in one word: "4b", "year4", "class1", "derwen"."""
    found: set[str] = set()
    for each in (form, year):
        words = words_of(fold(each).text).plain
        found.add("".join(words))
        if len(words) > 1 and words[0] in _CLASSES:
            found |= {"".join(words[1:]), "class" + "".join(words[1:])}
        if len(words) == 1:
            found.add(_ONE_OF.get(words[0], ""))
    number = "".join(each for each in year if each.isdigit())
    found |= {f"year{number}"} if number else set()
    return {each for each in found if len(each) > 1 and not each.isdigit()}


def heads_of(form: str, year: str) -> set[str]:
    """Return the first words of a pupil's class and year group."""
    found = (words_of(fold(each).text).plain for each in (form, year))
    return {word for words in found for word in words[:2]}


def is_class(text: Text, heads: Container[str], place: int) -> bool:
    """Return whether a word begins the name of a class: `heads` are the first words of all."""
    return text.words.plain[place] in heads


def group_at(text: Text, known: Container[str], heads: Container[str], place: int) -> tuple[int, list[str]]:
    """Return the classes and year groups of which the text speaks at a word, and the last word that is part
    of it; the word itself and none where there are none."""
    plain = text.words.plain
    head = plain[place]
    if not (head in heads or head in _BEGIN or head[0] in _DIGITS or head[-1] in _DIGITS):
        return place, []
    words = ""
    for last in range(place, min(place + _MOST_WORDS, text.count)):
        if last > place and (not text.close(last - 1) and text.gap(last - 1).strip() != "."):
            break
        words += plain[last]
        whole = last == place or text.is_capital(last)
        if words in known and whole and (_SHORT.fullmatch(words) or text.is_capital(place)):
            return last, [words]
    for last, group in _called(text, place):
        if group in known:
            return last, [group]
    return place, []


def _called(text: Text, place: int) -> Iterator[tuple[int, str]]:
    plain = text.words.plain
    word = plain[place]
    if word[-1] in _DIGITS and (found := _IN_ONE.fullmatch(word)):
        yield place, f"year{found[2]}"
    if word in _ONE_OF and len(word) > 3:
        yield place, _ONE_OF[word]
    if place + 1 >= text.count or text.gap(place) not in (" ", ". ", ".", "-", " '", ""):
        return
    after = plain[place + 1]
    if word in _YEARS:
        yield place + 1, f"year{NUMBERS.get(after, after)}"
    if word in _CLASSES:
        yield place + 1, f"class{NUMBERS.get(after, after)}"
        if text.is_capital(place + 1):
            yield place + 1, after
