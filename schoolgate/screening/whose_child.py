"""Where a stranger says whose child someone is: *that's the lollipop man's boy*. It singles a child out as a
name does. Of the writer's own family it's left out, but where it points at one who is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.people_words import (
    CHILD,
    NOT_BY_BIRTH,
    SOMEONES_CHILD,
    WELSH_CHILD,
    WELSH_NOT_BY_BIRTH,
    WELSH_SOMEONES_CHILD,
    changed,
    either,
)
from schoolgate.screening.personal import LONGEST_SENTENCE, SENTENCE, Seen

_PLENTYN = either(
    (word for word in (*WELSH_CHILD, *WELSH_SOMEONES_CHILD) if word != "nai"),
    WELSH_NOT_BY_BIRTH,
    changed(("efeilliaid", "wyr")),
)
_SOMEONES = lazy_pattern(
    r"\b(?!(?:to)?day|year|week|month|school|world|team|god|women|men|children|what)[a-z]{2,14}'s "
    r"(?:(?:little|big|new|only|older|younger|other|first|step) ){0,2}"
    rf"{either(CHILD, SOMEONES_CHILD, NOT_BY_BIRTH, ('youngest', 'eldest', 'oldest', 'twins'))}\b"
    r"(?!-|'? (?:team|choir|group)\b)"
    rf"|\b{either(SOMEONES_CHILD)} of (?:the|that|a|mr|mrs|ms|miss|dr)\b",
    re.IGNORECASE,
)
_RHYWUN = lazy_pattern(
    rf"\b(?<!fy )(?<!ein )(?<!eich ){_PLENTYN} (?:(?:bach|fach|hynaf|hyna|fenga|ieuengaf|ifanc) )?"
    r"(?:(?:yr?|ei|eu|fy|ein|dyn|dynes|gwraig|gwr|cariad|partner|chwaer|brawd) (?!wythnos|mis|[bf]?lwyddyn"
    r"|dydd|wawr|d?dosbarth|ysgol|tim|llun|gem|cwis|hun)\w|(?-i:(?!Blwyddyn|Derbyn|Dosbarth|Meithrin|Ysgol"
    r"|Cymr)[A-Z])\w)",
    re.IGNORECASE,
)
_OWN = lazy_pattern(r"\b(?:my|our) (?:[\w-]{1,12} ){0,2}$", re.IGNORECASE)
_EIDDO = lazy_pattern(r" (?:fy|ein) \w$", re.IGNORECASE)
_SEEN_HERE = lazy_pattern(
    r"\b(?:that'?s|that is|isn'?t that|is that|this is|(?:he|she)(?:'?s| is)|(?:on|to) the (?:left|right"
    r"|end)|(?:front|back|second|third) row|in the (?:middle|front|back|hat)|(?:yd[iy]|yw|di|oedd) (?:o|hi"
    r"|fo|fe|h[wo]n\w{0,3})|dyna|dyma|h[wo]nn?a sy\w{0,3}|(?:yn|ar) y (?:chwith|dde|blaen|cefn|canol))\b",
    re.IGNORECASE,
)


def find_whose_child(text: str) -> Iterator[Seen]:
    """Yield where a folded text says so, the whole sentence."""
    for sentence in SENTENCE.finditer(text):
        words = sentence.group()[:LONGEST_SENTENCE]
        if any(_is_told(found, words) for shape in (_SOMEONES, _RHYWUN) for found in shape.finditer(words)):
            start = sentence.start() + len(words) - len(words.lstrip())
            yield Seen(start, sentence.start() + len(words.rstrip()), Kind.TOLD, Strength.ASK)


def _is_told(found: re.Match[str], words: str) -> bool:
    is_own = _OWN.search(words[: found.start()]) or _EIDDO.search(found.group())
    return not is_own or _SEEN_HERE.search(words) is not None
