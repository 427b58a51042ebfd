"""How strongly a sentence binds, by its words: must, should, advised, may, the same with *not*, or only
states."""

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.clauses import IN_NO_CASE, split
from schoolgate.rulebook.kinds import Modality

_MUST_NOT = (
    r"(?:must|shall|will|may|can|could) (?:not|never)|mustn['’]t|shan['’]t|won['’]t|can(?:no|['’])t"
    r"|(?:is|are) (?:not|never) (?:to\b|permitted|allowed|acceptable|authorised)|(?:is|are) (?:strictly )?"
    rf"(?:prohibited|forbidden|banned|unacceptable)|{IN_NO_CASE}|(?:do|does"
    r"|is|are) (?:not|never)(?! expected to)"
    r"|don['’]t|doesn['’]t|never|refrain from|nobody|no[- ]one|not permitted|not allowed"
    r"|agrees? (?:not|never) to|agrees? to (?:not|never|avoid|refrain)"
    r"|nothing|nowhere|(?:(?:must|shall|will|may|can) )?(?:accept|give|have|include|make|post|publish|put"
    r"|send|share"
    r"|show|take|upload|use)s? no"
)
_SHOULD_NOT = (
    r"should (?:give|have|include|make|post|put|send|share|show|take|use) no"
    r"|should(?: also)? (?:not|never|avoid)|shouldn['’]t|ought not|(?<!\bto )(?<!\band )avoid\b"
)
_ADVISED_NOT = (
    r"(?:(?:is|are|was|were|would|do|does)(?: not| never)|isn['’]t|aren['’]t|don['’]t|doesn['’]t)(?: be)?"
    r"(?: \w+ly)? (?:advisable|advise[sd]?|recommend(?:ed)?|encouraged?|wise|sensible"
    r"|good practice|a good idea)"
    r"|(?:is|are) (?:strongly )?(?:advised (?:not|against|to avoid)|discouraged|urged (?:not|to avoid))"
    r"|(?:advise|recommend|discourage)s? (?:staff |you |them )?(?:against|not to)"
    r"|not (?:be )?(?:advisable|advised|recommended)|inadvisable|(?:preferably|ideally) not"
    r"|(?:is|are) (?:best|better) (?:declined|avoided|refused|not)|(?:do|does)(?: not|n['’]t) expect"
)
_SHOULD = (
    r"should|ought to|(?:is|are) expected to"
    r"|(?:is|are) (?:normally|usually|generally) (?=\w+ed\b|made\b|kept\b)"
)
_ADVISED = (
    r"(?:is|are) (?:strongly )?(?:advised|recommended|encouraged|urged)"
    r"|(?:recommend|advise|urge|encourage)s?\b"
    r"|(?:aim|endeavour|strive|intend|hope)s? to|tr(?:y|ies) to|makes? every effort to"
    r"|should (?:ideally|preferably)|advisable|preferably|ideally|good practice|where possible"
)
_MUST = (
    r"must|shall|(?:has|have|(?<!\bthe )needs?) to|(?:has|have) an? (?:duty|responsibility|obligation)"
    r"|it is (?:\w+ly )?(?:essential|vital|crucial|imperative|necessary"
    r"|important) (?:that|to|for)|(?:is|are) (?:to be|required|obliged|responsible|bound"
    r"|compulsory|mandatory)"
    r"|require[sd]?|ensures?|make sure|makes sure|will\b|obliged|always|are to\b|is to\b"
)
_MAY = (
    r"may\b(?! \d)|can\b|(?:is|are) (?:permitted|allowed|free|entitled|able|invited|welcome)"
    r"|invites?|permits?|allows?|(?:is|are) (?:\w+ly |also |quite )?acceptable"
    r"|(?:is|are)(?: not|n['’]t) expected to"
    r"|has the right|have the right|reserves? the right|at (?:its|their) discretion"
)
_HAPPENS = (
    r"amount to|arise|be (?:a risk|at risk|able|affected|at fault|exposed|found|harmful|held|hurt"
    r"|in breach|liable"
    r"|misunderstood|seen|regarded|responsible|subject to|the subject of|tempted|traced|un(?:sure|able"
    r"|aware))|bring"
    r"|cause|come across|compromise|constitute|contain|damage|disrupt|embarrass|enable|endanger|expose"
    r"|face|feel"
    r"|happen|harm|have (?:an?|the|serious|legal|implications)|help|hinder|hurt|involve|lead|leave"
    r"|make .{1,40}? (?:liable"
    r"|responsible|vulnerable)|mean|need|occur|offer|open|place .{1,40}? at risk|pose|prevent|promote|provide"
    r"|put .{1,40}? at risk|remain|render|result|seem|stimulate|suffer|threaten|underestimate|wish"
)
"""What follows from something, or goes on inside a person: no one is permitted it."""
_DESCRIBES = (
    r"(?:is|are) not (?:monitored|watched|staffed|available|responsible|liable|intended|affected|able)"
    r"|(?:has|have|having) nothing to do with"
    rf"|(?:may|can|could|might) (?:\w+ly |also |often |then )*(?:{_HAPPENS})"
    r"|will (?:also )?(?:lead to|result in|amount to|constitute|enable)"
    r"|there (?:may|can|could|might) (?:\w+ly |also )*be"
)
"""What is so, or may follow, asks for nothing."""
CUES = lazy_pattern(
    rf"\b(?:(?P<states>{_DESCRIBES})|(?P<advised_not>{_ADVISED_NOT})|(?P<must_not>{_MUST_NOT})|(?P<should_not>{_SHOULD_NOT})"
    rf"|(?P<advised>{_ADVISED})|(?P<should>{_SHOULD})|(?P<must>{_MUST})|(?P<may>{_MAY}))\b",
    re.IGNORECASE,
)
NONE = lazy_pattern(r"^(?:no|neither|none|nothing|not)\b", re.IGNORECASE)
_ORDERS = (
    r"add|address|agree|alert|answer|apply|ask|be|block|call|carry|change|check|choose|close|complete|conduct|consider"
    r"|contact|create|credit|delete|dial|discuss|encrypt|ensure|follow|get|give|have|hide|inform|isolate|keep|let"
    r"|limit|link|log|look|make|monitor|notify|obtain|pass|phone|post|protect|provide|publish|read|record|refer"
    r"|remember|remove|reply|report|respect|respond|review|ring|save|seek|set|share|sign|speak|stay|stick|stop|store"
    r"|switch|take|tell|think|transfer|treat|turn|understand|update|use|warn|write"
)
IMPERATIVE = lazy_pattern(
    rf"^(?:please |always |at (?:all|no) times? )?(?:{_ORDERS})\b(?! of\b)", re.IGNORECASE
)
STATES = lazy_pattern(
    r"^(?:this|the|our|these) (?:[\w-]+ ){0,4}?(?:policy|procedure|document|guidance|rules?|code"
    r"|aims?|purpose)s? "
    r"(?:also )?(?:appl|cover|bind|include|exist|aim|seek|set|explain"
    r"|describ|support|is|are|was|were|reach|extend|outline"
    r"|should be read)",
    re.IGNORECASE,
)

