"""Recognisers of personal data as it is written in the United Kingdom. Each checks what can be checked, so
that a number which only looks like one doesn't count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.checks import (
    is_card,
    is_iban,
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


SENTENCE = lazy_pattern(r"[^.!?\n]+(?:\.\d[^.!?\n]*)*")
LONGEST_SENTENCE = 400
"""Characters of a sentence in which words near each other are looked for."""
_NEAR = 40
"""Characters around a number in which a word says what it is."""

_EMAIL = lazy_pattern(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}")
_EMAIL_SPOKEN = lazy_pattern(
    r"\b[a-z0-9._%+-]{1,64}\s{0,2}[\[( ]\s?at\s?[\]) ]\s{0,2}[a-z0-9-]{1,63}"
    r"(?:\s{0,2}[\[( ]\s?dot\s?[\]) ]\s{0,2}[a-z0-9-]{2,20}|\.(?:com|co|org|net|uk|wales|cymru|sch)\b){1,4}",
    re.IGNORECASE,
)
_EMAIL_SPACED = lazy_pattern(
    r"\b[a-z0-9._%+-]{1,64}\s?@\s?[a-z0-9-]{1,63}\s?\.\s?(?:com|co|org|net|uk|wales|cymru|sch|example)\b",
    re.IGNORECASE,
)
_POSTCODE = lazy_pattern(r"\b([A-Z]{1,2}\d[A-Z\d]?)[ \t-]{0,3}(\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
_POSTCODE_SPACED = lazy_pattern(
    r"\b([A-Z](?:\s[A-Z])?\s\d(?:\s[A-Z\d])?)\s{1,3}(\d\s[A-Z]\s[A-Z])\b", re.IGNORECASE
)
_PHONE_WITH_O = lazy_pattern(r"(?<![\w/.,:-])[0o][\do](?:[\s().-]{0,3}[\do]){8,9}(?![\w/])", re.IGNORECASE)
_PHONE_SLASH = lazy_pattern(r"(?<![\w/.,:-])07\d{3}\s?/\s?\d{3}\s?\d{3}(?![\w/])")
_PHONE_PART = lazy_pattern(r"(?<![\w/.,:-])7\d{3}[\s.-]?\d{3}[\s.-]?\d{3}(?![\w/])")
"""A mobile's number without its nought."""
_PHONE_WORDS = lazy_pattern(
    r"\b(?:call|text|txt|message|phone|ring|mob(?:ile)?|num(?:ber)?|whatsapp|dm|ffon|ffoniwch|tecst\w*|"
    r"rhif)\b",
    re.IGNORECASE,
)
_PHONE = lazy_pattern(r"(?<![\w/.,:-])(?:\+|\(\s?\+?)?\d(?:[\s().-]{0,3}\d){8,15}(?![\w/])")
_INSURANCE = lazy_pattern(
    r"\b([A-Z]{2})[\s-]{0,2}(\d\d)[\s-]{0,2}(\d\d)[\s-]{0,2}(\d\d)[\s-]{0,2}([A-D])\b", re.IGNORECASE
)
_UPN = lazy_pattern(r"\b[A-HJ-NP-RT-Z][\s-]?\d{3}[\s-]?\d{4}[\s-]?\d{4}[\dA-HJ-NP-RT-Z]\b", re.IGNORECASE)
_TEN = lazy_pattern(r"(?<!\d)(?<!\d[ -])\d{3}[\s-]{0,2}\d{3}[\s-]{0,2}\d{4}(?![\s-]?\d)")
_TEN_ANY = lazy_pattern(r"(?<![\d+])\d(?:[\s-]{0,2}\d){9}(?![\s-]?\d)")
_CARD = lazy_pattern(r"(?<![\d+])\d(?:[ -]{0,2}\d){12,18}(?!\d)")
_SORT_CODE = lazy_pattern(r"(?<![\d-])\d\d([- ])\d\d\1\d\d(?![\d-])")
_ACCOUNT = lazy_pattern(r"(?<!\d)\d{8}(?!\d)")
_SORT_CODE_BARE = lazy_pattern(
    r"(?<!\d)\d{6}(?=\W{1,12}+(?:[a-z]{1,20}+(?:/[a-z]{1,20}+)?+\W{1,3}+){0,4}+\d{8}(?!\d))", re.IGNORECASE
)
_IBAN = lazy_pattern(r"\b[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]{4}){3,7}(?:[ -]?[A-Z0-9]{1,3})?\b")
_PASSPORT = lazy_pattern(r"\b(?:passport|pasbort)\b\D{0,20}(\d{9})(?!\d)", re.IGNORECASE)
_LICENCE = lazy_pattern(r"\b[A-Z9]{5}\s?\d{6}\s?[A-Z9]{2}\d?[A-Z\d]{2}\s?\d{0,2}\b")
_BANK_WORDS = lazy_pattern(
    r"sort\s?code|\bs/c\b|\bbank\b|account\s?n|\bacc(?:ount|t)?\b(?:\s?(?:no|num))?|\ba/c\b|[cg]od didoli|"
    r"\b[cg]h?yfrif\b",
    re.IGNORECASE,
)
_NHS_WORDS = lazy_pattern(r"\bnhs\b|\bgig\b", re.IGNORECASE)
_ULN_WORDS = lazy_pattern(r"\buln\b|unique learner|learner number|dysgw?[ru]\w{0,2} unigryw", re.IGNORECASE)
_VEHICLE = lazy_pattern(r"\b[A-HJ-PR-Y][A-HJ-PR-Y]\d\d\s{0,2}[A-HJ-PR-Z]{3}\b")
_VEHICLE_NEAR = lazy_pattern(r"\b[a-z]{2}\d\d\s?[a-z]{3}\b|\bq\d{1,3}\s?[a-z]{3}\b", re.IGNORECASE)
"""With a word of cars near it, in lower case and with letters that an ordinary plate hasn't."""
_VEHICLE_OLD = lazy_pattern(
    r"\b(?:[A-HJ-NPR-TV-Y]\d{1,3}\s{0,2}[A-Z]{3}|[A-Z]{3}\s{0,2}\d{1,3}\s?[A-HJ-NPR-TV-Y])\b"
)
_VEHICLE_ANY = lazy_pattern(
    r"\b(?:[a-z]{2}\s?\d\d\s{0,2}[a-z]{3}|[a-z]{1,3}\s?\d{1,4}|[a-z]\d{1,3}\s?[a-z]{3})\b", re.IGNORECASE
)
_VEHICLE_WORDS = lazy_pattern(
    r"\b(?:reg(?:istration)?|number\s?plate|plate|car|van|lorry|coach|vehicle|vauxhall|ford|audi|bmw|corsa"
    r"|astra|"
    r"fiesta|focus|golf|polo|kia|nissan|toyota|parked|move it|zig-?zags|parcio|rhif cofrestru)\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|ionawr|chwefror|[mf]awrth|ebrill|[mf]ai|[mf]ehefin|g?orffennaf|awst"
    r"|[mf]edi|"
    r"hydref|[td]achwedd|rh?agfyr)"
)
_DATE = lazy_pattern(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th|af|ain|il|ydd|ed|fed|eg)?\s{{1,3}}(?:of?\s{{1,3}})?{_MONTH}"
    r",?\s{1,3}((?:19|20)\d\d)"
    rf"|{_MONTH}\s{{1,3}}\d{{1,2}}(?:st|nd|rd|th)?,?\s{{1,3}}((?:19|20)\d\d)"
    r"|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?((?:19|20)\d\d|\d\d)|((?:19|20)\d\d)-\d\d-\d\d)(?!\d)",
    re.IGNORECASE,
)
_DATE_IN_WORDS = lazy_pattern(
    rf"\b(?:(?:twenty|thirty)[\s-])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    rf"|eleventh|"
    r"twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
    r"|thirtieth)"
    rf"\s(?:of\s)?{_MONTH}(?:,?\s(?:two thousand|twenty|nineteen)(?:[\s-](?:and\s)?[a-z]+){{1,2}})?",
    re.IGNORECASE,
)
_BORN = lazy_pattern(
    r"\b(?:d\.?\s?o\.?\s?b\b|date of birth|birth\s?date|birthday|\bborn|g?aned\b|g?anwyd|\bg?eni\b|"
    r"turn(?:s|ed)\s\d|pen-?\s?blwydd)",
    re.IGNORECASE,
)
_FIRST_BORN = 1940
_ENDING = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Crescent|Terrace|Gardens|Grove|Way|Place|Court|Row"
    r"|Rise|"
    r"View|Walk|Bank|Hill|Park|Square|Mews|Parade|Approach|Green|Croft|Villas|Mount|Fold|Yard)\b"
)
_WELSH_STREET = r"(?:Stryd|Heol|Ffordd|Lon|Maes|Bryn|Rhes|Clos|Cae|Llys|Rhodfa|Trem|Tan|Pen|Gerddi|Parc)"
_STREET = lazy_pattern(
    r"\b\d{1,4}(?:-\d{1,4})?[A-Za-z]?,?\s(?:[A-Z][a-z'-]+(?:[A-Z][a-z]+)?\s){1,3}" + _ENDING
    + r"|\b\d{1,4}[A-Za-z]?,?\s" + _WELSH_STREET + r"\s(?:y\s|yr\s)?[A-Z][a-z]+"
    r"|\b(?:[Ff]lat|[Uu]nit|[Hh]ouse|[Nn]umber)\s\d{1,4}[a-z]?,?\s(?:[A-Z][a-z']+\s?){1,3}"
    r"|(?:[A-Z][a-z']+\s){1,2}" + _ENDING + r",?\s(?:[Nn]umber|[Nn]o\.?)\s\d{1,4}"
    r"|\b\d{1,3},\sThe\s[A-Z][a-z]+s\b"
    r"|\b(?:lives|living|live|home is|byw)\s(?:at|on|in|yn|ar)\s(?:\d{1,4}[a-z]?\s)?[A-Z][\w' ]{2,40}",
)  # fmt: skip
_HOUSE = lazy_pattern(
    r"\b(?:The\s)?(?:[A-Z][a-z']+\s){1,2}(?:Cottage|House|Farm|Lodge|Barn|Forge|Mill|Rectory|Vicarage),\s"
    r"(?:[A-Z][a-z']+\s){1,2}" + _ENDING
    + r"|\bT[yŷ]\s(?:[A-Z][a-z]+|'[Rr]\s[A-Z][a-z]+)"
    r"(?:,\s" + _WELSH_STREET + r"\s(?:y[r']?\s)?[A-Z][a-z]+)"
    r"|\bThe\s(?:Old|New)\s[A-Z][a-z]+,\s(?:[A-Z][a-z']+\s){1,2}" + _ENDING
)  # fmt: skip
"""Houses that have a name and no number: with the street, so that an inn or a play is none."""
_SECRET = lazy_pattern(
    r"\b(?:pass\s?(?:word|code|phrase)|pin(?:\s?(?:number|code))?|cyfrinair|(?:door|gate|entry|access|"
    r"alarm|wi-?fi)\s"
    r"(?:code|key))\s{0,2}(?:is|yw|:|=|-)\s{0,2}['\"]?(?=\S*[\d!@#$%&*])[^\s,'\"]{3,40}",
    re.IGNORECASE,
)
_SECRET_BARE = lazy_pattern(
    r"\b(?:pass(?:word|code)?|cyfrinair)\s(?=\S*\d)(?=\S*[A-Za-z])[^\s,'\"]{6,40}", re.IGNORECASE
)
_LOCKED = r"(?:doors?|gates?|entrance|keypad|key ?safe|lock ?box|padlock|barrier|alarm|wi-?fi)"
_CLOI = r"(?:dd?rws|gi?at|giatiau|iet|fynedfa|mynedfa|larwm|clo|allweddell)"
_DOOR_CODE = lazy_pattern(
    rf"\b{_LOCKED}\s(?:entry\s)?(?:code|key|number|combination)\b(?![^.\d]{{0,20}}chang\w{{0,3}}\s(?:in|on"
    rf"|at|every))[^.!?\n\d]{{0,45}}"
    r"\b\d{3,8}\b"
    rf"|(?<!qr )(?<!dress )\bcode\s(?:for|to|of|on|at)\s(?:\w{{1,10}}\s){{0,3}}{_LOCKED}\b[^.!?\n\d]{{0,20}}"
    r"\b\d{3,8}\b"
    rf"|\b{_LOCKED}\s(?:entry\s)?code\s(?:is|will be|:)\s(?:the\s(?:year|date|day|number|same|last|first)"
    r"|our\s(?:year|postcode|number)|still|last year)\b"
    r"|\b(?:spare\skey|keys?\s(?:to|for)\s(?:the|our)\s\w{2,15}(?:\s\w{2,15})?)\s(?:is|are|hangs?|lives?|sits?)\s"
    r"(?:\w{2,8}\s)?(?:behind|under|underneath|in|on|above|inside|beside)\b"
    rf"|\b[cg]h?od\s(?:\w{{1,8}}'?r?\s){{0,2}}{_CLOI}\s(?:yw|ydi|ydy)'?r?\s(?:y\s|yr\s)?(?:flwyddyn|dyddiad|rhif|un)\b"
    rf"|\b{_LOCKED}\b[^!?\n]{{0,40}}?(?<!qr )\bcode\b\W{{0,3}}(?:is\s|number\s)?\d{{3,8}}\b"
    rf"|\b[cg]h?od\s(?:\w{{1,8}}'?r?\s){{0,2}}{_CLOI}\b[^.!?\n\d]{{0,30}}\b\d{{3,8}}\b"
    rf"|\brhif\s(?:y\s|yr\s|'r\s)?{_CLOI}\b[^.!?\n\d]{{0,40}}\b\d{{3,8}}\b"
    rf"|\b(?:in|mewn)\b[^.!?\n\d]{{0,25}}\b(?:{_LOCKED}|{_CLOI})\b[^.!?\n\d]{{0,12}},\s(?:it's|it is"
    rf"|just press|press|use"
    r"|y rhif (?:yw|ydi)|pwyswch)\s\d{4,6}\b(?!\s?(?:am|pm))"
    rf"|\b{_CLOI}\b[^!?\n]{{0,40}}?\b[cg]h?od\b\W{{0,3}}(?:yw\s|ydi\s|ydy\s)?\d{{3,8}}\b",
    re.IGNORECASE,
)
"""The numbers that open a door or a gate, before or after the word for it."""
_DIGIT_WORDS = {
    "oh": "0", "o": "0", "zero": "0", "nought": "0", "dim": "0", "sero": "0", "one": "1", "un": "1",
    "two": "2",
    "dau": "2", "three": "3", "tri": "3", "four": "4", "pedwar": "4", "five": "5", "pump": "5", "six": "6",
    "chwech": "6", "seven": "7", "saith": "7", "eight": "8", "wyth": "8", "nine": "9", "naw": "9",
}  # fmt: skip
_HUNDRED = frozenset({"hundred", "cant"})
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_A_DIGIT = "|".join((*_DIGIT_WORDS, *_TIMES, *sorted(_HUNDRED)))
_SPOKEN = lazy_pattern(
    rf"\b(?:(?:{_A_DIGIT}|\d{{1,6}})[\s,-]{{1,3}}){{2,16}}(?:{_A_DIGIT}|\d{{1,6}})\b", re.IGNORECASE
)


