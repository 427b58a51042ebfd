"""The roles that a document names: who acts in a sentence, and what the school calls each office."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from schoolgate.patterns import lazy_pattern

_OFFICES = {
    "designated safeguarding lead": r"designated safeguarding leads?|DSLs?|child protection officers?"
    r"|safeguarding leads?",
    "data protection officer": r"data protection officers?|DPOs?",
    "chair of governors": r"chair of (?:the )?(?:governors|trustees|governing (?:body|board)|trust board)",
    "governing body": r"governing (?:body|board)|board of (?:governors|trustees|directors)"
    r"|governors?|trustees?|trust board",
    "federation leadership team": r"(?:federation|trust) leadership team",
    "senior leadership team": r"senior (?:leadership|management) team|S[LM]T|leadership team"
    r"|senior (?:leaders?|staff)",
    "deputy headteacher": r"(?:deputy|assistant) head\s?(?:teacher)?s?",
    "executive headteacher": r"executive (?:head\s?-?(?:teacher)?|principal)",
    "head of school": r"heads? of school",
    "headteacher": r"head\s?-?teachers?|principals?"
    r"|the head(?![ -]?teacher| of\b)",
    "line manager": r"line managers?",
    "business manager": r"(?:school )?business managers?",
    "IT manager": r"(?:ICT|IT|network|computing) (?:co-?ordinator|manager|technician|lead|team|support)s?"
    r"|online safety (?:lead|co-?ordinator)s?",
    "class teacher": r"class teachers?",
    "account lead": r"account (?:lead|owner|manager|holder|team)s?"
    r"|social media (?:lead|manager|co-?ordinator|officer|team)s?",
}
"""Offices as most schools call them, the exact ones first, and how they are written."""
_GROUPS = {
    "moderator": r"(?:site )?(?:administrator|moderator|editor)s?",
    "office": r"(?:school )?office(?: staff| team)?",
    "staff": r"(?:all |any |every )?(?:members? of staff|staff(?: members?)?|employees?|teachers?"
    r"|teaching assistants?|colleagues)",
    "parents and carers": r"parents?(?:(?: and |/| or |, )(?:carers?|guardians?))?|carers|famil(?:y|ies)",
    "pupils": r"pupils?|students?|children|learners?|young people",
    "volunteers": r"volunteers?|helpers?",
    "everyone": r"everyone|everybody|all users|users|no[- ]one|nobody|school community|we|you",
    "the school": r"(?:the|our|each|every) (?:school|federation|trust|academy|college|nursery)"
    r"(?! (?:office|business))",
}
"""Groups of people who approve nothing."""
OFFICES = tuple(_OFFICES)
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
    r"\b(?:about|against|as|at|by|for|from|in|names?|of|on|to|under|with)"
    r"(?: (?:an?|the|all|any|our|other|their))?[ ]$",
    re.IGNORECASE,
)
"""Words after which no actor follows: "Questions from parents"."""
_WITHIN = lazy_pattern(r"\b(?:that|which|who)\b", re.IGNORECASE)
_DONE_TO = lazy_pattern(
    r"\s+(?:(?:must|may|should|shall|will|can) (?:not |never |only )?be|is|are) (?:not |never |only )?"
    r"(?!advised|allowed|asked|authorised|bound|encouraged|entitled|expected|forbidden|invited|obliged|permitted"
    r"|prohibited|recommended|reminded|required|supposed|urged)\w{1,20}(?:ed|en)\b",
    re.IGNORECASE,
)
"""Something is done to those who are named: they don't act."""
_DONE_BY = lazy_pattern(r"\b(?:is|are|be) (?:\w{1,20} ){0,2}?\w{1,20}(?:ed|en) by ", re.IGNORECASE)
_SUBJECT = 70
"""Letters from the beginning within which an actor is named."""


def roles_in(text: str) -> list[str]:
    """Return the roles that a sentence names, in its order, as most schools call them."""
    return list(dict.fromkeys(name for name, _ in _found(text)))


def actor_of(text: str, until: int | None) -> str:
    """Return who acts: the first role named before `until`, where the words that oblige end; "" for none."""
    within = min(_SUBJECT if until is None else until, _SUBJECT)
    for name, found in _found(text[: within + 20]):
        before, behind = text[: found.start()], text[found.end() :]
        other = behind[:1] in ("'", "’") or _NO_SUBJECT.search(before) or _WITHIN.search(before)
        if found.start() <= within and not other and not _DONE_TO.match(behind):
            return name
    done = _DONE_BY.search(text)
    named = next((one for one in _found(text[done.end() :])), None) if done else None
    return named[0] if named and named[1].start() <= len("the ") and named[0] in _OFFICES else ""


def own_names(texts: Iterable[str]) -> dict[str, Counter[str]]:
    """Return the offices that these texts name, each with the words that they use for it and how often."""
    named: dict[str, Counter[str]] = {}
    for text in texts:
        for name, found in _found(text):
            if name in _OFFICES:
                words = re.sub(r"^the ", "", " ".join(found[0].split()), flags=re.IGNORECASE)
                named.setdefault(name, Counter())[words] += 1
    return {name: named[name] for name in OFFICES if name in named}


def called(names: Mapping[str, Counter[str]]) -> dict[str, str]:
    """Return what the school calls each office: its commonest words, of those the longest."""
    return {name: max(words, key=lambda one: (words[one], len(one), one)) for name, words in names.items()}


def _found(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for found in _NAMED.finditer(text):
        if found.lastgroup is not None:
            yield _NAMES[int(found.lastgroup[1:])], found