_STATE = (
    r"(?:aged|based|committed|concerned|delighted|excited|experienced|interested|limited|linked|located|pleased"
    r"|related|supposed|open|set out|hidden in)\b"
)
"""What looks like something done and only says how it is."""
_DONE = lazy_pattern(
    rf"\b(?:is|are|gets?) (?:\w+ ){{0,2}}?(?!{_STATE})("
    r"?:\w+ed|\w+en|kept|put|told|made|held|met|set|sought|dealt|left|sent|shown|brought|taught|done)\b",
    re.IGNORECASE,
)
"""An action without an actor: "Misuse is reported to the head"."""


_MAIN = lazy_pattern(
    r",\s+(?=(?:(?:we|you|it|they|he|she|i|the|this|these|staff|all|each|every|any|no|an?|our|parents?"
    rf"|pupils?|children|governors?|students?)\b|(?:(?:please|then|always|do not) )?(?:{_ORDERS})\b))",
    re.IGNORECASE,
)
_CONDITION = lazy_pattern(r"^(?:if|when|where|unless|once|while|whilst|should)\b", re.IGNORECASE)
_ADJUNCT = lazy_pattern(
    r"^(?:(?:however|therefore|furthermore|moreover|also|then|in addition|nevertheless|otherwise|equally"
    r"|similarly)"
    r",? |(?:in accordance with|according to|in line with|in (?:such|these|some|all|certain|exceptional"
    r"|other)"
    r"|in the (?:event|case|interests?) of|in order to|to (?=[a-z]{3,20} )|for|after|before|following"
    r"|during|as|with"
    r"|from time to time|at (?:all times|no time)|despite|where (?:possible|appropriate|practicable))"
    r"\b[^.;:]{0,160}?,\s+(?=(?:we|you|it|they|the|this|these|that|those|there|staff|all|each|every|any|no|an?|our"
    r"|parents?|pupils?|children|governors?|students?|teachers?|users?)\b))",
    re.IGNORECASE,
)
"""What a sentence begins with before it says who does what: *In such a situation, staff can ask*."""
_IT_IS_THAT = lazy_pattern(r"^it is (?:\w+ly )?\w+ that (?=\w)", re.IGNORECASE)
_REST = lazy_pattern(
    r" (?:if|unless|until|(?<! is )(?<! are )(?<! be )provided|except|because|so that|in case"
    r"|(?:al)?though|whilst|while)\b",
    re.IGNORECASE,
)
_INSIDE = lazy_pattern(
    r"\b(?:that|who|which|whether|what|how|where)(?: (?:an?|the|our|their|any|no))?(?: [\w-]{1,30}){0,2} $",
    re.IGNORECASE,
)
_AT_ONCE = r"(?:immediately|at once|straight ?away|without delay)"
_DOES = r"(?:report|tell|inform|contact|call|ring|notify|stop|refer|pass|isolate|alert)"
_DO_AT_ONCE = lazy_pattern(
    rf"^(?:if|when|where|whenever|should|in the event)\b.{{10,600}}"
    rf"(?:\b{_DOES}\b.{{0,80}}\b{_AT_ONCE}|\b{_AT_ONCE} {_DOES})\b",
    re.IGNORECASE,
)
"""*If a page may show abuse, tell the police at once*, with a comma or without."""
_RELATIVE = lazy_pattern(r"\w (?:that|which|who)(?: \w{1,20}ly)? $", re.IGNORECASE)
_WHO_DO = lazy_pattern(
    r"(?:(?!(?:that|who|which|whether)\b)\w{1,20} ){1,4}(?:who|which|that)"
    r"(?: (?!(?:that|who|which|whether)\b)[\w'’-]{1,20}){2,4} ",
    re.IGNORECASE,
)
_BELOW = lazy_pattern(r"\b(?:that|which|who|when|where|whether)\b", re.IGNORECASE)
_AND_NOT = lazy_pattern(r"\b(?:and|but) $", re.IGNORECASE)
_MODAL = lazy_pattern(r"^(?:must|shall|will|may|can|could)\b", re.IGNORECASE)
_SAYS_WHAT = lazy_pattern(r"^(?:it|this|there|social media|(?:this|the|our) policy)\b", re.IGNORECASE)
_PLAIN_NOT = lazy_pattern(r"^(?:do|does|is|are) not$", re.IGNORECASE)
_AIM_IS = lazy_pattern(r"\b(?:aim|purpose|objective|goal)s?\b[^,.;]{0,80} (?:is|are) to$", re.IGNORECASE)
_ONLY = lazy_pattern(r"(?<!\bnot )(?<!\bthe )(?<!\ban )(?<!\bif )\bonly\b", re.IGNORECASE)
_JOINS = lazy_pattern(r"(?:\b(?:and|but|or)|;)(?: [\w'’]{1,20}){0,3} $", re.IGNORECASE)
_BY_A_TIME = lazy_pattern(
    r"\bwithin (?:an? |the |\w{1,12} ){1,3}(?:minutes?|hours?|days?|weeks?)\b|\bat least (?:once|twice"
    r"|every)\b",
    re.IGNORECASE,
)
"""A time by which something is done binds someone: *Questions get an answer within two days*."""
_ONLY_FIRST = lazy_pattern(r"^only\b", re.IGNORECASE)
_DENIED = {"should": Modality.SHOULD_NOT, "advised": Modality.ADVISED_NOT}
"""What *no pupil should* and *no pupil is advised to* come to."""
_TO_NOT = lazy_pattern(r" (?:to (?:not|never|avoid|refrain from)|(?:not|never) to)\b", re.IGNORECASE)
"""*Are required to not*, *are encouraged not to*: it forbids."""
_TURNED = {
    "must": Modality.MUST_NOT, "should": Modality.SHOULD_NOT, "advised": Modality.ADVISED_NOT,
}  # fmt: skip
"""What obliges, turned by a *not* behind it."""
_SHOULD_IT = lazy_pattern(r"^should\b", re.IGNORECASE)
_WILL_BE = lazy_pattern(
    r"^ (?:also )?be (?:an?|the|one of|part of)\b(?!.{0,30}\b(?:public|private|closed|open)\b)"
)
_IS_SO = lazy_pattern(
    r"^(?:(?:we|they|it|this|these|there|i|(?:the|our|this|that|these|all|many|most|some|any|each|every)"
    r"(?: [\w'’/()&.-]{1,30}){1,8}?|[\w'’/()&.-]{1,30}(?: [\w'’/()&.-]{1,30}){0,8}?) )"
    r"(?:(?:is|are|was|were|am|has been|have been)(?: (?:now|also|very|often|always|so|most|more|all))* "
    r"(?:(?!(?:to|not|never|no|required|responsible|expected|allowed|permitted|only|kept|told|made|held|set|sent)\b)"
    rf"(?:{_STATE}|(?!\w{{2,20}}(?:ed|en)\b)[\w“\"‘'-]))"
    r"|(?:has|have|had)(?: (?:now|also|already))* (?!to\b|read\b|had\b)|plays?\b|need\b(?! to)"
    r"|believes?\b|became\b|empowers?\b"
    r"|could\b|might\b)",
    re.IGNORECASE,
)
"""It says how something is: *We are now on ...*, *Parents play a large part*."""
_STRONGEST = (
    (Modality.MUST, Modality.MUST_NOT),
    (Modality.SHOULD, Modality.SHOULD_NOT),
    (Modality.ADVISED, Modality.ADVISED_NOT),
    (Modality.MAY,),
)


