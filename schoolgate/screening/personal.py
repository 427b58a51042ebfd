"""Recognisers of personal data as it is written in the United Kingdom. Each checks what can be checked, so
that a number which only looks like one doesn't count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schoolgate.screening.checks import (
    is_card,
    is_insurance,
    is_nhs,
    is_phone,
    is_postcode,
    is_uln,
    is_upn,
)
from schoolgate.screening.hits import Kind, Strength


@dataclass(frozen=True, slots=True)
class Seen:
    """Characters of a folded text, and what they look like."""

    start: int
    end: int
    kind: Kind
    strength: Strength = Strength.STOP
    variant: str = ""


_NEAR = 40
"""Characters around a number in which a word says what it is."""

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}")
_EMAIL_SPOKEN = re.compile(
    r"\b[a-z0-9._%+-]{1,64}\s{0,2}[\[( ]\s?at\s?[\]) ]\s{0,2}[a-z0-9-]{1,63}"
    r"(?:\s{0,2}[\[( ]\s?dot\s?[\]) ]\s{0,2}[a-z0-9-]{2,20}|\.(?:com|co|org|net|uk|wales|cymru|sch)\b){1,4}",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)[ \t-]{0,3}(\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w/.,:-])(?:\+|\(\s?\+?)?\d(?:[\s().-]{0,3}\d){8,15}(?![\w/])")
_INSURANCE = re.compile(
    r"\b([A-Z]{2})[\s-]{0,2}(\d\d)[\s-]{0,2}(\d\d)[\s-]{0,2}(\d\d)[\s-]{0,2}([A-D])\b", re.IGNORECASE
)
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z][\s-]?\d{3}[\s-]?\d{4}[\s-]?\d{4}[\dA-HJ-NP-RT-Z]\b", re.IGNORECASE)
_TEN = re.compile(r"(?<!\d)(?<!\d[ -])\d{3}[\s-]{0,2}\d{3}[\s-]{0,2}\d{4}(?![\s-]?\d)")
_TEN_ANY = re.compile(r"(?<![\d+])\d(?:[\s-]{0,2}\d){9}(?![\s-]?\d)")
_CARD = re.compile(r"(?<![\d+])\d(?:[ -]{0,2}\d){12,18}(?!\d)")
_SORT_CODE = re.compile(r"(?<![\d-])\d\d([- ])\d\d\1\d\d(?![\d-])")
_ACCOUNT = re.compile(r"(?<!\d)\d{8}(?!\d)")
_BANK_WORDS = re.compile(
    r"sort\s?code|account\s?n|acc(?:ount|t)?\s?(?:no|num)|\ba/c\b|cod didoli|rhif cyfrif", re.IGNORECASE
)
_NHS_WORDS = re.compile(r"\bnhs\b|\bgig\b", re.IGNORECASE)
_ULN_WORDS = re.compile(r"\buln\b|unique learner|dysgwr unigryw", re.IGNORECASE)
_VEHICLE = re.compile(r"\b[A-HJ-PR-Y][A-HJ-PR-Y]\d\d\s{0,2}[A-HJ-PR-Z]{3}\b")
_VEHICLE_OLD = re.compile(
    r"\b(?:[A-HJ-NPR-TV-Y]\d{1,3}\s{0,2}[A-Z]{3}|[A-Z]{3}\s{0,2}\d{1,3}\s?[A-HJ-NPR-TV-Y])\b"
)
_VEHICLE_ANY = re.compile(
    r"\b(?:[a-z]{2}\s?\d\d\s{0,2}[a-z]{3}|[a-z]{1,3}\s?\d{1,4}|[a-z]\d{1,3}\s?[a-z]{3})\b", re.IGNORECASE
)
_VEHICLE_WORDS = re.compile(
    r"\b(?:reg(?:istration)?|number\s?plate|plate|car|van|vehicle|vauxhall|ford|rhif cofrestru)\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|"
    r"tachwedd"
    r"|rhagfyr)"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th|af|ain|fed|eg)?\s+(?:o\s+|of\s+)?{_MONTH},?\s+((?:19|20)\d\d)"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)"
    r"|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?((?:19|20)\d\d|\d\d)|((?:19|20)\d\d)-\d\d-\d\d)(?!\d)",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\b|date of birth|birth\s?date|birthday|born|ganed|ganwyd|geni|pen-?\s?blwydd)",
    re.IGNORECASE,
)
_FIRST_BORN = 1940
_STREET = re.compile(
    r"\b\d{1,4}[A-Za-z]?,?\s(?:[A-Z][a-z']+\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|"
    r"Crescent|Terrace|"
    r"Gardens|Grove|Way|Place|Court|Row|Rise|View|Walk)\b"
    r"|\b\d{1,4}[A-Za-z]?,?\s(?:Stryd|Heol|Ffordd|Lon|Maes|Bryn|Rhes|Clos|Cae|Llys|Rhodfa|Trem)\s(?:y\s|"
    r"yr\s)?[A-Z][a-z]+"
    r"|\b(?:lives|living|live|home is|byw)\s(?:at|on|in|yn|ar)\s(?:\d{1,4}[a-z]?\s)?[A-Z][\w' ]{2,40}",
)
_SECRET = re.compile(
    r"\b(?:pass\s?(?:word|code|phrase)|pin(?:\s?(?:number|code))?|cyfrinair|(?:door|gate|entry|access|"
    r"alarm|wi-?fi)\s"
    r"(?:code|key))\s{0,2}(?:is|yw|:|=|-)\s{0,2}['\"]?(?=\S*[\d!@#$%&*])[^\s,'\"]{3,40}",
    re.IGNORECASE,
)
_DIGIT_WORDS = {
    "oh": "0", "o": "0", "zero": "0", "nought": "0", "dim": "0", "sero": "0", "one": "1", "un": "1",
    "two": "2",
    "dau": "2", "three": "3", "tri": "3", "four": "4", "pedwar": "4", "five": "5", "pump": "5", "six": "6",
    "chwech": "6", "seven": "7", "saith": "7", "eight": "8", "wyth": "8", "nine": "9", "naw": "9",
}  # fmt: skip
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_A_DIGIT = "|".join((*_DIGIT_WORDS, *_TIMES))
_SPOKEN = re.compile(
    rf"\b(?:(?:{_A_DIGIT}|\d{{1,6}})[\s,-]{{1,3}}){{5,16}}(?:{_A_DIGIT}|\d{{1,6}})\b", re.IGNORECASE
)


def find_personal(text: str) -> list[Seen]:
    """Return the personal data in a folded text; of two readings of the same characters the more certain
    one."""
    found: list[Seen] = []
    if "@" in text or " at " in text.lower() or "[at" in text.lower() or "(at" in text.lower():
        found += _emails(text)
    found += _spoken(text)
    found += _secrets(text)
    if any(digit in text for digit in "0123456789"):
        found += _numbers(text)
    return _once(found)


def _numbers(text: str) -> Iterator[Seen]:
    yield from _born(text)
    yield from _upns(text)
    yield from _insurance(text)
    yield from _bank(text)
    yield from _cards(text)
    yield from _tens(text)
    yield from _phones(text)
    yield from _postcodes(text)
    yield from _vehicles(text)
    yield from _addresses(text)


def _emails(text: str) -> Iterator[Seen]:
    for found in _EMAIL.finditer(text):
        yield Seen(found.start(), found.end(), Kind.EMAIL)
    for found in _EMAIL_SPOKEN.finditer(text):
        yield Seen(found.start(), found.end(), Kind.EMAIL, variant="spoken")


def _spoken(text: str) -> Iterator[Seen]:
    for found in _SPOKEN.finditer(text):
        digits, times = "", 1
        for word in re.findall(r"\w+", found.group().lower()):
            if word in _TIMES:
                times = _TIMES[word]
                continue
            digits += _DIGIT_WORDS.get(word, word) * times
            times = 1
        if is_phone(digits):
            yield Seen(found.start(), found.end(), Kind.PHONE, variant="spoken")


def _secrets(text: str) -> Iterator[Seen]:
    for found in _SECRET.finditer(text):
        yield Seen(found.start(), found.end(), Kind.PASSWORD)


def _born(text: str) -> Iterator[Seen]:
    for found in _DATE.finditer(text):
        year = next(each for each in found.groups() if each)
        if len(year) == 4 and int(year) < _FIRST_BORN:
            continue
        if _BORN.search(_around(text, found.start(), found.end(), after=_NEAR // 2)):
            yield Seen(found.start(), found.end(), Kind.BORN)


def _upns(text: str) -> Iterator[Seen]:
    for found in _UPN.finditer(text):
        if is_upn(found.group()):
            yield Seen(found.start(), found.end(), Kind.UPN)


def _insurance(text: str) -> Iterator[Seen]:
    for found in _INSURANCE.finditer(text):
        if is_insurance(found.group(1)):
            yield Seen(found.start(), found.end(), Kind.INSURANCE)


def _bank(text: str) -> Iterator[Seen]:
    for found in _SORT_CODE.finditer(text):
        around = _around(text, found.start(), found.end(), after=_NEAR)
        if _BANK_WORDS.search(around) or _ACCOUNT.search(text[found.end() : found.end() + _NEAR]):
            yield Seen(found.start(), found.end(), Kind.BANK)
    for found in _ACCOUNT.finditer(text):
        around = _around(text, found.start(), found.end(), after=_NEAR)
        if _BANK_WORDS.search(around) or _SORT_CODE.search(around):
            yield Seen(found.start(), found.end(), Kind.BANK)


def _cards(text: str) -> Iterator[Seen]:
    for found in _CARD.finditer(text):
        if is_card(found.group()):
            yield Seen(found.start(), found.end(), Kind.CARD)


def _tens(text: str) -> Iterator[Seen]:
    """Yield numbers of ten digits that are an NHS number, or a learner's number beside that word."""
    for found in _TEN_ANY.finditer(text):
        before = text[max(0, found.start() - _NEAR) : found.start()]
        if _ULN_WORDS.search(before) and is_uln(found.group()):
            yield Seen(found.start(), found.end(), Kind.ULN)
        elif _NHS_WORDS.search(before) and is_nhs(found.group()):
            yield Seen(found.start(), found.end(), Kind.NHS)
    for found in _TEN.finditer(text):
        digits = found.group()
        if not digits.startswith("0") and not digits.isdigit() and is_nhs(digits):
            yield Seen(found.start(), found.end(), Kind.NHS)


