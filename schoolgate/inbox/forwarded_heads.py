"""The headers that mail programs put above an email that they forward, in six languages, and their dates.

A day and a time count only where they can't be others: 4/5/2026 below an English *Sent* may be April or May,
and a zone that isn't known may be any. Then no time is known. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from typing import Final

from schoolgate.core.clock import LONDON
from schoolgate.core.days import check_instant
from schoolgate.core.months import MONTHS
from schoolgate.patterns import lazy_pattern


class Head(StrEnum):
    """What a header is about."""

    FROM = "from"
    DATE = "date"
    SUBJECT = "subject"
    OTHER = "other"


_WORDS: Final = {
    Head.FROM: ("from", "oddi wrth", "o", "od", "de", "von"),
    Head.DATE: (
        "date", "sent", "dyddiad", "anfonwyd", "data", "wysłano", "wysłane", "envoyé", "envoyé le", "datum",
        "gesendet", "fecha", "enviado", "enviado el",
    ),
    Head.SUBJECT: ("subject", "pwnc", "testun", "temat", "objet", "sujet", "betreff", "asunto"),
    Head.OTHER: (
        "to", "cc", "bcc", "at", "reply-to", "importance", "pwysigrwydd", "do", "dw", "udw", "odpowiedz do",
        "à", "a", "répondre à", "an", "antwort an", "wichtigkeit", "para", "responder a", "importancia",
    ),
}  # fmt: skip
"""English, Welsh, Polish, French, German, Spanish."""
HEADS: Final = {word: head for head, words in _WORDS.items() for word in words}
_HEAD: Final = lazy_pattern(
    r"[>\s*]{0,9}([^\W\d_][^\W\d_ -]{0,11}(?:[ -][^\W\d_]{1,8})?)[*\s]{0,3}:\*?\s{1,9}(\S.{0,500})"
)
_MOST_LINES: Final = 2_000
"""Lines of an email in which the block is looked for."""
_FOLDED: Final = 4
"""Lines into which a header may go on: many addresses take several."""
RULE: Final = lazy_pattern(
    r"[-_]{5,80}(?: ?(?:(?:forwarded|original) message|neges (?:wreiddiol|a anfonwyd ymlaen)"
    r"|wiadomość (?:oryginalna|przekazana)|oryginalna wiadomość|message (?:d[’']origine|transféré)"
    r"|(?:ursprüngliche|weitergeleitete) nachricht|mensaje (?:original|reenviado)) ?[-_]{2,80})?"
    r"|begin forwarded message:|début du message (?:transféré|réexpédié) ?:"
    r"|anfang der weitergeleiteten nachricht ?:"
    r"|inicio del mensaje reenviado ?:|początek (?:przekazywanej|przekazanej) wiadomości ?:"
    r"|dechrau neges a anfonwyd ymlaen ?:",
    re.IGNORECASE,
)
"""What mail programs put between the words of who forwards an email and the email."""


@dataclass(frozen=True)
class Block:
    """The headers above a forwarded email. `begins`, `ends`: its first line, and the first one below it."""

    said: dict[Head, str]
    begins: int
    ends: int
    months_first: bool
    """Its words are English, as in the United States too."""


def block_in(lines: list[str]) -> Block | None:
    """Return the first block of headers; None where there is none."""
    lines = lines[:_MOST_LINES]
    for number, line in enumerate(lines):
        found = _head_of(line)
        if found is None or found[0] != Head.FROM:
            continue
        block = _from(lines, number)
        if block is not None:
            return block
    return None


def _head_of(line: str) -> tuple[Head, str, str] | None:
    """Return what a header is about, its own word, and what it says."""
    found = _HEAD.fullmatch(line.replace("\xa0", " "))
    word = " ".join(found[1].lower().split()) if found else ""
    return (HEADS[word], word, found[2].strip().strip("*").strip()) if found and word in HEADS else None


def _from(lines: list[str], begins: int) -> Block | None:
    first = _head_of(lines[begins])
    said: dict[Head, str] = {}
    at = ends = begins
    while at < len(lines):
        found = _head_of(lines[at])
        if found is not None and (found[0] == Head.OTHER or found[0] not in said):
            said.setdefault(found[0], found[2])
            at = ends = at + 1
            continue
        further = _further(lines, at, said)
        if further is None:
            break
        at = further
    if len(said) < 2:
        return None
    return Block(said, begins, ends, months_first=first is not None and first[1] == "from")


def _further(lines: list[str], at: int, said: dict[Head, str]) -> int | None:
    """Return the line of the next header where one follows: below the rest of many addresses, or below a
    blank line, as it comes out of a page's blocks."""
    blank = _is_blank(lines[at])
    for place in range(at, min(at + (2 if blank else _FOLDED), len(lines))):
        found = _head_of(lines[place])
        if found is not None:
            is_next = found[0] not in said or (found[0] == Head.OTHER and Head.SUBJECT not in said)
            return place if is_next else None
        if not (_is_blank(lines[place]) if blank else "@" in lines[place] and Head.OTHER in said):
            return None
    return None


