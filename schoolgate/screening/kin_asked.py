"""A question to which a yes tells who belongs together or who is seen, though it has only first names: *Are
Mali and Jac twins?*, *Is that Mali?*"""

from __future__ import annotations

from collections.abc import Collection

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.common import ordinary

_IS = lazy_pattern(
    r"\b(?:are|is|was|were|do|does|did|have|has|aren'?t|isn'?t|yd[iy]|yd[iy]n|ydynt|ydyw|yw|oes|oedd(?:en)?"
    r"|ai)\b",
)
_RELATED = lazy_pattern(
    r"\b(?:(?:(?:half|step)[- ]?)?(?:twins?|triplets|brothers?|sisters?|siblings?|cousins?|daughters?|sons?)"
    r"|(?<='s )(?:mum|mam|dad|nan|gran|carer)"
    r"|related|adopted|fostered|in care|going out|seeing each other|boyfriends?|girlfriends?|a couple|an item"
    r"|best friends|live together|same (?:mum|mam|dad|parents?|family|birthday|house|address)"
    r"|g?efeilliaid|g?efell|[bf]rodyr|chwiorydd|perthyn|[mf]abwysiad\w{0,6}|cariadon|g?cefnder|gefnder"
    r"|[cg]h?yfnither|[cg]h?efndryd|mynd allan"
    r"|(?:yr )?un (?:fam|mam|tad|teulu|rhieni|cyfeiriad))\b"
    r"(?=\W{0,3}$|,| -|&| (?:of|to|or|then|too|by|with|from|in|at|and|together|isn|aren|wasn|the|i|yn|o|gyda"
    r"|efo|a|neu|yd[iy]|yw|oedd)\b)|\b(?:[bfm]rawd|chwaer|efell|cefnder|cyfnither)\b",
)  # fmt: skip
_THEY = lazy_pattern(
    r"\b(?:they|th[eo]se two|the two of them|he|she|nhw|y ddau|y ddwy|hi|fo|fe)(?:'n|'re|'s)?"
    r" (?:[\w']{1,12} ){0,2}$",
)
_POINTED = lazy_pattern(
    r"\b(?:(?:is|was) (?:that|this|it) |isn'?t that |who(?:'?s| is) (?:that|this)\W{1,3}(?:is it )?|ai "
    r"|pwy (?:yd[iy]|yw) (?:honna|hwnna|hon|hwn)\W{1,3})",
)
_THERE = lazy_pattern(
    r"\W{0,3}$|,? (?:there|in|at|with|behind|next|beside|holding|wearing|second|third|first|again|on the"
    r"|yn|ar|efo|gyda|wrth|(?:yd[iy]|yw|oedd|sy\w{0,2}) ?(?:honna|hwnna|hon|hwn|hi|fo|o|fe|yn"
    r"|ar|efo|gyda))\b",
)
_WORD = lazy_pattern(r"[^\W\d_]+")
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "sir", "father", "canon", "rev", "saint", "st"])
_OF_MANY = frozenset(["for", "bring", "welcome", "gyfer", "croeso", "can", "could"])
"""Where brothers and sisters are anyone's."""


def asks_of_kin(sentence: str, firsts: Collection[str]) -> bool:
    """Return whether a sentence of a question asks so. `firsts`: first names that the school's lists have."""
    small = sentence.lower()
    for pointed in _POINTED.finditer(small):
        name = _WORD.match(small, pointed.end())
        if name and _is_listed(name.group(), firsts) and _THERE.match(small, name.end()):
            return True
    words = _WORD.findall(sentence)
    if not _IS.search(small) or not _OF_MANY.isdisjoint(each.lower() for each in words):
        return False
    named = any(_is_listed(word.lower(), firsts) for word in words) or any(map(_may_be_name, words[1:]))
    return any(named or _THEY.search(small[: each.start()]) for each in _RELATED.finditer(small))


def _is_listed(word: str, firsts: Collection[str]) -> bool:
    return word in firsts and word not in ordinary()


def _may_be_name(word: str) -> bool:
    small = word.lower()
    return word.istitle() and len(word) > 1 and small not in ordinary() and small not in _TITLES
