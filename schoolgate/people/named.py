"""Which people here a text names: in full, by a part of their name, or by the word for what they do; and
whether something that others wrote would be taken for a colleague's, or for the school's own: by the
name it's written under, or because its writer says so.

Of two who could be meant both are. In a concern a name or a title by itself is enough; where it's also a
pupil's or an ordinary word, and in what is written in the open, only beside a sign that an adult did
something. An answer to the question who it is means everyone who could be meant.

Our own replies aren't asked whose they pass for. Who has the same name as a colleague isn't forbidden to
write: what is plainly kind or asks something is only asked about before it's shown.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache, lru_cache
from itertools import islice

from schoolgate.core.models import Safeguarder, SafeguardingPlace, School
from schoolgate.core.reading_once import A_DAY, A_TEXT, Written, read_once
from schoolgate.patterns import lazy_pattern
from schoolgate.people import staff_words
from schoolgate.people.called import (
    NO_NAMES,
    NO_ONE,
    TITLES,
    Parts,
    also_called,
    speaks_of_an_act,
    squeezed,
)
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments_at, here_on
from schoolgate.people.safeguarding import safeguarding_roles
from schoolgate.people.said_of import Said, said_of, words_but_names
from schoolgate.people.seats import Seats, calls_the_lead, in_seat, seats_in, speaks_of_keepers
from schoolgate.people.staff_words import leaves_open, may_mean_one_of_us, speaks_of_staff
from schoolgate.people.turning_to import asks_to_keep_from_reader, only_turns_to
from schoolgate.rulebook import Book
from schoolgate.screening import Listed, NameIndex
from schoolgate.screening.folding import fold, words_of
from schoolgate.screening.hits import LOOSE
from schoolgate.screening.text_words import readings_of
from schoolgate.screening.typing_errors import is_one_apart
from schoolgate.triage import Lane, names_in

READING, DIGITS = 13, 16
"""Which way of reading this is: raised with each change to what is found, so that all is read again."""
MOST_MEANT = 3
"""Holders of a role that is only mentioned by its title: of more it names them beside a sign alone."""
_MANYS = LOOSE | {"initial_last"}
"""How many people may be called (*Tom E*): no one takes it for a colleague's name."""
_DOTTED = re.compile(r"\b(mr|mrs|ms|dr|prof|rev|parch|cllr)\.", re.IGNORECASE)
_SAYS_WHO = re.compile(
    r"\b(?:called|named|name is|name[’']s|it[’']?s|it is|it was|o[’']?r enw|enw|pwy)\b", re.IGNORECASE
)
Rows = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Heard:
    """What a text says about people here, and their ids; none where it's kind, or names no one.
    `only_beside`: nothing in its words is done by them; it stands beside a sign of danger."""

    said: Said
    people: frozenset[int] = frozenset()
    only_beside: bool = False

    @property
    def kept_from(self) -> frozenset[int]:
        """Return the ids of those who don't read it."""
        return frozenset() if self.said == Said.KIND else self.people


_pupils: list[Callable[[date], frozenset[str]]] = []


def pupils_are_called(names: Callable[[date], frozenset[str]]) -> None:
    """Register what returns the parts of the pupils' names on a day, folded. Called once, at start-up."""
    _pupils.append(names)


