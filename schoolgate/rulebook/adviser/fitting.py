"""The clauses of a policy that fit the words in which a person asks: the one search, over its clauses.

A clause fits by what is meant. Words that every question of a school has, such as *write* or *pupil*, count
little; words that few clauses have count much; words of the same matter count in part. A clause counts less
that speaks to others than those asked about.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.adviser.search import (
    DIRECTIONS,
    LONGEST,
    Shelf,
    Slips,
    documents,
    fold,
    questions_found,
    stems,
    without_turns,
)
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.findings import Decision
from schoolgate.rulebook.kinds import Kind, Modality, Outcome
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.yaml_text import plain

MOST = 3
"""So many clauses at most are read first."""
LEAST, COVERED, ALONE = 0.15, 0.34, 0.6
"""What the words that a clause shares with the question must come to, and their part of all its words: more
where they are one word that no list here has, such as a name, or say only where it's done, or where it has
none of them but words of the same matter."""
SHARE = 0.7
"""The part of what the best clause comes to, from which another fits as well."""
NEAR, HEADING = 0.4, 0.3
"""What a word counts that is only of the same matter, or that stands only in the heading."""
UNSEEN, STRANGE = 0.5, 0.8
"""What a word counts that no clause has: more where it's in no list, since it may be what is meant. All of
them together count no more than one: what else is told is no part of what is asked."""
ACT = 0.7
"""The part of a word that counts where it says what is done rather than what it's about."""
KNOWN, LED_TO, TOUCH = 0.5, 2, 0.08
"""A policy is only called silent where half of the question is known here, where it has no rule for the
questions that the words lead to first, and where no clause has a word that counts so much."""
LEADING, TOGETHER, BESIDES = 3, 0.33, 0.2
"""So many questions to which words lead count, how near two texts lead to the same ones, and what the words
that they share must come to besides: a text without one of them is about something else."""
SHARED, AS_TOLD = 2, 0.7
"""How many telling words a clause shares at least with a question of the catalogue that it touches, and what
it counts where these are only in how schools tell it."""
MOST_TOLD = 2
"""Where a child may be in danger, so many clauses of who must be told come before all others."""
LITTLE = 0.05
"""What a word counts that says nothing of what a question is about."""
OTHERS = 0.4
"""What is left of a clause that speaks to others than those who are asked about."""
IN_A_CASE = 0.8
"""What is left of a clause that speaks of a case alone (*If consent was refused, ...*) which isn't the one
asked about."""
STRENGTH = (
    Modality.MUST_NOT, Modality.MUST, Modality.SHOULD_NOT, Modality.SHOULD, Modality.ADVISED_NOT,
    Modality.ADVISED, Modality.MAY, Modality.STATES,
)  # fmt: skip
"""The order in which clauses that fit as well are read."""
WIDER = "+"
"""Stands behind the id of a clause that has more of the question than its rules where it's asked."""
PUPILS, PARENTS, STAFF = "pupil", "parent", "colleague"
_NOT_WORDS = frozenset({*DIRECTIONS, "must", "no", "but"})
_MODAL = lazy_pattern(
    r"\b(must|may|can|could|should|shall|will|would|need|needs|are|is|have|has|do|does)\b"
    r"( (?:not |never |only |always )?be\b)?"
)
_IS_DONE = lazy_pattern(
    r"(?:are|is)(?: not| never| only| always| usually)* (?!allowed|permitted|asked|expected|required"
    r"|encouraged|advised|reminded|forbidden|invited|entitled|obliged|prohibited|trained|supposed|banned|prevented)"
    r"(?:\w{2,20}(?:ed|en|wn)|made|sent|kept|put|told|held|taught|shut)\b"
)
"""How something is done to those who are named last before it: they don't act."""
_SOCIAL = lazy_pattern(
    r"\b(?:social (media|networks?|networking)( sites?)?|(?:digital|online) media)\b", re.IGNORECASE
)
_AT_WORK = lazy_pattern(
    r"\b(works? (here|at|for)|where (i|we|they) work|(i|they|who) teach(es)? (here|at))\b", re.IGNORECASE
)
_WHILE_AT_WORK = lazy_pattern(r"\bat work\b", re.IGNORECASE)
_PARTY = lazy_pattern(
    r"\b(?:support(?:s|ing)?|oppos(?:e|es|ing)|back(?:s|ing)?|vot(?:e|es|ing) for|campaign(?:s|ing)? for)"
    r" (?:an?|the|any|my|one) (?:\w+ )?part(?:y|ies)\b",
    re.IGNORECASE,
)
_OCCASION = lazy_pattern(
    r"\b((?:post|posts|tweet|tweets|advert|adverts|advertisement|story)(?: on \w+)?)"
    r" (?:about|for|of) (?:our|the|an?|my) (?:\w+ ){0,2}?(?:open (?:evening|day|morning)|(?:\w+ )?fairs?|fete"
    r"|bazaar|disco|sports day|parents[’']? evening|concert|play|assembly)\b",
    re.IGNORECASE,
)
"""What a post is for, which says nothing of what may be posted."""
_THE_PRESS = lazy_pattern(
    r"\bmedia(?= (?:enquir\w+|attention|interest|requests?|coverage|interviews?)\b)"
    r"|\bthe media\b",
    re.IGNORECASE,
)
_APP = lazy_pattern(r"\bclass (?:dojo|charts)\b", re.IGNORECASE)
_WHERE_THEY_WORK = lazy_pattern(
    r"\bidentify(?:ing)? (?:themselves|yourself) as (?:being )?(?:an? |the )?"
    r"(?:associated|employees?|employed|members?|working|staff|teachers?)\b"
    r"|\bassociat(?:ed?|ing) (?:themselves )?with the (?:school|trust|academy|college|federation)\b",
    re.IGNORECASE,
)
"""How a clause puts it that someone says where they work."""
_PRIVATELY = lazy_pattern(
    r"\bprivate(?= (?:messag(?:e|es|ing)|discussions?|conversations?|chats?|exchanges?)\b)", re.IGNORECASE
)
"""What two people alone read, which isn't about their own accounts."""
_SETTING = lazy_pattern(
    r"\b(accounts?|pages?|profiles?|channels?|it) "
    r"(?:(?:have|has|had|must|should|need|needs|are|is|set|kept|be|to) )"
    r"{0,3}private\b",
    re.IGNORECASE,
)
_UNUSED = lazy_pattern(
    r"\b(?:nobody|no one|nothing|none of us) (?:has|have|had|is|was|appears?) ?(?:been )?"
    r"(?:posted|posting|put|written|published|appeared|added|happened|used?)?\b"
    r"|\b(?:has|have|had) ?n[o’']t (?:been )?(?:used|posted|updated)\b"
    r"|\b(?:not|never) (?:been )?(?:used|updated)\b"
    r"|\bno (?:new )?posts\b|\bwithout (?:a|any) (?:new )?posts?\b",
    re.IGNORECASE,
)
"""How it is said that an account is not used."""
_AGE = lazy_pattern(r"\b(?:\w+[ -]years?[ -]old|how old|(?:is|aged|turned|turns) \d{1,2})\b", re.IGNORECASE)
_OF_AGE = lazy_pattern(r"\b(?:(?:under|over) 1\d|1\d (?:or|and) over)\b", re.IGNORECASE)
_CREATES = lazy_pattern(
    r"\bset(?:s|ting)?[ -]up\b|\b(?:is|are|be|been) opened\b"
    r"|\bopen(?:s|ing)?(?= (?:an?|our|another|new|my|the|up)\b)",
    re.IGNORECASE,
)
"""How an account is made: *open* and *settings* mean something else alone."""
_STAYING = lazy_pattern(
    r"\b(?:are|is|were|was|be|been|[a-z]+[’']s|[a-z]+[’']re) staying\b"
    r"(?! (?:open|closed|shut|late|on|at home|safe|calm|in touch|connected|positive|up)\b)"
    r"|\byn aros\b(?! (?:am|i|ar agor|ar gau|gartref|yn ddiogel)\b)",
    re.IGNORECASE,
)
_CALLED = lazy_pattern(
    r"\b(?:call|calling|called) (?:the|our|an?|my|this|it) (?:\w+ ){0,2}?"
    r"(accounts?|pages?|channels?|groups?)\b",
    re.IGNORECASE,
)
"""How someone asks about an account's name."""
_TRAINEE = lazy_pattern(r"\b(?:student|pupil|trainee) teachers?\b", re.IGNORECASE)
_BREACH = lazy_pattern(
    r"\b(?:break|breaks|breaking|broke|broken)\b(?= (?:(?:the|our|any|this|these|a|an|school|its) ){0,2}"
    r"(?:terms|rules?|laws?|polic(?:y|ies)|code|conditions|guidelines|confiden\w{1,8}|agreement))",
    re.IGNORECASE,
)
"""What is broken that is no time off."""
_REFERENCE = lazy_pattern(
    r"\b(?:professional|personal|character|job|employment|work) references?\b"
    r"|\b(?:writ(?:e|es|ing)|giv(?:e|es|ing)|provid(?:e|es|ing)|asked (?:\w+ )?for)"
    r" (?:(?:an?|her|him|them|someone) ){0,2}references?\b(?! to\b)"
    r"|\brecommend(?:s|ing)?"
    r" (?:her|him|them|someone|an? (?:\w+ )?(?:colleague|friend|person|pupil|student))\b",
    re.IGNORECASE,
)
"""How one person speaks for another."""
_ADVISED = lazy_pattern(
    r"\b(?:is|are) (?:strongly )?recommended\b|\brecommended (?:that|to)\b"
    r"|\b(?:we|governors) (?:strongly )?recommend\b|\brecommendations? (?:for|on|to) (?:change|improve)\w*",
    re.IGNORECASE,
)
"""How a policy advises, which recommends no one."""
_FULL_NAME = lazy_pattern(r"\bfull names?\b|\bnames? in full\b", re.IGNORECASE)
_BUSINESS = lazy_pattern(r"\bbusiness(?= (?:capacity|use|purposes?|reasons?|hours))", re.IGNORECASE)
_NETWORK = lazy_pattern(
    r"\bwi-?fi\b|\b(?:school|school[’']s|our|ict|it|computer) networks?\b(?! sites?)|\bcomputers, networks\b",
    re.IGNORECASE,
)
_DETAILS = lazy_pattern(
    r"\bpersonal(?:ly)?(?: identif\w{3,6})? (?:information|data|details)\b|\bcontact details\b", re.IGNORECASE
)
"""What says who and where someone is: nothing of their own accounts."""
_IN_TOUCH = lazy_pattern(
    r"\b(?:keep|keeps|kept|keeping|stay|stays|get|gets|be|is|are|got) in touch\b", re.IGNORECASE
)
"""Who is in touch touches no one."""
_NAME = re.compile(r"(?<=[\w,’']) ([A-Z][^\W\d_]{1,30})")
"""A word with a capital inside a sentence."""
_DUTY = lazy_pattern(r"\bwhat (must|should|do|shall|now)\b|\bbeth\b")
_PLACES = r"(accounts?|pages?|profiles?|channels?|facebook|twitter|instagram|social media|x|tiktok|snapchat)"
_OWN = lazy_pattern(
    rf"\b(my|own|personal|private|their|his|her)( \w+){{0,2}} {_PLACES}\b|\bfy (nghyfrif|nhudalen)\b"
)
_SCHOOLS = lazy_pattern(
    rf"\b(schools?|our|official)( \w+){{0,2}} ({_PLACES}|posts?|tweets?)\b|\bein (cyfrif|tudalen)\b"
)
_ASIDE = frozenset(
    ["where", "when", "that", "which", "whose", "whom", "if", "while", "whilst", "until", "lle", "pan"]
)
"""Words behind which people stand who aren't those that a clause speaks to."""
_CASE = lazy_pattern(r"(?:if|where|when|os|pan|lle) ([^,.;]{5,90}),", re.IGNORECASE)
"""How a clause begins that speaks of a case alone."""
_DENIES = lazy_pattern(r"\b(?:not|never|no|none|only|cannot|nor|ni|na|nid|byth|peidio|dim)\b")
_ASKS_FIRST = lazy_pattern(
    r"\bonly (?:\w+ ){0,3}(?:with|after|once|when|if|where)\b|\bnot (?:\w+ ){1,8}without\b"
    r"|\bwithout (?:the )?(?:\w+ ){0,2}(?:approval|consent|permission|agreement)\b"
)
"""How a ban asks for something first: where it's there, nothing is forbidden."""
_ASKING = lazy_pattern(r"\b(?:may|can|could|should|must|do|does|gaiff|oes rhaid i)\s+(\w+)(?: (\w+))?")


