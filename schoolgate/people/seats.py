"""What a text calls people by what they do here: a seat that every school has, under whichever of the
policy's roles, or a role by the policy's own title for it or a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from schoolgate.patterns import lazy_pattern
from schoolgate.people.described import ANSWERED, DESCRIBED, turned_to
from schoolgate.people.said_to_reader import accuses_reader, threatens
from schoolgate.people.spelling import as_meant
from schoolgate.rulebook import Book
from schoolgate.rulebook.clauses import Role

_SCHOOL = r"(?:the|this|our|your|my|whole) (?:whole )?s[ck]h?oo?l"
_HEAD = (
    r"\bhe?a?d ?-?t[ea]{1,3}ch[aeo]u?r?\b|\b(?:boss|(?:top|main) teacher)\b|\b(?:lady|man|woman|one"
    r"|person|guy|bloke|boss) at the top"
    rf"|\bwho (?:runs|leads|is in charge of) {_SCHOOL}|\b(?:in charge|head|leader|boss) of {_SCHOOL}"
    r"|\b[bf]os\b|(?:rh?)?edeg y(?:r|n|r ein|ein)? ysgol|ar ben yr ysgol|gyfrifol am yr ysgol|arwain yr ysgol"
    r"|head ?-?teacher|hea?d ?-?m(?:aster|istres)|\b(?:b|m|mh|ph|p)ennaeth|[bpm]h?rif ?athr"
    r"|\b(?:the|our|my) hed(?: ?teacher)?\b|\by prif (?:di|wedi|nath|wnaeth|yn|sy|sydd)\b"
)
_LEAD = (
    r"safe ?-?gu?ar?ding (?:lead|person|officer)|\b(?:DS[LPO]|PDD|CPO)s?\b"
    r"|child(?:ren)?(?:[’']?s)? protection (?:lead(?:er)?|officer|person)"
    r"|\bdesignated (?:safe\w+ )?(?:lead|person|adult|officer|teacher)"
    r"|(?:arweinydd|[pb]erson|mherson|pherson|swyddog) (?:diogelu|dynodedig)"
)
_KEEPS_SAFE = r"safe ?-?gu?ar?ding|child protection|diogelu|amddiffyn plant|keep(?:s|ing)? (?:us|\w+) safe"
_PAGES = (
    r"(?:the |your |our |this |a )?(?:schools? |school[’']s )?(?:facebook|twitter|insta\w*|tik ?tok"
    r"|you ?tube|bluesky"
    r"|social media|socials|pages?\b|accounts?\b|website|web page|messages|comments|dms?\b)"
)
_SAID = {
    "head": lazy_pattern(
        r"\b(?:the|our|my|y|ein|fy|i|o) (?:executive )?head\b(?! (?:of|lice|boy|girl|office|cold|torch))"
        rf"|{_HEAD}"
        r"|\b(?:the|our) principal\b",
        re.IGNORECASE,
    ),
    "deputy": lazy_pattern(
        r"(?:deputy|assistant) (?:head|principal)|(?:dd?|n)irprwy b?h?(?:ennaeth|rifathr)"
        r"|\b(?:the|our|your|y|ein|eich|[a-z]{1,8}[’']r) (?:deputy|ddirprwy|dirprwy)\b"
        r"(?! (?:DS|safeguard|chair|caretaker|dd?iogelu))",
        re.IGNORECASE,
    ),
    "chair": lazy_pattern(
        r"\bchair(?:man|woman|person)\b|chair of (?:the )?(?:govern(?:ors|ing)|trustees|directors)"
        r"|\b(?:c|g|ngh|ch)adeirydd\b",
        re.IGNORECASE,
    ),
    "lead": lazy_pattern(_LEAD, re.IGNORECASE),
}
"""What a text calls a seat wherever it stands."""
_ANSWERED = {
    "head": lazy_pattern(r"\bhead\b(?! (?:of|lice|boy|girl))|\bprincipal\b", re.IGNORECASE),
    "deputy": lazy_pattern(r"\bdeput(?:y|ies)\b|\b(?:dd?|n)irprwy\b|assistant head", re.IGNORECASE),
    "chair": lazy_pattern(r"\bchair|\b(?:c|g|ngh|ch)adeirydd", re.IGNORECASE),
    "any lead": lazy_pattern(rf"{_KEEPS_SAFE}|deputy (?:DS|safeguarding)", re.IGNORECASE),
}
"""The same, where it was asked who it is."""
_WITH_A_SIGN = {
    "senior": lazy_pattern(
        r"\b(?:S[LM]T|UDA)\b|senior (?:lead|manag|staff|teach)|leadership|\bt[iî]m (?:arwain|rheoli)"
        r"|uwch (?:d[iî]m|arwein|reol)|\bthe management\b",
        re.IGNORECASE,
    ),
    "governor": lazy_pattern(r"\b(?:governor|trustee|director)s?\b|lywodraethwy?r", re.IGNORECASE),
    "keeper": lazy_pattern(
        r"\b(?:runs?|(?<=\w )(?<!when )(?<!where )(?<!how )(?<!why )(?<!what )does"
        r"|manages?|looks? after|posts? on|writes?|answers?|replies|behind|in charge of"
        r"|sends?|moderat\w{1,4}) (?:to )?"
        rf"{_PAGES}|\b(?:web ?(?:site|page)|page|social media|socials|facebook|twitter|insta\w*|tik ?tok"
        r"|comms|communications|comments?) (?:lady|ladies|m[ae]n|wom[ae]n|person|people|girl|guy|bloke"
        r"|chap|lad|officer|manager|editor|moderator|team)\b|\bmoderators?\b"
        r"|\bposts? for (?:the|our|your) school\b"
        r"|\b(?:dynes|ddynes|m?f?enyw|dyn|boi|ledi|[bp]erson) (?:y |yr |ein |eich )?(?:g?wefan|[dt]udalen"
        r"|cyfryngau|facebook|insta\w*)\b|\b(?:ng?h?|[cg]h?)ymedrol(?:wyr|wr|ydd|wraig)\b"
        r"|\b(?:the|your|our) (?:page )?admin\b|\bon duty\b|\b[ad]r ddyletswydd"
        r"|(?<!pwy sy'n )(?:rhedeg|redeg|g?wneud|g?neud|rheoli|reoli|ateb|gofalu am|ofalu am|ysgrifennu"
        r"|sgwennu|postio ar)"
        r"(?:[’']r| y| yr| eich| ein|[’']ch|[’']n)? (?:facebook|twitter"
        r"|insta\w*"
        r"|negeseuon|cyfrif\w*|t?d?udalen|wefan|cyfryngau)",
        re.IGNORECASE,
    ),
    "network": lazy_pattern(
        r"\b(?:network|IT|ICT|computer) (?:manager|technician|man|lady|guy|person|support)"
        r"|rheolwr rhwydwaith",
        re.IGNORECASE,
    ),
}
"""Seats that many sit in, or that are only mentioned often."""
_ROLES = {
    "head": lazy_pattern(r"^(?:executive )?(?:head(?: ?teacher)?|principal)$|^pennaeth$", re.IGNORECASE),
    "deputy": lazy_pattern(r"(?:deputy|assistant) head", re.IGNORECASE),
    "chair": lazy_pattern(r"\bchair", re.IGNORECASE),
    "network": lazy_pattern(r"\b(?:network|ICT|IT)\b", re.IGNORECASE),
}
"""Which of a policy's own roles a seat means."""
_SENIOR = lazy_pattern(r"\b(?:senior (?:leader|manager)|leadership|S[LM]T\b)", re.IGNORECASE)
"""Roles that a head or deputy has where the policy has no role of that name."""
_DEPUTY = lazy_pattern(r"deput|dirprwy", re.IGNORECASE)
_WORD = lazy_pattern(r"\w+")
_PART = lazy_pattern(r"[/(),;]| or ")
_JOINS = frozenset(["of", "the", "with", "for", "and", "a", "or", "to"])
_EVERYONES = frozenset([
    "staff", "all staff", "member of staff", "staff member", "student", "student shown", "named", "parent",
    "carer", "friend", "pupil", "member",
])  # fmt: skip
"""Titles, or parts of one, that mean no one in particular."""