def main_part(text: str) -> str:
    """Return the sentence without the condition that it begins or ends with (*If ..., we*; *... unless*)."""
    if adjunct := _ADJUNCT.match(text):
        text = text[adjunct.end() :]
    if _CONDITION.match(text) and (begins := _MAIN.search(text)):
        text = text[begins.end() :]
    ends = _REST.search(text)
    if not ends or len(text[: ends.start()].split()) <= 2:
        return text
    head = text[: ends.start()]
    # "Anyone who sees a child at risk because of a post must tell": what obliges comes behind it.
    return head if _finite(head) or not _outside(text) else text


def without_it_is(text: str) -> str:
    """Return the sentence behind *It is essential that*."""
    return _IT_IS_THAT.sub("", text, count=1)


def condition_of(text: str) -> str:
    """Return the condition that a sentence begins with, without *if*; "" for none."""
    if _CONDITION.match(text) and (ends := _MAIN.search(text)):
        return text[: ends.start()].partition(" ")[2]
    return ""


def cues_of(text: str) -> list[re.Match[str]]:
    """Return the words that oblige, forbid or permit, the first with those that are joined to it by *and* or
    *but*. What stands inside *that a child may be at risk* is about something else."""
    found = _outside(main_part(text))
    if len(found) > 1 and _SHOULD_IT.match(found[0].string):
        found = found[1:]  # *Should a child tell you, it must*: the condition has no comma
    joined = (
        one
        for one in found[1:]
        if _JOINS.search(before := one.string[: one.start()])
        and not (_PLAIN_NOT.match(one[0]) and _BELOW.search(before, found[0].end()))
    )
    return [*found[:1], *joined]