def find_personal(text: str) -> list[Seen]:
    """Return the personal data in a folded text; of two readings of the same characters the more certain
    one."""
    found: list[Seen] = []
    if "@" in text or " at " in text.lower() or "[at" in text.lower() or "(at" in text.lower():
        found += _emails(text)
    found += _spoken(text)
    found += _secrets(text)
    found += _born_in_words(text)
    found += _houses(text)
    if any(digit in text for digit in "0123456789"):
        found += _numbers(text)
    return _once(found)


def _numbers(text: str) -> Iterator[Seen]:
    yield from _born(text)
    yield from _upns(text)
    yield from _insurance(text)
    yield from _papers(text)
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
    for pattern in (_EMAIL_SPOKEN, _EMAIL_SPACED):
        for found in pattern.finditer(text):
            yield Seen(found.start(), found.end(), Kind.EMAIL, variant="spoken")


def _spoken(text: str) -> Iterator[Seen]:
    for found in _SPOKEN.finditer(text):
        digits, times, words = "", 1, re.findall(r"\w+", found.group().lower())
        if all(word.isdigit() for word in words):
            continue
        for word in words:
            if word in _TIMES:
                times = _TIMES[word]
                continue
            digits += "00" if word in _HUNDRED else _DIGIT_WORDS.get(word, word) * times
            times = 1
        if is_phone(digits) or is_phone("0" + digits):
            yield Seen(found.start(), found.end(), Kind.PHONE, variant="spoken")


