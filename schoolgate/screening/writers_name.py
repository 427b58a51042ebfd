"""What the name under which a stranger writes tells beside who it is: a class, a bus or stop, a street, an
age, a time, a telephone number. A comment goes out with its name, and children sign as they please."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.personal import Seen

LONGEST = 200
"""Characters of a name that are read."""
_CLASS = (
    r"(?:(?<![.:\d])(?:1[0-3]|[1-9])-?[a-z]\b(?!['.])|(?:year|yr|y|form|class|room|bl|[bf]?lwyddyn|d?dosbarth"
    r"|nosbarth)\.? ?\d{1,2}[a-z]?\b|(?-i:[A-Z])\w{1,14}(?: class|'s (?:class|form))\b"
    r"|(?:dosbarth|nosbarth|blwyddyn|year) (?-i:[A-Z])\w)"
)
_BUS = (
    r"(?:(?:bus|bws|coach|minibus|taxi|tacsi)(?: stop)? ?(?:no\.? ?)?\d{1,4}\b"
    r"|\d{1,4}[a-z]? ?(?:bus|bws|stop|safle)\b"
    r"|(?:bus ?stop|stop|safle|arosfan)(?: (?:bws|bus|no\.?))? ?\d{1,4}\b"
    r"|bus stops?\b|safle bws\b|arosfan\b|(?:on|gets|ar) (?:the |y |yr )?(?:bus|bws)\b)"
)
_STREET = (
    r"(?:\d{1,4}[a-z]?,? (?:[\w'-]{1,14} ){1,3}?(?:street|st|road|rd|lane|ln|avenue|ave|close|drive|court"
    r"|crescent|gardens|terrace|way|place|row|hill|park|view|square|walk|mews|grove|estate)\b"
    r"|(?:from|of|in|on|at|lives|o|yn|ar|byw) (?:the )?(?:[\w'-]{1,14} ){1,2}?(?:street|road|lane|avenue"
    r"|close|drive|court|crescent|terrace|mews|grove|estate)\b"
    r"|\d{1,4}[a-z]?,? (?:stryd|heol|ffordd|lon|maes|bryn|rhes|clos|cae|llys|rhodfa|trem|gerddi|parc)\b"
    r"|(?:stryd|heol|ffordd|lon|rhes|rhodfa|clos|trem) (?!Fawr|Uchaf)(?:yr? |'r )?(?-i:[A-Z])\w"
    r"|(?:no|number|rhif|flat|fflat)\.? ?\d{1,4}\b)"
)
_TIME = (
    r"(?:\b\d{1,2}[.:][0-5]\d\b(?!\.)|\b\d{1,2} ?[ap]m\b|\b\d{1,2} ?o'?clock\b"
    r"|\b(?:at|after|until|till|about|tua|ar ol|am)"
    r" \d{1,2}\b|\b(?:half|quarter|hanner|chwarter) (?:past|to|awr|wedi|i)\b|\bo'r gloch\b)"
)
_AGE = (
    r"(?:age[d]? ?\d{1,2}\b|\d{1,2} ?(?:y\.?o|yrs?|years?)\b|\d{1,2} (?:mlwydd )?oed\b"
    r"|(?:im|i'm|i am|dwi'n) \d{1,2}\b"
    r"|\(\d{1,2}\))"
)
_PHONE = r"(?:(?<![\w.])(?:0|\+ ?44)(?:[ ().-]?\d){7,12}\b)"
_TOLD = lazy_pattern(rf"(?:\b{_CLASS}|\b{_BUS}|\b{_STREET}|{_TIME}|(?<!\w){_AGE}|{_PHONE})", re.IGNORECASE)


def find_in_writers_name(text: str) -> Iterator[Seen]:
    """Yield the folded name of someone who writes, whole, where it tells more than who it is."""
    words = text[:LONGEST]
    if _TOLD.search(words.replace("_", " ")):
        yield Seen(0, len(text), Kind.TOLD, Strength.ASK)