@dataclass(frozen=True)
class Seats:
    """What was found: keys of roles, and whether leads (and deputies) are meant. `sure`: named by it wherever
    it stands; `perhaps`: only beside a sign that an adult did something; `keepers`: of those who look after
    accounts or are on duty for them, beside such a sign."""

    sure: frozenset[str] = field(default_factory=frozenset)
    perhaps: frozenset[str] = field(default_factory=frozenset)
    heads: frozenset[str] = field(default_factory=frozenset)
    keepers: frozenset[str] = field(default_factory=frozenset)
    leads: bool = False
    deputies: bool = False


def seats_in(text: str, book: Book, *, asked: bool) -> Seats:
    """Return what a text calls people by what they do. `asked`: it answers who it is about."""
    text = as_meant(text)
    said = {seat for seat, words in (*_SAID.items(), *DESCRIBED.items()) if words.search(text)}
    said |= {"any lead"} if turned_to(text) or _accuses_reader(text) else set()
    perhaps = {seat for seat, words in _WITH_A_SIGN.items() if words.search(text)}
    if asked:
        asked_so = (*_ANSWERED.items(), *ANSWERED.items())
        said |= perhaps | {seat for seat, words in asked_so if words.search(text)}
    plain = _plain(text)
    sure, maybe = set[str](), set[str]()
    for role in book.roles:
        for title in _titles(role, tuple(n for n, of in book.pack.role_words.items() if of == role.name)):
            if f" {title} " in plain:
                (sure if asked or " " in title else maybe).add(role.key)
    several = {"senior", "governor", "network", "decides"}
    return Seats(
        sure=frozenset(sure | {key for seat in said & several for key in in_seat(seat, book)[0]}),
        perhaps=frozenset(maybe | {key for seat in perhaps - {"keeper"} for key in in_seat(seat, book)[0]}),
        heads=frozenset(said & {"head", "deputy", "chair"}),
        keepers=frozenset(in_seat("keeper", book)[0]) if "keeper" in said | perhaps else frozenset(),
        leads=bool(said & {"lead", "any lead"}),
        deputies="any lead" in said or bool(_DEPUTY.search(text)),
    )