def clauses_fitting(book: Book, typed: str, asker: str = STAFF) -> tuple[str, ...]:
    """Return the ids of the clauses to read that fit the typed words well, the strongest first; empty where
    none does. Which of them the rules of a situation say already, `Book.first_to_read` knows. `asker`: who
    says *I* in them."""
    fitting = _fitting_by_words(book, typed, asker)
    if len(fitting) < MOST and not says_nothing(book, typed):
        fitting += tuple(one for one in _of_the_same_questions(book, typed) if one not in fitting)
    return _of_so_many(book, fitting)


def nearest(
    book: Book, typed: str, among: Callable[[Clause], bool], asker: str = STAFF
) -> tuple[str, Near] | None:
    """Return the clause that fits the typed words best of those `among` which it's looked for, and how near
    it is; None where none of them fits."""
    search = _read_in(book, all_of_them=False)
    fitting = search.fitting(typed, asker)
    of_them = (key for key in fitting if among(book.clauses[key]))
    best = max(of_them, key=lambda key: fitting[key], default=None)
    return None if best is None else (best, search.near_to(typed, best, _asked_about(typed, asker)))


def _of_the_same_questions(book: Book, typed: str) -> list[str]:
    """Return the clauses whose words lead to the questions of the catalogue to which the typed words lead:
    what is meant is said there in many ways. Best first."""
    asked, found = questions_found(typed)[:LEADING], {}
    shared = _read_in(book, all_of_them=False).shared(typed) if asked else {}
    for one in book.readable if asked else ():
        led = _led_to(one.wording or one.says)
        near = sum(1 / (1 + at) / (1 + led.index(key)) for at, key in enumerate(asked) if key in led)
        if near >= TOGETHER and shared[one.id] >= BESIDES:
            found[one.id] = near
    return sorted(found, key=lambda key: -found[key])[:LED_TO]


