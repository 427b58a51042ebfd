"""What a sentence says of itself: whether it obliges, how strongly, whom, and which numbers it names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from schoolgate.rulebook.kinds import Modality

LONGEST = 1_000
"""Letters of a sentence. What is longer is a table or a page without full stops."""


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as it was read. `why_not`: why it is no clause, "" where it is one."""

    why_not: str
    modality: Modality
    actor: str
    parameters: dict[str, Any] = field(hash=False)


def read(text: str) -> Read:
    """Return what the sentence says of itself."""
    actor = _actor(text)
    modality = _modality(text, acts=bool(actor))
    return Read(_why_not(text, acts=bool(actor)), modality, actor, dict(_parameters(text)))


# --- Modality ---------------------------------------------------------------------------------------

_MUST_NOT = (
    r"(?:must|shall|will|may|can|could) (?:not|never)|mustn['’]t|shan['’]t|won['’]t|can(?:no|['’])t"
    r"|(?:is|are) (?:not|never) (?:to\b|permitted|allowed|acceptable|authorised)|(?:is|are) (?:strictly )?"
    r"(?:prohibited|forbidden|banned|unacceptable)|under no circumstances|on no account|(?:do|does"
    r"|is|are) (?:not|never)"
    r"|don['’]t|doesn['’]t|never|refrain from|nobody|no[- ]one|not permitted|not allowed"
    r"|nothing|nowhere|(?:post|use|share|give|take|make|put|upload|publish)s? no"
)
_SHOULD_NOT = (
    r"should(?: also)? (?:not|never|avoid)|shouldn['’]t|ought not|(?:is|are) (?:strongly )?"
    r"(?:advised (?:not|against)|discouraged)"
    r"|avoid\b|not (?:be )?(?:advisable|advised|recommended)|inadvisable"
)
_SHOULD = (
    r"should|ought to|(?:is|are) (?:strongly )?(?:advised|recommended|encouraged|urged)|recommends?"
    r"|advisable"
    r"|good practice|where possible|(?:is|are) expected to"
)
_MUST = (
    r"must|shall|(?:has|have|needs?) to|(?:is|are) (?:to be|required|obliged|responsible|bound"
    r"|compulsory|mandatory)"
    r"|require[sd]?|ensures?|make sure|makes sure|will\b|obliged|always|are to\b|is to\b"
)
_MAY = (
    r"may\b(?! \d)|can\b|(?:is|are) (?:permitted|allowed|free|entitled|able|invited|welcome)"
    r"|invites?|permits?|allows?"
    r"|has the right|have the right|reserves? the right|at (?:its|their) discretion"
)
_CUES = re.compile(
    rf"\b(?:(?P<must_not>{_MUST_NOT})|(?P<should_not>{_SHOULD_NOT})|(?P<should>{_SHOULD})"
    rf"|(?P<must>{_MUST})|(?P<may>{_MAY}))\b",
    re.IGNORECASE,
)
_NONE = re.compile(r"^(?:no|neither|none|nothing|not)\b", re.IGNORECASE)
_IMPERATIVE = re.compile(
    r"^(?:please |always )?(?:add|address|agree|alert|answer|apply|ask|be|block|change|check|choose"
    r"|close|complete|consider|contact"
    r"|create|credit|delete|discuss|ensure|follow|get|give|hide|inform|keep|let|limit|link|log|look"
    r"|make|monitor|notify"
    r"|obtain|pass|post|protect|provide|publish|read|record|refer|remember|remove|reply|report"
    r"|respect|respond|review"
    r"|save|seek|set|share|sign|speak|stay|stick|stop|store|take|tell|think|treat|turn|understand"
    r"|update|use|write)\b",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"^(?:this|the|our|these) (?:[\w-]+ ){0,4}?(?:policy|procedure|document|guidance|rules?|code"
    r"|aims?|purpose)s? "
    r"(?:also )?(?:appl|cover|bind|include|exist|aim|seek|set|is|are|was|were|reach|extend|outline"
    r"|should be read)",
    re.IGNORECASE,
)

_DONE = re.compile(
    r"\b(?:is|are|gets?) (?:\w+ ){0,2}?(?:\w+ed|\w+en|kept|put|told|made|held|met|set|sought|dealt)\b",
    re.IGNORECASE,
)
"""What is done, without anybody who does it: "Misuse is reported to the head"."""


def has_cue(text: str) -> bool:
    """Whether the sentence has words that oblige, forbid, advise or allow."""
    return _CUES.search(text) is not None


def _modality(text: str, *, acts: bool) -> Modality:
    cue = _CUES.search(text)
    if _NONE.match(text) and (cue is None or cue.lastgroup != "should"):
        return Modality.MUST_NOT
    if cue is not None and cue.lastgroup is not None and not (_STATES.match(text) and cue.start() > 60):
        if _IMPERATIVE.match(text) and cue.start() > 0 and cue.lastgroup in ("may", "must"):
            return Modality.MUST
        return Modality(cue.lastgroup)
    if _STATES.match(text):
        return Modality.STATES
    return Modality.MUST if acts or _IMPERATIVE.match(text) or _DONE.search(text) else Modality.STATES


