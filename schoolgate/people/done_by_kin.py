"""What one of the family, another child or a thing did to a child, in both languages: no accusation of an
adult here."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.people_words import CHILD, CHILDREN, WELSH_CHILD, WELSH_CHILDREN, either

_FAMILY = (
    r"(?:step-? ?)?(?:dad(?:dy)?|father|mum|mam|mummy|mother|parents?|brothers?|sisters?|siblings|uncles?"
    r"|aunt(?:y|ie)?s?|cousins?|gran(?:dad|ny|dpa|dma)?|nan|nain|taid|boyfriend|girlfriend|neighbours?"
    r"|(?:nh|th|t|d)ad(?:-?cu)?|[mf]am-?gu|fam|ll?ys-?(?:d?tad|dad|[mf]am|[bf]rawd|chwaer)|[bfm]rawd"
    r"|[bfm]?rodyr|chwaer|chwiorydd|[hn]?ewyth?rt?h?|wncwl|yncl|[mf]odryb|anti(?!-| ?(?:bwli|soc|bull))"
    r"|(?:nh|th|d)aid|n?[cg]?h?efnder|n?[cg]?h?yfnither|rh?ieni|(?:ngh|ch|g)ariad|n?[cg]?h?ymydog(?:es|ion)?)"
)
"""In English, and in Welsh as its first letters change."""
KIN = lazy_pattern(rf"\b{_FAMILY}\b", re.IGNORECASE)
_PEERS = (
    rf"(?:{either(CHILD, CHILDREN)}|classmates?|bull(?:y|ies)|friends?"
    r"|mates?"
    r"|(?:year|yr) (?:\d+s?|[a-z]+s?)|teenagers?|youths?|teams?|dogs?"
    rf"|{either(WELSH_CHILD, WELSH_CHILDREN)}|ffrind(?:iau)?)"
)
_ANOTHER = lazy_pattern(
    rf"(?:\b(?:(?:my|his|her|our|their|fy|ei|eu|ein|dy|ma|mae|mae'r) (?:[\w']{{1,20}} )?{_FAMILY}"
    rf"|(?:dad|mum|mam|nhad|mrawd|ewythr|llystad|llysdad|llysfam)"
    rf"|(?:a|an|another|some|sum|other|\d+|two|three|four|one of the|those|these|the|older|bigger|same"
    rf"|mae) "
    rf"(?:[\w']{{1,20}} )?{_PEERS}(?: (?:arall|in|from|o|called|ym) (?:[\w']{{1,20}} ){{0,3}})?)"
    r"|\b(?:mae|fod|bod) (?:bachgen|bechgyn|merch|merched|plant|plentyn|hogyn|hogia|criw o \w{1,20}"
    r"|fy mrawd|cariad mam)\b(?! sy)[^.!?]{0,40}?|\w{1,20} in my class)"
    r"(?: (?:in (?:my|our|his|her|the) (?:class|year|form)|in year \w{1,20}|is|are|was|were|has|have|had"
    r"|been|always|keeps?|kept|just|who|that|sometimes|never|wedi|yn|sy'?n|bod) ?| (?!he\b|she\b"
    r"|they\b|who\b|that\b)\w{1,20}ing | ){0,4}$",
    re.IGNORECASE,
)
"""What stands right before something done, where one of the family or another child did it."""
_BY_KIN = lazy_pattern(
    rf"(?:[a-z]{{2,20}}odd|wnaeth|naeth|nath) (?:(?:fy|ei|eu|ein|dy|y|yr|ryw) )?(?:{_FAMILY}|{_PEERS}"
    r"|b[eê]l|drws|gwynt|storm|car|beic)\b",
    re.IGNORECASE,
)
"""In Welsh who did it stands after the verb: "Trawodd fy llystad fi"."""
_BY_A_PEER = lazy_pattern(
    rf" (?:by|gan) (?:a|an|another|some|other|my|the|fy|ei|eu|ein|dy|y|fachgen|ferch)? ?"
    rf"(?:[\w']{{1,20}} )?(?:{_FAMILY}"
    rf"|{_PEERS})\b",
    re.IGNORECASE,
)


def is_of_kin_or_child(before: str, act: str, after: str) -> bool:
    """Return whether one of them did something to a child. `before`, `after`: the words beside those of what
    was done (`act`)."""
    return bool(_BY_A_PEER.match(after) or _BY_KIN.match(act) or _ANOTHER.search(before))
