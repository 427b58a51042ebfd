"""Text from outside: decoded by a closed list of encodings, and without what the database can't store."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Any, Final

from schoolgate.patterns import lazy_pattern

_CHARSETS: Final = lazy_pattern(
    r"utf-8(?:-sig)?|utf-16(?:-[bl]e)?|ascii|iso8859-\d+|cp\d+|mac-\w+|koi8-\w|shift_jis|euc_\w+|gb\w+|big5"
    r"|iso2022_jp"
)
"""What pages, feeds and emails are written in. Python knows others, some of which take quadratic time
(punycode) or bring what is no text (utf-7)."""
_LONGEST_NAME: Final = 40
_GUESSED: Final = ("utf-8", "cp1252")
_WRITTEN_AS: Final = {"iso8859-1": "cp1252"}
"""Declared -> what programs write instead: letters where the other has none."""
_LOST: Final = "\ufffd"
_NOT_STORED: Final = lazy_pattern("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Read:
    """A text as it was read. `sure`: False where some of its letters may be others."""

    text: str
    sure: bool


def known_charset(charset: str) -> str:
    """Return a declared encoding; UTF-8 for one that nothing is written in."""
    return _listed(charset) or "utf-8"


def read_text(body: bytes, charset: str) -> Read:
    """Return the text of some bytes in the encoding that they claim to be in. Where they name none, or none
    that texts are written in, they are UTF-8, or else what older programs on Windows write. What isn't text
    shows as such."""
    name = _listed(charset)
    first, then = _GUESSED if name in ("", "ascii") else (_WRITTEN_AS.get(name, name),) * 2
    try:
        text, sure = body.decode(first), bool(name) or not charset
    except ValueError:
        text, sure = body.decode(then, "replace"), False
    text = storable(text)
    return Read(text, sure and _LOST not in text)


def decoded(body: bytes, charset: str) -> str:
    """Return the text of some bytes, whatever encoding they claim to be in."""
    return read_text(body, charset).text


def _listed(charset: str) -> str:
    """Return a declared encoding; empty for one that nothing is written in."""
    try:
        name = codecs.lookup(charset[:_LONGEST_NAME]).name
    except (LookupError, ValueError):
        return ""
    return name if _CHARSETS.fullmatch(name) else ""


def storable(text: str) -> str:
    """Return a text without NUL, and with a mark for half a character: PostgreSQL refuses both."""
    if text.isascii() and "\x00" not in text:
        return text
    return _NOT_STORED.sub(lambda found: "" if found[0] == "\x00" else _LOST, text)


def storable_data(data: Any) -> Any:
    """Return what was read from JSON, each text of it as the database can store it."""
    if isinstance(data, str):
        return storable(data)
    if isinstance(data, list):
        return [storable_data(each) for each in data]
    if isinstance(data, dict):
        return {storable(key): storable_data(value) for key, value in data.items()}
    return data
