"""The roles that a document names: who acts in a sentence, and what the school calls each office."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from schoolgate.patterns import lazy_pattern
from schoolgate.policy.importing.titles import Titles, titles_in

_OFFICES = {
    "deputy designated safeguarding lead": r"deputy (?:designated safeguarding (?:lead|person)"
    r"|safeguarding lead|DS[LP]|child protection officer)s?",
    "designated safeguarding lead": r"designated safeguarding (?:lead|person)s?|DS[LP]s?"
    r"|child protection officers?|safeguarding leads?",
    "data protection officer": r"data protection officers?|DPOs?",
    "chair of governors": r"chair of (?:the )?(?:governors|trustees|governing (?:body|board)|trust board)",
    "governing body": r"governing (?:body|board)|board of (?:governors|trustees|directors)"
    r"|governors?|trustees?|trust board",
    "federation leadership team": r"(?:federation|trust) leadership team",
    "senior leadership team": r"senior (?:leadership|management) team|S[LM]T|leadership team"
    r"|school management(?: team)?"
    r"|senior (?:leaders?|staff)",
    "deputy headteacher": r"(?:deputy|assistant) head\s?(?:teacher)?s?",
    "executive headteacher": r"executive (?:head\s?-?(?:teacher)?|principal)",
    "head of school": r"heads? of school",
    "headteacher": r"head\s?-?teachers?|head\s?-?(?:masters?|mistress(?:es)?)|principals?"
    r"|(?<!back of )(?<!top of )(?<!side of )(?<!front of )(?<!over )(?<!above )"
    r"(?<!cover )(?<!hands and )(?<!face or )"
    r"the head(?![ -]?teacher| of\b| (?:and|or) (?:face|neck|shoulders)\b)",
    "line manager": r"line managers?",
    "online safety coordinator": r"(?:online|e)[ -]?safety (?:lead|co-?ordinator|officer)s?",
    "business manager": r"(?:school )?business managers?",
    "IT manager": r"(?:ICT|IT|network|computing) (?:co-?ordinator|manager|technician|lead|team|support)s?",
    "class teacher": r"class teachers?",
    "account lead": r"account (?:lead|owner|manager|holder|team)s?"
    r"|social media (?:lead|manager|co-?ordinator|officer|team)s?",
    "communications officer": r"communications? (?:officer|manager|lead)s?",
    "administrator": r"(?:account |site |page )?administrators?",
    "moderator": r"(?:account |site |page )?moderators?",
    "editor": r"(?:account |site |page )?editors?",
}
"""Offices as most schools call them, the exact ones first, and how they are written."""
THE_SCHOOL = "the school"
_GROUPS = {
    "office": r"(?:school )?office(?: staff| team)?",
    "staff": r"(?:all |any |every )?(?:members? of staff|staff(?: members?)?|employees?|teachers?"
    r"|teaching assistants?|colleagues)",
    "parents and carers": r"parents?(?:(?: and |/| or |, )(?:carers?|guardians?))?|carers|famil(?:y|ies)",
    "pupils": r"pupils?|students?|children|learners?|young people",
    "volunteers": r"volunteers?|helpers?",
    "everyone": r"everyone|everybody|anyone|anybody|all users|users|no[- ]one|nobody|school community|we|you",
    THE_SCHOOL: r"(?:the|our|each|every) (?:school|federation|trust|academy|college|nursery)"
    r"(?! (?:board|governors?|leadership"
    r"|office|business|accounts?|apps?|buildings?|cameras?|channels?|communit(?:y|ies)|computers?"
    r"|council|data|days?|devices?|e-?mails?|equipment|events?|grounds|holidays?|hours|library|logos?|media|names?"
    r"|networks?|newsletters?|pages?|passwords?|phones?|photo\w*|polic(?:y|ies)|posts?|premises|profiles?"
    r"|records?|rules?|sites?|social|terms?|trips?|uniforms?|visits?|web ?(?:page|site)s?|years?)\b)",
}
"""Groups of people who approve nothing."""
OFFICES = tuple(_OFFICES)
_OF_ONE = frozenset(
    {"administrator", "moderator", "editor", "class teacher", "line manager", "communications officer"}
)
HEADS = ("headteacher", "executive headteacher", "head of school")
"""The people who lead a school, the likeliest owner of its policy first."""
_NAMES = (*_OFFICES, *_GROUPS)
_NAMED = lazy_pattern(
    "|".join(
        rf"(?P<r{number}>\b(?:{how})\b)" for number, how in enumerate((*_OFFICES.values(), *_GROUPS.values()))
    ),
    re.IGNORECASE,
)
_NO_SUBJECT = lazy_pattern(
    r"\b(?:about|against|among|as|at|between|by|concerning|for|from|in|including|involving|names?|of|on|to|under|with)"
    r"(?: (?:an?|the|all|any|other|our|their|current|past|present|former|individual|younger|older"
    r"|new)){0,4}[ ]$"
    r"|\S (?:about|against|as|at|by|for|from|of|to|under|with)(?: [\w'’-]{1,20}){1,3} $",
    re.IGNORECASE,
)
"""Words after which no actor follows: "Questions from parents", "Messages from our own pupils"."""
_AND = lazy_pattern(
    r"^ ?(?:,|/|&|and\b|or\b)[ ,/]{0,3}(?:and |or )?(?:(?:the|an?|our|all|any|other|their|past|present"
    r"|former) ){0,3}$",
    re.IGNORECASE,
)
"""What joins the names of a list."""
_WITHIN = lazy_pattern(r"\b(?:that|which|who)\b", re.IGNORECASE)
_BE_DONE = (
    r"(?:not |never |only |also |always |either )*(?!advised|allowed|asked|authorised|bound|encouraged"
    r"|entitled|expected|forbidden|invited|obliged|permitted|prohibited|recommended|reminded|required|supposed"
    r"|trained|urged)"
    r"(?:\w{1,20}ly )?(?:\w{1,20}(?:ed|en|wn)|told|made|sent|kept|put|held|met|set|sought|dealt|left|read|let"
    r"|found|brought|cut|paid|shot|taught|done|gone)\b"
)
_DONE_TO = lazy_pattern(
    rf"\s+(?:(?:must|may|should|shall|will|can) (?:not |never |only )*be|is|are) {_BE_DONE}", re.IGNORECASE
)
"""Something is done to those who are named: they don't act."""
_BE = lazy_pattern(rf"^(?:[ ]\w{{1,20}}){{0,2}}? be {_BE_DONE}", re.IGNORECASE)
_THEY = lazy_pattern(r"^(?:they|he|she|he or she|s/he|that person|the person)\b", re.IGNORECASE)
_DONE_BY = lazy_pattern(r"\b(?:is|are|be) (?:\w{1,20} ){0,2}?\w{1,20}(?:ed|en) by ", re.IGNORECASE)
_NOR = lazy_pattern(
    r"\b(?:nor|neither) (?:must|may|should|shall|will|can|do|does) (?:the |any )?", re.IGNORECASE
)
_IN_BRACKETS = lazy_pattern(r"\([^()]{0,300}\)")
_THEIRS = lazy_pattern(
    r"^(?: ?/ ?\w{1,20})?[”\"]? (?:accounts?|access|passwords?|rights|training|meetings?|pages?|sites?"
    r"|systems?|emails?|e-mail"
    r"|photographs|photos|pictures|work|data|details|information|records?|numbers?)\b",
    re.IGNORECASE,
)
"""What belongs to a person: *staff accounts*, *administrator passwords*."""
_ONE = lazy_pattern(r"^(?:(?:the|an?|another|other|one|two|second) ){0,3}$", re.IGNORECASE)
EVERYONE = "everyone"
EVERY_GROUP = frozenset({"staff", "pupils", "parents and carers"})
"""Who is named together where everyone is meant: *Children, staff, governors, parents and carers must ...*"""
LIST = 120
"""Letters of a list of people."""
_SUBJECT = 70
"""Letters from the beginning within which an actor is named."""


