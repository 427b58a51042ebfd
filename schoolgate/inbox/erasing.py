"""Whether a message wants everything about someone deleted, not only a picture taken down: a request about
data, with a month to answer."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.folding import fold

_GONE = (
    r"(?:delet\w{1,4}|eras\w{1,4}|remov\w{1,4}|gone|wiped?|destroy\w{0,3}|get rid of|forgotten?|forget"
    r"|scrub\w{0,4}|off your"
    r"|dile\w{1,4}|ddile\w{1,4}|gwared\w{0,4}|waredu|chwalu|dinistri\w{0,2}|tynn\w{1,4}|dynn\w{1,4}"
    r"|anghofi\w{1,2})"
)
_ALL = (
    r"(?:everything|(?:all|any|every)(?: of)?(?: (?:the|her|his|my|our|their|your|its|personal"
    r"|bit of|\w{1,20}'s))* (?:data|info(?:rmation)?"
    r"|files?|records?|details|trace\w?)|(?:her|his|my|our|their|your) (?:personal )?(?:data|files?"
    r"|records?)"
    r"|(?:all|whatever) (?:that )?you(?:'ve| have)?(?: got)? (?:hold|have|keep|got|on|about)"
    r"|popeth|bopeth|phopeth|(?:yr |'r |ei |fy |ein |eu )?holl (?:\w{1,10} )?(?:ddata|wybodaeth|gofnodion"
    r"|ffeiliau|fanylion)"
    r"|(?:ei|fy|ein|eu) (?:data|ddata|ffeil\w{0,4}|cofnod\w{0,3}|chofnod\w{0,3})|eich ffeiliau)"
)
_WANTS = lazy_pattern(
    rf"\b{_GONE}\b[^.!?\n]{{0,60}}?\b{_ALL}\b|\b{_ALL}\b[^.!?\n]{{0,60}}?\b{_GONE}\b"
    r"|\bright (?:to be forgotten|to erasure|of erasure)|\berasure\b|\bhawl i (?:gael (?:fy|ei|ein|eich) "
    r"|g?h?ael )?"
    r"(?:[fm]?h?anghofio|ddileu|ddilead)\b",
    re.IGNORECASE,
)
_NO_DATA = lazy_pattern(
    r"\b(?:(?:thank\w{0,4}|thanks|diolch\w{0,3}) (?:\w{1,12} )?(?:for|am)|lost property"
    r"|everything (?:from|in|on) the (?:field|hall|stage|table|board)|bins?|litter|rubbish|biniau|sbwriel)\b",
    re.IGNORECASE,
)


def wants_all_deleted(text: str) -> bool:
    """Return whether a text wants so."""
    folded = fold(text).text
    return bool(_WANTS.search(folded)) and not _NO_DATA.search(folded)
