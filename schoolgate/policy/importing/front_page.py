"""Read the dates of adoption and review on a document's first page, for a person to confirm."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from schoolgate.core.days import day_of
from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.named_times import is_a_time

FIRST = 15
"""Sentences of a document among which its first page is looked for; labels count wherever they stand."""
_MONTHS = (
    ("january", "ionawr"), ("february", "chwefror"), ("march", "mawrth"), ("april", "ebrill"),
    ("may", "mai"), ("june", "mehefin"), ("july", "gorffennaf"), ("august", "awst"),
    ("september", "medi"), ("october", "hydref"), ("november", "tachwedd"), ("december", "rhagfyr"),
)  # fmt: skip
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_NUMBER_OF |= {names[0][:3]: number for number, names in enumerate(_MONTHS, start=1)}
_ANY_MONTH = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
_DAY = lazy_pattern(
    rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<m>{_ANY_MONTH})"
    r"\.?,? (?P<y>20\d\d)\b|\b(?P<dd>\d{1,2})[/.-](?P<mm>\d{1,2})[/.-](?P<yy>20\d\d|\d\d)\b",
    re.IGNORECASE,
)
_TERM = lazy_pattern(r"\b(?:spring|summer|autumn)(?: term)? 20\d\d\b", re.IGNORECASE)
_ADOPTED = lazy_pattern(
    r"\b(?:adopt|approv|ratif|agreed|mabwysiad|cymeradwy)\w*|^(?:date|dyddiad)\b", re.IGNORECASE
)
_REVIEW = lazy_pattern(r"\b(?:review|revis|adolyg)\w*", re.IGNORECASE)
_BY = lazy_pattern(
    r"\b(?:[Aa]dopted|[Aa]pproved|[Rr]atified|[Aa]greed) by:? (?:the |The )?"
    r"(?P<body>[A-Z][\w’'&-]*(?: (?:of|and|the|[A-Z][\w’'&-]*)){0,6})"
    r"|\b(?:[Mm]abwysiadwyd|[Cc]ymeradwywyd) gan:? (?:y |yr )?"
    r"(?P<corff>[A-Z][\w’'&-]*(?: [A-Z][\w’'&-]*){0,4})"
)
_OF_IT = lazy_pattern(
    r"^\W{0,3}(?:adopted|approved|ratified|agreed|date|mabwysiad|cymeradwy|dyddiad)|\b(?:policy|polisi|document)\b",
    re.IGNORECASE,
)
"""How it is the policy that was adopted, and not who may post that is approved."""
_ADOPTS = lazy_pattern(
    r"\b(?:[Tt]he )?(?P<body>[A-Z][\w’'&-]*(?: (?:of|and|[A-Z][\w’'&-]*)){0,6}) "
    r"(?:(?:will|must|formally) ){0,2}(?:approves?|adopts?|ratif(?:y|ies)) (?:this|the) (?:[\w-]+ ){0,3}"
    r"policy\b(?!['’])"
    r"|\b[Pp]olicy (?:is|was|has been|will be|must be) (?:adopted|approved|ratified) by (?:the )?"
    r"(?P<by>[A-Z][\w’'&-]*(?: (?:of|[A-Z][\w’'&-]*)){0,6})"
)
"""The clause that says who adopts the policy, wherever it stands."""
_EVERY = lazy_pattern(
    r"\b(?:every|each|once every|bob) (?P<n>\d{1,2}|two|three|four|five|dwy|tair|pedair)?[ ]?"
    r"(?P<unit>years?|months?|blwyddyn|flynedd|mlynedd|mis)\b"
    r"|\b(?P<yearly>annual(?:ly)?|yearly|yn flynyddol)\b"
    r"|\b(?P<biennial>biennial(?:ly)?)\b",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "dwy": 2, "tair": 3, "pedair": 4}


@dataclass(frozen=True)
class FrontPage:
    """What the document says; "" or 0 where it doesn't. `adopted` and `review`: as a policy writes them, such
    as `2026-11-12`, `2027-11` or `Autumn 2027`."""

    adopted: str = ""
    by: str = ""
    review: str = ""
    every_months: int = 0


def front_page(sentences: Iterable[tuple[str, bool]]) -> FrontPage:
    """Return what the first sentences, and the labels, of a document say.

    `sentences`: each with whether it is a label.
    """
    adopted = by = adopts = review = ""
    every = 0
    for position, (text, label) in enumerate(sentences):
        said = _ADOPTS.search(text)
        adopts = adopts or (said["body"] or said["by"] if said else "")
        if position >= FIRST and not label:
            if (
                not every
                and re.search(r"\b(?:policy|polisi)\b", text, re.IGNORECASE)
                and _REVIEW.search(text)
            ):
                every = _months(text)
            continue
        reviews = _REVIEW.search(text)
        if reviews:
            review, every = review or _when(text[reviews.start() :]), every or _months(text)
        before = text[: reviews.start()] if reviews else text
        if _ADOPTED.search(before) and (label or _OF_IT.search(before)):
            found = _BY.search(before)
            by = by or (found["body"] or found["corff"] if found else "")
            when = _when(before)
            adopted = adopted or (when if len(when) == len("2026-11-12") and "-" in when else "")
    return FrontPage(adopted, by or adopts, review, every)


def _when(text: str) -> str:
    found = _DAY.search(text)
    if found is None:
        term = _TERM.search(text)
        words = term[0].replace(" term", "").capitalize() if term else ""
        return words if words and is_a_time(words) else ""
    if found["m"]:
        year, month = int(found["y"]), _NUMBER_OF[found["m"].lower()]
        number = int(found["d"] or 0)
    else:
        year, month, number = int(found["yy"]), int(found["mm"]), int(found["dd"])
        year += 2000 if year < 100 else 0
    if not number:
        return f"{year}-{month:02}"
    try:
        return day_of(year, month, number).isoformat()
    except ValueError:
        return ""


def _months(text: str) -> int:
    found = _EVERY.search(text)
    if found is None:
        return 0
    if found["yearly"] or found["biennial"]:
        return 12 if found["yearly"] else 24
    count = _COUNTS.get((found["n"] or "").lower()) or int(found["n"] or 1)
    return count if found["unit"].lower() in ("month", "months", "mis") else 12 * count
