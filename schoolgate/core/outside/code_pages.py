"""How bytes from outside that don't say so are written: told by their letters, or left for a person to say.

Every byte has a sign in each of the old code pages, so a wrong one is no error: â of an old Mac is ‰ on
Windows, and Ł of Polish Windows is £. A code page counts where its signs stand where such signs belong.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

from schoolgate.patterns import lazy_pattern

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32 goes before UTF-16, whose mark it begins with."""
_USUAL: Final = ("cp1252", "mac_roman", "cp850")
"""What programs in Britain write: Windows, older Macs, older programs that run in a console."""
_RARE: Final = ("cp1250", "iso8859_14")
"""Polish Windows, and Welsh Unix. They differ from cp1252 in few signs, so they're asked only where that has
signs in the wrong places."""
_KEPT: Final = bytes(
    each if each > 0x7F or chr(each).isalnum() or each == ord("'") else 0x20 for each in range(256)
)
_MOST_WORDS: Final = 5_000
"""Different words by which a file is judged."""
_LONGEST_WORD: Final = 60
_CONTROL: Final = lazy_pattern("[\x00-\x06\x0e-\x1a]")
"""What stands in no text, in whatever way it's written."""
_LOST: Final = "\ufffd"
_NO_NAMES: Final = frozenset("ªºµƒðþÐÞı")
"""Letters to Unicode that stand in no name or word that schools here write."""
_LAST_LATIN: Final = "\u024f"


@dataclass(frozen=True, slots=True)
class Told:
    """A text and how it's written. `others`: code pages that are as likely and read something else; a person
    says which. `clean`: no sign stands where it shouldn't."""

    text: str
    encoding: str
    others: tuple[str, ...] = ()
    clean: bool = True


def tell_apart(content: bytes) -> Told | None:
    """Return the text of some bytes, however they are written; None where they are no text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\x00" in content:
        told = _strictly(content, _unmarked(content))
        return None if told is None or _CONTROL.search(told.text) else told
    if content.isascii():
        return Told(content.decode(), "utf-8")
    return _strictly(content, "utf-8") or _mostly_utf_8(content) or _by_letters(content)


def _strictly(content: bytes, encoding: str) -> Told | None:
    try:
        text = content.decode(encoding) if encoding else ""
    except UnicodeDecodeError:
        return None
    return None if not text or "\x00" in text else Told(text, encoding.removesuffix("-sig"))


def _unmarked(content: bytes) -> str:
    """Return how UTF-16 without its mark is written, by the side on which western letters have a zero."""
    half = len(content) // 2
    first, second = content[0::2].count(0), content[1::2].count(0)
    if second > half * 0.4 and not first:
        return "utf-16-le"
    return "utf-16-be" if first > half * 0.4 and not second else ""


def _mostly_utf_8(content: bytes) -> Told | None:
    """Return UTF-8 in which some letters were lost: each shows as such. In a text of an old code page, no two
    signs are one of UTF-8 by chance."""
    text = content.decode("utf-8", "replace")
    lost = text.count(_LOST)
    letters = len(text) - len(text.encode("ascii", "ignore")) - lost
    return Told(text, "utf-8", clean=False) if letters and letters >= lost else None


def _by_letters(content: bytes) -> Told | None:
    words = _words(content)
    wrong = {each: found for each in _USUAL if (found := _wrong(words, each)) is not None}
    if wrong.get("cp1252") != 0:
        wrong |= {each: found for each in _RARE if (found := _wrong(words, each)) is not None}
    if not wrong:
        return None
    fewest = min(wrong.values())
    likely = [each for each, number in wrong.items() if number == fewest or fewest]
    likely.sort(key=lambda each: wrong[each])
    if b"\r" in content and b"\n" not in content and "mac_roman" in likely:
        likely = ["mac_roman"]  # only Macs end lines like that
    first = likely[0]
    read = {first: [word.decode(first) for word in words]}
    for each in likely[1:]:
        letters = [word.decode(each) for word in words]
        if letters not in read.values():
            read[each] = letters
    return Told(content.decode(first), first, tuple(read)[1:], clean=not fewest)


def _words(content: bytes) -> list[bytes]:
    """Return the different words with a sign that isn't ASCII, so many and no more."""
    found = dict.fromkeys(
        word[:_LONGEST_WORD] for word in content.translate(_KEPT).split() if not word.isascii()
    )
    return list(found)[:_MOST_WORDS]


def _wrong(words: list[bytes], encoding: str) -> int | None:
    """Return how many words have a sign in a wrong place; None where a byte is none of this code page."""
    try:
        return sum(not _reads(word.decode(encoding), encoding) for word in words)
    except UnicodeDecodeError:
        return None


def _reads(word: str, encoding: str) -> bool:
    around = f" {word} "
    return all(
        sign.isascii() or _fits(sign, around[place], around[place + 2], encoding)
        for place, sign in enumerate(word)
    )


def _fits(sign: str, before: str, after: str, encoding: str) -> bool:
    """Return whether a sign stands where such signs stand."""
    if sign.isalpha():
        return _is_letter_there(sign, before, after, encoding)
    between = before.isalpha() and after.isalpha()
    if sign in "’‘":
        return before.isalnum() or after.isalnum()
    if sign in "“„«‹¡¿":
        return not before.isalnum()
    if sign in "”»›…":
        return not after.isalnum()
    if sign in "£€":
        return after.isdigit()
    if sign in "°²³½¼¾":
        return before.isdigit() or before == " " != after
    if sign == "\xa0":
        return not (between and before.islower() and after.islower())
    return sign in "–—•·™®©\xad×÷±§¶" and not between


def _is_letter_there(sign: str, before: str, after: str, encoding: str) -> bool:
    if sign in _NO_NAMES or sign > _LAST_LATIN or (sign == "ß" and encoding == "cp850"):
        return False
    return not (before.islower() if sign.isupper() else after.isupper())
