"""Whether a comment puts an adult beside a child in words that no list knows: *why he sends pictures to my
daughter*, *pinned my 7 year old to the wall*.

Turned round on purpose, as in `said_of`: what is done isn't looked at. An adult, then a child, in one
sentence that is neither kind nor an ordinary question may accuse, unless it's one of the few things that
every day brings: a letter sent home, what a teacher told them, who teaches them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.people import kind_words

_OWN = (
    r"(?:daughters?|sons?|girls?|gurls?|boys?|lads?|lass(?:es|ie)?|kids?|child(?:ren)?|pupils?"
    r"(?! (?:gates?|premium|voice|council|leaders)\b)"
    r"|nieces?|nephews?|grand ?(?:sons?|daughters?|kids"
    r"|child(?:ren)?)|\d+ ?(?:yr|year)s? olds?|year \d+s?|yr \d+s?|little (?:ones?|girl|boy|lad)|toddlers?"
    r"|teens?|teenagers?|twins)"
)
_CHILD = (
    r"(?:(?:my|our|your|her|his|their|the|this|a|an|little|young|some|other|two|these|of|off|with|to|at|near|for"
    rf") (?:[\w']{{1,12}} ){{0,2}}?{_OWN}|(?:fy|ein|ei|eich|i'r|y|o'r|a'r|'r|efo|at|gyda) (?:\w{{1,12}} )?"
    r"(?:merch|mab|ferch|fab|plant|phlant|blant|nith|nai|merched|bechgyn|wyres|[wŵ]yr|disgybl\w{0,5}))"
)
_ONE = (
    r"(?:who|whoever|m[ae]n|wom[ae]n|bloke|guy|fella|lady|person|someone|somebody|admin\w{0,20}|moderator|mods?"
    r"|coach(?! (?:driver|leaves|trip))|sir|miss|m(?:r|rs|s)\.? \w{1,20}|he|she|him|you lot|the one"
    r"|(?:dyn|dynes|un sy\w{0,5}|rhywun|fe|fo|hi))"
)
_ADULT = rf"(?:{_ONE}|teachers?|staff|head|owner|athro|athrawes)"
_BETWEEN = r"[^.!?\n]{0,90}?"
_TOGETHER = lazy_pattern(rf"\b{_ADULT}\b{_BETWEEN}\b{_CHILD}\b", re.IGNORECASE)
_DID = lazy_pattern(
    r"^\W{0,3}(?:\w{2,20}ed|got|left|made|took|hit|kept|put|told|shut|threw|held|caeodd|gadawodd|rhoddodd)\b"
    rf"[^.!?\n]{{0,60}}?\b{_CHILD}\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Something done by no one that is named: *pinned my 7 year old to the wall*."""
_WHY = lazy_pattern(rf"\b(?:why|how come|pam)\b{_BETWEEN}\b{_ONE}\b{_BETWEEN}\b{_CHILD}\b", re.IGNORECASE)
_ASK_THEM = lazy_pattern(
    r"\b(?:ask (?:yourselves|yourself|him|her|them|the \w{1,20}(?: \w{1,20}){0,4}?)|gofynn\w{1,5} (?:iddo"
    r"|iddi|i'r (?:dyn|un|plant|athro)))"
    r" ?(?:(?:\w{1,20} ){0,6}?(?:why|what (?:he|she|they)|pam|be mae)|$|[.!])",
    re.IGNORECASE | re.MULTILINE,
)
_HAS_THEIRS = lazy_pattern(
    rf"\b{_ADULT}\b[^.!?\n]{{0,60}}?\b(?:has|had|have|got|asked for) {_CHILD}(?:'s|s'|s)? "
    r"(?:number|phone|mobile|snap\w{0,5}|insta\w{0,5}|address|pictures?|photos?)\b",
    re.IGNORECASE,
)
_END = lazy_pattern(r"[.!?\n]")
_EVERY_DAY = lazy_pattern(
    r"\b(?:sent (?:the |all the |them )?(?:kids|children|class)? ?home with"
    rf"|told {_CHILD}(?: that)?(?: (?:he|she|they|it))? (?:to bring|could|can|would|will|may)"
    rf"|(?:said|says) {_CHILD}"
    rf"|teach(?:es|ing)?|taught|let {_CHILD} know|lov(?:es|ed) {_CHILD}"
    rf"|(?:and|but|so),? (?:all )?{_CHILD} (?:must|can|will|should|are|were|need|hate)"
    r"|read(?:s|ing)? (?:\w{1,12} )?(?:stories|a story)|dd?ysgu)\b",
    re.IGNORECASE,
)

_THINGS = lazy_pattern(
    r"\b(?:lunch(?:es)?|dinner|breakfast|bus|coats?|gloves?|letters?|homework|spellings?|tests?|bags?|boots"
    r"|shin ?pads|trainers|goals?|races?|match(?:es)?|penalty|scored|medals?|awards?|bins|bells?|story"
    r"|stories|nits|newsletters?|rain|path|medicine|inhaler|caption|glasses|costumes?|songs?|choir|concert|assembly"
    r"|said hello|talk(?:ed|ing)? to|detention|t[âa]n|bws|cinio|c[oô]t|canu|llyfrau?|gwaith cartref)\b",
    re.IGNORECASE,
)
"""Things of any school day, beside which an adult and a child are nothing to wonder at."""


def found_in(text: str) -> Iterator[int]:
    """Yield where, in a folded text, an adult is put beside a child, unless it's kind or ordinary."""
    if kind_words.is_kind(text):
        signs: tuple[re.Pattern[str], ...] = (_HAS_THEIRS,)
    elif kind_words.asks(text):
        signs = (_HAS_THEIRS, _ASK_THEM, _WHY)
    else:
        signs = (_HAS_THEIRS, _ASK_THEM, _TOGETHER, _DID)
    for sign in signs:
        for one in sign.finditer(text):
            sentence = _END.split(text[one.start() :], maxsplit=1)[0]
            if not _EVERY_DAY.search(sentence) and not (sign is _TOGETHER and _THINGS.search(sentence)):
                yield one.start()