NO_TITLES: Titles = {}


def roles_in(text: str, own: Titles = NO_TITLES) -> list[str]:
    """Return the roles that a sentence names, in its order, as most schools call them. `own`: those that the
    document itself has."""
    return list(dict.fromkeys(name for name, _ in _found(text, own)))


def own_titles(texts: Iterable[str]) -> dict[str, str]:
    """Return the titles that a document gives, and their short forms, that are none of the offices which most
    schools have."""
    found = titles_in(texts)
    offices = {
        title
        for title in found.values()
        if (named := _NAMED.fullmatch(title)) and _NAMES[int(str(named.lastgroup)[1:])] in _OFFICES
    }
    return {word: title for word, title in found.items() if title not in offices}


def is_office(name: str) -> bool:
    """Whether it is an office or a title, and no group of people."""
    return bool({*roles_in(name)} & {*OFFICES} or own_titles([name]))


def actor_of(text: str, until: int | None, condition: str = "", own: Titles = NO_TITLES) -> str:
    """Return who acts: the first role named before `until`, where the words that oblige end; "" for none,
    also where something is done to these people (*Pupils who are looked after must not be shown*).

    `condition`: that with which the sentence begins; *they* are those who act in it. `own`: the document's
    own titles.
    """
    text = _IN_BRACKETS.sub(lambda one: "," + " " * (len(one[0]) - 1), text)
    within = min(_SUBJECT if until is None else until, _SUBJECT)
    if until is not None and _BE.match(text[until:]):
        return _doer_of(text, own)
    if condition and _THEY.match(text):
        return actor_of(condition, None, own=own)
    ended, other = 0, False
    for name, found in _found(text[: within + 40] if own else text[: within + 20], own):
        before, behind = text[ended : found.start()], text[found.end() :]
        if not (ended and _AND.match(before)):
            other = bool(_NO_SUBJECT.search(before) or _WITHIN.search(before))
        ended = found.end()
        owned = behind[:1] in ("'", "’")
        acted_on = _THEIRS.match(behind) or _DONE_TO.match(behind)
        if found.start() <= within and not other and not owned and not acted_on:
            return EVERYONE if _named_together(text[found.start() :], own) >= EVERY_GROUP else name
    return _doer_of(text, own)