class Names:
    """The names and seats of the people here on a day: asked once, however many texts are read."""

    def __init__(self, book: Book, *, on: date) -> None:
        self._book, self._on = book, on
        self._rows = _rows(on)
        self._index, self._parts = _index(self._rows), _parts(self._rows)
        self._holders: dict[str, list[int]] = {}
        self._known: frozenset[str] | None = None
        self._entered: list[tuple[int, str]] | None = None

    def digest(self) -> str:
        """Return a digest of everything that decides who a text names: the way of reading, the people here
        and what they do. What was read under another one is read again (`inbox.telling.read_names_again`,
        `incidents.keeping_out`), whichever way a person, a name or a role came."""
        held = assignments_at(Where(anywhere=True), on=self._on).order_by("person_id", "role_key")
        lead = Safeguarder.objects.filter(ended_at=None).order_by("pk")
        said = [
            READING, self._rows, sorted(set(held.values_list("person_id", "role_key"))),
            list(lead.values_list("person_id", "place")),
        ]  # fmt: skip
        return hashlib.sha256(repr(said).encode()).hexdigest()[:DIGITS]

    def found_in(self, *texts: str) -> frozenset[int]:
        """Return the ids of the people named in what was written in the open."""
        return self._read("\n".join(texts), complains=False)

    def said_of(self, text: str, *, lanes: Collection[Lane] = (), by: Collection[str] = ()) -> Heard:
        """Return what a comment says, and of which people: those it names as in a concern, since what isn't
        kind may be one; who looks after the account is known by its team. `by`: the names of who wrote it,
        which may be someone's here or say something."""
        whole = "\n".join(one for each in (text, *by) for one in readings_of(each))
        found = self._read(whole, complains=True, keepers=False)
        if not found:
            return Heard(Said.KIND)
        said = said_of(
            text, by=by, lanes=lanes, is_name=self._parts.is_part,
            names_one=lambda sentence: bool(self._read(sentence, complains=True, keepers=False)),
        )  # fmt: skip
        sure = said == Said.DONE or bool(self.found_in(whole))
        return Heard(said if sure else min(said, Said.UNSURE), found)

    def told_of(self, text: str, *, lanes: Collection[Lane] = (), by: Collection[str] = ()) -> Heard:
        """Return what a stranger tells or asks of people here: as `said_of`, and of those who look after
        accounts wherever they're described, because it stands below no account whose team is known."""
        heard = self.said_of(text, lanes=lanes, by=by)
        keepers = self._of(seats_in(text, self._book, asked=False).keepers)
        if not keepers:
            return heard
        said = said_of(text, by=by, lanes=lanes, is_name=self._parts.is_part, names_one=speaks_of_keepers)
        return Heard(max(said, heard.said), heard.people | keepers)

    def is_part(self, word: str) -> bool:
        """Return whether a word is part of the name of someone here."""
        return self._parts.is_part(word)

    def bear(self, name: str) -> frozenset[int]:
        """Return the ids of those under whose own name something is written: their whole name, an initial or
        a title with the surname, a handle made of it, or one of these with a letter wrong."""
        text = _DOTTED.sub(r"\1", name)
        own, ways = _untitled(self._rows), {text, text.title()}
        whole = {pk for one in ways for of in names_in(one, own, but=_MANYS) for pk in of}
        parts = (self._parts.in_words(one, pupils=self._pupils, complains=False) for one in ways)
        return frozenset(whole.union(*parts))

    def may_be_called(self, name: str) -> bool:
        """Return whether someone here may be called so, as many others may: *Tom E*."""
        own = _untitled(self._rows)
        return any(any(names_in(one, own, but=LOOSE)) for one in (name, name.title()))

    def is_a_seats(self, name: str) -> bool:
        """Return whether a name is what a head, a safeguarding lead or another role here is called."""
        said, safe = (seats_in(name, self._book, asked=asked) for asked in (False, True))
        return bool(said.heads or said.sure or safe.leads)

    def schools(self) -> tuple[str, ...]:
        """Return the names of the schools here and of their federation."""
        rows = read_once(("people.school_names",), lambda: _schools().values({}))
        return tuple(dict.fromkeys(name for row in rows for name in row))

    def complained_of(self, *texts: str) -> frozenset[int]:
        """Return the ids of the people named in a concern, and of the leads where it asks that who reads it
        may not."""
        text = "\n".join(texts)
        found = self._read(text, complains=True)
        seated = bool(seats_in(text, self._book, asked=False).heads)
        asks = asks_to_keep_from_reader(text, seated=seated)
        return found | self._leads(deputies=True) if asks else found

    def answered(self, who: str) -> frozenset[int]:
        """Return the ids of everyone who could be meant by an answer to the question who it is about."""
        text = _DOTTED.sub(r"\1", who)
        found = self._whole(f"{text}\nMr {text}") | self._parts.answered(text)
        seats = seats_in(text, self._book, asked=True)
        return frozenset(found | set(self._seated(seats)) | self._of(seats.sure | seats.keepers))

    def roles_of_concern(self, text: str, who: str) -> frozenset[str]:
        """Return the keys of the roles that a concern, or the answer to who it is about, names by a title."""
        said, asked = seats_in(text, self._book, asked=False), seats_in(who, self._book, asked=True)
        heads = (in_seat(seat, self._book) for seat in said.heads | asked.heads)
        keys = {key for called, may_be in heads for key in (called or may_be)}
        titled = self._titled(said, text, keepers=True)
        titled -= set(safeguarding_roles(self._book)) if self._only_turns_to_a_lead(text) else set()
        return frozenset(keys | titled | asked.sure | asked.keepers)

    def held_only_by(self, roles: frozenset[str], people: frozenset[int]) -> frozenset[str]:
        """Return those of these roles that some of these people hold, and no one else."""
        held = {key: set(self._held(key)) for key in roles} if people else {}
        return frozenset(key for key, holders in held.items() if holders and holders <= people)

    def leave_open(self, *texts: str, but: str = "") -> bool:
        """Return whether a concern speaks of someone who works here without saying who: no one is found in
        the sentence that does, or the seat that it names is empty. `but`: the words for someone who did
        nothing, such as "the caretaker": these leave nothing open."""
        text = _DOTTED.sub(r"\1", "\n".join(texts))
        if leaves_open(text, lambda said: bool(self.complained_of(said)), but=but):
            return not (_SAYS_WHO.search(text) and self.complained_of(text))
        seats, spared = (seats_in(one, self._book, asked=bool(one == but)) for one in (text, but))
        if "deputy" in seats.heads - spared.heads and self._is_no_role("deputy") and speaks_of_an_act(text):
            return speaks_of_staff(text)
        of_lead = seats.leads and not spared.leads and not self._only_turns_to_a_lead(text)
        open_ones = (seats.heads - spared.heads) or of_lead
        return bool(open_ones and speaks_of_an_act(text) and not set(self._seated(seats)))

    def may_mean_another(self, *texts: str) -> bool:
        """Return whether a concern in which no one is found may still be about someone here: told by a job or
        by looks, or only *he*."""
        text = _DOTTED.sub(r"\1", "\n".join(texts))
        turns_to = calls_the_lead(text) or bool(self._all_named(text, complains=True))
        if "deputy" in seats_in(text, self._book, asked=False).heads and self._is_no_role("deputy"):
            return speaks_of_staff(text)
        return not self.complained_of(text) and may_mean_one_of_us(text, turns_to=turns_to)

    def _is_no_role(self, seat: str) -> bool:
        """Return whether the policy has no role of that name, so that who is in the seat isn't known here."""
        return not in_seat(seat, self._book)[0]

    def _read(self, text: str, *, complains: bool, keepers: bool = True) -> frozenset[int]:
        """Return who a text means: but no lead that a child only asks for, told or was sent by."""
        text = _DOTTED.sub(r"\1", text)
        found = self._all_named(text, complains=complains, keepers=keepers)
        leads = found & self._leads(deputies=True) if complains else NO_ONE
        return found - {pk for pk in leads if self._only_turns_to(text, frozenset({pk}))}

    def _only_turns_to(self, text: str, leads: frozenset[int]) -> bool:
        def meant(part: str) -> frozenset[int]:
            return self._all_named(part, complains=True)

        return only_turns_to(
            text, lead=lambda part: meant(part) & leads, another=lambda part: meant(part) - leads
        )

    def _only_turns_to_a_lead(self, text: str) -> bool:
        leads = frozenset(self._leads(deputies=True))
        return only_turns_to(
            text,
            lead=lambda part: calls_the_lead(part) or self._all_named(part, complains=True) & leads,
            another=lambda part: self._all_named(part, complains=True) - leads,
        )

    def _all_named(self, text: str, *, complains: bool, keepers: bool = True) -> frozenset[int]:
        alone = complains and keepers
        found = self._whole(text) | self._parts.in_words(
            text, pupils=self._pupils, complains=complains, in_concern=alone
        )
        seats = seats_in(text, self._book, asked=False)
        titled = self._titled(seats, text, keepers=alone)
        return frozenset(found | set(self._seated(seats)) | self._of(titled))

    def _titled(self, seats: Seats, text: str, *, keepers: bool) -> set[str]:
        """Return the keys of the roles that a text names by title: of one that many have only beside a
        sign. Who looks after an account is known by its team where a comment stands below one."""
        few = {key for key in seats.sure if len(self._held(key)) <= MOST_MEANT}
        others = (seats.sure | seats.perhaps | (seats.keepers if keepers else frozenset())) - few
        return few | others if others and speaks_of_an_act(text) else few

    def _whole(self, text: str) -> set[int]:
        return {pk for meant in names_in(text, self._index) for pk in meant}

    def _pupils(self) -> frozenset[str]:
        if self._known is None:
            self._known = frozenset().union(*(names(self._on) for names in _pupils)) if _pupils else NO_NAMES
        return self._known

    def _seated(self, seats: Seats) -> Iterator[int]:
        """Yield all who may have a seat such as the head's: the holders of the policy's roles that are called
        that; where there are none, of those through which such a person is here at all."""
        for seat in sorted(seats.heads):
            among = (self._of(frozenset(keys)) for keys in in_seat(seat, self._book))
            yield from next((found for found in among if found), set())
            if seat == "deputy":  # who is deputy head is often a deputy lead, and it isn't known here
                yield from self._leads(deputies=True) - self._leads(deputies=False)
        if seats.leads:
            yield from self._leads(deputies=seats.deputies)

    def _of(self, keys: frozenset[str] | set[str]) -> set[int]:
        return {pk for key in keys for pk in self._held(key)}

    def _held(self, role: str) -> list[int]:
        if role not in self._holders:
            given: dict[object, object] = {A_DAY: self._on, A_TEXT: role}
            held = read_once(("people.holding", role, self._on), lambda: _holding().values(given))
            self._holders[role] = [pk for (pk,) in held]
        return self._holders[role]

    def _leads(self, *, deputies: bool) -> set[int]:
        if self._entered is None:
            self._entered = read_once(("people.entered_leads",), lambda: _leads_entered().values({}))
        entered = {pk for pk, place in self._entered if deputies or place == SafeguardingPlace.LEAD}
        return entered | self._of(set(safeguarding_roles(self._book)))


