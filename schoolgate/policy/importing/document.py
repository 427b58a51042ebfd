"""A policy document as it is read: its file, first page, sections and sentences, and what each says."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Final, Protocol

from django.utils.translation import gettext_lazy as _

from schoolgate.core.days import day_of
from schoolgate.core.outside.documents import (
    LARGEST,
    MOST_LETTERS,
    MOST_PAGES,
    NotRead,
    Pieces,
    read_document,
)
from schoolgate.patterns import lazy_pattern
from schoolgate.policy.importing.roles import (
    NO_TITLES,
    THE_SCHOOL,
    Titles,
    actor_of,
    asked_of,
    duty_in,
    parameters,
)
from schoolgate.policy.importing.wording import (
    CUES,
    IMPERATIVE,
    LONGEST,
    STATED,
    condition_of,
    cue_of,
    is_only,
    main_part,
    modality,
    required_of,
    why_not,
    without_it_is,
)
from schoolgate.rulebook.clauses import plain, split
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.named_times import is_a_time

# Read the dates of adoption and review on a document's first page, for a person to confirm.


FIRST = 15
"""Sentences of a document among which its first page is looked for; labels count wherever they stand."""
_MONTHS = (
    ("january", "ionawr"), ("february", "chwefror"), ("march", "mawrth"), ("april", "ebrill"),
    ("may", "mai"), ("june", "mehefin"), ("july", "gorffennaf"), ("august", "awst"),
    ("september", "medi"), ("october", "hydref"), ("november", "tachwedd"), ("december", "rhagfyr"),
)  # fmt: skip
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_NUMBER_OF |= {names[0][:3]: number for number, names in enumerate(_MONTHS, start=1)}
_ANY_MONTH = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
_DAY = lazy_pattern(
    rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<m>{_ANY_MONTH})"
    r"\.?,? (?P<y>20\d\d)\b|\b(?P<dd>\d{1,2})[/.-](?P<mm>\d{1,2})[/.-](?P<yy>20\d\d|\d\d)\b",
    re.IGNORECASE,
)
_TERM = lazy_pattern(r"\b(?:spring|summer|autumn)(?: term)? 20\d\d\b", re.IGNORECASE)
_ADOPTED = lazy_pattern(
    r"\b(?:adopt|approv|ratif|agreed|mabwysiad|cymeradwy)\w*|^(?:date|dyddiad)\b", re.IGNORECASE
)
_REVIEW = lazy_pattern(r"\b(?:review|revis|adolyg)\w*", re.IGNORECASE)
_BY = lazy_pattern(
    r"\b(?:[Aa]dopted|[Aa]pproved|[Rr]atified|[Aa]greed) by:? (?:the |The )?"
    r"(?P<body>[A-Z][\w’'&-]*(?: (?:of|and|the|[A-Z][\w’'&-]*)){0,6})"
    r"|\b(?:[Mm]abwysiadwyd|[Cc]ymeradwywyd) gan:? (?:y |yr )?"
    r"(?P<corff>[A-Z][\w’'&-]*(?: [A-Z][\w’'&-]*){0,4})"
)
_OF_IT = lazy_pattern(
    r"^\W{0,3}(?:adopted|approved|ratified|agreed|date|mabwysiad|cymeradwy|dyddiad)|\b(?:policy|polisi|document)\b",
    re.IGNORECASE,
)
"""How it is the policy that was adopted, and not who may post that is approved."""
_ADOPTS = lazy_pattern(
    r"\b(?:[Tt]he )?(?P<body>[A-Z][\w’'&-]*(?: (?:of|and|[A-Z][\w’'&-]*)){0,6}) "
    r"(?:(?:will|must|formally) ){0,2}(?:approves?|adopts?|ratif(?:y|ies)) (?:this|the) (?:[\w-]+ ){0,3}"
    r"policy\b(?!['’])"
    r"|\b[Pp]olicy (?:is|was|has been|will be|must be) (?:adopted|approved|ratified) by (?:the )?"
    r"(?P<by>[A-Z][\w’'&-]*(?: (?:of|[A-Z][\w’'&-]*)){0,6})"
)
"""The clause that says who adopts the policy, wherever it stands."""
_EVERY = lazy_pattern(
    r"\b(?:every|each|once every|bob) (?P<n>\d{1,2}|two|three|four|five|dwy|tair|pedair)?[ ]?"
    r"(?P<unit>years?|months?|blwyddyn|flynedd|mlynedd|mis)\b"
    r"|\b(?P<yearly>annual(?:ly)?|yearly|yn flynyddol)\b"
    r"|\b(?P<biennial>biennial(?:ly)?)\b",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "dwy": 2, "tair": 3, "pedair": 4}


@dataclass(frozen=True)
class FrontPage:
    """What the document says; "" or 0 where it doesn't. `adopted` and `review`: as a policy writes them, such
    as `2026-11-12`, `2027-11` or `Autumn 2027`."""

    adopted: str = ""
    by: str = ""
    review: str = ""
    every_months: int = 0


def front_page(sentences: Iterable[tuple[str, bool]]) -> FrontPage:
    """Return what the first sentences, and the labels, of a document say.

    `sentences`: each with whether it is a label.
    """
    adopted = by = adopts = review = ""
    every = 0
    for position, (text, label) in enumerate(sentences):
        said = _ADOPTS.search(text)
        adopts = adopts or (said["body"] or said["by"] if said else "")
        if position >= FIRST and not label:
            if (
                not every
                and re.search(r"\b(?:policy|polisi)\b", text, re.IGNORECASE)
                and _REVIEW.search(text)
            ):
                every = _months(text)
            continue
        reviews = _REVIEW.search(text)
        if reviews:
            review, every = review or _when(text[reviews.start() :]), every or _months(text)
        before = text[: reviews.start()] if reviews else text
        if _ADOPTED.search(before) and (label or _OF_IT.search(before)):
            found = _BY.search(before)
            by = by or (found["body"] or found["corff"] if found else "")
            when = _when(before)
            adopted = adopted or (when if len(when) == len("2026-11-12") and "-" in when else "")
    return FrontPage(adopted, by or adopts, review, every)


def _when(text: str) -> str:
    found = _DAY.search(text)
    if found is None:
        term = _TERM.search(text)
        words = term[0].replace(" term", "").capitalize() if term else ""
        return words if words and is_a_time(words) else ""
    if found["m"]:
        year, month = int(found["y"]), _NUMBER_OF[found["m"].lower()]
        number = int(found["d"] or 0)
    else:
        year, month, number = int(found["yy"]), int(found["mm"]), int(found["dd"])
        year += 2000 if year < 100 else 0
    if not number:
        return f"{year}-{month:02}"
    try:
        return day_of(year, month, number).isoformat()
    except ValueError:
        return ""


def _months(text: str) -> int:
    found = _EVERY.search(text)
    if found is None:
        return 0
    if found["yearly"] or found["biennial"]:
        return 12 if found["yearly"] else 24
    count = _COUNTS.get((found["n"] or "").lower()) or int(found["n"] or 1)
    return count if found["unit"].lower() in ("month", "months", "mis") else 12 * count


# What a sentence says: what it asks for, how strongly, who has to do it, and what it names.


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as it was read. `why_not`: why it is no clause, "" where it is one."""

    why_not: str
    modality: Modality
    actor: str
    parameters: dict[str, Any] = field(hash=False)


