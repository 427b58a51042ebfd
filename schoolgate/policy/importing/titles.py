"""The titles that a document itself gives to people, beside the offices that most schools have: *Digital
Lead*, *Marketing and Communications Officer ("MCO")*, *Headteacher's PA*."""

import re
from collections.abc import Iterable, Iterator, Mapping

from schoolgate.patterns import lazy_pattern

Titles = Mapping[str, str]
"""What a document calls each of its own roles, and the short form of it, with the role's name."""
_NOUN = (
    r"(?:Lead(?:er)?|Secretary|Officer|Manager|Co-?ordinator|Administrator|Technician|Bursar|PA"
    r"|Assistant|Director|Clerk|Registrar|Librarian|Webmaster|Champion|Counsellor|Nurse|Supervisor|Executive"
    r"|Committee|Team|Panel|SEN[Cc][Oo])"
)
_WORD = r"[A-Z][\w&/-]{1,30}(?:['’]s)?"
_ALONE = r"(?:Bursar|Registrar)"
"""Titles of one word that no other title of a school has in it."""
_HEAD = re.compile(r"\b(?:[Hh]ead[ -]?(?:[Tt]eacher|master|mistress)|Principal|Governors)$")
_TITLE = lazy_pattern(
    rf"\b(?:{_WORD} (?:(?:and|&|of|for) )?){{1,5}}{_NOUN}\b|\b{_ALONE}\b"
    r"|\bHead of [A-Z]\w{1,30}(?: and [A-Z]\w{1,30})?"
)
_TWO = lazy_pattern(rf"(?<=\w) (?:and|&) (?=(?:{_WORD} ){{0,5}}{_NOUN}\b)")
_FIRST = lazy_pattern(
    r"^(?:(?:The|An?|Our|Each|Every|All|Any|No|If|When|Where|While|Once|Unless|Until|Only|Both|One|Your|Their|Some"
    r"|Please|Contact|Ask|Tell|Inform|See|And|Or|For|By|To|In|Should|Either) )+"
)
_SHORT = re.compile(r"^s? ?\(\s?[\"“'‘]?([A-Z][A-Za-z]{1,5})[\"”'’]?\s?\)")
_OTHERS = re.compile(r"\b(?:Police|Local Authority|Council|Commissioner)\b")
"""People outside the school."""


def titles_in(texts: Iterable[str]) -> dict[str, str]:
    """Return the titles that these texts name, and the short forms that they explain, each with its title."""
    found: dict[str, str] = {}
    for text in texts:
        for title, behind in _titles(text):
            found.setdefault(title, title)
            short = _SHORT.match(behind)
            if short and _stands_for(short[1], title):
                found.setdefault(short[1], title)
    return found


def _titles(text: str) -> Iterator[tuple[str, str]]:
    for one in _TITLE.finditer(text):
        parts = _joined(one[0])
        for place, part in enumerate(parts, start=1):
            title = _FIRST.sub("", part)
            if (" " in title or re.fullmatch(_ALONE, title)) and not _OTHERS.search(title):
                yield title, text[one.end() :] if place == len(parts) else ""


def _joined(words: str) -> list[str]:
    """Return the titles of *Digital Lead and School Secretary* and *Headteacher and Bursar*, and the one of
    *Marketing and Communications Officer*."""
    for between in _TWO.finditer(words):
        before, behind = words[: between.start()], words[between.end() :]
        if _HEAD.search(before) or (" " in behind and re.search(rf"{_NOUN}$", before)):
            return [before, *_joined(behind)]
    return [words]


def _stands_for(short: str, title: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"\w+", title) if word not in ("and", "of", "for", "s"))
    return short.upper() == initials.upper()