@cache
def _leads_entered() -> Written:
    return Written(Safeguarder.objects.filter(ended_at=None).values_list("person_id", "place"))


def named_in(*texts: str, book: Book, on: date) -> frozenset[int]:
    """Return the ids of the people here named in what was written in the open."""
    return Names(book, on=on).found_in(*texts)


def staff_names(*, on: date) -> NameIndex:
    """Return the names of the people here as others write them: in full, or a title and the surname. In
    memory only."""
    return _index(_rows(on))


def _rows(on: date) -> Rows:
    found = read_once(("people.named", on), lambda: _here().values({A_DAY: on}))
    return tuple((pk, name) for pk, name in found)


@cache
def _here() -> Written:
    return Written(Person.objects.filter(here_on(A_DAY)).order_by("pk").values_list("pk", "name"))


@cache
def _schools() -> Written:
    return Written(School.objects.order_by("pk").values_list("name", "federation__name"))


@cache
def _holding() -> Written:
    held = assignments_at(Where(anywhere=True), on=A_DAY)
    return Written(held.filter(role_key=A_TEXT).values_list("person_id"))


@lru_cache(maxsize=8)
def _parts(named: Rows) -> Parts:
    return Parts(named)


@lru_cache(maxsize=8)
def _index(named: Rows) -> NameIndex:
    return NameIndex(
        Listed(pk, each, last) for pk, first, last in _all_apart(named) for each in (first, *TITLES)
    )


