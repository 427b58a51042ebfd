"""The pieces of a document as sentences, each with its section, page and place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from schoolgate.patterns import lazy_pattern
from schoolgate.policy.importing.clause_or_not import LONGEST, STATED
from schoolgate.policy.importing.reading import read
from schoolgate.policy.importing.wording import CUES, IMPERATIVE, condition_of
from schoolgate.rulebook.clauses import split

FIRST_SECTION = "Beginning"
"""The section of text before any heading."""
LONGEST_SECTION = 120
_NUMBER = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[a-z][.)]|[ivx]{1,4}[.)])\s+(?=\S)")
_OF_A_CLAUSE = re.compile(r"^\(?(\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s+(?=\S)")
_OF_A_SECTION = re.compile(r"^(\d{1,2})[.)]?\s+(?=\S)")
_OF_ITS_OWN = lazy_pattern(
    r"^(?:appendi|annex|schedule|glossar|reference|further|useful|contact|definition|legislation|relevant"
    r"|related|links|atodiad|geirfa)",
    re.IGNORECASE,
)
"""How a heading without a number begins that is no part of the numbered section before it."""
_OPENS = (":", ":-", "–", "—", " -", "…", "...")
_ENDS_A_LEAD = " :;,-–—…."
_FORBIDDING = frozenset({"must_not", "should_not", "advised_not"})
_UNFINISHED = lazy_pattern(
    r"\b(?:to|not|never|must|should|shall|will|may|can|cannot|that|who|which|for|is|are|be|by|of|with|when|if"
    r"|includes?|including|i|na|nad|yn|peidio â)[ ,;]*$"
    r"|\b(?:following|these|below|as follows|canlynol|isod)[ ,;.]*$",
    re.IGNORECASE,
)
"""What breaks off: only what follows says what is meant."""
_GOES_ON = lazy_pattern(
    r"^(?:are|is|do|does|has|have|may|must|need|needs|shall|should|will|can|cannot)\b(?! (?:we|you|they"
    r"|it|the|this))"
    r"|^[a-z]{3,12}s (?:all|an|and|any|as|at|day|for|in|of|on|that|the|to|with|regularly|regular|reports?"
    r"|training)\b"
)
"""How words begin whose subject is their heading."""
_FOLLOWS = re.compile(
    r"\b(?:following(?: \w+){0,3}|as follows|followed|below|these (?:rules|steps|points)|good practice)$"
)
"""How words end that are a sentence themselves and not the beginning of each item."""
_LEANS = lazy_pattern(
    r"^(?:it|its|they|them|their|he|she|his|her|the person|that person|this|that|these|those|such|the same"
    r"|another|the others?|(?:the|an) only|(?:the|an|any|some) exceptions?|exceptions|however|otherwise"
    r"|instead|nor|neither|then|also|additionally|(?:any|some|all|most|none|both|each) of (?:it|them|these"
    r"|those)|for (?:this|these|those|example|instance)"
    r"|(?:anyone|everyone|those|people) who \w{1,20} (?:one|it|them|this|these|that)"
    r"|the \w{1,20} (?:is|are|will be|must be) then"
    r"|(?:nobody|no one|no-one|everyone|anyone) else|no other|where (?:this|these|it|they)"
    r"|the (?:[\w’'-]{1,20} ){1,5}(?:decides|will decide|must decide)(?=\W*$)|concerns go to"
    r"|in (?:the )?(?:senior|upper|lower|junior|middle|prep|infant|primary|secondary|sixth) [\w’' -]{2,30},"
    r" [\w’' -]{2,40} may"
    r"|(?:if|when|unless|until|once|in) (?:it|they|this|that|these|those|so|such|not)"
    r"|os (?:felly|na)|(?:mae|bydd|dylai) (?:hyn|hynny))\b",
    re.IGNORECASE,
)
"""How a sentence begins that says nothing without the one before it: *They should*, *The same applies*."""
_SENT = r"(?:these|those|such) (?:communications?|messages?|contacts?|conversations?|requests?)"
_MEANS_BEFORE = lazy_pattern(rf"^(?:any |all )?{_SENT}\b|\bfor {_SENT}\W*$", re.IGNORECASE)
"""How a sentence speaks of what only the one before it names."""
_MARKS = "•▪●◦‣–—·*-§➢✓✔■□○\uf0a7\uf0b7\uf0d8\uf0fc\t "
_WELSH_WORDS = """
yn y yr mae ac ei eu gan wedi bod hyn sydd dylai rhaid ni neu gyda ar na nad nid fydd bydd ysgol disgyblion
rhieni cyfryngau cymdeithasol polisi fod cael gael unrhyw pob heb fel wrth eich ein hwn
o i'r a'r o'r os pan caiff gellir fewn yw sy dim
"""
_WELSH = frozenset(_WELSH_WORDS.split())
_ENGLISH_WORDS = """
the of to and is are must for in be by with on or that should will not any this their from have has
as it you we school pupils parents social media policy may our
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
    something itself has them as `lead`. `page`: 0 where the file doesn't tell; `number`: of its clause, which
    an item has from the words that lead to its list, and one of a section without numbered clauses from its
    heading (`from_above`)."""

    text: str
    section: str
    place: str
    page: int = 0
    welsh: bool = False
    number: str = ""
    lead: str = ""
    from_above: bool = False


class _Leads:
    """The words that lead to the list that is read, with the number of their clause, and to a list inside one
    of its items: that ends where an item has the mark of the one that led to it or, with one mark for both,
    begins unlike its first, with a capital or without."""

    def __init__(self) -> None:
        self._outer, self._inner = "", ""
        self._led = self._mark = ""
        self.number = ""
        self._capital: bool | None = None

    def begin(self, words: str, item: str) -> None:
        """Take the words that lead to a list; `item`: the mark of the item that they are."""
        if item:
            self._inner, self._led, self._capital = words, item, None
        else:
            self._outer, self._inner = words, ""

    def over(self, item: str, text: str) -> str:
        """Return what leads to this item."""
        capital = text[:1].isupper()
        if self._inner and self._capital is None:
            self._mark, self._capital = item, capital
        elif self._inner and (capital != self._capital if self._mark == self._led else item == self._led):
            self._inner = ""
        return self._inner or self._outer


def sentences(pieces: Iterable[Piece]) -> Iterator[Sentence]:
    """Return the sentences in the order of the document."""
    there = list(pieces)
    section, leads, of_section = FIRST_SECTION, _Leads(), ""
    leading: Sentence | None = None
    for piece, behind in zip(there, [*there[1:], None], strict=True):
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
            its_own = _OF_A_SECTION.match(printed)
            of_section = its_own[1] if its_own else "" if _OF_ITS_OWN.match(printed) else of_section
            continue
        of_section = "" if number else of_section
        if not piece.item:
            leads = _Leads()
        lead = leads.over(piece.item, text) if piece.item else ""
        opens = behind is not None and bool(behind.item) and _opens_a_list(text, piece)
        parts = split(text if lead else _with_subject(section, text))
        parts = _duties(parts) if number else _with_what_they_mean(parts)
        for position, one in enumerate(parts):
            whole = _with_lead(lead, one) if lead and not position else one
            if leading is not None:
                breaks_off = _UNFINISHED.search(leading.text.rstrip(_ENDS_A_LEAD))
                if whole == one and len(leading.text.split()) > 3 and not breaks_off:
                    yield leading  # it asks for something itself, beside its list
                leading = None
            above = lead if whole == one else ""
            found = Sentence(
                whole, section, piece.place, piece.page, is_welsh(whole),
                number or (leads.number if lead else of_section), above, not number,
            )  # fmt: skip
            if (_leads(one) and not piece.item) or (opens and position == len(parts) - 1):
                leads.begin(whole.rstrip(_ENDS_A_LEAD), piece.item)
                leads.number = found.number
                leading = found
                break
            yield found
    if leading is not None:
        yield leading


def _with_what_they_mean(parts: list[str]) -> list[str]:
    """Return the sentences of a paragraph, each that speaks of something by *these ...* alone with the one
    before it."""
    found: list[str] = []
    for one in parts:
        fits = found and len(found[-1]) + len(one) < LONGEST and not _leads(one) and not _leads(found[-1])
        if fits and _MEANS_BEFORE.search(one):
            found[-1] += f" {one}"
        else:
            found.append(one)
    return found


def _duties(parts: list[str]) -> list[str]:
    """Return the duties of a numbered paragraph, each with the sentences beside it that ask for nothing or
    lean on it."""
    groups: list[list[str]] = []
    for one in parts:
        leans = groups and (_LEANS.match(one) or (condition_of(groups[-1][-1]) and one.startswith("The ")))
        if leans and not (_leads(one) or _leads(groups[-1][-1])):
            groups[-1].append(one)
        else:
            groups.append([one])
    found: list[str] = []
    asks = False
    for group in groups:
        text = " ".join(group)
        does = any(read(one).why_not in ("", STATED) for one in group)
        alone = not found or (asks and does) or _leads(found[-1]) or _leads(text)
        if alone or len(found[-1]) + len(text) >= LONGEST:
            found.append(text)
            asks = does
        else:
            found[-1] += f" {text}"
            asks = asks or does
    return found


def _opens_a_list(text: str, piece: Piece) -> bool:
    """Whether words that a list follows belong to each of its items: *Staff must:*, *We will not –*, *You
    should*. What forbids and doesn't end is never left without its list: that would turn the list's sense."""
    if piece.text.rstrip().endswith(_OPENS) or _UNFINISHED.search(text) is not None:
        return True
    return not piece.item and not text.endswith((".", "!", "?")) and _forbids(text)


def _forbids(text: str) -> bool:
    last = split(text)[-1:]
    return any(cue.lastgroup in _FORBIDDING for says in last for cue in CUES.finditer(says))


def _with_subject(section: str, text: str) -> str:
    """Return words that go on from their heading (*Staff*, then *are responsible for*) with it before "
    "them."""
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
    welsh, english = _small_words(text)
    return welsh > english and (welsh >= 2 or len(text.split()) > 3)


def is_english(text: str) -> bool:
    """Whether more of its small words are English than Welsh."""
    welsh, english = _small_words(text)
    return english > welsh


def _small_words(text: str) -> tuple[int, int]:
    words = re.findall(r"[\w']+", text.lower().replace("’", "'"))
    return sum(word in _WELSH for word in words), sum(word in _ENGLISH for word in words)