def _is_blank(line: str) -> bool:
    return not line.strip(" >*\xa0\t")


_TIME: Final = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?:[:.]\d\d)?(?:\s?(?P<half>[apAP])\.?\s?[mM]\b\.?)?"
_ZONE: Final = r"(?:\s{0,3}\(?(?P<zone>[A-Z]{2,5}\b)?(?P<ahead>[+-]\d{1,2}(?::?[0-5]\d)?)?\)?)?"
_NAMED: Final = lazy_pattern(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|\.|er)?\s{1,9}(?:de\s)?(?P<month>[^\W\d_]{3,12})"
    r"|(?P<month2>[^\W\d_]{3,12})\.?\s{1,9}(?P<day2>\d{1,2})(?:st|nd|rd|th)?)"
    rf"\.?,?\s{{1,9}}(?:de\s)?(?P<year>20\d\d)\D{{1,12}}?{_TIME}{_ZONE}"
)
_NUMBERS: Final = lazy_pattern(
    r"(?:(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"
    r"|(?P<one>\d{1,2})(?P<by>[/.-])(?P<other>\d{1,2})[/.-](?P<year2>20\d\d))"
    rf"\D{{1,12}}?{_TIME}{_ZONE}"
)
_ZONES: Final = {
    "gmt": 0, "utc": 0, "wet": 0, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3,
    "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
"""Hours ahead of Greenwich. IST and CST are each several zones, so they are none."""


def instant_of(words: str, *, months_first: bool = False) -> datetime | None:
    """Return the instant of a date as mail programs write it below *From*, by clocks in the UK unless it
    names a zone; None where it isn't known. `months_first`: days in numbers may have the month first."""
    named = _NAMED.search(words)
    if named is not None:
        month = MONTHS.get((named["month"] or named["month2"]).lower())
        return _instant(named, int(named["year"]), month, int(named["day"] or named["day2"]))
    found = _NUMBERS.search(words)
    if found is None:
        return None
    if found["year"]:
        return _instant(found, int(found["year"]), int(found["month"]), int(found["day"]))
    day, month = int(found["one"]), int(found["other"])
    if months_first and found["by"] == "/" and day != month:
        if month > 12:
            day, month = month, day
        elif day <= 12:
            return None
    return _instant(found, int(found["year2"]), month, day)


def _instant(found: re.Match[str], year: int, month: int | None, day: int) -> datetime | None:
    hour, half = int(found["hour"]), found["half"]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    zone = _zone(found["zone"] or "", found["ahead"] or "")
    if zone is None:
        return None
    try:
        return check_instant(datetime(year, month or 0, day, hour, int(found["minute"]), tzinfo=zone))
    except ValueError:
        return None


def _zone(name: str, ahead: str) -> tzinfo | None:
    """Return a zone; ours where none is named, None where it isn't known."""
    if ahead:
        hours, minutes = int(ahead[1:3].rstrip(":")), int(ahead[-2:]) if len(ahead) > 3 else 0
        sign = -1 if ahead[0] == "-" else 1
        return timezone(sign * timedelta(hours=hours, minutes=minutes)) if hours < 15 else None
    if not name:
        return LONDON
    hours_ahead = _ZONES.get(name.lower())
    return None if hours_ahead is None else timezone(timedelta(hours=hours_ahead))