def cue_of(text: str) -> re.Match[str] | None:
    """Return the first words that oblige, forbid or permit; None where it has none."""
    return next(iter(cues_of(text)), None)


def _outside(text: str) -> list[re.Match[str]]:
    every = list(CUES.finditer(text))
    found = [
        one
        for one in every
        if not (
            _INSIDE.search(text[: one.start()])
            if one.lastgroup in ("may", "must", "states")
            else one.lastgroup == "must_not" and _RELATIVE.search(text[: one.start()])
        )
    ]
    # "People who run accounts must": the verb behind *who* isn't this one.
    return found or [one for one in every if _WHO_DO.fullmatch(text[: one.start()])][:1]


NEVER_RIGHT = lazy_pattern(
    r"\bit is (?:(?:never|not) (?:appropriate|acceptable|right|suitable)|inappropriate|unacceptable)\b",
    re.IGNORECASE,
)
"""How a sentence forbids something to everyone: *it is never appropriate*."""


_ASKED_NOT = lazy_pattern(
    r"\b(?:(?:is|are) (?:required|expected|asked)|agrees?|(?:require|expect|ask) (?:\w+ ){1,3}?)"
    r" ?(?:to not|not to|to avoid|to refrain from)\b",
    re.IGNORECASE,
)
"""How a sentence asks people not to do something."""
_IS_FINE = lazy_pattern(
    r"^(?:this|that|these|it|they) (?:is|are) (?:\w+ly |also |quite )?(?:acceptable|allowed|permitted)\b",
    re.IGNORECASE,
)
"""How a sentence permits what the one before it names."""
_ONLY_ASKS = lazy_pattern(r"\bask", re.IGNORECASE)
"""How it asks, and doesn't require."""
_REQUIREMENT = lazy_pattern(
    r"^(?:for (?P<people>[\w ]{3,30}), )?(?:the )?(?P<whose>\w+ )?"
    r"(?:requirements|expectations|responsibilities)"
    r"(?: for (?P<them>[\w ]{3,30}?))?(?: (?:often|typically|usually|also))? (?:include|are) "
    r"(?:(?P<no>not|never|only|avoiding|no) )?(?=\w+ing\b)",
    re.IGNORECASE,
)
_WHOSE = {
    "parental": "parents",
    "parent": "parents",
    "pupil": "pupils",
    "student": "pupils",
    "staff": "staff",
}