@lru_cache(maxsize=4000)
def _led_to(words: str) -> tuple[str, ...]:
    return tuple(questions_found(without_turns(words))[:LEADING])


def _fitting_by_words(book: Book, typed: str, asker: str) -> tuple[str, ...]:
    found = _read_in(book, all_of_them=False).fitting(typed, asker)
    if not found:
        return ()
    best = max(found.values())
    well = [key for key, worth in found.items() if worth >= SHARE * best]
    bans = (Modality.MUST_NOT, Modality.SHOULD_NOT) if _DUTY.search(fold(typed)) else ()
    strongest = sorted(by_strength(book, well), key=lambda key: book.clauses[key].modality in bans)
    place = {key: at for at, key in enumerate(strongest)}
    well.sort(key=lambda key: (-round(10 * found[key] / best), place[key]))
    return _of_so_many(book, well)


def _of_so_many(book: Book, clauses: Iterable[str]) -> tuple[str, ...]:
    """Return the first of these clauses, as many as there is room for: those of one paragraph take one
    place."""
    found: dict[str, tuple[str, ...]] = {}
    for one in clauses:
        whole = _of_one(book, one)
        if whole in found.values() or len({*found.values()}) < MOST:
            found[one] = whole
    return tuple(found)


def fitting_at(book: Book, typed: str, situation: str, asker: str = STAFF) -> tuple[str, ...]:
    """Return the same for a situation in which it's asked, as `with_wider` has it."""
    return with_wider(book, typed, clauses_fitting(book, typed, asker), situation)


