"""A question after one child, called by a first name: *when does Idris come out, and by which gate?*
The lists of questions know no names; the school's register does."""

from __future__ import annotations

import re
from collections.abc import Mapping

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.common import ordinary
from schoolgate.screening.names import NameIndex

_WORD = lazy_pattern(r"[^\W\d_]+")
_ASKS = lazy_pattern(
    r"\?|\b(?:what|which|wich|wot|where|when|wen|who|whos|does|do you know|is|are|anyone know|tell me|ble"
    r"|lle"
    r"|pryd|pwy|pa|ydi|ydy|yw|oes|faint o'r gloch|beth)\b",
    re.IGNORECASE,
)
_WHEREABOUTS = lazy_pattern(
    r"\b(?:gates?|doors?|exit|entrance|bus|train|c[ao]mes? out|coming out|gets? out|get out|finish(?:es"
    r"|ed)?|leaves?"
    r"|home(?:time)?|walks?|lives?|living|moved?|still (?:in|at|go|goes|there|here|with)|(?:what"
    r"|which) (?:class|year"
    r"|form|school|club|day)|where(?:abouts)?|pick(?:s|ed|ing)? .{0,20}up|collects?|refuge|lost touch"
    r"|address|new school"
    r"|lower site|stop"
    r"|gi[aâ]t|iet|[fb]ws|drws|gorffen|orffen|dod allan|dod mas|adref?|adra|[cg]h?erdded|byw|symud|dal yn"
    r"|dal i"
    r"|ble|lle|pa (?:ddosbarth|flwyddyn|ysgol|glwb)|nosbarth|casglu|gasglu|n[oô]l|cyfeiriad)\b",
    re.IGNORECASE,
)
_OWN = lazy_pattern(
    r"\b(?:my|our) (?:\w{1,12} ){0,2}(?:son|daughter|boy|girl|lad|child|kid|little one|eldest|youngest"
    r"|grand\w{3,8}|niece"
    r"|nephew)\b|\b(?:fy|ein) (?:mab|merch|mhlentyn|hogyn|hogan|plentyn|wyres|[wŵ]yr)\b",
    re.IGNORECASE,
)
"""The writer's own child."""
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "coach", "sir", "athro", "athrawes"])


_PLACES = lazy_pattern(
    r"\b(?:(?:is|are|was|been|'s) (?:back )?(?:here|there)|since|saw|seen|spotted|noticed|goes to|go to"
    r"|went to"
    r"|at the|school|class|(?:in )?\d{1,2}[a-z]|(?:year|yr) \w{1,6}|sits|plays for|every (?:day"
    r"|\w{3,6}day)|staying"
    r"|pick(?:s|ed|ing)? \w{1,12} up|yma|yna|yno|ers|gwelais|welis|gweles|weles|gweld|wedi gweld|mynd i"
    r"|ysgol|d?dosbarth|nosbarth"
    r"|[bmf]lwyddyn|wrth y|ger y|bob (?:dydd|nos|bore)|aros)\b",
    re.IGNORECASE,
)
"""Beside a name: where someone was seen, or goes."""


def places(text: str) -> bool:
    """Return whether a folded text says where one is or was, or how one comes and goes."""
    return bool(_WHEREABOUTS.search(text) or _PLACES.search(text))


def asked_after(text: str, index: NameIndex | None) -> tuple[int, int] | None:
    """Return where a folded text names a pupil of the register by a first name, in a question of where one is
    or how one comes and goes; None where it doesn't, or speaks of the writer's own child."""
    if index is None or not index.firsts or not (_ASKS.search(text) and _WHEREABOUTS.search(text)):
        return None
    if _OWN.search(text):
        return None
    before = ""
    for word in _WORD.finditer(text):
        small = word.group().lower()
        if before not in _TITLES and _is_pupils(
            small, index.firsts, index.mutated, big=word.group()[0].isupper()
        ):
            return word.span()
        before = small
    return None


def _is_pupils(
    word: str, firsts: Mapping[str, tuple[int, ...]], changed: Mapping[str, tuple[str, ...]], *, big: bool
) -> bool:
    if word in ordinary() or len(word) < 3:
        return False
    return word in firsts or (big and any(each in firsts for each in changed.get(word, ())))