def required_of(text: str) -> tuple[str, Modality] | None:
    """Return who must follow one of several requirements, "" where it doesn't say, and whether it forbids
    (*For staff, requirements include not posting ...*); None where the sentence is none."""
    found = _REQUIREMENT.match(text)
    if found is None:
        return None
    whose = _WHOSE.get((found["whose"] or "").strip().casefold(), "")
    return found["people"] or found["them"] or whose, Modality.MUST_NOT if found["no"] else Modality.MUST


def _finite(text: str) -> bool:
    """Whether it has a verb of its own, outside *who* and *that*."""
    done = any(not _INSIDE.search(text[: one.start()]) for one in _DONE.finditer(text))
    return done or bool(_outside(text)) or IMPERATIVE.match(text) is not None


def is_only(text: str) -> bool:
    """Whether it keeps everyone else from something: *Only the head may*, not *may only be*."""
    cue = cue_of(text)
    return cue is not None and cue.lastgroup == "may" and _is_only_before(cue)


def _is_only_before(cue: re.Match[str]) -> bool:
    before = cue.string[: cue.start()]
    return any(not _INSIDE.search(before[: one.start()]) for one in _ONLY.finditer(before))


def restricts(cue: re.Match[str]) -> bool:
    """Whether it permits nothing but what it names: *may only be*, *only the head may*."""
    return cue.lastgroup == "may" and (
        _is_only_before(cue) or _ONLY.search(cue.string, cue.end()) is not None
    )


def modality(text: str, *, acts: bool) -> Modality:
    """Return how strongly a clause binds: of several sentences as the strongest. `acts`: whether it names a
    person who acts."""
    each = [_modality(one, acts=acts) for one in split(text)] or [Modality.STATES]
    return next((one for those in _STRONGEST for one in each if one in those), each[0])


def _modality(text: str, *, acts: bool) -> Modality:
    asked_not = _ASKED_NOT.search(text)
    if asked_not and not NEVER_RIGHT.search(text) and _ONLY_ASKS.search(asked_not[0]):
        return Modality.SHOULD_NOT
    if asked_not or NEVER_RIGHT.search(text):
        return Modality.MUST_NOT
    found = cues_of(text)
    each = [_bound(text, one, acts=acts) for one in found] or [_bound(text, None, acts=acts)]
    return next((one for those in _STRONGEST for one in each if one in those), each[0])