# --- Clause or not ----------------------------------------------------------------------------------

_FURNITURE = re.compile(
    r"^(?:(?:date|version|status|author|owner|signed|signature|approved by|adopted|ratified"
    r"|issue date|job title|contents|table of"
    r" contents|review(?:ed)? (?:date|by)|next review|policy (?:owner|number|reference|name)"
    r"|document control)\b[^.]{0,80}\.?"
    r"|(?:https?://|www\.)\S+|[\d\s./:-]+|©.*|copyright ©?.*)$",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"\b(?:means\b|(?:is|are) (?:defined|understood|known|described) as|refers? to|(?:is|are) a"
    r"(?:n)? (?:term|type|kind|form|set|group|tool|way)s?\b"
    r"|for the purposes? of|the term|include(?:s)?,? but (?:is|are) not limited|is the (?:term"
    r"|name)|stands for|such as .* are examples)",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"\b(?:increasing(?:ly)?|growing|widespread|opportunit(?:y|ies)|benefits?|popular|nowadays"
    r"|today['’]s|in recent years"
    r"|part of (?:everyday|modern|daily|our|life)|millions|research|evidence shows"
    r"|recogni[sz]es? that|we (?:recogni[sz]e|believe|value|know)"
    r"|we are (?:proud|committed)|(?:brings?|offers?|provides?|poses?|creates?|carr(?:y|ies)) "
    r"(?:\w+ ){0,3}(?:risks?|challenges?|ways?|chance)"
    r"|has become|have become|has changed|was (?:written|created|founded|developed)|thank)",
    re.IGNORECASE,
)
_THINGS = re.compile(
    r"^(?:while |although )?(?:the )?(?:use of )?(?:social (?:media|network\w*)|the internet"
    r"|technology|technologies|networks?|platforms?|online \w+"
    r"|it|they|there|this|these|many|most|some)\b",
    re.IGNORECASE,
)
_IS_A = re.compile(
    r"^[\"“']?(?:an? )?[\w'’ -]{2,30}[\"”']? (?:is|are) (?:an?|one of|types of|kinds of|words?"
    r"|websites?|any|where|when)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"^(?:many|most|some|today|examples?|our (?:school|vision|mission|ethos|community))\b", re.IGNORECASE
)
_STRONG = ("must_not", "should_not", "must", "should")


def _why_not(text: str, *, acts: bool) -> str:
    words = text.split()
    if len(text) > LONGEST:
        return "too long for one sentence"
    if text.endswith("?"):
        return "a question"
    if _FURNITURE.match(text) or len(words) < 3:
        return "a label"
    cue = _CUES.search(text)
    strong = cue is not None and (cue.lastgroup in _STRONG or acts) and not _weak(text, cue)
    if strong or _IMPERATIVE.match(text) or _NONE.match(text):
        return ""
    if text.endswith(":"):
        return "leads to a list"
    if (_DEFINES.search(text) or (_IS_A.match(text) and not acts)) and not _STATES.match(text):
        return "explains a word"
    if _BACKGROUND.search(text) or _MANY.match(text) or (cue is not None and _THINGS.match(text)):
        return "background"
    if not _STATES.match(text) and not acts and len(words) < 5:
        return "a label"
    return ""


def _weak(text: str, cue: re.Match[str]) -> bool:
    """Whether the words only describe: "Social media can be ...", "Networks will change"."""
    return (
        bool(_THINGS.match(text))
        and cue.lastgroup in ("must", "may")
        and not re.search(r"\b(?:must|shall|required|ensure|responsible)\b", text, re.IGNORECASE)
    )


# --- Actor and roles --------------------------------------------------------------------------------

