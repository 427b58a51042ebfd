"""Pieces of a document to sentences, each with its section and place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from schoolgate.rulebook.importing.reading import LONGEST, has_cue

FIRST_SECTION = "Beginning"
"""Where a sentence stands before any heading."""
LONGEST_SECTION = 120
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|(?<=;)\s+(?=[A-Z])")
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|mr|mrs|ms|dr|st|no|nos|vs|cf|approx|para|sect|fig|p|pp|inc|rev)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[a-z][.)]|[ivx]{1,4}[.)])\s+(?=\S)")
_MARKS = "•▪●◦‣–—·*-\t "
_WELSH_WORDS = """
yn y yr mae ac ei eu am gan wedi bod hyn sydd dylai rhaid ni neu gyda ar i o na nad nid fydd bydd
ysgol staff disgyblion rhieni cyfryngau cymdeithasol polisi fod cael gael unrhyw dim pob heb fel
wrth eich ein hwn hon
"""
_WELSH = frozenset(_WELSH_WORDS.split())
_ENGLISH_WORDS = """
the of to and is are must for in be by with on or that should will not any this their from have has
as it school staff pupils parents social media policy may our
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())


class Piece(Protocol):
    """A heading, an item of a list or a paragraph."""

    @property
    def text(self) -> str:
        """The words."""
        ...

    @property
    def heading(self) -> bool:
        """Whether it names the section that follows."""
        ...

    @property
    def item(self) -> bool:
        """Whether it is an item of a list."""
        ...

    @property
    def place(self) -> str:
        """Where it stands, such as "page 3"."""
        ...


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; an item of a list carries the words that lead to it."""

    text: str
    section: str
    place: str
    welsh: bool = False


def sentences(pieces: Iterable[Piece]) -> Iterator[Sentence]:
    """Return the sentences in the order of the document."""
    section, lead = FIRST_SECTION, None
    waiting: Sentence | None = None
    for piece in pieces:
        text = _NUMBER.sub("", piece.text.strip(_MARKS)).strip(_MARKS)
        if not text:
            continue
        if piece.heading:
            section = text[:LONGEST_SECTION].rstrip(":") or section
            lead = None
            continue
        if waiting is not None and not piece.item:
            yield waiting
        waiting = None
        if not piece.item:
            lead = None
        for one in split(text):
            whole = _with_lead(lead, one) if piece.item and lead else one
            found = Sentence(whole, section, piece.place, is_welsh(whole))
            if one.endswith(":") and not piece.item:
                lead, waiting = one[:-1].rstrip(), found
                break
            yield found
    if waiting is not None:
        yield replace(waiting, text=waiting.text)


def split(text: str) -> list[str]:
    """The sentences of a paragraph. "e.g." and "Mr." end none."""
    parts: list[str] = []
    for part in map(str.strip, _END.split(text)):
        if parts and len(parts[-1]) <= LONGEST and _SHORT.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {part}"
        elif part:
            parts.append(part)
    return parts


def _with_lead(lead: str, item: str) -> str:
    """ "Staff must not:" and "share passwords" are one sentence; an item that obliges is one itself."""
    if len(item) > LONGEST or len(lead) > LONGEST:
        return item
    if has_cue(item) and item[:1].isupper() and len(item.split()) > 5:
        return item
    first = item.split(" ", 1)[0]
    plain = first[:1] + first[1:].lower() == first and first != "I"
    lowered = item[:1].lower() + item[1:] if plain and not _is_name(first) else item
    return f"{lead} {lowered.rstrip(';,').removesuffix(' and').removesuffix(' or').rstrip(';,')}"


def _is_name(word: str) -> bool:
    return word.rstrip("s'’,.") in (
        "Facebook",
        "Instagram",
        "Twitter",
        "TikTok",
        "YouTube",
        "WhatsApp",
        "LinkedIn",
    )


def is_welsh(text: str) -> bool:
    """Whether a sentence reads as Welsh: more of its small words are Welsh than English."""
    words = re.findall(r"[\w'’]+", text.lower())
    welsh = sum(word in _WELSH for word in words)
    return welsh >= 2 and welsh > sum(word in _ENGLISH for word in words)