@lru_cache(maxsize=8)
def _untitled(named: Rows) -> NameIndex:
    """Return whole names without titles, also with a short form of the first name, or a doubled letter as
    one."""
    return NameIndex(
        Listed(pk, *each)
        for pk, first, last in _all_apart(named)
        for each in {
            (first, last),
            (squeezed(first), squeezed(last)),
            *((other, last) for other in also_called(first.casefold())),
        }
    )


def _all_apart(named: Rows) -> list[tuple[int, str, str]]:
    return sorted({(pk, *parts) for pk, name in named for parts in _apart(name)})


def _apart(name: str) -> Iterator[tuple[str, str]]:
    """Yield a name's first names and surname: the last word, or all after the first."""
    if " " in name:
        first, _space, last = name.rpartition(" ")
        yield first, last
        first, _space, rest = name.partition(" ")
        yield first, rest


_TITLED = frozenset(each.casefold() for each in TITLES)
_AT_SCHOOL = frozenset([
    "school", "schools", "office", "admin", "safeguarding", "reception", "staff",
    "ysgol", "swyddfa", "diogelu", "derbynfa",
])  # fmt: skip
_BESIDE = _AT_SCHOOL | {
    "the", "our", "your", "official", "federation", "team", "page", "account", "of", "at", "from", "here",
    "ffederasiwn",
    "y", "yr", "r", "ein", "swyddogol", "tim", "tudalen", "cyfrif", "o", "yma",
}  # fmt: skip
"""What goes with a school's name and makes no other of it."""
_KINDS = frozenset([
    "high", "primary", "secondary", "upper", "middle", "lower", "junior", "juniors", "infant", "infants",
    "nursery", "grammar", "academy", "college",
    "uwchradd", "cynradd", "gynradd", "iau", "babanod", "meithrin", "feithrin", "academi", "coleg",
])  # fmt: skip
"""What kind of school one is, which has another word in the other language."""
LONG_NAME = 6
"""Letters of a school's name from which on one of them may be wrong."""
_OF_OTHERS = lazy_pattern(
    r"\b(?:pt[fs]?a|psa|friends|parents?|mums?|dads?|cyfeillion|cylch|rhieni|rhiant|ffrindiau)\b",
    re.IGNORECASE,
)
"""The school's friends, who go by its name."""
_WHO = r"(?P<who>[^\W\d_][^.!?;:\n]{1,60})"
_SAYS = (
    lazy_pattern(rf"\b(?:i am|i'm|im|my name is|my name's)\s+{_WHO}", re.IGNORECASE),
    lazy_pattern(
        r"\b(?:fi (?:ydi|ydy|yw)|fy enw (?:i )?(?:ydi|ydy|yw)|dw i|rydw i|rwy)(?:'n|'r| yn| yr?)?"
        rf"\s+{_WHO}",
        re.IGNORECASE,
    ),
    lazy_pattern(
        r"\b(?:this is|it's|it is)\s+(?P<who>[^\W\d_][^.!?;:\n]{1,40}?)"
        r" (?:here|speaking|writing|from (?:the |your )?(?:school|office))\b",
        re.IGNORECASE,
    ),
    lazy_pattern(
        r"(?:^|[.!?\n]\s{0,3})(?P<who>[^\W\d_][^.!?;:\n]{1,40}?)"
        r" (?:ydw i|yw i|sy(?:dd)? yma|yma o'?r ysgol)\b",
        re.IGNORECASE,
    ),
)
"""How someone says who they are."""
_SIGNS = (
    lazy_pattern(r"(?:\n|\s[-–—]{1,2}\s)\s{0,3}(?P<who>[^\W\d_][^.!?;:\n]{1,60})\W{0,5}$"),
    lazy_pattern(r"^\W{0,3}(?P<who>[^\W\d_][^.!?;:\n]{1,60}):"),
)
"""How someone signs, or puts a name before what they say."""
_PIECE = lazy_pattern(r"[,(|/]| - ")
MOST_WORDS, MOST_TIMES = 5, 20
"""Words in which someone says who they are, from the first; and how often that is looked up in a text."""
_HOST = lazy_pattern(r"(?<=\w)[.@].*$")
"""Where a handle says its network's place: *northschool.bsky.social*."""
_WHOSE = lazy_pattern(r"'s\b|s' ", re.IGNORECASE)
"""*Mr Ellery's mum* is someone else."""
_IN_A_SEAT = lazy_pattern(
    r"(?:the|your|our|a|an|new|acting|designated|deputy|assistant|executive|safeguarding|safe|dsl|dsp|head"
    r"|headteacher|principal|chair|child|y|yr|arweinydd|swyddog|person|pennaeth|bennaeth|prif|brif\w*"
    r"|dirprwy)\b",
    re.IGNORECASE,
)
"""How words for a seat begin: not *so grateful to the head*."""
_DRAWS = lazy_pattern(
    r"\b(?:(?:private|direct|personal) (?:message|msg|chat)|(?:private|secret)ly|in (?:private|secret)"
    r"|pm|dms?|inbox|whats ?app|snap(?:chat)?|insta(?:gram)?|telegram|discord|tik ?tok|passwords?|log ?in"
    r"|sign in|e-?mail address|phone numbers?|ddyddiad geni"
    r"|(?:your|their|his|her|child'?s) (?:\w{1,12} )?(?:address|numbers?|names?|details|date of birth|photos?"
    r"|pictures?)"
    r"|what happened|who (?:was|were|did|else|saw|has|had)\b|whoever"
    r"|which (?:child|children|boys?|girls?|pupils?)"
    r"|meet me|add me|come (?:alone|to (?:me|my))"
    r"|(?:text|message|msg|ring|call|phone|contact|tell|show|e-?mail|inbox|follow|snap|find|trust)"
    r" (?:me|us|my|our)\b"
    r"|(?:send|give|post|write|talk|speak|chat|reply|report|bring) (?:\w{1,12} ){0,6}?(?:to )?"
    r"(?:me|us|below)\b"
    r"|fill in|click|tap (?:here|on|the)|this link|follow (?:\w{1,10} ){0,2}account"
    r"|neges (?:[bf]rei?fat|uniongyrchol|bersonol)|yn (?:breifat|gyfrinachol|ddistaw)|negesa|negeswch"
    r"|[cg]yfrinair|mewngofnod\w*"
    r"|(?:eich|dy|ei|eu) (?:\w{1,12} )?(?:[cg]h?yfeiriad|rhif|enw|manylion|dyddiad geni|lluniau)"
    r"|beth ddigwyddodd|pwy (?:oedd|wnaeth|welodd|sydd)|(?:ch?|g|ngh)wrdd"
    r"|(?:ch?|g|ngh)yfarfod (?:a|efo|gyda) "
    r"|(?:cysyllt\w*|siarad\w*|sgwrsi\w*) (?:a|efo|gyda) (?:fi|mi|ni)"
    r"|ata ?i|ataf|aton ni|wrtha ?i|wrthyf|wrthon ni|(?:ffoni|tecsti|dilyn|ychwaneg)\w* (?:fi|ni|ein|fy)"
    r"|tecstia|dolen|llenw\w{1,4}|isod)\b"
    r"|https?://|\bwww\.|(?<!\w)@\w|\b0\d{3}",
    re.IGNORECASE,
)
"""Someone is to get in touch, to come, to follow, or to say what happened, who was there or something of
themselves."""
_SENTENCE = lazy_pattern(r"[^.!?;\n]+\??")
_ANNOUNCES = lazy_pattern(
    r"\b(?:tonight|tomorrow|cancel\w*|closed|closes|moved|instead|meet\w*|bring|come (?:to|and|at|early|in)"
    r"|at \d|heno|[yf]ory|(?:c|g|ngh|ch)anslo|ar gau|dewch|am \d)\b",
    re.IGNORECASE,
)
"""What praise doesn't take along: where children are to be, and when."""