def with_wider(book: Book, typed: str, clauses: Iterable[str], situation: str) -> tuple[str, ...]:
    """Return the clauses that fit, each with `WIDER` behind it that has a word of the question which its
    rules in this situation don't have: a rule says no more than its own words."""
    search, found = _read_in(book, all_of_them=False), []
    for key in clauses:
        rules = [one for one in book.bound(situation) if key in one.clauses]
        said = frozenset(_words(" ".join(says_at(situation, one.point) for one in rules)))
        found.append(key + WIDER if said and search.has_more(typed, key, said) else key)
    return tuple(found)


@cache
def says_at(situation: str, point: str) -> str:
    """Return what the ready rules say that speak at a point of a situation; empty where none does."""
    return " ".join(one.says for one in ready_rules().values() if one.speaks_at(situation, point))


def says_nothing(book: Book, typed: str) -> bool:
    """Return whether it can be told that the policy says nothing about what is asked: the words are known,
    no clause touches them, least of all of pupils, pictures, data or safety, and it has no rule for the
    questions that they lead to."""
    if not book.clauses:
        return False
    asked = [ENTRIES[one].situation for one in questions_found(typed)[:LED_TO]]
    ruled = any(key in book.clauses for one in asked for rule in book.bound(one) for key in rule.clauses)
    return bool(asked) and not ruled and _read_in(book, all_of_them=True).is_silent(typed)


def asked_in_words(
    book: Book, decision: Decision, fitting: Sequence[str], aside: Collection[str] = (), entry: str = ""
) -> Decision:
    """Return the answer with the clauses first that fit what was asked, unless rules that spoke say them;
    those that say less (`WIDER`) only where they stop it or demand something. `aside`: those that the
    policy's owner said aren't about the question; none that has a rule here. `entry`:
    which question of *May I ...?* it is: its own words tell which clauses are near."""
    spoke = {*decision.clauses, *decision.excluded_by}
    wider = {one.removesuffix(WIDER) for one in fitting if one.endswith(WIDER)}
    fits = tuple(dict.fromkeys(one.removesuffix(WIDER) for one in fitting))
    wider -= {clause for one in decision.findings if one.kind is not Kind.MET for clause in one.clauses}
    leading = book.first_to_read(decision.situation, fits, (spoke - wider) | book.asides)
    if readable := book.first_to_read(decision.situation, fits, ()):
        decision = replace(decision, fits=readable)
    if entry in ENTRIES and ENTRIES[entry].urgent and not book.was_read:
        told = _who_is_told(book, decision)
        leading = tuple(dict.fromkeys((*told, *leading)))
        fits = tuple(dict.fromkeys((*told, *fits)))
    if leading:
        unread = tuple(dict.fromkeys((*leading, *decision.unread)))
        first = _waits_for(decision, [fits[0]]) and fits[0] not in leading
        if first or _wait_alone(book, decision, leading):
            leading = ()
        decision = replace(decision, first=leading, unread=unread)
    if entry in ENTRIES and not book.was_read:
        decision = _with_the_near(book, decision, entry, spoke)
    gone = may_be_elsewhere(book, decision.situation).intersection(aside) if aside else frozenset()
    if gone.isdisjoint((*decision.unread, *decision.beside)):
        return decision

    def left(clauses: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in clauses if one not in gone)

    return replace(
        decision,
        first=left(decision.first),
        fits=left(decision.fits),
        unread=left(decision.unread),
        beside=left(decision.beside),
        near=None if decision.near is None else left(decision.near),
        aside=tuple(one for one in (*decision.unread, *decision.beside) if one in gone),
    )


