"""The pieces of a document as sentences, each with its section, page and place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from schoolgate.policy.importing.clause_or_not import LONGEST
from schoolgate.policy.importing.wording import CUES
from schoolgate.rulebook.splitting import split

FIRST_SECTION = "Beginning"
"""The section of text before any heading."""
LONGEST_SECTION = 120
_NUMBER = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[a-z][.)]|[ivx]{1,4}[.)])\s+(?=\S)")
_OF_A_CLAUSE = re.compile(r"^\(?(\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s+(?=\S)")
MOST_OF_ONE = 4
"""So many sentences under one number are one clause; more are a passage."""
_MARKS = "•▪●◦‣–—·*-\t "
_WELSH_WORDS = """
yn y yr mae ac ei eu gan wedi bod hyn sydd dylai rhaid ni neu gyda ar na nad nid fydd bydd ysgol disgyblion
rhieni cyfryngau cymdeithasol polisi fod cael gael unrhyw pob heb fel wrth eich ein hwn
"""
_WELSH = frozenset(_WELSH_WORDS.split())
_ENGLISH_WORDS = """
the of to and is are must for in be by with on or that should will not any this their from have has
as it i am you we school pupils parents social media policy may our
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_NETWORKS = frozenset({"Facebook", "Instagram", "LinkedIn", "TikTok", "Twitter", "WhatsApp", "YouTube"})


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
        """Where people find it, such as "page 3"."""
        ...

    @property
    def page(self) -> int:
        """The number of its page; 0 where the file doesn't tell."""
        ...


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. An item of a list has the words that lead to the list before it. `page`: 0 where the file
    doesn't tell."""

    text: str
    section: str
    place: str
    page: int = 0
    welsh: bool = False
    number: str = ""


def sentences(pieces: Iterable[Piece]) -> Iterator[Sentence]:
    """Return the sentences in the order of the document."""
    section, lead = FIRST_SECTION, ""
    leading: Sentence | None = None
    for piece in pieces:
        printed = piece.text.strip(_MARKS)
        text = _NUMBER.sub("", printed).strip(_MARKS)
        own = _OF_A_CLAUSE.match(printed)
        number = own[1] if own else ""
        if not text:
            continue
        if leading is not None and not piece.item:
            yield leading  # words that introduce a list which doesn't follow
        leading = None
        if piece.heading:
            section, lead = text[:LONGEST_SECTION].rstrip(":") or section, ""
            continue
        lead = lead if piece.item else ""
        parts = split(text)
        if number and len(parts) <= MOST_OF_ONE and len(text) <= LONGEST and not any(map(_leads, parts)):
            parts = [text]  # one clause of the document, as it numbers them
        for position, one in enumerate(parts):
            whole = _with_lead(lead, one) if lead and not position else one
            found = Sentence(whole, section, piece.place, piece.page, is_welsh(whole), number)
            if one.endswith(":") and not piece.item:
                lead, leading = one[:-1].rstrip(), found
                break
            yield found
    if leading is not None:
        yield leading


def _leads(sentence: str) -> bool:
    return sentence.endswith(":")


def _with_lead(lead: str, item: str) -> str:
    """ "Staff must not:" and "share passwords" are one sentence; an item that obliges is one itself."""
    if len(item) > LONGEST or len(lead) > LONGEST:
        return item
    if CUES.search(item) and item[:1].isupper() and len(item.split()) > 5:
        return item
    first = item.split(" ", 1)[0]
    keeps_its_capital = first[1:].lower() != first[1:] or first == "I" or first.rstrip("s'’,.") in _NETWORKS
    words = item if keeps_its_capital else item[:1].lower() + item[1:]
    return f"{lead} {words.rstrip(';,').removesuffix(' and').removesuffix(' or').rstrip(';,')}"


def is_welsh(text: str) -> bool:
    """Whether a sentence reads as Welsh: more of its small words are Welsh than English."""
    words = re.findall(r"[\w'’]+", text.lower())
    welsh = sum(word in _WELSH for word in words)
    return welsh >= 2 and welsh > sum(word in _ENGLISH for word in words)
