"""Who a text accuses that may accuse an adult of harming a child (`accusations`): someone who works or helps
here, or someone that it doesn't name (*he has hurt her*). Then no colleague is presumed."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import Enum

from schoolgate.patterns import lazy_pattern
from schoolgate.people.accusations import may_accuse
from schoolgate.people.seats import speaks_of_keepers
from schoolgate.people.staff_words import speaks_of_staff

_WORKS_HERE = lazy_pattern(
    r"\b(?i:works?|working|employed|teach(?:es|ing)?|coach(?:es|ing)) "
    r"(?:\w{1,20} ){0,2}?(?:here|there|at|in|for|with)\b"
    r"|\b(?:keep|kept|keeps|keeping|lose|lost|got|have|has|still in) (?:his|her|their|your) "
    r"(?:job|post|position)\b"
    r"|(?:^|[.!?] )(?:Coach|Sir|Miss|Syr) [a-z]"
    r"|\b(?i:colleagues? (?:of mine|here)|(?:a|my|our|another) colleague)\b"
    r"|\b(?:dal i |yn )(?:weithio|gweithio|dysgu|hyfforddi) (?:yma|yn|yno|i|gyda|efo)\b|\bcydweithi?wr\w{0,5}"
    r"|\b(?:cadw|gadw|colli|golli) (?:ei|eu|eich) (?:swydd|gwaith)\b",
    re.MULTILINE,
)
"""How a text says that someone works or helps at the school, beside their job and title."""
_BODY = r"(?:arms?|hair|hands?|wrists?|legs?|bum|bottom|back|shoulders?|ears?|neck|face|throat|head|body)"
_TO_ME = lazy_pattern(
    rf"\b(?:me|us|my {_BODY}|fi|n(?:haro|ghyffwrdd|ghusanu|illad)|mrifo|mwrw)\b", re.IGNORECASE
)
_MY_CHILD = lazy_pattern(
    r"\b(?:my|our) (?:\w{1,20} ){0,2}?(?:kids?|child(?:ren)?|girls?|boys?|lads?|lass|sons?|daughters?"
    r"|grand\w{3,10}|nephews?|nieces?|bab(?:y|ies)|little ones?|\d+ ?(?:yr|year)s? olds?)\b"
    r"|\b(?:fy|ein|i'n) (?:\w{1,20} )?(?:mab|merch|plant|m[ae]b|wyr|wyres|nai|nith)\b",
    re.IGNORECASE,
)
"""Who it was done to: the one who writes, or their child."""


class Accused(Enum):
    """Who a text may accuse."""

    NO_ONE = "no one"
    SOMEONE = "someone"
    HERE = "here"


def accused_in(text: str, by: Collection[str] = (), *, danger: bool = False) -> Accused:
    """Return who a text may accuse by its words alone. `by`: the names of who wrote it, as they show them;
    `danger`: it shows danger by other words, so that who works here and is spoken of in it counts as
    accused."""
    accuses_one = may_accuse(text, by)
    if not accuses_one and not danger:
        return Accused.NO_ONE
    whole = "\n".join([text, *by])
    if speaks_of_staff(whole) or (accuses_one and (speaks_of_keepers(whole) or _WORKS_HERE.search(whole))):
        return Accused.HERE
    return Accused.SOMEONE if accuses_one else Accused.NO_ONE


def was_done_to_writer(text: str) -> bool:
    """Return whether what a text accuses someone of was done to the one who writes it: a child, as it
    seems, if they don't speak of a child of theirs."""
    return bool(_TO_ME.search(text)) and not _MY_CHILD.search(text)
