"""Who acts in a sentence of a document, by its offices and the titles it gives, and the numbers it names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from schoolgate.patterns import lazy_pattern
from schoolgate.policy.importing.wording import cue_of
from schoolgate.rulebook.kinds import Modality

# The titles that a document itself gives to people, beside the offices that most schools have: *Digital
# Lead*, *Marketing and Communications Officer ("MCO")*, *Headteacher's PA*.


Titles = Mapping[str, str]
"""What a document calls each of its own roles, and the short form of it, with the role's name."""
_NOUN = (
    r"(?:Lead(?:er)?|Secretary|Officer|Manager|Co-?ordinator|Administrator|Technician|Bursar|PA"
    r"|Assistant|Director|Clerk|Registrar|Librarian|Webmaster|Champion|Counsellor|Nurse|Supervisor|Executive"
    r"|Committee|Team|Panel|SEN[Cc][Oo])"
)
_WORD = r"[A-Z][\w&/-]{1,30}(?:['’]s)?"
_ALONE = r"(?:Bursar|Registrar)"
"""Titles of one word that no other title of a school has in it."""
_HEAD = re.compile(r"\b(?:[Hh]ead[ -]?(?:[Tt]eacher|master|mistress)|Principal|Governors)$")
_TITLE = lazy_pattern(
    rf"\b(?:{_WORD} (?:(?:and|&|of|for) )?){{1,5}}{_NOUN}\b|\b{_ALONE}\b"
    r"|\bHead of [A-Z]\w{1,30}(?: and [A-Z]\w{1,30})?"
)
_TWO = lazy_pattern(rf"(?<=\w) (?:and|&) (?=(?:{_WORD} ){{0,5}}{_NOUN}\b)")
_FIRST = lazy_pattern(
    r"^(?:(?:The|An?|Our|Each|Every|All|Any|No|If|When|Where|While|Once|Unless|Until|Only|Both|One|Your|Their|Some"
    r"|Please|Contact|Ask|Tell|Inform|See|And|Or|For|By|To|In|Should|Either) )+"
)
_SHORT = re.compile(r"^s? ?\(\s?[\"“'‘]?([A-Z][A-Za-z]{1,5})[\"”'’]?\s?\)")
_OTHERS = re.compile(r"\b(?:Police|Local Authority|Council|Commissioner)\b")
"""People outside the school."""


def titles_in(texts: Iterable[str]) -> dict[str, str]:
    """Return the titles that these texts name, and the short forms that they explain, each with its title."""
    found: dict[str, str] = {}
    for text in texts:
        for title, behind in _titles(text):
            found.setdefault(title, title)
            short = _SHORT.match(behind)
            if short and _stands_for(short[1], title):
                found.setdefault(short[1], title)
    return found


def _titles(text: str) -> Iterator[tuple[str, str]]:
    for one in _TITLE.finditer(text):
        parts = _joined(one[0])
        for place, part in enumerate(parts, start=1):
            title = _FIRST.sub("", part)
            if (" " in title or re.fullmatch(_ALONE, title)) and not _OTHERS.search(title):
                yield title, text[one.end() :] if place == len(parts) else ""


def _joined(words: str) -> list[str]:
    """Return the titles of *Digital Lead and School Secretary* and *Headteacher and Bursar*, and the one of
    *Marketing and Communications Officer*."""
    for between in _TWO.finditer(words):
        before, behind = words[: between.start()], words[between.end() :]
        if _HEAD.search(before) or (" " in behind and re.search(rf"{_NOUN}$", before)):
            return [before, *_joined(behind)]
    return [words]


def _stands_for(short: str, title: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"\w+", title) if word not in ("and", "of", "for", "s"))
    return short.upper() == initials.upper()


# The roles that a document names: who acts in a sentence, and what the school calls each office.


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
_ARTICLE = lazy_pattern(r"^(?:(?:the|an?|another|other|one|two|second) ){0,3}$", re.IGNORECASE)
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
    return named[0] if _ARTICLE.match(text[done.end() : done.end() + named[1].start()]) else ""


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


# Who must do what a sentence says where its verb doesn't tell: words that lead to a list by naming whose
# duties are in it (*Requirements for staff include*), and *We ask parents to*.