ROLES: tuple[tuple[str, str], ...] = (
    (
        "designated safeguarding lead",
        (
            r"designated safeguarding leads?|\bDSLs?\b"
            "|child protection officers?|safeguarding leads?"
        ),
    ),
    ("data protection officer", r"data protection officers?|\bDPOs?\b"),
    (
        "governing body",
        (
            r"(?:governing (?:body|board)|board of (?:governors|trustees|directors)|"
            "(?:chair of )?governors?|trustees?|trust board)"
        ),
    ),
    (
        "senior leadership team",
        (
            r"senior (?:leadership|management) team|\bS[LM]T\b|"
            "(?:federation )?leadership team|senior (?:leaders?|staff)"
        ),
    ),
    ("deputy headteacher", r"(?:deputy|assistant) head\s?(?:teacher)?s?"),
    (
        "headteacher",
        (
            r"executive head\s?(?:teacher)?|head\s?-?teachers?|head of school|principals?"
            "|the head\b"
        ),
    ),
    ("line manager", r"line managers?"),
    ("business manager", r"(?:school )?business managers?"),
    (
        "IT manager",
        (
            r"(?:ICT|IT|network) (?:co-?ordinator|manager|technician|lead|team|support)s?"
            "|online safety (?:lead|co-?ordinator)s?"
        ),
    ),
    (
        "account lead",
        (
            r"account (?:lead|owner|manager|holder|team)s?|social media (?:lead|manager"
            "|co-?ordinator|officer|team)s?"
        ),
    ),
    ("moderator", r"(?:site )?(?:administrator|moderator|editor)s?"),
    ("office", r"(?:school )?office(?: staff| team)?"),
    (
        "staff",
        (
            r"(?:all |any |every )?(?:members? of staff|staff(?: members?)?|employees?|teachers?"
            "|teaching assistants?|colleagues)"
        ),
    ),
    ("parents and carers", r"parents?(?:(?: and |/| or |, )(?:carers?|guardians?))?|carers|famil(?:y|ies)"),
    ("pupils", r"pupils?|students?|children|learners?|young people"),
    ("volunteers", r"volunteers?|helpers?"),
    ("everyone", r"everyone|everybody|all users|users|no[- ]one|nobody|school community|we\b|you\b"),
    ("the school", r"(?:the|our|each|every) (?:school|federation|trust|academy|college|nursery)"),
)
"""Roles as schools name them, the exact ones first, and how they are written."""
_ROLES = re.compile(
    "|".join(rf"(?P<r{number}>\b(?:{how})\b)" for number, (_, how) in enumerate(ROLES)), re.IGNORECASE
)
NOT_OFFICES = frozenset(
    {"staff", "parents and carers", "pupils", "volunteers", "everyone", "the school", "office", "moderator"}
)
"""Groups of people, who approve nothing."""
_NO_SUBJECT = re.compile(
    r"\b(?:about|against|as|for|from|of|to|with)(?: (?:an?|the|all|any|our|other|their))?[ ]$", re.IGNORECASE
)
"""Words after which nobody acts: "Questions from parents"."""
_SUBJECT = 70
"""Letters from the beginning within which somebody who acts is named."""


def roles_in(text: str) -> list[str]:
    """The roles that a sentence names, in its order."""
    found = [ROLES[int(one.lastgroup[1:])][0] for one in _ROLES.finditer(text) if one.lastgroup]
    return list(dict.fromkeys(found))


def _actor(text: str) -> str:
    """Who acts: the first role before the words that oblige, "" where none is named there."""
    cue = _CUES.search(text)
    until = min(cue.end() if cue is not None else _SUBJECT, _SUBJECT)
    for found in _ROLES.finditer(text[: until + 20]):
        if found.start() <= until and found.lastgroup and not _NO_SUBJECT.search(text[: found.start()]):
            return ROLES[int(found.lastgroup[1:])][0]
    return ""


# --- Numbers and times ------------------------------------------------------------------------------

_FEW = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_WORDS = {
    **{word: number for number, word in enumerate(_FEW.split(), start=1)},
    "sixteen": 16, "eighteen": 18, "twenty": 20, "thirty": 30,
}  # fmt: skip
_N = rf"(?P<n>\d{{1,4}}|{'|'.join(_WORDS)})"
_UNITS = (
    ("working_days", r"(?:working|school|business|week)\s?days?"),
    ("minutes", r"min(?:ute)?s?"),
    ("hours", r"h(?:ou)?rs?"),
    ("days", r"(?:calendar )?days?"),
    ("weeks", r"weeks?"),
    ("months", r"months?"),
    ("years", r"years?"),
    ("terms", r"terms?"),
    (
        "people",
        r"(?:other )?(?:people|persons|(?:members of )?staff|adults|administrators|governors|employees)",
    ),
    ("characters", r"characters"),
)
_NUMBERS = re.compile(
    rf"\b{_N}[\s-]+(?:{'|'.join(f'(?P<{name}>{how})' for name, how in _UNITS)})\b", re.IGNORECASE
)
_AGE = re.compile(
    rf"(?:\b(?:under|over|below|above|at least|aged?|age of|minimum age(?: of| is)?|younger than"
    rf"|older than)[\s-]+(?:the age of )?(?:is )?"
    rf"(?:{_N})(?! (?:hours|days|weeks|months|minutes|people|members|staff|working|school|per|%)))"
    rf"|\b{_N.replace('<n>', '<m>')}[\s-]years?[\s-](?:old|of age)"
    rf"|\byears? of age {_N.replace('<n>', '<o>')}",
    re.IGNORECASE,
)
_TIME = re.compile(
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


def _number(text: str) -> int:
    return _WORDS.get(text.lower()) or int(text)


def _parameters(text: str) -> Iterator[tuple[str, Any]]:
    for found in _NUMBERS.finditer(text):
        if found.lastgroup is not None and not (
            found.lastgroup == "years" and re.match(r"[\s-]*(?:old|of age)", text[found.end() :])
        ):
            yield found.lastgroup, _number(found["n"])
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
    offices = [one for one in roles_in(text) if one not in NOT_OFFICES]
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


def _time(found: re.Match[str]) -> str | None:
    """A time of day as 24 hours have it; None for what is none (13pm)."""
    hour, minute = int(found["h"] or found["hh"]), found["m"] or found["mm"] or "00"
    half = (found["half"] or "").replace(".", "").lower()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return f"{hour:02}:{minute}"
