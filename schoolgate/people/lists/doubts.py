"""What spreadsheets do to the words of a list, and whether two names or numbers may be one. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from schoolgate.people.sheets import FORMULA, same_word

DASHES = frozenset("-–—")
NOTHING = DASHES | {
    "--",
    "---",
    "n/a",
    "n.a.",
    "#n/a",
    "none",
    "nil",
    "null",
    "(none)",
    "(blank)",
    "not applicable",
    "not recorded",
    "dim",
    "amherthnasol",
}
"""What people and programs put into a cell to say that there is nothing."""
LOST = "\ufffd"
"""What a program writes for a letter that it couldn't read."""
_AS_TEXT = re.compile(r'="([^"]*)"')
"""How a number is written so that a spreadsheet leaves its zeros alone: ="004512"."""
_FORMULA = re.compile(
    r"=\s{0,3}[-+(]?\s{0,3}(?:[A-Z][A-Z.]{0,20}\(|\$?[A-Z]{1,3}\$?\d|\d|['\"])", re.IGNORECASE
)
"""A program that wrote a formula instead of its value. *= see office* is what a person typed."""
_SHORTENED = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+\d{1,3}", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}(?: .*)?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_EPOCH = date(1899, 12, 30)
"""The day from which spreadsheets count."""
_FEWEST, _MOST = 10_000, 73_050
"""Days that are dates between 1927 and 2100."""
_NOT_IN_NAMES = frozenset({"Cc", "Cn", "Co", "Cs", "No", "Sc", "So"})
"""Categories of signs that stand in no name: a file of another code page has £ or ³ for a Polish letter."""


def typed(words: str, *, is_name: bool = False) -> str:
    """Return what a person typed into the cell: without the marks that keep it from being a formula or a
    number, and "" for what says that there is nothing; in a name only a dash does, for people are called
    None and Nil."""
    as_text = _AS_TEXT.fullmatch(words)
    found = as_text[1].strip() if as_text else words
    if found.startswith("'") and found[1:].startswith(FORMULA):
        found = found[1:]
    return "" if found.casefold() in (DASHES if is_name else NOTHING) else found


def wrong_with(words: str, *, is_name: bool = False) -> str:
    """Return the code of what a spreadsheet did to these words, or ""."""
    if _FORMULA.match(words):
        return "formula"
    if _SHORTENED.fullmatch(words):
        return "shortened"
    return "damaged" if is_damaged(words) or (is_name and _is_no_name(words)) else ""


def is_damaged(words: str) -> bool:
    """Return whether letters were lost, or read in another way than they were written."""
    if LOST in words or any("\x80" <= each <= "\x9f" for each in words):
        return True
    if words.isascii():
        return False
    try:
        return not words.encode("cp1252").decode("utf-8").isascii()
    except UnicodeError:
        return False


def _is_no_name(words: str) -> bool:
    return (
        "?" in words
        or "=" in words
        or "¿" in words
        or any(unicodedata.category(each) in _NOT_IN_NAMES for each in words)
    )


def wrong_with_day(words: str) -> tuple[str, str]:
    """Return why these words are no day, as a code, and the day that may be meant; ("", "") where it isn't
    known."""
    tidy = words.strip()
    month_first = _MONTH_FIRST.fullmatch(tidy)
    if month_first and int(month_first[1]) <= 12 < int(month_first[2]) <= 31:
        return "month_first", ""
    serial = _SERIAL.fullmatch(tidy)
    if serial and _FEWEST <= int(serial[1]) <= _MOST:
        return "serial_day", (_EPOCH + timedelta(days=int(serial[1]))).strftime("%d/%m/%Y")
    return "", ""


def is_month_first(words: str) -> bool:
    """Return whether a day has its month first, as in the United States."""
    return wrong_with_day(words)[0] == "month_first"


def may_be_month_first(words: str) -> bool:
    """Return whether a day would be another one with its month first: 4/5/2027."""
    found = _MONTH_FIRST.fullmatch(words.strip())
    return bool(found and int(found[1]) <= 12 and int(found[2]) <= 12 and int(found[1]) != int(found[2]))


def same_number(words: str) -> str:
    """Return a number as it is compared: a spreadsheet takes away leading zeros, and people add spaces."""
    bare = "".join(same_word(words).split())
    return bare.lstrip("0") or bare if bare.isdigit() else bare


def may_be_other(one: str, other: str) -> bool:
    """Return whether these may be the names of two people: neither has all the words of the other, whatever
    its accents and hyphens."""
    first, second = _words(one), _words(other)
    return not (first <= second or second <= first)


def _words(name: str) -> set[str]:
    bare = "".join(
        each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each)
    )
    return set(re.findall(r"\w+", re.sub(r"['’`´]", "", bare)))