def _secrets(text: str) -> Iterator[Seen]:
    secret = [found.span() for pattern in (_SECRET, _SECRET_BARE) for found in pattern.finditer(text)]
    for found in _DOOR_CODE.finditer(text):
        if not any(start < found.end() and found.start() < end for start, end in secret):
            secret.append(found.span())
    for start, end in secret:
        yield Seen(start, end, Kind.PASSWORD)


def _born(text: str) -> Iterator[Seen]:
    for found in _DATE.finditer(text):
        year = next(each for each in found.groups() if each)
        if len(year) == 4 and int(year) < _FIRST_BORN:
            continue
        if _BORN.search(_around(text, found.start(), found.end(), after=_NEAR // 2)):
            yield Seen(found.start(), found.end(), Kind.BORN)


def _born_in_words(text: str) -> Iterator[Seen]:
    if not _BORN.search(text):
        return
    for found in _DATE_IN_WORDS.finditer(text):
        if _BORN.search(_around(text, found.start(), found.end(), after=_NEAR // 2)):
            yield Seen(found.start(), found.end(), Kind.BORN, variant="spoken")


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
    for found in _IBAN.finditer(text):
        if is_iban(found.group()):
            yield Seen(found.start(), found.end(), Kind.BANK)
    if _BANK_WORDS.search(text) or re.search(r"\bbacs\b|\btransfer\b", text, re.IGNORECASE):
        for found in _SORT_CODE_BARE.finditer(text):
            after = _ACCOUNT.search(text, found.end())
            yield Seen(found.start(), found.end(), Kind.BANK)
            if after:
                yield Seen(after.start(), after.end(), Kind.BANK)
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

    for found in _PHONE_WITH_O.finditer(text):
        digits = re.sub("[oO]", "0", found.group())
        if sum(each.isdigit() for each in found.group()) >= 5 and is_phone(digits):
            yield Seen(found.start(), found.end(), Kind.PHONE, variant="spoken")
    for found in _PHONE_SLASH.finditer(text):
        yield Seen(found.start(), found.end(), Kind.PHONE)
    for found in _PHONE_PART.finditer(text):
        if _PHONE_WORDS.search(_around(text, found.start(), found.end(), after=_NEAR // 2)):
            yield Seen(found.start(), found.end(), Kind.PHONE)


def _postcodes(text: str) -> Iterator[Seen]:
    for found in _POSTCODE.finditer(text):
        if is_postcode(found.group(1), found.group(2)):
            yield Seen(found.start(), found.end(), Kind.POSTCODE)

    for found in _POSTCODE_SPACED.finditer(text):
        outward, inward = ("".join(each.split()) for each in found.groups())
        if is_postcode(outward, inward):
            yield Seen(found.start(), found.end(), Kind.POSTCODE, variant="spoken")


def _papers(text: str) -> Iterator[Seen]:
    for found in _PASSPORT.finditer(text):
        yield Seen(found.start(1), found.end(1), Kind.PASSPORT)
    for found in _LICENCE.finditer(text):
        yield Seen(found.start(), found.end(), Kind.LICENCE)


def _vehicles(text: str) -> Iterator[Seen]:
    for found in _VEHICLE.finditer(text):
        yield Seen(found.start(), found.end(), Kind.VEHICLE)
    if not _VEHICLE_WORDS.search(text):
        return
    for found in _VEHICLE_NEAR.finditer(text):
        if _VEHICLE_WORDS.search(_around(text, found.start(), found.end(), after=_NEAR)):
            yield Seen(found.start(), found.end(), Kind.VEHICLE)
    for pattern in (_VEHICLE_OLD, _VEHICLE_ANY):
        for found in pattern.finditer(text):
            near = text[max(0, found.start() - _NEAR // 2) : found.start()]
            told = re.search(r"\b(?:reg|registration|plate|rhif cofrestru)\b", near, re.IGNORECASE)
            if told or (pattern is _VEHICLE_OLD and _VEHICLE_WORDS.search(near)):
                yield Seen(found.start(), found.end(), Kind.VEHICLE)


def _addresses(text: str) -> Iterator[Seen]:
    for found in _STREET.finditer(text):
        yield Seen(found.start(), found.end(), Kind.ADDRESS, Strength.ASK)


def _houses(text: str) -> Iterator[Seen]:
    for found in _HOUSE.finditer(text):
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