def _bound(text: str, cue: re.Match[str] | None, *, acts: bool) -> Modality:
    main = main_part(text)
    if _DO_AT_ONCE.match(text) and (cue is None or cue.lastgroup not in ("must_not", "should_not")):
        return Modality.MUST
    if cue is not None and restricts(cue):
        return Modality.MUST_NOT
    if cue is not None and cue.lastgroup == "must_not":
        before = cue.string[: cue.start()]
        if _SAYS_WHAT.match(text) and _PLAIN_NOT.match(cue[0]):
            return Modality.STATES
        if _AND_NOT.search(before) and not _MODAL.match(cue[0]) and (acts or _DONE.search(before)):
            return Modality.MUST
    group = (cue.lastgroup if cue is not None else "") or ""
    if NONE.match(main) or (group == "must" and _ONLY_FIRST.match(main)):
        return _DENIED.get(group, Modality.MUST_NOT)
    if cue is not None and group and not (STATES.match(text) and cue.start() > 60):
        return _said_by(text, cue, acts=acts)
    if STATES.match(text):
        return Modality.STATES
    asks = (acts and not _IS_SO.match(main)) or _DONE.search(main) or _BY_A_TIME.search(main)
    return Modality.MUST if asks or IMPERATIVE.match(main) else Modality.STATES


def _said_by(text: str, cue: re.Match[str], *, acts: bool) -> Modality:
    """Return the strength that these words give a sentence."""
    if _AIM_IS.search(cue.string[: cue.end()]):
        return Modality.STATES
    if IMPERATIVE.match(text) and cue.start() > 0 and cue.lastgroup in ("may", "must"):
        return Modality.MUST
    if not acts and cue[0].lower() == "will" and _WILL_BE.match(cue.string[cue.end() :]):
        return Modality.STATES
    if cue.lastgroup == "may" and IMPERATIVE.match(cue.string):
        return Modality.MUST
    if cue.lastgroup in _TURNED and _TO_NOT.match(cue.string, cue.end()):
        return _TURNED[cue.lastgroup]
    return Modality(str(cue.lastgroup))


# Tell sentences that require something from labels, definitions and background.


LEAST, FEWEST = 3, 5
"""Words of a sentence; with fewer than the second it must say that a person acts."""
STATED = "says how things are"
"""Why a sentence is none that asks for nothing; what the document numbers as a clause is one all the same."""
LONGEST = 1_000
"""Letters of a sentence. A longer one is a table or a page without full stops."""

