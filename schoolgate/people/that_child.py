"""Whether a text speaks of one child without a name beside a colleague: *ask him about that girl*, *she
covered for him when the boy told*, *why has he got my son's number*."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.people_words import CHILD, SOMEONES_CHILD, WELSH_CHILD, either

_A_CHILD, _HOGAN = either(CHILD), either(WELSH_CHILD)
_THAT_CHILD = lazy_pattern(
    rf"\b(?:(?:with|about|since|after) that (?:\w+ ){{0,2}}?{_A_CHILD}\b"
    r"|(?:ask|know|knew|happen|rumou?r|heard|truth)\w* .{0,40}\b(?:about|with|and|why) (?:that|the|a) "
    rf"(?:\w+ ){{0,3}}?{_A_CHILD}\b"
    r"|(?:cover(?:ed|s|ing)? (?:up )?for|quiet about|protects?|protected|protecting) .{0,40}\b(?:that|the|a) "
    rf"(?:\w+ ){{0,2}}?{_A_CHILD}\b"
    rf"|(?:ha[sd]|have|got|gets?|getting) (?:my|our|her|his) (?:\w+ ){{0,2}}?"
    rf"{either(CHILD, SOMEONES_CHILD)}[’']?s? (?:number|mobile|snap\w*|insta\w*|xbox|address)\b"
    r"|left (?:his|her|their) (?:last|old|previous) (?:school|job|place)"
    r"|ask\w* (?:my|our|her|his|their|the|a) (?:\w+ ){0,2}?(?:for|what|wot)(?: is|s)? (?:his|her"
    r"|their) (?:\w+ ){0,2}?"
    r"(?:xbox|snap\w*|insta\w*|number|mobile|gamer ?tag|user ?name|handle|tiktok|discord|psn|roblox"
    r"|address)\b"
    rf"|(?:efo|gyda|hefo|am|at)(?:[’']r| yr| y) {_HOGAN}(?: fach| bach)? ?[’']?(?:na|yna|honno|hwnnw)\b"
    rf"|ddigwydd\w* .{{0,30}}(?:efo|gyda|hefo)(?:[’']r| yr| y) {_HOGAN}\b)",
    re.IGNORECASE,
)


def speaks_of_that_child(folded: str) -> bool:
    """Return whether a folded text does."""
    return bool(_THAT_CHILD.search(folded))
