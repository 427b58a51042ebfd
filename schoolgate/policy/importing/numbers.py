"""Numbers, times, consent and roles that a sentence names, as the parameters of a clause."""

import re
from collections.abc import Iterator
from typing import Any

from schoolgate.patterns import lazy_pattern
from schoolgate.policy.importing.roles import NO_TITLES, OFFICES, roles_in
from schoolgate.policy.importing.titles import Titles

_FEW = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_WORDS = {
    **{word: number for number, word in enumerate(_FEW.split(), start=1)},
    "sixteen": 16, "eighteen": 18, "twenty": 20, "thirty": 30,
}  # fmt: skip
_N = rf"(?P<n>\d{{1,4}}|{'|'.join(_WORDS)})"
_PEOPLE = "people|persons|(?:members of )?staff|adults|administrators|moderators|governors|employees"
_UNITS = (
    ("working_days", r"(?:working|school|business|week)\s?days?"),
    ("minutes", r"min(?:ute)?s?"),
    ("hours", r"h(?:ou)?rs?"),
    ("days", r"(?:calendar )?days?"),
    ("weeks", r"weeks?"),
    ("months", r"months?"),
    ("years", r"years?"),
    ("terms", r"terms?"),
    ("people", rf"(?:other )?(?:{_PEOPLE})"),
    ("characters", r"characters"),
)
_NUMBERS = lazy_pattern(
    rf"\b{_N}[\s-]+(?:{'|'.join(f'(?P<{name}>{how})' for name, how in _UNITS)})\b", re.IGNORECASE
)
_WITHIN_ONE = lazy_pattern(
    rf"\bwithin an? (?:{'|'.join(f'(?P<{name}>{how})' for name, how in _UNITS)})\b", re.IGNORECASE
)
_AT_ONCE = lazy_pattern(r"\b(?:at once|immediately|straight ?away|without delay)\b", re.IGNORECASE)
_AGE = lazy_pattern(
    rf"(?:\b(?:under|over|below|above|at least|aged?|age of|minimum age(?: of| is)?|younger than"
    rf"|older than|turns?|turned|reach(?:es|ed)?|pupils? (?:is|are))[\s-]+(?:the age of )?(?:is )?"
    rf"(?:{_N})(?! (?:hours|days|weeks|months|minutes|people|members|staff|working|school|per|%)))"
    rf"|\b{_N.replace('<n>', '<m>')}[\s-]years?[\s-](?:old|of age)"
    rf"|\byears? of age {_N.replace('<n>', '<o>')}",
    re.IGNORECASE,
)
_TIME = lazy_pattern(
    r"\b(?P<h>[01]?\d|2[0-3])(?:[:.](?P<m>[0-5]\d))?\s*(?P<half>am|pm|a\.m\.|p\.m\.)"
    r"|\b(?P<hh>[01]?\d|2[0-3]):(?P<mm>[0-5]\d)\b",
    re.IGNORECASE,
)
_EVERY = {
    "day": r"daily|every (?:school |working )?day|each (?:school |working )?day"
    "|once a day", "week": r"weekly|(?:every|each|once a) week",
    "month": r"monthly|(?:every|each|once a) month", "term": r"termly|(?:every|each|once a) term",
    "year": r"annual(?:ly)?|yearly|(?:every|each|once a) (?:academic |school )?year",
}  # fmt: skip