def _named_together(text: str, own: Titles) -> set[str]:
    """Return who is named in the list with which a text begins."""
    names: set[str] = set()
    ended = 0
    for name, found in _found(text[:LIST], own):
        if names and not _AND.match(text[ended : found.start()]):
            break
        names.add(name)
        ended = found.end()
    return names


def _doer_of(text: str, own: Titles) -> str:
    """Return the office by which something is done, or who is forbidden it behind (*nor should parents*); ""
    for none."""
    nor = _NOR.search(text)
    who = next(_found(text[nor.end() :], own), None) if nor else None
    if nor is not None and who is not None and who[1].start() == 0:
        return who[0]
    done = _DONE_BY.search(text)
    named = next(_found(text[done.end() :], own), None) if done else None
    if done is None or named is None or named[0] not in {*_OFFICES, *own.values()}:
        return ""
    return named[0] if _ONE.match(text[done.end() : done.end() + named[1].start()]) else ""


def own_names(texts: Iterable[str], own: Titles = NO_TITLES) -> dict[str, Counter[str]]:
    """Return the offices that these texts name, each with the words that they use for it and how often;
    `own`: the document's own titles, in which none is looked for."""
    named: dict[str, Counter[str]] = {}
    for text in texts:
        for name, found in _found(text, own):
            if name in _OFFICES:
                words = re.sub(r"^the ", "", " ".join(found[0].split()), flags=re.IGNORECASE)
                words = "headteacher" if words.casefold() == "head" else words
                named.setdefault(name, Counter())[_of_one(name, words)] += 1
    return {name: named[name] for name in OFFICES if name in named}


def _of_one(name: str, words: str) -> str:
    """Return a role's name for one person: *administrators* become *administrator*, and a governing body
    stays *governors*."""
    return words.removesuffix("s") if name in _OF_ONE and not words.isupper() else words


def called(names: Mapping[str, Counter[str]]) -> dict[str, str]:
    """Return what the school calls each office: its commonest words, of those the longest."""
    return {name: max(words, key=lambda one: (words[one], len(one), one)) for name, words in names.items()}


def _found(text: str, own: Titles = NO_TITLES) -> Iterator[tuple[str, re.Match[str]]]:
    titles = [*_written(tuple(own)).finditer(text)] if own else []
    for one in titles:  # no office is looked for inside a title
        text = text[: one.start()] + "x" * len(one[0]) + text[one.end() :]
    offices = [
        (_NAMES[int(one.lastgroup[1:])], one) for one in _NAMED.finditer(text) if one.lastgroup is not None
    ]
    plain = {word.casefold(): title for word, title in own.items()}
    mine = [(plain[one["title"].casefold()], one) for one in titles]
    yield from sorted([*offices, *mine], key=lambda one: one[1].start())


@lru_cache(maxsize=8)
def _written(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of these titles: a short form as it is written, others with capitals or without."""
    each = (
        re.escape(one) if one.isupper() else f"(?i:{re.escape(one)})"
        for one in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?P<title>{'|'.join(each)})s?(?!\w)")