def _who_is_told(book: Book, decision: Decision) -> tuple[str, ...]:
    """Return the clauses to read that say who must be told where someone may be in danger."""
    from schoolgate.rulebook.unread import says_who_is_told_of_danger  # it asks the adviser

    return tuple(one for one in decision.unread if says_who_is_told_of_danger(book.clauses[one]))[:MOST_TOLD]


def _wait_alone(book: Book, decision: Decision, clauses: Sequence[str]) -> bool:
    """Whether the answer waits for what the policy itself needs first, and these clauses, which ask for other
    things, can't forbid what is asked."""
    waits = _waits_for(decision, book.clauses) and not _waits_for(decision, clauses)
    return waits and not any(_may_forbid(book, one) for one in clauses)


def _may_forbid(book: Book, clause: str) -> bool:
    """Whether a clause may forbid what is asked, rather than ask for something first or state something."""
    for one in (book.clauses[key] for key in _of_one(book, clause)):
        said = fold(one.says)
        bans = one.modality in (Modality.MUST_NOT, Modality.SHOULD_NOT) or _DENIES.search(said)
        if bans and not _ASKS_FIRST.search(said):
            return True
    return False


def _waits_for(decision: Decision, clauses: Collection[str]) -> bool:
    """Whether the answer waits for what one of these clauses needs first."""
    needed = (one.clauses for one in decision.findings if one.stands and one.kind is Kind.REQUIRES)
    return decision.outcome is Outcome.HOLD and any(not {*those}.isdisjoint(clauses) for those in needed)


def touching(book: Book, entry: str) -> Mapping[str, float]:
    """Return what each clause comes to that fits the words of a question of the catalogue."""
    return _touching(_texts(book.clauses.values()), entry)


def _with_the_near(book: Book, decision: Decision, entry: str, spoke: Collection[str]) -> Decision:
    """Return the answer with the clauses to read in the order of how near they are to the question. One that
    fits its words counts as read only where a rule of it spoke: a rule for another case, or for other people,
    has said nothing about this one."""
    touched = touching(book, entry)
    best = SHARE * max(touched.values(), default=0.0)
    nearest = sorted((key for key, worth in touched.items() if worth >= best), key=lambda key: -touched[key])
    quiet = (one for one in nearest[:MOST] if one not in spoke and book.is_ruled(one))
    told = [
        one.id for one in book.clauses.values()
        if ENTRIES[entry].subject in one.read_at and one.id not in spoke
    ]  # fmt: skip
    unread = tuple(dict.fromkeys((*decision.unread, *quiet, *told)))
    beside = tuple(one for one in decision.beside if one not in unread)
    near_by = {*touched, *book.led_to(decision.situation), *decision.first, *spoke, *told}
    near = [
        one for one in (*unread, *beside)
        if one in touched or one in decision.first or not near_by.isdisjoint(_of_one(book, one))
    ]  # fmt: skip

    alarming = _who_is_told(book, decision) if ENTRIES[entry].urgent else ()

    def rank(key: str) -> tuple[bool, bool, float]:
        worth = max(touched.get(one, 0.0) for one in _of_one(book, key))
        return key not in alarming, key not in near, -round(10 * worth)

    unread = tuple(sorted(unread, key=rank))
    near.sort(key=rank)
    return replace(decision, unread=unread, beside=beside, near=tuple(near))


def _of_one(book: Book, clause: str) -> tuple[str, ...]:
    """Return the clauses of one paragraph: where one of them is read, all are."""
    return book.paragraphs.get(clause, (clause,))


def with_the_near_to(book: Book, decision: Decision, text: str) -> Decision:
    """Return the answer about a text that is to go out, the clauses to read first that have words of it: a
    person who approves it reads those, however many there are besides."""
    if book.was_read or not decision.unread:
        return decision
    from schoolgate.rulebook.unread import subjects_of  # it asks the adviser

    named = _read_in(book, all_of_them=True).named_in(text)
    touched = {each: worth for one, worth in named.items() for each in _of_one(book, one)}
    touched |= named
    near = [one for one in (*decision.unread, *decision.beside) if one in touched]
    if not near:
        return decision
    subject = decision.situation.partition(".")[0]
    ours = {one for one in near if subject in subjects_of(book.clauses[one])}
    near.sort(key=lambda one: -touched[one] * (1 if one in ours else OTHERS))
    unread = tuple(one for one in near if one in decision.unread)
    unread += tuple(one for one in decision.unread if one not in unread)
    return replace(decision, unread=unread, near=tuple(near))


