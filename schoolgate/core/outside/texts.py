"""Text from outside: decoded by a closed list of encodings, and without what the database can't store."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Any, Final

from schoolgate.core.outside.code_pages import tell_apart
from schoolgate.patterns import lazy_pattern

_CHARSETS: Final = lazy_pattern(
    r"utf-8(?:-sig)?|utf-16(?:-[bl]e)?|ascii|iso8859-\d+|cp\d+|mac-\w+|koi8-\w|shift_jis|euc_\w+|gb\w+|big5"
    r"|iso2022_jp"
)
"""What pages, feeds and emails are written in. Python knows others, some of which take quadratic time
(punycode) or bring what is no text (utf-7)."""
_LONGEST_NAME: Final = 40
_ONE_BYTE: Final = ("cp125", "iso8859", "mac")
"""How names of encodings begin that have a letter for every byte, so that nothing shows a wrong one."""
_WRITTEN_AS: Final = {"iso8859-1": "cp1252"}
"""Declared -> what programs write instead: letters where the other has none."""
_WESTERN: Final = ("utf-8", *_ONE_BYTE)
"""What programs here say though they write another: the letters tell which."""
_LOST: Final = "\ufffd"
_NOT_STORED: Final = lazy_pattern("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Read:
    """A text as it was read. `sure`: False where some of its letters may be others."""

    text: str
    sure: bool


def read_text(body: bytes, charset: str) -> Read:
    """Return the text of some bytes in the encoding that they claim to be in. Where they name none, or none
    that texts are written in, or it isn't true, their letters tell (`code_pages`). What isn't text shows as
    such."""
    name = _listed(charset)
    name = _WRITTEN_AS.get(name, name)
    if name in ("", "ascii"):
        return _untold(body, "cp1252", sure=not charset or (bool(name) and body.isascii()))
    if name.startswith(_ONE_BYTE) and not body.isascii() and _is_utf_8(body):
        return Read(storable(body.decode()), sure=False)  # no one writes so by chance
    try:
        text = storable(body.decode(name))
    except ValueError:
        if name.startswith(_WESTERN):
            return _untold(body, name, sure=False)
        return Read(storable(body.decode(name, "replace")), sure=False)
    return Read(text, _LOST not in text)


def _untold(body: bytes, otherwise: str, *, sure: bool) -> Read:
    """Return a text that doesn't say how it's written, or not truly; where its letters don't tell either, as
    `otherwise` has them."""
    told = tell_apart(body)
    if told is None or not (told.clean or told.encoding == "utf-8"):
        return Read(storable(body.decode(otherwise, "replace")), sure=False)
    text = storable(told.text)
    return Read(text, sure and told.encoding == "utf-8" and _LOST not in text)


def _is_utf_8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


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