def reading_of(text: str, lead: str = "", own: Titles = NO_TITLES) -> Read:
    """Return what the sentence says. `lead`: the words before its list, which may say who has to do it;
    `own`: the document's own titles."""
    required = required_of(text)
    if required is not None:
        who = actor_of(f"{required[0].capitalize()} must", None, "", own) if required[0] else ""
        return Read("", required[1], who, dict(parameters(text, own)))
    cue, main = cue_of(text), main_part(text)
    duty = duty_in(text, own) or asked_of(main, own)
    if duty is not None and duty.modality is not None:
        return Read("", duty.modality, duty.actor, dict(parameters(text, own)))
    who = without_it_is(main)
    until = cue.end() if cue is not None and cue.start() and who == main else None
    nobody = is_only(text) or IMPERATIVE.match(who) is not None
    actor = duty.actor if duty else "" if nobody else actor_of(who, until, condition_of(text), own)
    if lead and not actor and not is_only(text):
        above = reading_of(lead, own=own).actor
        actor = "" if above == THE_SCHOOL else above
    acts = bool(actor)
    return Read(why_not(text, acts=acts), modality(text, acts=acts), actor, dict(parameters(text, own)))


# The pieces of a document as sentences, each with its section, page and place.


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
_LEANS_AT_ITS_END = lazy_pattern(
    r"\b(?:do|does|done|decides?|decide) (?:on |about )?(?:this|that|so)\W*$"
    r"|\bgives? (?:his|her|their) own (?:consent|permission|agreement)\W*$",
    re.IGNORECASE,
)
"""How one ends that does: *Only the Headteacher may do this*, *Those over 16 give their own consent*."""
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
        back = _LEANS.match(one) or _LEANS_AT_ITS_END.search(one)
        leans = groups and (back or (condition_of(groups[-1][-1]) and one.startswith("The ")))
        if leans and not (_leads(one) or _leads(groups[-1][-1])):
            groups[-1].append(one)
        else:
            groups.append([one])
    found: list[str] = []
    asks = False
    for group in groups:
        text = " ".join(group)
        does = any(reading_of(one).why_not in ("", STATED) for one in group)
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


