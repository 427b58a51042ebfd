"""The pieces of a document as sentences, each with its section, page and place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from schoolgate.policy.importing.clause_or_not import LONGEST
from schoolgate.policy.importing.wording import CUES, IMPERATIVE
from schoolgate.rulebook.splitting import split

FIRST_SECTION = "Beginning"
"""The section of text before any heading."""
LONGEST_SECTION = 120
_NUMBER = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[a-z][.)]|[ivx]{1,4}[.)])\s+(?=\S)")
_OF_A_CLAUSE = re.compile(r"^\(?(\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s+(?=\S)")
_GOES_ON = re.compile(
    r"^(?:are|is|do|does|has|have|may|must|need|needs|shall|should|will|can|cannot)\b(?! (?:we|you|they|it|the|this))"
    r"|^[a-z]{3,12}s (?:all|an|and|any|as|at|day|for|in|of|on|that|the|to|with|regularly|regular|reports?|training)\b"
)
"""How words begin whose subject is their heading."""
_FOLLOWS = re.compile(
    r"\b(?:following(?: \w+){0,3}|as follows|followed|below|these (?:rules|steps|points)|good practice)$"
)
"""How words end that are a sentence themselves and not the beginning of each item."""
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
    def item(self) -> str:
        """The mark of an item of a list, which tells its level; "" for another piece."""
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
    """One sentence. An item of a list has the words that lead to the list before it; one that asks for
    something itself has them as `lead`. `page`: 0 where the file doesn't tell."""

    text: str
    section: str
    place: str
    page: int = 0
    welsh: bool = False
    number: str = ""
    lead: str = ""


class _Leads:
    """The words that lead to the list that is read, and to a list inside one of its items."""

    def __init__(self) -> None:
        self.outer, self.inner, self.mark = "", "", ""

    def begin(self, words: str, item: str) -> None:
        """Take the words that end with a colon; `item`: the mark of the item that they are."""
        if item:
            self.inner, self.mark = words, item
        else:
            self.outer, self.inner = words, ""

    def over(self, item: str) -> str:
        """Return the words that lead to an item with this mark. One with the mark of that which led ends the
        list inside it."""
        if self.inner and item == self.mark:
            self.inner = ""
        return self.inner or self.outer


def sentences(pieces: Iterable[Piece]) -> Iterator[Sentence]:
    """Return the sentences in the order of the document."""
    section, leads = FIRST_SECTION, _Leads()
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
            section, leads = text[:LONGEST_SECTION].rstrip(":") or section, _Leads()
            continue
        if not piece.item:
            leads = _Leads()
        lead = leads.over(piece.item) if piece.item else ""
        parts = split(text if lead else _with_subject(section, text))
        if number and len(parts) <= MOST_OF_ONE and len(text) <= LONGEST and not any(map(_leads, parts)):
            parts = [text]  # one clause of the document, as it numbers them
        for position, one in enumerate(parts):
            whole = _with_lead(lead, one) if lead and not position else one
            if leading is not None:
                if whole == one and len(leading.text.split()) > 3:
                    yield leading  # it asks for something itself, beside its list
                leading = None
            above = lead if whole == one else ""
            found = Sentence(whole, section, piece.place, piece.page, is_welsh(whole), number, above)
            if one.endswith(":") and position == len(parts) - 1:
                leads.begin(whole[:-1].rstrip(), piece.item)
                leading = found
                break
            yield found
    if leading is not None:
        yield leading


def _with_subject(section: str, text: str) -> str:
    """Return words that go on from their heading (*Staff*, then *are responsible for*) with it before them."""
    goes_on = _GOES_ON.match(text) and len(section.split()) <= 8 and section != FIRST_SECTION
    return f"{section.strip(' :.')} {text}" if goes_on else text


def _leads(sentence: str) -> bool:
    return sentence.endswith(":")


def _with_lead(lead: str, item: str) -> str:
    """ "Staff must not:" and "share passwords" are one sentence; an item that obliges is one itself."""
    if len(item) > LONGEST or len(lead) > LONGEST:
        return item
    if CUES.search(item) and item[:1].isupper() and len(item.split()) > 5:
        return item
    if _FOLLOWS.search(lead) and item[:1].isupper() and IMPERATIVE.match(item):
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
