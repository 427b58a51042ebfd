"""Whether a text puts someone together with one pupil as adults are with each other: a hotel, a flat, a
night, a holiday, a relationship; or says that someone takes one home. No verb says that anything was done, so
no list of acts has it."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.people_words import WELSH_CHILD, either

_YEAR = r"(?:year|yr) ?(?:\d{1,2}|seven|eight|nine|ten|eleven|twelve|thirteen)"
_PUPIL = (
    r"(?:(?:pupil|student|sixth ?-?former|school ?-?(?:girl|boy)|teenager|minor|under-?age \w{1,20}"
    r"|(?:six|seven|eight)teen (?:year|yr)s? old|1[0-7] ?-?(?:year|yr)s? ?-?old"
    rf"|(?:girl|boy|lad|lass)(?: (?:from|in|of) (?:\w{{1,20}} ){{0,3}}?(?:{_YEAR}|class|school|sixth ?form))?"
    rf"|{_YEAR}(?:'s)? ?(?:girl|boy|lad|lass)?)(?!s\b)"
    r"(?! (?:discount|card|council|group|trip|concert|parents?|football|netball)\b))"
)
_A_PUPIL = (
    rf"(?:a|an|one|another|his|her|their|this|that|some|my|our)(?: of (?:his|her|their|our|the))?"
    rf" (?:[\w'-]{{1,20}} ){{0,2}}?{_PUPIL}\b"
)
_PLACE = (
    r"(?:hotel|motel|b ?(?:&|and) ?b|guest ?house|air ?b ?n ?b|holiday (?:cottage|let|home)|bedroom|flat"
    r"|apartment|bed\b|hot tub)"
)
_TOGETHER = (
    rf"(?:{_PLACE}|(?:on|for a) holiday|weekend|(?:the|a|one|every|all) night|overnight|nights"
    r"|relationships?|affairs?|romance|romantic\w{0,4}|in love|fling|date|dates|dating|dated|married"
    r"|marry|marrying|engaged|pregnant|(?:go(?:es|ing)?|went|gone|been|be) out|involved|intimate"
    r"|living|lives|moved in|alone|too close)"
)
_ONE_PUPIL = rf"(?:a|an|one|another|some|this|that|the) (?:[\w'-]{{1,20}} ){{0,2}}?{_PUPIL}\b"
_HOME = (
    r"(?:back )?(?:home|to (?:his|her|their) (?:own )?(?:house|home|flat|place|car|van|caravan)"
    r"|in (?:his|her|their) (?:own )?(?:car|van))\b"
)
_TAKEN = r"(?:taken|driven|walked|brought)"
_UN_DISGYBL = rf"{either(WELSH_CHILD)}(?: (?:o )?(?:(?:[bf]lwyddyn|bl) ?\d{{1,2}}|\d{{1,2}}[a-z]))?"
_ADREF = r"(?:adra|adref|gartref?|yn (?:ei|eu) (?:g?h?ar|fan)|i'w (?:d[yŷ]|g?h?ar|fflat))\b"
_FAR = r"(?:[^\s.!?;\n]{1,30} ){0,6}?"
_WITH_A_PUPIL = lazy_pattern(
    rf"\b{_TOGETHER},? {_FAR}(?:with|to|and|by) {_A_PUPIL}"
    rf"|\b(?:with|and) {_A_PUPIL},? {_FAR}(?:{_PLACE}|affair|relationship|romance)\b"
    rf"|\b(?:boy|girl)friend,? (?:who |that )?(?:is |was |he'?s |she'?s )?(?:still )?(?:in |at |a |an )"
    rf"(?:the |our |your )?(?:sixth ?form\b|{_PUPIL}\b)"
    r"|\b(?:gwesty|fflat|gwely|perthynas|mherthynas|berthynas|carwriaeth|garwriaeth|ar wyliau|noson|dros nos)"
    rf",? {_FAR}(?:gyda|efo|[âa]) (?:\w{{1,20}} )?(?:{either(WELSH_CHILD)}|myfyriwr|fyfyriwr|myfyrwraig"
    r"|un o'r (?:disgyblion|chweched))\b"
    rf"|\b(?:took|takes|taking|drove|drives|driving|walks|walking|brings|{_TAKEN})"
    rf" {_ONE_PUPIL} {_HOME}"
    rf"|\b{_ONE_PUPIL} (?:was|got|is|being) {_TAKEN} {_HOME}"
    rf"|\b(?:gave|gives|giving|given) {_ONE_PUPIL} a (?:lift|ride)\b"
    rf"|\b(?:aeth|mynd|fynd|gyrrodd|gyrru|yrru|danfonodd|cerddodd) (?:\w{{1,20}} ){{0,3}}?"
    rf"(?:[âa]|efo|gyda)(?:'r)? {_UN_DISGYBL} {_ADREF}"
    rf"|\b(?:rhoddodd|rhoi|roddodd|roth|roi) (?:\w{{1,20}} ){{0,3}}?lifft i(?:'r)? {_UN_DISGYBL}",
    re.IGNORECASE,
)


def is_with_a_pupil(folded: str) -> bool:
    """Return whether a folded text puts someone together with a pupil so."""
    return bool(_WITH_A_PUPIL.search(folded))