_FURNITURE = lazy_pattern(
    r"^(?:(?:date|version|status|author|owner|approved|agreed|adopted|reviewed|policy owner)\b[\w ./]{0,30}"
    r"[:|][^|]{0,160}(?:\|[^|]{0,160}){0,8}"
    r"|(?:date|version|status|author|owner|signed|signature|(?:agreed|approved) by|adopted|ratified"
    r"|issue date|job title|contents|table of contents|review(?:ed)? (?:date|by)|next review"
    r"|policy (?:owner|number|reference|name)"
    r"|document control)\b[^.]{0,80}\.?"
    r"|(?:https?://|www\.)\S+|[\d\s./:-]+|©.*|copyright ©?.*)$",
    re.IGNORECASE,
)
_LETTER = lazy_pattern(
    r"^(?:dear(?: [^\s.]{1,30}){1,9}|to whom it may concern|(?:yours|many thanks|best wishes|with"
    r" (?:best|kind|warm) (?:wishes|regards)|kind regards|thank you)\b[^.]{0,60}|(?:annwyl|yn gywir"
    r"|cofion)\b[^.]{0,60})[.!]?$",
    re.IGNORECASE,
)
_TITLE = lazy_pattern(
    r" [–—-] (?:The )?(?:Staff|Volunteers|Pupils|Students|Parents|Carers|Governors|(?:Wider )?Community)"
    r"(?:(?: / | and | & )[A-Z][a-z]{1,20}){0,3}$"
)
"""How a line of a table of contents ends: *Training – Staff / Volunteers*."""
_ROW = lazy_pattern(r"(?:\s\(?[xX✓✔]\)?){1,20}\s*$")
"""The marks of a table's columns at the end of its row."""
_DANGER = lazy_pattern(
    r"\b(?:abus(?:e|ive images)|police|999|safeguarding|child protection|grooming|in danger|at risk of harm"
    r"|been (?:hurt|harmed)|indecent images?|exploitation|self-harm"
    r"|heddlu|[cg]h?am-drin|diogelu)\b",
    re.IGNORECASE,
)
_TOLD = lazy_pattern(
    r"\b(?:report(?:ed|s)?|refer(?:red|s)?|call(?:ed)?|ring|phone|tell|told|inform(?:ed|s)?|contact(?:ed)?|pass(?:ed)?"
    r"|notif(?:y|ied)|alert(?:ed)?|escalat\w{1,3}|hand(?:ed)?"
    r"|gwybod|hysbysu|ffoniwch|cysylltwch)\b",
    re.IGNORECASE,
)
_EXAMPLE = lazy_pattern(
    r"^(?:for (?:example|instance)|e\.g\.?|examples? (?:of|include)|such as)\b", re.IGNORECASE
)
_LAW = lazy_pattern(
    r"^(?:the|section \d{1,3} of the) (?:[\w&,’'-]+ ){0,10}?(?:act(?: (?:19|20)\d\d)?|(?:19"
    r"|20)\d\d [\w ]{1,40} act|regulations"
    r"(?: (?:19|20)\d\d)?) (?:also )?(?!must|should|may not|applies to this)\w",
    re.IGNORECASE,
)
_IT_IS = lazy_pattern(
    r"^it is (?:\w+ly )?(?:hoped|likely|unlikely|more likely|common|recogni[sz]ed|accepted|known|clear"
    r"|true|possible"
    r"|understood|intended|natural|easy)\b",
    re.IGNORECASE,
)
_RECOMMENDED = lazy_pattern(r"^it is (?:strongly )?(?:recommended|advised|suggested)\b", re.IGNORECASE)
_DEFINES = lazy_pattern(
    r"\b(?:(?<!any )(?<!other )(?<!whatever )(?<!by )(?<!of )means\b|refers? to\b"
    r"(?! (?:the |our |an? )?(?:head\w*|deputy|dsl|designated|office|police|governors?|principal|senior)\b)"
    r"|(?:is|are) (?:defined|understood|known|described) as|(?:is|are) a"
    r"(?:n)? (?:term|type|kind|form|set|group|tool|way)s?\b"
    r"|for the purposes? of|(?<!of )(?<!in )(?<!before )(?<!during )(?<!after )the term\b(?! of\b)"
    r"|include(?:s)?,? but (?:is|are) not limited|is the (?:term"
    r"|name)|stands for|such as .{1,300} are examples)",
    re.IGNORECASE,
)
_DEMANDS = lazy_pattern(r"\b(?:never|must)\b", re.IGNORECASE)
"""What no explanation of a word has."""
_BACKGROUND = lazy_pattern(
    r"\b(?:increasing(?:ly)?|growing|widespread|opportunit(?:y|ies)|benefits?|popular|nowadays"
    r"|today['’]s|in recent years"
    r"|part of (?:everyday|modern|daily|our|life)|millions|research|evidence shows"
    r"|recogni[sz]es? that|we (?:recogni[sz]e|believe|value|know)"
    r"|we are (?:proud|committed)|(?:brings?|offers?|provides?|poses?|creates?|carr(?:y|ies)) "
    r"(?:\w+ ){0,3}(?:risks?|challenges?|ways?|chance)"
    r"|has become|have become|has changed|was (?:written|created|founded|developed)|thank)",
    re.IGNORECASE,
)
_THINGS = lazy_pattern(
    r"^(?:while |although )?(?:the )?(?:use of )?(?:social (?:media|network\w*)|the internet"
    r"|technology|technologies|networks?|platforms?|online \w+"
    r"|it|they|there|this|these|many|most|some)\b",
    re.IGNORECASE,
)
_IS_A = lazy_pattern(
    r"^[\"“']?(?:an? )?[\w'’ -]{2,30}[\"”']? (?:is|are) (?:an?|one of|types of|kinds of|words?"
    r"|websites?|any|where|when)\b",
    re.IGNORECASE,
)
_MANY = lazy_pattern(
    r"^(?:many|most|some|today|examples?|our (?:school|vision|mission|ethos|community))\b", re.IGNORECASE
)
_STRONG = ("must_not", "should_not", "must", "should", "advised_not")