def _phones(text: str) -> Iterator[Seen]:
    for found in _PHONE.finditer(text):
        if is_phone(found.group()) and not _DATE.match(found.group().strip("(+ ")):
            yield Seen(found.start(), found.end(), Kind.PHONE)


def _postcodes(text: str) -> Iterator[Seen]:
    for found in _POSTCODE.finditer(text):
        if is_postcode(found.group(1), found.group(2)):
            yield Seen(found.start(), found.end(), Kind.POSTCODE)


def _vehicles(text: str) -> Iterator[Seen]:
    for found in _VEHICLE.finditer(text):
        yield Seen(found.start(), found.end(), Kind.VEHICLE)
    if not _VEHICLE_WORDS.search(text):
        return
    for pattern in (_VEHICLE_OLD, _VEHICLE_ANY):
        for found in pattern.finditer(text):
            near = text[max(0, found.start() - _NEAR // 2) : found.start()]
            told = re.search(r"\b(?:reg|registration|plate|rhif cofrestru)\b", near, re.IGNORECASE)
            if told or (pattern is _VEHICLE_OLD and _VEHICLE_WORDS.search(near)):
                yield Seen(found.start(), found.end(), Kind.VEHICLE)


def _addresses(text: str) -> Iterator[Seen]:
    for found in _STREET.finditer(text):
        yield Seen(found.start(), found.end(), Kind.ADDRESS, Strength.ASK)


def _around(text: str, start: int, end: int, *, after: int) -> str:
    return text[max(0, start - _NEAR) : start] + " " + text[end : end + after]


def _once(found: list[Seen]) -> list[Seen]:
    """Leave out what overlaps an earlier one."""
    if len(found) < 2:
        return found
    taken: set[int] = set()
    kept = []
    for each in found:
        places = range(each.start, each.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(each)
    return kept
