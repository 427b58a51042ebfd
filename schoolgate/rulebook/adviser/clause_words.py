"""The words of a question and of a clause as they are compared where the clauses that fit are looked for: who
is spoken of, whose accounts are meant, and what is said in other words than those of the questions."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.adviser.search import DIRECTIONS, Shelf, documents, fold, stems, without_turns
from schoolgate.rulebook.yaml_text import plain

PUPILS, PARENTS, STAFF = "pupil", "parent", "colleague"
NOT_WORDS = frozenset({*DIRECTIONS, "must", "no", "but"})
_MODAL = lazy_pattern(
    r"\b(must|may|can|could|should|shall|will|would|need|needs|are|is|have|has|do|does)\b"
    r"( (?:not |never |only |always |already )?be(?:en)?\b)?"
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
_WITHDRAWS = lazy_pattern(
    r"\bchang(?:e|es|ed|ing) (?:(?:its|his|her|their|my|your|our) )?minds?\b"
    r"|\bno longer (?:wants?|agrees?|happy|consents?)\b",
    re.IGNORECASE,
)
"""How consent is withdrawn: no one minds, which is to look after something."""
_FRIENDS_OF = lazy_pattern(r"\bFriends of (?:the )?[A-Z]\w+|\b[Tt]he Friends[’']")
"""Those who raise money for a school, who are no one's friends there."""
_FOLLOWED = lazy_pattern(
    r"\b(?:follow(?:s|ed|ing)?|keep(?:s|ing)? to|kept to|complian\w+ with|compl(?:y|ies) with)"
    r"(?= (?:this|the|our|these|any|all|school|its) (?:\w+ ){0,2}"
    r"(?:polic(?:y|ies)|rules?|guid\w+|code|procedures?)\b)"
    r"|\b(?:it|this policy) is followed\b",
    re.IGNORECASE,
)
"""How a policy is kept to: that follows no one."""
_IN_TOUCH = lazy_pattern(
    r"\b(?:keep|keeps|kept|keeping|stay|stays|get|gets|be|is|are|got) in touch\b", re.IGNORECASE
)
"""Who is in touch touches no one."""
NAME = re.compile(r"(?<=[\w,’']) ([A-Z][^\W\d_]{1,30})")
"""A word with a capital inside a sentence."""
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
CASE = lazy_pattern(r"(?:if|where|when|os|pan|lle) ([^,.;]{5,90}),", re.IGNORECASE)
"""How a clause begins that speaks of a case alone."""
_ASKING = lazy_pattern(r"\b(?:may|can|could|should|must|do|does|gaiff|oes rhaid i)\s+(\w+)(?: (\w+))?")


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text as they are compared."""
    return frozenset(stems(plainer(text))).difference(NOT_WORDS)


@lru_cache(maxsize=4000)
def plainer(text: str) -> str:
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
    text = _WITHDRAWS.sub(" withdrawn ", text)
    text = _FRIENDS_OF.sub(" association ", _FOLLOWED.sub(" ", text))
    text = _PARTY.sub(" political ", _PRIVATELY.sub("direct message", text))
    text = _WHILE_AT_WORK.sub(" working hours ", text)
    text = _DETAILS.sub(" particulars ", _NETWORK.sub(" equipment ", text))
    text = _REFERENCE.sub(" recommend ", _FULL_NAME.sub(" surname ", _ADVISED.sub(" ", text)))
    text = _TRAINEE.sub(" staff ", _OF_AGE.sub(r"\g<0> age ", _AGE.sub(" age ", text)))
    return _UNUSED.sub(" unused ", text)


def is_known(stem: str) -> bool:
    """Return whether the questions of the catalogue or the lists have a word."""
    return stem in rarity() or stem in near_words()


@cache
def rarity() -> Mapping[str, float]:
    """Return how rare a word is in the questions of the catalogue: 1 in one of them, less in more."""
    shelf = Shelf(tuple(documents(str)))
    whole = math.log(1 + len(ENTRIES))
    return {stem: worth / whole for stem, worth in shelf.rarity.items()}


@cache
def near_words() -> Mapping[str, frozenset[str]]:
    """Return the words of the same matter, by each word."""
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
def word_list(name: str) -> frozenset[str]:
    """Return the words of a list of `near.yaml`."""
    return frozenset(stems(_written()[name]))


def subject_of(text: str) -> str:
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


def is_own(words: str) -> bool | None:
    """Return whether words are about people's own accounts, or the school's; None where they don't say."""
    folded = fold(words)
    return True if _OWN.search(folded) else False if _SCHOOLS.search(folded) else None


def asked_about(typed: str, asker: str) -> str:
    """Return who is to do what is asked about: *I* is the one who asks."""
    found = _ASKING.search(fold(typed))
    if not found:
        return ""
    return asker if found[1] in ("i", "we") else _who(f"{found[1]} {found[2] or ''}")