def calls_the_lead(text: str) -> bool:
    """Return whether a text calls a safeguarding lead by a title or a description."""
    text = as_meant(text)
    return bool(
        _SAID["lead"].search(text)
        or DESCRIBED["any lead"].search(text)
        or turned_to(text)
        or _accuses_reader(text)
    )


def _accuses_reader(text: str) -> bool:
    """Return whether a text accuses a lead by *you*: not where its writer comes with a weapon or threatens.
    The leads must know of that, and *you lot* is the school."""
    return accuses_reader(text) and not threatens(text)


def speaks_of_keepers(text: str) -> bool:
    """Return whether a text speaks of who looks after an account or is on duty for it."""
    return bool(_WITH_A_SIGN["keeper"].search(text))


def in_seat(seat: str, book: Book) -> tuple[list[str], list[str]]:
    """Return the keys of the policy's roles that are called a seat, and of those through which such a person
    may be here where no one has one of the first."""
    if seat == "senior":
        return [one.key for one in book.roles if _may_be("head", one) or _called("head", one, book)], []
    if seat == "governor":
        return [one.key for one in book.roles if _governs(one)], []
    if seat == "decides":
        return [one.key for one in book.roles if "decide_account" in one.capacities], []
    if seat == "keeper":
        return [one.key for one in book.roles if _keeps(one)], []
    called = [one.key for one in book.roles if _called(seat, one, book)]
    return called, [] if seat == "network" else [one.key for one in book.roles if _may_be(seat, one)]


def _called(seat: str, role: Role, book: Book) -> bool:
    said = (name for name, of in book.pack.role_words.items() if of == role.name)
    return any(_ROLES[seat].search(name) for name in (role.name, *said))


def _governs(role: Role) -> bool:
    return "oversee" in role.capacities and "administer" not in role.capacities


def _keeps(role: Role) -> bool:
    """Return whether people in this role look after accounts or are on duty for them."""
    return bool({"answer", "hold_keys"} & set(role.capacities)) and "own_policy" not in role.capacities


def _may_be(seat: str, role: Role) -> bool:
    """Return whether a person in this seat may be here by a role that isn't called that: the chair as one of
    those who oversee, the head as who looks after the policy or one of the leadership."""
    if seat == "chair":
        return _governs(role)
    return not _governs(role) and ("own_policy" in role.capacities or bool(_SENIOR.search(role.name)))


def _titles(role: Role, said: tuple[str, ...]) -> frozenset[str]:
    return frozenset(title for name in (role.name, *said) for title in titles_of(name))


@lru_cache(maxsize=256)
def titles_of(name: str) -> tuple[str, ...]:
    """Return what people may call a role, as texts are compared: its parts, and what two or more of their
    last words make."""
    found = dict.fromkeys([_plain(name).strip()])
    for part in _PART.split(name):
        words = _plain(part).split()
        ends = (words[start:] for start in range(len(words)))
        found |= dict.fromkeys(
            " ".join(end) for end in ends if end[0] not in _JOINS and (len(end) > 1 or len(words) == 1)
        )
    everyones = {_plain(one).strip() for one in _EVERYONES}
    return tuple(one for one in found if one and one not in everyones)


def _plain(text: str) -> str:
    return f" {' '.join(_single(word) for word in _words(text))} "


def _words(text: str) -> Iterator[str]:
    return (found.group() for found in _WORD.finditer(text.casefold()))


def _single(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word