# Leave out of a document what only lists its sections: the lines of its contents, with or without numbers
# of pages, in a table or with dots.


LONGEST_TITLE = 200
LONGEST_LINE = 14
"""Letters of a line that is read, and words of one of the contents."""
ALIKE = 0.75
"""How many of its words a line has in common with a heading below it, of all that either has."""
TOGETHER = 3
"""So many headings in one paragraph are the contents, whose lines were joined."""
_LISTS = lazy_pattern(r"^(?:table of )?contents(?: page)?:?$|^cynnwys:?$", re.IGNORECASE)
_LINE_NUMBER = lazy_pattern(
    r"^(?:(?:section|appendix|adran|atodiad) )?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+", re.IGNORECASE
)
_PAGE = lazy_pattern(r"(?:[\s.·…_|]|page|tudalen){1,100}\d{1,3}$", re.IGNORECASE)
_Words = frozenset[str]


def without_contents(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces without the contents of the document: lines that are, or nearly are, a heading
    further down, and short lines below *Contents*."""
    there = list(pieces)
    titles = [_title(one.text) for one in there]
    last = {title: place for place, title in enumerate(titles) if there[place].heading and title}
    kept: list[Piece] = []
    listing = False
    for place, one in enumerate(there):
        title = titles[place]
        if one.heading:
            listing = bool(_LISTS.match(one.text.strip()))
            if not listing:
                kept.append(one)
            continue
        below = [of for of, at in last.items() if at > place]
        if (listing and _is_short(one.text)) or _is_listed(one.text, title, below):
            continue
        kept.append(one)
    return _without_empty(kept)


def _title(text: str) -> _Words:
    """Return the words of a line, without its number and its page; none of a longer text."""
    if len(text) > LONGEST_TITLE:
        return frozenset()
    return frozenset(plain(_PAGE.sub("", _LINE_NUMBER.sub("", text.strip()))).split())


def _is_short(text: str) -> bool:
    return (
        len(text.split()) <= LONGEST_LINE and not text.rstrip().endswith((".", ";")) and not CUES.search(text)
    )


def _is_listed(text: str, title: _Words, below: Sequence[_Words]) -> bool:
    if _is_short(text):
        return any(len(title & one) >= ALIKE * len(title | one) for one in below)
    words = frozenset(plain(text).split())
    said = {one for one in below if len(one) > 1 and one <= words}
    return not text.rstrip().endswith((".", ":")) and not CUES.search(text) and len(said) >= TOGETHER


def _without_empty(pieces: list[Piece]) -> list[Piece]:
    """Leave out the headings of contents: those with nothing below that come again further down."""
    last = {_title(one.text): place for place, one in enumerate(pieces) if one.heading}
    empty = {
        place
        for place, (one, after) in enumerate(pairwise(pieces))
        if one.heading and after.heading and last[_title(one.text)] > place
    }
    return [one for place, one in enumerate(pieces) if place not in empty]


# A policy document as it was read: its sections with their sentences.


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the sentences below it. `place`: that of the first of them."""

    title: str
    place: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Document:
    """A document. `kind`: "Word", "PDF", "Markdown" or "text". `without_text`: pages that show no text."""

    kind: str
    sections: tuple[Section, ...]
    without_text: tuple[int, ...] = ()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return all sentences in reading order."""
        return tuple(one for section in self.sections for one in section.sentences)

    @property
    def welsh(self) -> Sequence[Sentence]:
        """The sentences in Welsh; in a Welsh document all that aren't English."""
        if self.in_welsh:
            return [one for one in self.sentences if one.welsh or not is_english(one.text)]
        return [one for one in self.sentences if one.welsh]

    @cached_property
    def in_welsh(self) -> bool:
        """Whether the document is in Welsh: most of its sentences are."""
        return sum(one.welsh for one in self.sentences) * 2 > len(self.sentences)


def document_of(pieces: Iterable[Piece], kind: str, without_text: Sequence[int] = ()) -> Document:
    """Return the document that these headings, items and paragraphs make."""
    found = groupby(sentences(without_contents(pieces)), key=lambda one: one.section)
    parts = [(title, tuple(inside)) for title, inside in found]
    return Document(
        kind, tuple(Section(title, inside[0].place, inside) for title, inside in parts), tuple(without_text)
    )


# Policy documents of schools, read for an import.
# Pages, commands and the API read a document with `read` or `read_content`, and get its sections and
# sentences or one clear refusal. Nothing here touches a policy that is in force.


MARKDOWN: Final = (".md", ".markdown", ".mdown")
MOST_SENTENCES: Final = 1_500
REFUSED: Final = {
    "empty": _("it is empty. Choose the file that contains your policy."),
    "file_size": _("it is larger than {megabytes} MB. Remove its pictures."),
    "type": _(
        "it is not a Word, PDF, Markdown or text file. Save it as .docx or PDF, or paste its text into a "
        ".txt file."
    ),
    "old_word": _("it is an old Word document (.doc). Open it in Word and save it as .docx."),
    "encrypted": _("it needs a password. Save a copy without one."),
    "scanned": _(
        "its {number} pages contain no text, so it was probably scanned. Use the Word document, or run OCR."
    ),
    "broken": _("it is damaged. Open it to check, then save it as .docx or PDF again."),
    "unpacks": _("it unpacks to more than the limit. Save it as .docx or PDF without pictures."),
    "pages": _("it has {number} pages, and the limit is {pages}. Save only the pages of this policy."),
    "long": _(
        "from {place} {number} on, it is over the limit of {letters} characters. Save it in two parts."
    ),
    "letters": _("its characters can’t be read. Save it as UTF-8."),
    "sentences": _(
        "from {place} on, it is over the limit of {sentences} sentences. Print only this policy’s "
        "pages to a PDF, or save it in two parts."
    ),
    "no_rule": _("no sentence reads like a rule. Choose the policy itself."),
    "too_much": _("it has too much text for one import. Save it in two parts."),
}
"""The problem with a document and what to do next, by its short code."""
LIMITS: Final = {
    "megabytes": LARGEST >> 20,
    "pages": MOST_PAGES,
    "letters": f"{MOST_LETTERS:,}",
}
_UNITS: Final = {"page": _("page"), "paragraph": _("paragraph"), "line": _("line")}


class DocumentRefused(Exception):
    """The document can't be imported. `why`: a key of REFUSED. The text says what to do next, in the
    language of the page or command."""

    def __init__(
        self, name: str, why: str, *, number: int = 0, place: str = "", most: int = MOST_SENTENCES
    ) -> None:
        told = REFUSED[why].format(
            number=number, place=place_in_words(place), sentences=f"{most:,}", **LIMITS
        )
        super().__init__(f"{name}: {told}")
        self.why = why


def place_in_words(place: str) -> str:
    """Return a place such as "page 3, paragraph 2" in the language of the page or command."""
    return " ".join(str(_UNITS.get(word, word)) for word in place.split())


def read(path: Path) -> Document:
    """Return a document from a file. Raises DocumentRefused; OSError where there is no such file."""
    size = path.stat().st_size
    if size >= LARGEST:
        raise DocumentRefused(path.name, "file_size", number=size >> 20)
    return read_content(path.read_bytes(), path.name)


def read_content(content: bytes, name: str) -> Document:
    """Return a document from its bytes, an upload or pasted text. `name`: what to call it in a refusal; its
    ending tells Markdown from text. Raises DocumentRefused."""
    found = pieces_in(content, name)
    document = document_of(found.pieces, found.kind, found.without_text)
    if len(document.sentences) > MOST_SENTENCES:
        raise DocumentRefused(name, "sentences", place=document.sentences[MOST_SENTENCES].place)
    if not document.sentences:
        raise DocumentRefused(name, "empty")
    return document


def pieces_in(content: bytes, name: str) -> Pieces:
    """Return the headings, paragraphs and items of a document in any language. Raises DocumentRefused."""
    try:
        return read_document(content, markdown=Path(name).suffix.lower() in MARKDOWN)
    except NotRead as refused:
        place = (
            "paragraph" if content.startswith(b"PK") else "page" if content.startswith(b"%PDF") else "line"
        )
        raise DocumentRefused(name, refused.why, number=refused.number, place=place) from None