def why_not(text: str, *, acts: bool) -> str:
    """Return why the sentence is not a clause; "" where it is one. `acts`: whether it names a person who
    acts."""
    judged = NEVER_RIGHT.search(text) or _RECOMMENDED.match(text) or _IS_FINE.match(text)
    if of_danger(text) or (judged and not text.endswith((":", "?"))):
        return ""  # what to do in danger is never put aside
    cue, said = cue_of(text), modality(text, acts=acts)
    if cue is not None and restricts(cue) and not _by_its_look(text, cue):
        return ""
    put_aside = _by_its_look(text, cue) or _without_duty(text, said, cue, acts=acts)
    if put_aside is not None:
        return put_aside
    strong = cue is not None and (cue.lastgroup in _STRONG or acts) and not _weak(cue, said, acts=acts)
    if strong or IMPERATIVE.match(text) or NONE.match(text):
        return ""
    if text.endswith(":"):
        return "leads to a list"
    tells = _what_it_tells(text, acts=acts)
    if not tells and cue is not None and not acts and _THINGS.match(text):
        return "background"
    if not tells and not STATES.match(text) and not acts and len(text.split()) < FEWEST:
        return "a label"
    return tells


def _by_its_look(text: str, cue: re.Match[str] | None) -> str | None:
    if len(text) > LONGEST:
        return "too long for one sentence"
    if text.endswith("?"):
        return "a question"
    title = cue is None and (_LETTER.match(text) or _TITLE.search(text))
    if _FURNITURE.match(text) or title or len(text.split()) < LEAST:
        return "a label"
    return "a row of a table" if _ROW.search(text) else None


def _without_duty(text: str, said: Modality, cue: re.Match[str] | None, *, acts: bool) -> str | None:
    """Return why a sentence is none that asks for nothing, "" where it permits something; None where this
    doesn't tell."""
    main = main_part(text)
    if _only_tells(text, main, said):
        return _what_it_tells(text, acts=acts) or "background"
    if said is Modality.STATES and not STATES.match(main) and not text.endswith(":"):
        return _what_it_tells(text, acts=acts) or STATED
    if said is not Modality.MAY or cue is None:
        return None
    if _USED.match(cue.string[cue.end() :]):
        return ""
    return (_what_it_tells(text, acts=acts) or STATED) if cue[0].lower() == "can" and not acts else None


_USED = lazy_pattern(
    r"^(?!.{0,80}\b(?:bull\w+|harass\w*|abus\w+|groom\w*|hurt\w*|harm\w*|damag\w+|threat\w+|radicali\w+"
    r"|steal|scam\w*|trick\w*|hate|lies|rumours)\b)"
    r" (?:also |only |then )*(?:be (?:\w+ly )?(?!(?:copied|misused|stolen|traced|altered|manipulated"
    r"|lost|hacked)\b)"
    r"\w+(?:ed|en|put|made|kept|told|sent|shown)\b(?! by (?:strangers|others|anyone|people|third))"
    r"|also be necessary|be necessary|only)",
    re.IGNORECASE,
)
"""What may be done with something: *It can be used to*."""


def of_danger(text: str) -> bool:
    """Whether it says who is told when someone is in danger, in English or Welsh."""
    return bool(_DANGER.search(text) and _TOLD.search(text)) and not text.endswith((":", "?"))


def _explains(text: str, *, acts: bool) -> bool:
    if _DEMANDS.search(text) or STATES.match(text):
        return False
    return bool(_DEFINES.search(text) or (_IS_A.match(text) and not acts))


def _what_it_tells(text: str, *, acts: bool) -> str:
    if _explains(text, acts=acts):
        return "explains a word"
    return "background" if _BACKGROUND.search(text) or _MANY.match(text) else ""


_PLAINLY = frozenset({Modality.STATES, Modality.MAY})


def _only_tells(text: str, main: str, said: Modality) -> bool:
    """Whether it asks for nothing and permits nothing: news, an example, a law, what is so or may follow."""
    if said in _PLAINLY and (_LAW.match(text) or _IT_IS.match(main)):
        return True
    if said not in _PLAINLY and _IT_IS.match(main) and not re.search(r"\b(?:must|should)\b", main):
        return True
    return bool(_EXAMPLE.match(text)) and not cue_of(text)


def _weak(cue: re.Match[str], said: Modality, *, acts: bool) -> bool:
    """Whether the words only describe: "Social media can be ...", "Networks will change"."""
    text = cue.string
    return (
        not acts
        and bool(_THINGS.match(text))
        and cue.lastgroup in ("must", "may")
        and said in (Modality.MUST, *_PLAINLY)
        and not _USED.match(text[cue.end() :])
        and not re.search(r"\b(?:must|shall|required|ensure|responsible|it is)\b", text, re.IGNORECASE)
    )