_DUTIES = lazy_pattern(
    r"^(?P<who>[^.:;()]{0,60}?)\b(?P<duty>requirement|responsibilitie|dutie|obligation|expectation)s\b"
    r"(?P<of>[^.:;()]{0,40}?) (?:\w{1,12}ly |often |also )?include\b(?P<what>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_PARENTAL = lazy_pattern(r"\bparental\b", re.IGNORECASE)
_NOT = lazy_pattern(r"^ (?:not|never|no|avoid(?:ing)?|refrain(?:ing)? from)\b", re.IGNORECASE)
_ASKED_OF = lazy_pattern(
    r"^(?:(?:we|the school)(?: (?:\w{1,12}ly|also|would|do|will|must|should|can)){0,3}"
    r" (?P<asks>ask|expect|require|request|urge|encourage|advise|want|like)"
    r"|it is (?:\w{1,12} ){0,2}?(?:permitted|allowed|acceptable|appropriate|forbidden|prohibited|expected"
    r"|required|essential|important|unacceptable|inappropriate) for)(?P<who> [^.:;()]{0,60}?)"
    r"(?P<not> (?:not|never))? to\b(?P<then> (?:not|never|avoid|refrain from)\b)?",
    re.IGNORECASE,
)
_ASKING = {
    "require": (Modality.MUST, Modality.MUST_NOT),
    **dict.fromkeys(("urge", "encourage", "advise"), (Modality.ADVISED, Modality.ADVISED_NOT)),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """Whose a duty is, and how strongly it binds them; None where the rest of the sentence says that."""

    actor: str
    modality: Modality | None


def duty_in(text: str, own: Titles = NO_TITLES) -> Duty | None:
    """Return what *Requirements for staff include not ...* asks, and who must do it; None where no one
    is named."""
    found = _DUTIES.match(text)
    who = _first(f"{found['who']} {found['of']}", own) if found else ""
    if found is None or not who:
        return None
    cue, forbids = cue_of(found["what"]), _NOT.match(found["what"]) is not None
    if cue is not None and (cue.lastgroup or "").startswith("advised"):
        return Duty(who, Modality.ADVISED_NOT if forbids else Modality.ADVISED)
    if found["duty"].lower() == "expectation":
        return Duty(who, Modality.SHOULD_NOT if forbids else Modality.SHOULD)
    return Duty(who, Modality.MUST_NOT if forbids else Modality.MUST)


def asked_of(text: str, own: Titles = NO_TITLES) -> Duty | None:
    """Return who is asked by name to do something (*We ask parents not to ...*, *It is not permitted for
    staff to ...*), how strongly too where the verb says it; None where no one is."""
    found = _ASKED_OF.match(text)
    who = _first(found["who"], own) if found else ""
    if found is None or not who:
        return None
    if not found["asks"] or cue_of(text[found.end() :]) is not None:
        return Duty(who, None)
    asks, forbids = _ASKING.get(found["asks"].lower(), (Modality.SHOULD, Modality.SHOULD_NOT))
    return Duty(who, forbids if found["not"] or found["then"] else asks)


def _first(words: str, own: Titles) -> str:
    return next(iter(roles_in(_PARENTAL.sub("parents", words), own)), "")


# Numbers, times, consent and roles that a sentence names, as the parameters of a clause.


_FEW = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_WORDS = {
    **{word: number for number, word in enumerate(_FEW.split(), start=1)},
    "sixteen": 16, "eighteen": 18, "twenty": 20, "thirty": 30,
}  # fmt: skip
_N = rf"(?P<n>\d{{1,4}}|{'|'.join(_WORDS)})"
_PEOPLE = "people|persons|(?:members of )?staff|adults|administrators|moderators|governors|employees"
_UNITS = (
    ("working_days", r"(?:working|school|business|week)\s?days?"),
    ("minutes", r"min(?:ute)?s?"),
    ("hours", r"h(?:ou)?rs?"),
    ("days", r"(?:calendar )?days?"),
    ("weeks", r"weeks?"),
    ("months", r"months?"),
    ("years", r"years?"),
    ("terms", r"terms?"),
    ("people", rf"(?:other )?(?:{_PEOPLE})"),
    ("characters", r"characters"),
)
_NUMBERS = lazy_pattern(
    rf"\b{_N}[\s-]+(?:{'|'.join(f'(?P<{name}>{how})' for name, how in _UNITS)})\b", re.IGNORECASE
)
_WITHIN_ONE = lazy_pattern(
    rf"\bwithin an? (?:{'|'.join(f'(?P<{name}>{how})' for name, how in _UNITS)})\b", re.IGNORECASE
)
_AT_ONCE = lazy_pattern(r"\b(?:at once|immediately|straight ?away|without delay)\b", re.IGNORECASE)
_AGE = lazy_pattern(
    rf"(?:\b(?:under|over|below|above|at least|aged?|age of|minimum age(?: of| is)?|younger than"
    rf"|older than|turns?|turned|reach(?:es|ed)?|pupils? (?:is|are))[\s-]+(?:the age of )?(?:is )?"
    rf"(?:{_N})(?! (?:hours|days|weeks|months|minutes|people|members|staff|working|school|per|%)))"
    rf"|\b{_N.replace('<n>', '<m>')}[\s-]years?[\s-](?:old|of age)"
    rf"|\byears? of age {_N.replace('<n>', '<o>')}",
    re.IGNORECASE,
)
_TIME = lazy_pattern(
    r"\b(?P<h>[01]?\d|2[0-3])(?:[:.](?P<m>[0-5]\d))?\s*(?P<half>am|pm|a\.m\.|p\.m\.)"
    r"|\b(?P<hh>[01]?\d|2[0-3]):(?P<mm>[0-5]\d)\b",
    re.IGNORECASE,
)
_EVERY = {
    "day": r"daily|every (?:school |working )?day|each (?:school |working )?day"
    "|once a day", "week": r"weekly|(?:every|each|once a) week",
    "month": r"monthly|(?:every|each|once a) month", "term": r"termly|(?:every|each|once a) term",
    "year": r"annual(?:ly)?|yearly|(?:every|each|once a) (?:academic |school )?year",
}  # fmt: skip


_IN_WELSH = {
    "un": 1, "dau": 2, "ddau": 2, "dwy": 2, "ddwy": 2, "tri": 3, "thri": 3, "tair": 3, "thair": 3, "dair": 3,
    "pedwar": 4, "bedwar": 4, "pedair": 4, "bedair": 4, "pump": 5, "bump": 5, "chwech": 6, "chwe": 6,
    "saith": 7, "wyth": 8, "naw": 9, "deg": 10, "ddeg": 10, "deuddeg": 12, "ddeuddeg": 12, "ugain": 20,
}  # fmt: skip
_IN_WORDS = {**_WORDS, **_IN_WELSH}
_A_WORD = lazy_pattern(r"[a-z]++")
_SINGLE = lazy_pattern(
    r"\b(?:(?:every|each|next|following|once an?|within an?) "
    r"(?:school |working |business |academic |calendar )?"
    r"(?:minute|hour|day|weekday|week|fortnight|month|term|half[- ]term|year)\b"
    r"|(?:dai|week|fortnight|month|term|year)ly\b|annually\b"
    r"|bob (?:awr|dydd|diwrnod|wythnos|mis|tymor|blwyddyn)\b"
    r"|(?:awr|dydd|diwrnod|wythnos|mis|tymor) (?:ysgol |gwaith )?nesaf\b"
    r"|o fewn (?:awr|diwrnod|wythnos|mis)\b)"
)
"""What names a single stretch of time without the number."""


_NOT_ONE = lazy_pattern(r"\b(?:not|never)(?: both)? (?:be )?(?:by )?the same person\b|\bnid yr un person\b")
"""What names two people without the number."""


def numbers_in_words(text: str) -> list[int]:
    """Return the small numbers that a text writes as words, in English or Welsh: also the one of *every day*,
    *the next school day*, *daily* and *within an hour*, and the two who are *not the same person*."""
    plain = text.lower()
    written = [_IN_WORDS[word] for word in _A_WORD.findall(plain) if word in _IN_WORDS]
    written += [2] if 2 not in written and _NOT_ONE.search(plain) else []
    return written + ([1] if 1 not in written and _SINGLE.search(plain) else [])


def _number(text: str) -> int:
    return _WORDS.get(text.lower()) or int(text)


def parameters(text: str, own: Titles = NO_TITLES) -> Iterator[tuple[str, Any]]:
    """Yield the numbers, times, roles and consent that a sentence names, each with its name. `own`: the
    document's own titles."""
    for name, numbers in _amounts(text).items():
        yield name, next(iter(numbers)) if len(numbers) == 1 else list(numbers)
    age = _AGE.search(text)
    if age is not None:
        number = _number(age["n"] or age["m"] or age["o"])
        if 3 <= number <= 25:
            yield "age", number
    times = [one for found in _TIME.finditer(text) if (one := _time(found)) is not None]
    if times:
        yield "times", times
    every = next(
        (name for name, how in _EVERY.items() if re.search(rf"\b(?:{how})\b", text, re.IGNORECASE)), None
    )
    if every is not None:
        yield "every", every
    offices = [one for one in roles_in(text, own) if one in OFFICES or one in own.values()]
    if offices:
        yield "roles", offices
    if re.search(r"\b(?:consent|permission|agreement|authoris|approv)", text, re.IGNORECASE):
        if re.search(r"\b(?:written|in writing|signed)\b", text, re.IGNORECASE):
            yield "form", "written"
        givers = [
            one for one in ("parent", "carer", "guardian") if re.search(rf"\b{one}s?\b", text, re.IGNORECASE)
        ]
        if givers:
            yield "by", givers


def _amounts(text: str) -> dict[str, dict[int, None]]:
    """Return the numbers that come before a unit, by unit, each once."""
    amounts: dict[str, dict[int, None]] = {}
    for found in _NUMBERS.finditer(text):
        is_age = found.lastgroup == "years" and re.match(r"[\s-]*(?:old|of age)", text[found.end() :])
        if found.lastgroup is not None and not is_age:
            amounts.setdefault(found.lastgroup, {})[_number(found["n"])] = None
    for found in _WITHIN_ONE.finditer(text):
        amounts.setdefault(str(found.lastgroup), {})[1] = None
    if _AT_ONCE.search(text):
        amounts.setdefault("hours", {})[0] = None
    return amounts


def _time(found: re.Match[str]) -> str | None:
    """Return a time of day in 24 hours; None for an invalid one (13pm)."""
    hour, minute = int(found["h"] or found["hh"]), found["m"] or found["mm"] or "00"
    half = (found["half"] or "").replace(".", "").lower()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return f"{hour:02}:{minute}"
