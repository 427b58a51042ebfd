"""Whether a text puts a grown-up of a school alone with children, or has one take them home: no verb says
that anything was done, so no list of acts has it."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern

_ADULT = (
    r"(?:sir|miss|teachers?|ta|caretaker|janitor|groundsm[ae]n|groundskeeper|cleaner|cook|technician"
    r"|librarian"
    r"|tutor|instructor|trainer|driver|volunteer|governor|head ?teacher|head|deputy|chaplain|counsellor"
    r"|photographer|m(?:r|rs|s|iss|ister) \w{1,20})"
)
_KIDS = r"(?:kids?|children|pupils?|students?|girls?|boys?|lads|year \w{1,6}s?)"
_NEAR = r"(?:[\w']{1,20} )"
_NAMED = r"(?:(?:like|as) (?-i:[A-Z])[\w.]{0,20}|neb fel (?-i:[A-Z])\w{0,20})"
_ALONE = lazy_pattern(
    rf"\b{_ADULT} {_NEAR}{{0,2}}(?:tak(?:es?|ing)|driv(?:es?|ing)|drove|g[ai]v(?:es?|ing)|offer\w{{0,3}})"
    rf" {_NEAR}{{0,2}}{_KIDS} {_NEAR}{{0,2}}(?:home|lifts?)\b"
    rf"|\b(?:he|she|{_ADULT}) {_NEAR}{{0,3}}alone {_NEAR}{{0,4}}with {_NEAR}?{_KIDS}\b"
    rf"|\b{_ADULT} {_NEAR}{{0,2}}(?:said|sed|says|lets?|invited|invites|asked|asks|told|tells"
    rf"|wants) {_NEAR}{{0,7}}"
    r"(?:(?:go|come|pop|stay|sleep|be|went|round|over|back) ){1,3}(?:to |at |in |round )?"
    r"(?:hers|(?:her|his) (?:house|flat|place|gaff)|theirs)\b"
    r"|\b(?:syr|miss|athro|athrawes|m(?:r|rs|s|iss) \w{1,20}) (?:[\w'’]{1,20} ){0,8}(?:mynd|dod|fynd|ddod"
    r"|aros"
    r"|cysgu|gysgu) (?:draw )?(?:i'?w|i|yn|at) (?:ei )?(?:th?[yŷ]|dŷ|dy|fflat|chartref|gartref) ?(?:hi|o|e"
    r"|fo)?\b"
    rf"|\b{_NAMED} {_NEAR}{{0,5}}(?:alone|{_KIDS} alone)\b"
    r"|\b(?:rhoi|roi|cynnig|gynnig) lifft\w{0,2} (?:(?:adref|adra|adre|gartref?|gatre) )?i(?:'r| y)?"
    r" (?:genod|ferched|fechgyn|hogia\w?|blant|plant|ddisgyblion)\b"
    r"|\bar (?:(?:ei|eu) )?(?:ben|phen|pen)\w{0,2} (?:ei |eu )?hun\w{0,4} (?:gyda|efo)(?:'r| y)?"
    r" (?:genod|merched|bechgyn|hogia\w?|plant|disgyblion)\b"
    r"|\b(?:gyrru|anfon|hala|yrru) neges\w{0,5} (?:at|i)(?:'r| y)? (?:genod|ferched|fechgyn|hogia\w?)\b",
    re.IGNORECASE,
)
_KINDLY = lazy_pattern(
    r"\b(?:thank\w{0,4}|thanks|diolch|safe\w{0,2}|minibus|coach|broke down"
    r"|after the (?:trip|match|concert))\b",
    re.IGNORECASE,
)
"""Where the whole school saw it."""


def is_alone_with_children(folded: str) -> bool:
    """Return whether a folded text puts a grown-up together with children so."""
    return bool(_ALONE.search(folded)) and not _KINDLY.search(folded)