def may_be_elsewhere(book: Book, situation: str) -> frozenset[str]:
    """Return the clauses that a policy's owner may say aren't about a question: no rule of theirs is asked
    there."""
    return frozenset(book.clauses).difference(*(rule.clauses for rule in book.bound(situation)))


def by_strength(book: Book, clauses: Iterable[str]) -> list[str]:
    """Return the clauses with bans and duties before advice, and advice before statements."""
    return sorted(clauses, key=lambda key: STRENGTH.index(book.clauses[key].modality))


@dataclass(frozen=True)
class Near:
    """How near a clause is to a question. `held`: the part of what is asked about that the clause has;
    `meant`: the part of what the clause is about that the question has; `to_others`: it speaks to others than
    those that the question is about."""

    held: float
    meant: float
    to_others: bool


@dataclass(frozen=True)
class _Clauses:
    """The clauses of a policy, ready to be searched: id, text and heading of each."""

    texts: tuple[tuple[str, str, str], ...]

    @cached_property
    def _said(self) -> Mapping[str, frozenset[str]]:
        return {key: _words(text) for key, text, _heading in self.texts}

    @cached_property
    def _headings(self) -> Mapping[str, frozenset[str]]:
        return {key: _words(heading) for key, _text, heading in self.texts}

    @cached_property
    def _speaks_to(self) -> Mapping[str, str]:
        return {key: _subject_of(text) for key, text, _heading in self.texts}

    @cached_property
    def _cases(self) -> Mapping[str, frozenset[str]]:
        """The words of the case alone that a clause speaks of; none where it speaks of all."""
        begins = {key: _CASE.match(text) for key, text, _heading in self.texts}
        return {
            key: _words(found[1]) - _list("plain") if found else frozenset() for key, found in begins.items()
        }

    @cached_property
    def _of_own_accounts(self) -> Mapping[str, bool | None]:
        return {key: _is_own(text) for key, text, _heading in self.texts}

    @cached_property
    def _seen(self) -> Counter[str]:
        return Counter(stem for said in self._said.values() for stem in said)

    @cached_property
    def _slips(self) -> Slips:
        return Slips(text for _key, text, _heading in self.texts)

    def fitting(self, typed: str, asker: str = STAFF) -> Mapping[str, float]:
        """Return what each clause comes to that fits the words. `asker`: who says *I*."""
        names = self._names(typed)
        weights = {stem: one for stem, one in self._weighed(typed).items() if stem not in names}
        whole = self._to_come_to(weights)
        about, own = _asked_about(typed, asker), _is_own(typed)
        found = {}
        for key, said in self._said.items():
            other = about and self._speaks_to[key] and self._speaks_to[key] != about
            elsewhere = {own, self._of_own_accounts[key]} == {True, False}
            each = self._held(weights, said, self._headings[key])
            loose = _is_strange(each) or said.isdisjoint(each.keys() - _list("plain"))
            held = sum(each.values()) * (OTHERS if other or elsewhere else 1.0)
            held *= 1.0 if self._cases[key] <= weights.keys() else IN_A_CASE
            if held >= max(LEAST, (ALONE if loose else COVERED) * whole):
                found[key] = held / (1 + 0.01 * len(said))
        return found

    def near_to(self, typed: str, key: str, asks_of: str) -> Near:
        """Return how near a clause is. `asks_of`: who is to do what is asked about."""
        aside, said = _list("plain") | self._names(typed), self._said[key] - _list("plain")
        asked = {stem: one for stem, one in self._weighed(typed).items() if stem not in aside}
        about = {stem: self._weight(stem) for stem in said}
        held = sum(self._held(asked, said, frozenset()).values())
        near = _near()
        meant = sum(
            one
            for stem, one in about.items()
            if stem in asked or not asked.keys().isdisjoint(near.get(stem, ()))
        )
        held, meant = held / max(sum(asked.values()), LEAST), meant / max(sum(about.values()), LEAST)
        to_others = bool(asks_of and self._speaks_to[key] and self._speaks_to[key] != asks_of)
        return Near(held, meant, to_others)

    def _to_come_to(self, weights: Mapping[str, float]) -> float:
        """Return what a clause with all of these words would come to, as far as any has them."""
        has, near, missing = 0.0, 0.0, 0.0
        for stem, weight in weights.items():
            if stem in _list("plain") or self._seen[stem]:
                has += weight
            elif self._seen_near(stem):
                near += weight
            else:
                missing += weight
        return has + NEAR * near + min(missing, STRANGE)

    def shared(self, typed: str) -> Mapping[str, float]:
        """Return what the words come to that each clause has of those that say what it's about."""
        aside = _list("plain") | _list("where")
        telling = {stem: one for stem, one in self._weighed(typed).items() if stem not in aside}
        return {key: sum(self._held(telling, said, frozenset()).values()) for key, said in self._said.items()}

    def _names(self, typed: str) -> frozenset[str]:
        """Return the words that only name a person or a place: no clause and no list has them."""
        named = stems(" ".join(_NAME.findall(typed[:LONGEST])))
        return frozenset(stem for stem in named if not self._seen[stem] and not _is_known(stem))

    def has_more(self, typed: str, key: str, said: frozenset[str]) -> bool:
        """Return whether a clause has a word of the question that says what it's about, and these don't; or
        whether these name other people than the question, and the clause doesn't."""
        every, asked = self._weighed(typed), {PUPILS, PARENTS}
        if asked.intersection(every) - said and asked & said - self._said[key]:
            return True
        weights = {
            stem: weight
            for stem, weight in every.items()
            if weight >= TOUCH and stem not in _list("plain") | _list("acts") | _list("where")
        }
        held = self._held(weights, self._said[key], frozenset())
        return not held.keys() <= self._held(weights, said, frozenset()).keys()

    def touched(self, words: str) -> Mapping[str, float]:
        """Return those of the clauses that fit which share more with these words than one that says what it
        is about."""
        weights = self._weighed(words)
        aside = _list("plain") | _list("where")
        telling = {stem: weight for stem, weight in weights.items() if stem not in aside}
        wanted = min(SHARED, len(telling))
        return {
            key: worth
            for key, worth in self.fitting(words).items()
            if len(self._held(telling, self._said[key], self._headings[key])) >= wanted
        }

    def named_in(self, text: str) -> Mapping[str, float]:
        """Return what each clause comes to that has a word of a text which says what it's about, or one of
        the same matter."""
        found: dict[str, float] = {}
        besides = _list("plain") | _list("acts") | _list("where") | {PUPILS, PARENTS, STAFF}
        weights: dict[str, float] = {}
        for start in range(0, len(text), LONGEST):
            weights |= self._weighed(text[start : start + LONGEST])
        telling = {
            stem: weight
            for stem, weight in weights.items()
            if weight >= TOUCH and stem not in besides and (_is_known(stem) or self._seen[stem])
        }
        for key, said in self._said.items():
            found[key] = sum(telling[stem] for stem in self._held(telling, said, frozenset()))
        return {key: worth for key, worth in found.items() if worth}

    def is_silent(self, typed: str) -> bool:
        """Return whether enough of the words are known, and no clause has one of those that say what it's
        about, nor a word of the same matter."""
        weights = self._weighed(typed)
        telling = {stem: weight for stem, weight in weights.items() if stem not in _list("plain")}
        known = sum(weight for stem, weight in telling.items() if _is_known(stem))
        about = {
            stem: weight
            for stem, weight in telling.items()
            if stem in _list("grave") or (weight >= TOUCH and stem not in _list("acts") | _list("where"))
        }
        if not about or known < KNOWN * sum(telling.values()) or self.fitting(typed):
            return False
        return not any(self._held(about, said, frozenset()) for said in self._said.values())

    def _held(
        self, weights: Mapping[str, float], said: frozenset[str], heading: frozenset[str]
    ) -> Mapping[str, float]:
        """Return what each word of a question comes to that a clause has."""
        held: dict[str, float] = {}
        besides = said.difference(weights)
        for stem, weight in weights.items():
            if stem in said:
                held[stem] = weight
            elif not besides.isdisjoint(_near().get(stem, ())):
                held[stem] = NEAR * weight
            elif stem in heading:
                held[stem] = HEADING * weight
        return held

    def _weighed(self, typed: str) -> Mapping[str, float]:
        asked = stems(_plainer(typed[:LONGEST]), mended=self._slips)
        return {stem: self._weight(stem) for stem in asked if stem not in _NOT_WORDS}

    def _weight(self, stem: str) -> float:
        """What a word of a question counts: little where each question or each clause has it."""
        if stem in _list("plain"):
            return LITTLE
        seen, many = self._seen[stem] or self._seen_near(stem), len(self.texts)
        missing = UNSEEN if _is_known(stem) else STRANGE
        here = math.log(1 + many / seen) / math.log(1 + many) if seen else missing
        act = ACT if stem in _list("acts") else 1.0
        return here * act * _rarity().get(stem, 1.0)

    def _seen_near(self, stem: str) -> int:
        """How many clauses have the rarest word of the same matter that any has; 0 where none does."""
        return min((seen for one in _near().get(stem, ()) if (seen := self._seen[one])), default=0)


