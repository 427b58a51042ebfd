"""What a text says about a colleague it names: kind or ordinary, unsure, not to be told, or something done.

Turned round on purpose: no list has every way to speak ill of someone, so a comment that names a colleague is
theirs only where it's plainly kind or plainly ordinary. What can't be told from its words counts as ill.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from enum import IntEnum

from schoolgate.patterns import lazy_pattern
from schoolgate.people import kind_words
from schoolgate.people.accusations import may_accuse
from schoolgate.people.accusing import accuses
from schoolgate.people.called import SENTENCE, TITLES, speaks_of_an_act
from schoolgate.people.said_to_reader import threatens
from schoolgate.screening.folding import fold, words_of
from schoolgate.triage import Lane

_TITLED = frozenset(each.casefold() for each in TITLES)
_OF_THEM = lazy_pattern(
    r"\b(?:he|she|him|her|his|hers|they|them|their|sir|miss|fe|ef|fo|hi|e|o|ei|hwn|hon)\b", re.IGNORECASE
)
"""Words for someone named before."""
_EVERY_DAY = lazy_pattern(
    r"\b(?:teachers?|staff|adults?|grown.?ups?|coach\w*|teaching|photos?|photograph\w*|pictures?|pics?|selfies?"
    r"|film(?:s|ed|ing)?|look(?:s|ed|ing)? at|watch(?:es|ed|ing)?|star(?:s|ring)\b|follow(?:s|ed|ing)?"
    r"|phon(?:e|es|ed|ing)|call(?:s|ed|ing)?|r[ai]ngs?|text(?:s|ed|ing)?|messag(?:e|es|ed|ing)|asks?|asked"
    r"|asking|sends?|sent|sending|shar(?:e|es|ed|ing)|skirts?|trousers|secret santa|pull(?:s|ed|ing)? off"
    r"|athro|athrawes|athrawon|ll?uniau|llun|neges\w*|anfon\w*|tecst\w*|g?wylio|dd?ilyn)\b",
    re.IGNORECASE,
)
"""Words of something done that belong to any school day."""
_INSULTS = lazy_pattern(r"\b(?:hat(?:e|es|ed|ing)|rude(?:ly|r)?)\b", re.IGNORECASE)
"""Words that insult, and tell of nothing done."""
_SPORT = lazy_pattern(
    r"\b(?:hits?|hitting|kick\w*|push\w*|pull\w*|throw\w*|threw|beat\w*|grab\w*|hugs?|scream\w*|shout\w*"
    r"|smash\w*|pinch\w*)\b(?! (?:(?:my|our|your|his|her|a|the|some|other|two) )?(?:\w+ )?(?:me|us|him|her"
    r"|them|kids?|child\w*|sons?|daughters?|boys?|girls?|pupils?|students?|lads?|year|at)\b)",
    re.IGNORECASE,
)
"""Words of something done to no one: of a match or a show."""
_CHILD = lazy_pattern(
    r"\b(?:girls?|boys?|kids?|child(?:ren)?|pupils?|students?|daughters?|sons?|lads?|teens?|teenagers?"
    r"|year (?:\d+s?|[a-z]+s)|m?[mf]erch(?:ed)?|[bf]achgen|[bf]echgyn|plant|blant|phlant|plentyn|blentyn"
    r"|dd?isgybl(?:ion)?|mab|fab)\b",
    re.IGNORECASE,
)


class Said(IntEnum):
    """What is said. `KIND`: theirs to read. `UNSURE`: praise with something else, a question that isn't
    plain, a complaint: for a colleague. `UNTOLD`: can't be told; `DONE`: something done, danger or a warning:
    for the safeguarding leads as well."""

    KIND = 0
    UNSURE = 1
    UNTOLD = 2
    DONE = 3


def said_of(
    text: str,
    *,
    by: Collection[str] = (),
    lanes: Collection[Lane] = (),
    is_name: Callable[[str], bool],
    names_one: Callable[[str], bool],
) -> Said:
    """Return what a text says about the people it names.

    Args:
        text: the text.
        by: the names of who wrote it: only whether they tell of harm counts.
        lanes: the lanes of everything that lists of words find in it.
        is_name: whether a word is part of a colleague's name.
        names_one: whether a sentence names or describes a colleague.

    """
    folded = fold(text).text
    is_kind, ordinary = kind_words.is_kind(folded), kind_words.asks(folded)
    whole = "\n".join([folded, *by])
    if may_accuse(text, by):
        return Said.DONE
    if Lane.THREAT in lanes and threatens(text):
        return Said.UNTOLD  # who is threatened did nothing by that
    if Lane.DANGER in lanes or Lane.THREAT in lanes or tells_of_harm(whole, kind=is_kind or ordinary):
        return Said.DONE
    if Lane.ABUSE in lanes or Lane.COMPLAINT in lanes:
        return Said.UNSURE
    if all(_is_plain(each, is_name=is_name, names_one=names_one) for each in sentences_in(folded)):
        return Said.KIND
    if is_kind or (ordinary and not kind_words.REASONS.search(folded)):
        return Said.UNSURE
    return Said.UNTOLD


def tells_of_harm(text: str, *, kind: bool) -> bool:
    """Return whether a text tells of harm, or warns of someone. `kind`: it also praises or asks, so that
    words of a match or of any school day say nothing."""
    if accuses(text):
        return True
    text = _INSULTS.sub(" ", text)
    rest = _EVERY_DAY.sub(" ", text)
    rest = _SPORT.sub(" ", rest) if kind else rest
    if speaks_of_an_act(rest):
        return True
    return not kind and speaks_of_an_act(text) and bool(_CHILD.search(text))


def sentences_in(folded: str) -> list[str]:
    """Return the sentences of a folded text, a question with its mark."""
    marked = folded.replace("?", "?.")
    return [each for each in SENTENCE.split(marked.replace("?.", " ?\n")) if each.strip(" ?,")]


def _is_plain(sentence: str, *, is_name: Callable[[str], bool], names_one: Callable[[str], bool]) -> bool:
    """Return whether a sentence is kind or ordinary, or about no one of them."""
    if kind_words.is_everyday(words_but_names(sentence, is_name)):
        return True
    if kind_words.turns(sentence):
        return False
    return kind_words.is_kind(sentence) or not (_OF_THEM.search(sentence) or names_one(sentence))


def words_but_names(sentence: str, is_name: Callable[[str], bool]) -> list[str]:
    """Return the words of a sentence without those of names."""
    words = words_of(sentence).plain
    return [
        word
        for place, word in enumerate(words)
        if word not in _TITLED and not (place and words[place - 1] in _TITLED) and not is_name(word)
    ]
