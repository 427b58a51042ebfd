"""Handles and mobile numbers that lead to one person: told by the signs around them, which words alone don't
keep."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.folding import simple

_CLOSED = r"snap(?:\s?chat)?|what'?s\s?app|discord|telegram|kik|viber|we\s?chat|psn|gamertag|roblox|fortnite"
_OPEN = r"insta(?:gram)?|tik\s?tok"
_GIVEN = (
    r"\s{0,2}(?:[:=(–-]\s{0,2}@?|(?:is|yw|ydy|ydi)\s@?(?=\w{0,30}[\d_]|\w{1,30}(?-i:[A-Z]))|@)"
    r"(?=[a-z\d])[\w.]{3,30}"
)
_MOBILE = r"(?:\+44\s?\(?0?\)?\s?7|07)(?:[\s-]?\d){9}"
_WRITES = (
    r"(?:text|message|msg|dm|whats\s?app|snap|ring|call|phone|tecsti\w{0,5}|neges\w{0,5}|ffoni\w{0,4}"
    r"|galw\w{0,4})"
)
_ONE = (
    r"(?:me|him|her|fi|fo|hi|mr|mrs|miss|ms|coach|syr|sir)\b"
    r"|(?-i:(?!The\b|Our\b|Us\b|School\b|Office\b|PTA\b|Y\b|Ein\b)[A-Z][a-z]+\b)"
)
_CHILDREN = (
    r"(?:kids|children|pupils|girls|boys|students|plant|disgyblion),?\s"
    r"(?:too|can|may|also|as well|welcome|especially|hefyd)\b"
)
_LEADS = (
    lazy_pattern(rf"\b{_WRITES}\s(?:{_ONE})[^.!?\n]{{0,40}}?{_MOBILE}", re.IGNORECASE),
    lazy_pattern(rf"{_MOBILE}[^.!?\n]{{0,40}}?\b{_CHILDREN}", re.IGNORECASE),
    lazy_pattern(rf"\b(?:{_CLOSED}){_GIVEN}", re.IGNORECASE),
    lazy_pattern(
        rf"\b(?:my|his|her|mr|mrs|miss|ms|fy|ei)(?:\s[\w']{{1,20}}){{0,2}}\s(?:{_OPEN}){_GIVEN}",
        re.IGNORECASE,
    ),
    lazy_pattern(
        r"\b(?:message|dm|text|add|snap|pm|inbox|negesa|negeswch|tecstia|tecstiwch|ychwanega|ychwanegwch)"
        r"\s{1,3}@[\w.]{3,30}",
        re.IGNORECASE,
    ),
    lazy_pattern(
        r"\b(?:snapchat\.com/add|wa\.me|kik\.me|m\.me|t\.me|ig\.me/m)/(?!us\b)[\w.+-]{3,40}|\bdiscord\.gg/\w{2,30}",
        re.IGNORECASE,
    ),
)
_HANDLE = lazy_pattern(r"@?(?<![\w.])[A-Za-z\d_][\w.]{2,39}")


def handles_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text gives a handle, or a mobile number, by which one person is reached unseen."""
    for shape in _LEADS:
        for found in shape.finditer(text):
            yield found.start(), found.end()


def without_own(text: str, own: Collection[str]) -> str:
    """Return a text of the same length, with "us" for each of these handles, which are the school's own."""
    if not own:
        return text

    def ours(found: re.Match[str]) -> str:
        written = found.group()
        return "us".ljust(len(written)) if simple(written) in own else written

    return _HANDLE.sub(ours, text)
