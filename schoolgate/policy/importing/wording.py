"""How strongly a sentence binds, by its words: must, should, advised, may, the same with *not*, or only
states."""

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.splitting import split

_MUST_NOT = (
    r"(?:must|shall|will|may|can|could) (?:not|never)|mustn['’]t|shan['’]t|won['’]t|can(?:no|['’])t"
    r"|(?:is|are) (?:not|never) (?:to\b|permitted|allowed|acceptable|authorised)|(?:is|are) (?:strictly )?"
    r"(?:prohibited|forbidden|banned|unacceptable)|under no circumstances|on no account|(?:do|does"
    r"|is|are) (?:not|never)"
    r"|don['’]t|doesn['’]t|never|refrain from|nobody|no[- ]one|not permitted|not allowed"
    r"|nothing|nowhere|(?:post|use|share|give|take|make|put|upload|publish)s? no"
)
_SHOULD_NOT = r"should(?: also)? (?:not|never|avoid)|shouldn['’]t|ought not|avoid\b"
_ADVISED_NOT = (
    r"(?:is|are) (?:strongly )?(?:advised (?:not|against|to avoid)|discouraged|urged (?:not|to avoid))"
    r"|(?:advise|recommend|discourage)s? (?:staff |you |them )?(?:against|not to)"
    r"|not (?:be )?(?:advisable|advised|recommended)|inadvisable|(?:preferably|ideally) not"
)
_SHOULD = r"should|ought to|(?:is|are) expected to"
_ADVISED = (
    r"(?:is|are) (?:strongly )?(?:advised|recommended|encouraged|urged)"
    r"|(?:recommend|advise|urge|encourage)s?\b"
    r"|should (?:ideally|preferably)|advisable|preferably|ideally|good practice|where possible"
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
CUES = lazy_pattern(
    rf"\b(?:(?P<must_not>{_MUST_NOT})|(?P<advised_not>{_ADVISED_NOT})|(?P<should_not>{_SHOULD_NOT})"
    rf"|(?P<advised>{_ADVISED})|(?P<should>{_SHOULD})|(?P<must>{_MUST})|(?P<may>{_MAY}))\b",
    re.IGNORECASE,
)
NONE = lazy_pattern(r"^(?:no|neither|none|nothing|not)\b", re.IGNORECASE)
IMPERATIVE = lazy_pattern(
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
STATES = lazy_pattern(
    r"^(?:this|the|our|these) (?:[\w-]+ ){0,4}?(?:policy|procedure|document|guidance|rules?|code"
    r"|aims?|purpose)s? "
    r"(?:also )?(?:appl|cover|bind|include|exist|aim|seek|set|explain"
    r"|describ|support|is|are|was|were|reach|extend|outline"
    r"|should be read)",
    re.IGNORECASE,
)

_DONE = lazy_pattern(
    r"\b(?:is|are|gets?) (?:\w+ ){0,2}?(?:\w+ed|\w+en|kept|put|told|made|held|met|set|sought|dealt)\b",
    re.IGNORECASE,
)
"""An action without an actor: "Misuse is reported to the head"."""


_MAIN = lazy_pattern(
    r",\s+(?=(?:we|you|it|they|the|this|staff|all|each|every|any|no|an?|parents?)\b)", re.IGNORECASE
)
_CONDITION = lazy_pattern(r"^(?:if|when|where|unless|once|while|should)\b", re.IGNORECASE)
_REST = lazy_pattern(r" (?:if|unless|until|provided|except|because|so that|in case)\b", re.IGNORECASE)
_INSIDE = lazy_pattern(
    r"\b(?:that|who|which|whether|what|how|where)(?: (?:an?|the|our|their|any|no))?(?: [\w-]{1,30}){0,2} $",
    re.IGNORECASE,
)
_AND_NOT = lazy_pattern(r"\b(?:and|but) $", re.IGNORECASE)
_SAYS_WHAT = lazy_pattern(r"^(?:it|this|there|social media|(?:this|the|our) policy)\b", re.IGNORECASE)
_PLAIN_NOT = lazy_pattern(r"^(?:do|does|is|are) not$", re.IGNORECASE)
_ONLY = lazy_pattern(r"^only\b", re.IGNORECASE)
_STRONGEST = (
    (Modality.MUST, Modality.MUST_NOT),
    (Modality.SHOULD, Modality.SHOULD_NOT),
    (Modality.ADVISED, Modality.ADVISED_NOT),
    (Modality.MAY,),
)


def main_part(text: str) -> str:
    """Return the sentence without the condition that it begins or ends with (*If ..., we*; *... unless*)."""
    if _CONDITION.match(text) and (begins := _MAIN.search(text)):
        text = text[begins.end() :]
    ends = _REST.search(text)
    return text[: ends.start()] if ends and len(text[: ends.start()].split()) > 2 else text


def cue_of(text: str) -> re.Match[str] | None:
    """Return the words that oblige, forbid or permit; None where it has none. What stands inside *that
    a child may be at risk* is about something else."""
    found = [*CUES.finditer(main_part(text))]
    outside = (
        one
        for one in found
        if one.lastgroup not in ("may", "must") or not _INSIDE.search(one.string[: one.start()])
    )
    return next(outside, None)


def is_only(text: str) -> bool:
    """Whether it keeps everyone else from something: *Only the head may*."""
    cue = cue_of(text)
    return bool(_ONLY.match(text)) and cue is not None and cue.lastgroup == "may"


def modality(text: str, *, acts: bool) -> Modality:
    """Return how strongly a clause binds: of several sentences as the strongest. `acts`: whether it names a
    person who acts."""
    each = [_modality(one, acts=acts) for one in split(text)] or [Modality.STATES]
    return next((one for those in _STRONGEST for one in each if one in those), each[0])


def _modality(text: str, *, acts: bool) -> Modality:
    cue = cue_of(text)
    if is_only(text):
        return Modality.MUST_NOT
    if cue is not None and cue.lastgroup == "must_not":
        before = cue.string[: cue.start()]
        if _SAYS_WHAT.match(text) and _PLAIN_NOT.match(cue[0]):
            return Modality.STATES
        if _AND_NOT.search(before) and (acts or _DONE.search(before)):
            return Modality.MUST
    if NONE.match(text) and (cue is None or cue.lastgroup not in ("should", "advised")):
        return Modality.MUST_NOT
    if cue is not None and cue.lastgroup is not None and not (STATES.match(text) and cue.start() > 60):
        if IMPERATIVE.match(text) and cue.start() > 0 and cue.lastgroup in ("may", "must"):
            return Modality.MUST
        return Modality(cue.lastgroup)
    if STATES.match(text):
        return Modality.STATES
    return Modality.MUST if acts or IMPERATIVE.match(text) or _DONE.search(text) else Modality.STATES