def _is_strange(held: Mapping[str, float]) -> bool:
    """Return whether only a single word is shared that says something, and no list here knows it, as a name;
    or only where it's done."""
    telling = [stem for stem in held if stem not in _list("plain")]
    return _list("medium").issuperset(telling) or (len(telling) < 2 and not any(map(_is_known, telling)))


def _words(text: str) -> frozenset[str]:
    return frozenset(stems(_plainer(text))).difference(_NOT_WORDS)


@lru_cache(maxsize=4000)
def _plainer(text: str) -> str:
    """Return a text with words for the network and the workplace that the search for questions leaves out,
    with *private* as a setting told apart from people's own; how old someone is, where people spend the
    night, that no one uses an account, and how one is called, are one word each. Who is rung up and what
    comes first are neither phones nor first names."""
    text = without_turns(text)
    text = _AT_WORK.sub(" job ", _WHERE_THEY_WORK.sub(" job ", _SOCIAL.sub(" facebook ", text)))
    text = _SETTING.sub(r"\1 visible", text)
    text = _CREATES.sub(" create ", _CALLED.sub(r" name of \1 ", _STAYING.sub(" accommodation ", text)))
    text = _IN_TOUCH.sub(" contact ", _BUSINESS.sub(" ", _BREACH.sub("breach", text)))
    text = _OCCASION.sub(r"\1", _THE_PRESS.sub("journalist", _APP.sub(" ", text)))
    text = _PARTY.sub(" political ", _PRIVATELY.sub("direct message", text))
    text = _WHILE_AT_WORK.sub(" working hours ", text)
    text = _DETAILS.sub(" particulars ", _NETWORK.sub(" equipment ", text))
    text = _REFERENCE.sub(" recommend ", _FULL_NAME.sub(" surname ", _ADVISED.sub(" ", text)))
    text = _TRAINEE.sub(" staff ", _OF_AGE.sub(r"\g<0> age ", _AGE.sub(" age ", text)))
    return _UNUSED.sub(" unused ", text)