_IN_WELSH = {
    "un": 1, "dau": 2, "ddau": 2, "dwy": 2, "ddwy": 2, "tri": 3, "thri": 3, "tair": 3, "thair": 3, "dair": 3,
    "pedwar": 4, "bedwar": 4, "pedair": 4, "bedair": 4, "pump": 5, "bump": 5, "chwech": 6, "chwe": 6,
    "saith": 7, "wyth": 8, "naw": 9, "deg": 10, "ddeg": 10, "deuddeg": 12, "ddeuddeg": 12, "ugain": 20,
}  # fmt: skip
_IN_WORDS = {**_WORDS, **_IN_WELSH}
_A_WORD = lazy_pattern(r"[a-z]++")
_ONE = lazy_pattern(
    r"\b(?:(?:every|each|next|following|once an?|within an?) "
    r"(?:school |working |business |academic |calendar )?"
    r"(?:minute|hour|day|weekday|week|fortnight|month|term|half[- ]term|year)\b"
    r"|(?:dai|week|fortnight|month|term|year)ly\b|annually\b"
    r"|bob (?:awr|dydd|diwrnod|wythnos|mis|tymor|blwyddyn)\b"
    r"|(?:awr|dydd|diwrnod|wythnos|mis|tymor) (?:ysgol |gwaith )?nesaf\b"
    r"|o fewn (?:awr|diwrnod|wythnos|mis)\b)"
)
"""What names a single stretch of time without the number."""


_NOT_ONE = lazy_pattern(r"\b(?:not|never)(?: both)? (?:be )?(?:by )?the same person\b|\bnid yr un person\b")
"""What names two people without the number."""


def numbers_in_words(text: str) -> list[int]:
    """Return the small numbers that a text writes as words, in English or Welsh: also the one of *every day*,
    *the next school day*, *daily* and *within an hour*, and the two who are *not the same person*."""
    plain = text.lower()
    written = [_IN_WORDS[word] for word in _A_WORD.findall(plain) if word in _IN_WORDS]
    written += [2] if 2 not in written and _NOT_ONE.search(plain) else []
    return written + ([1] if 1 not in written and _ONE.search(plain) else [])


def _number(text: str) -> int:
    return _WORDS.get(text.lower()) or int(text)


def parameters(text: str, own: Titles = NO_TITLES) -> Iterator[tuple[str, Any]]:
    """Yield the numbers, times, roles and consent that a sentence names, each with its name. `own`: the
    document's own titles."""
    for name, numbers in _amounts(text).items():
        yield name, next(iter(numbers)) if len(numbers) == 1 else list(numbers)
    age = _AGE.search(text)
    if age is not None:
        number = _number(age["n"] or age["m"] or age["o"])
        if 3 <= number <= 25:
            yield "age", number
    times = [one for found in _TIME.finditer(text) if (one := _time(found)) is not None]
    if times:
        yield "times", times
    every = next(
        (name for name, how in _EVERY.items() if re.search(rf"\b(?:{how})\b", text, re.IGNORECASE)), None
    )
    if every is not None:
        yield "every", every
    offices = [one for one in roles_in(text, own) if one in OFFICES or one in own.values()]
    if offices:
        yield "roles", offices
    if re.search(r"\b(?:consent|permission|agreement|authoris|approv)", text, re.IGNORECASE):
        if re.search(r"\b(?:written|in writing|signed)\b", text, re.IGNORECASE):
            yield "form", "written"
        givers = [
            one for one in ("parent", "carer", "guardian") if re.search(rf"\b{one}s?\b", text, re.IGNORECASE)
        ]
        if givers:
            yield "by", givers


def _amounts(text: str) -> dict[str, dict[int, None]]:
    """Return the numbers that come before a unit, by unit, each once."""
    amounts: dict[str, dict[int, None]] = {}
    for found in _NUMBERS.finditer(text):
        is_age = found.lastgroup == "years" and re.match(r"[\s-]*(?:old|of age)", text[found.end() :])
        if found.lastgroup is not None and not is_age:
            amounts.setdefault(found.lastgroup, {})[_number(found["n"])] = None
    for found in _WITHIN_ONE.finditer(text):
        amounts.setdefault(str(found.lastgroup), {})[1] = None
    if _AT_ONCE.search(text):
        amounts.setdefault("hours", {})[0] = None
    return amounts


def _time(found: re.Match[str]) -> str | None:
    """Return a time of day in 24 hours; None for an invalid one (13pm)."""
    hour, minute = int(found["h"] or found["hh"]), found["m"] or found["mm"] or "00"
    half = (found["half"] or "").replace(".", "").lower()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return f"{hour:02}:{minute}"