class Poses(IntEnum):
    """What is done with something written under our name. `NO`: it isn't. `ASKED`: plainly kind, or a
    question: someone says who wrote it before it's shown. `READ`: a safeguarding lead reads it first. `NOW`:
    it wants to be contacted or told, or speaks for the school: leads and the person on duty are told."""

    NO = 0
    ASKED = 1
    READ = 2
    NOW = 3


def poses(text: str, by: Collection[str], names: Names) -> Poses:
    """Return what is done with a text that others wrote. `by`: the names of its writer."""
    called = [one for one in by if is_our_name(one, names)]
    says = next(says_it_is_us(text, names), None)
    if not called and says is None:
        return Poses.NO
    if _DRAWS.search(fold(text).text):
        return Poses.NOW
    if _is_harmless(text, names):
        return Poses.ASKED
    return Poses.NOW if any(_speaks_for_us(one, names) for one in called) else Poses.READ


def is_our_name(name: str, names: Names) -> bool:
    """Return whether a name would be taken for that of someone here, of their seat or of the school."""
    return bool(name.strip()) and (_speaks_for_us(name, names) or bool(names.bear(name)))


def says_it_is_us(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """Yield where a text says that its writer is someone here, or signs with their name."""
    folded = fold(text)
    said = (found for shape in _SAYS for found in shape.finditer(folded.text))
    may_be_us = (found for found in said if _may_begin_with_us(found["who"], names))
    for found in islice(may_be_us, MOST_TIMES):
        first = _first_words(found["who"])
        if names.bear(first) or (_IN_A_SEAT.match(first) and names.is_a_seats(first)):
            yield folded.span(*found.span())
    for shape in _SIGNS:
        if (signed := shape.search(folded.text)) and _is_only_us(signed["who"], names):
            yield folded.span(*signed.span())


def _speaks_for_us(name: str, names: Names) -> bool:
    if _OF_OTHERS.search(name) or _WHOSE.search(name):
        return False
    return names.is_a_seats(name) or any(_is_schools(name, one) for one in names.schools())


def _is_schools(name: str, school: str) -> bool:
    """Return whether a name or a handle is a school's, or says only *School office*."""
    called = name if " " in name.strip() else _HOST.sub("", name)
    own, theirs = words_of(fold(called).text).plain, words_of(fold(school).text).plain
    kept, of_school = ("".join(word for word in words if not _is_beside(word)) for words in (own, theirs))
    if not kept:
        return not _AT_SCHOOL.isdisjoint(own)
    if "".join(own) == "".join(theirs):
        return True
    if _is_alike(of_school, kept):
        return len(own) > 1 or len(kept) >= LONG_NAME
    if _AT_SCHOOL.union(_KINDS).isdisjoint(own):
        return False
    place, of_place = (
        "".join(word for word in words if word not in _KINDS and not _is_beside(word))
        for words in (own, theirs)
    )
    return place != "" and _is_alike(of_place, place)


def _is_alike(name: str, written: str) -> bool:
    return written == name or (len(name) >= LONG_NAME and is_one_apart(name, written))


def _is_beside(word: str) -> bool:
    """Return whether a word makes no other name of a school's, also with a letter wrong."""
    return word in _BESIDE or any(len(one) >= LONG_NAME and is_one_apart(one, word) for one in _AT_SCHOOL)


def _first_words(who: str) -> str:
    return " ".join(_PIECE.split(who)[0].split()[:MOST_WORDS])


def _may_begin_with_us(who: str, names: Names) -> bool:
    """Return whether words for who someone is may begin with a name or a seat here: quick."""
    said = _first_words(who)
    words = words_of(said).plain
    if not words or _WHOSE.search(said):
        return False
    return words[0] in _TITLED or names.is_part(words[0]) or bool(_IN_A_SEAT.match(said))


def _is_only_us(who: str, names: Names) -> bool:
    """Return whether words are a name or a seat here and nothing else."""
    said = _PIECE.split(who)[0]
    words = words_of(said).plain
    if 0 < len(words) <= MOST_WORDS and all(
        word in _TITLED or len(word) == 1 or names.is_part(word) for word in words
    ):
        return bool(names.bear(said))
    return len(words) < MOST_WORDS and bool(_IN_A_SEAT.match(said)) and names.is_a_seats(said)


def _is_harmless(text: str, names: Names) -> bool:
    """Return whether each sentence is plainly kind or asks something, but for a name under it."""
    sentences = (found.strip() for found in _SENTENCE.findall(fold(text).text))
    return all(
        not words_but_names(each, names.is_part)
        or (
            not staff_words.turns(each)
            and (staff_words.asks(each) or (staff_words.is_kind(each) and not _ANNOUNCES.search(each)))
        )
        for each in sentences
    )