def _is_known(stem: str) -> bool:
    return stem in _rarity() or stem in _near()


@cache
def _rarity() -> Mapping[str, float]:
    """Return how rare a word is in the questions of the catalogue: 1 in one of them, less in more."""
    shelf = Shelf(tuple(documents(str)))
    whole = math.log(1 + len(ENTRIES))
    return {stem: worth / whole for stem, worth in shelf.rarity.items()}


@cache
def _near() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _written()["near"]:
        group = {stem for word in line.split() for stem in stems(word)}
        for stem in group:
            found.setdefault(stem, set()).update(group - {stem})
    return {stem: frozenset(others) for stem, others in found.items()}


@cache
def _written() -> Mapping[str, Any]:
    found: Mapping[str, Any] = plain(Path(__file__).with_name("near.yaml").read_bytes(), "near.yaml")
    return found


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(stems(_written()[name]))


def _subject_of(text: str) -> str:
    """Return who must follow a clause, by the words before its verb; empty where it doesn't say."""
    found = _MODAL.search(fold(text))
    if found is None or found[2] or _IS_DONE.match(fold(text), found.start()):
        return ""
    before = fold(text)[: found.start()].split()
    if _ASIDE.intersection(before[-2:-1]):  # *the place where pupils are staying is never given*
        return ""
    return _who(" ".join(before[-1:]))


def _who(words: str) -> str:
    who = [one for one in stems(words) if one in (PUPILS, PARENTS, STAFF)]
    return who[0] if len(set(who)) == 1 else ""


def _is_own(words: str) -> bool | None:
    """Return whether words are about people's own accounts, or the school's; None where they don't say."""
    folded = fold(words)
    return True if _OWN.search(folded) else False if _SCHOOLS.search(folded) else None


def _asked_about(typed: str, asker: str) -> str:
    """Return who is to do what is asked about: *I* is the one who asks."""
    found = _ASKING.search(fold(typed))
    if not found:
        return ""
    return asker if found[1] in ("i", "we") else _who(f"{found[1]} {found[2] or ''}")


def _read_in(book: Book, *, all_of_them: bool) -> _Clauses:
    some = book.clauses.values() if all_of_them else book.readable
    return _ready(_texts(some))


def _texts(clauses: Iterable[Clause]) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.id, one.wording or one.says, one.section) for one in clauses)


@lru_cache(maxsize=4000)
def _touching(texts: tuple[tuple[str, str, str], ...], entry: str) -> Mapping[str, float]:
    asked, read = ENTRIES[entry], _ready(texts)
    found: dict[str, float] = {}
    for part, words in ((1.0, asked.title), *((AS_TOLD, one) for one in asked.said)):
        for key, worth in read.touched(words).items():
            found[key] = max(part * worth, found.get(key, 0.0))
    return found


@lru_cache(maxsize=32)
def _ready(texts: tuple[tuple[str, str, str], ...]) -> _Clauses:
    return _Clauses(texts)
