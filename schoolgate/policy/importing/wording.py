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
    r"(?:(?:is|are|was|were|would|do|does)(?: not| never)|isn['’]t|aren['’]t|don['’]t|doesn['’]t)(?: be)?"
    r"(?: \w+ly)? (?:advisable|advise[sd]?|recommend(?:ed)?|encouraged?|wise|sensible"
    r"|good practice|a good idea)"
    r"|(?:is|are) (?:strongly )?(?:advised (?:not|against|to avoid)|discouraged|urged (?:not|to avoid))"
    r"|(?:advise|recommend|discourage)s? (?:staff |you |them )?(?:against|not to)"
    r"|not (?:be )?(?:advisable|advised|recommended)|inadvisable|(?:preferably|ideally) not"
)
_SHOULD = r"should|ought to|(?:is|are) expected to"
_ADVISED = (
    r"(?:is|are) (?:strongly )?(?:advised|recommended|encouraged|urged)"
    r"|(?:recommend|advise|urge|encourage)s?\b"
    r"|(?:aim|endeavour|strive|intend|hope)s? to|tr(?:y|ies) to|makes? every effort to"
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
_DESCRIBES = (
    r"(?:is|are) not (?:monitored|watched|staffed|available|responsible|liable|intended|affected|able)"
    r"|(?:may|can|could|might|will) (?:also )?(?:lead to|result in|amount to|constitute|render|contain"
    r"|be (?:regarded|seen|considered|viewed|interpreted|liable)"
    r"|(?:make|put|bring|leave) (?:[\w'’-]+ ){1,4}?(?:liable|at risk|into disrepute|open to))"
    r"|there (?:may|can|could|might|will) (?:also )?be"
)
"""What is so, or may follow, asks for nothing."""
CUES = lazy_pattern(
    rf"\b(?:(?P<states>{_DESCRIBES})|(?P<advised_not>{_ADVISED_NOT})|(?P<must_not>{_MUST_NOT})|(?P<should_not>{_SHOULD_NOT})"
    rf"|(?P<advised>{_ADVISED})|(?P<should>{_SHOULD})|(?P<must>{_MUST})|(?P<may>{_MAY}))\b",
    re.IGNORECASE,
)
NONE = lazy_pattern(r"^(?:no|neither|none|nothing|not)\b", re.IGNORECASE)
IMPERATIVE = lazy_pattern(
    r"^(?:please |always )?(?:add|address|agree|alert|answer|apply|ask|be|block|call|carry|change|check"
    r"|choose|close|complete|conduct|consider|contact"
    r"|create|credit|delete|discuss|ensure|follow|get|give|hide|inform|isolate|keep|let|limit|link|log|look"
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
_IS_SO = lazy_pattern(
    r"^(?:we|(?:the|our) (?:school|federation|trust|academy|college|nursery|staff|pupils|governors))"
    r"(?: (?:now|already|also|still|all|both|currently|\w{1,15}ly)){0,2} (?:"
    r"(?:have|has|had) (?!(?:an?|the) (?:duty|responsibility))"
    r"|(?:are|is|was|were)(?: (?:now|already|also|still|all|very|so|\w{1,15}ly)){0,2} (?:delighted|pleased"
    r"|proud|excited|thrilled|happy|glad|grateful|keen|(?!(?:not|to|kept|told|made|held|met|set|sought|dealt|put|careful"
    r"|\w{1,20}(?:ed|en))\b)))",
    re.IGNORECASE,
)
"""News and background: *We are now on Instagram*, *We have a page*. No one is to do anything."""
EXAMPLE = lazy_pattern(r"^(?:for (?:example|instance)|e\.? ?g\b|such as)\b", re.IGNORECASE)

_MAIN = lazy_pattern(
    r",\s+(?=(?:we|you|it|they|the|this|staff|all|each|every|any|no|an?|parents?)\b)", re.IGNORECASE
)
_CONDITION = lazy_pattern(r"^(?:if|when|where|unless|once|while|should)\b", re.IGNORECASE)
_REST = lazy_pattern(r" (?:if|unless|until|provided|except|because|so that|in case)\b", re.IGNORECASE)
_INSIDE = lazy_pattern(
    r"\b(?:that|who|which|whether|what|how|where)(?: (?:an?|the|our|their|any|no))?(?: [\w-]{1,30}){0,2} $",
    re.IGNORECASE,
)
_RELATIVE = lazy_pattern(r"\b(?:that|which|who) $", re.IGNORECASE)
"""*A computer that will not be used by pupils* forbids nothing."""
_AT_ONCE = r"(?:immediately|at once|straight ?away|without delay)"
_DOES = r"(?:report|tell|inform|contact|call|ring|notify|stop|refer|pass|isolate|alert)"
DO_AT_ONCE = lazy_pattern(
    rf"^(?:if|when|where|whenever|should|in the event)\b.{{10,600}}"
    rf"(?:\b{_DOES}\b.{{0,80}}\b{_AT_ONCE}|\b{_AT_ONCE} {_DOES})\b",
    re.IGNORECASE,
)
"""*If a page may show abuse, tell the police at once*, with a comma or without."""
_AND_NOT = lazy_pattern(r"\b(?:and|but) $", re.IGNORECASE)
_MODAL = lazy_pattern(r"^(?:must|shall|will|may|can|could)\b", re.IGNORECASE)
_SAYS_WHAT = lazy_pattern(r"^(?:it|this|there|social media|(?:this|the|our) policy)\b", re.IGNORECASE)
_PLAIN_NOT = lazy_pattern(r"^(?:do|does|is|are) not$", re.IGNORECASE)
_AIM_IS = lazy_pattern(r"\b(?:aim|purpose|objective|goal)s?\b[^,.;]{0,80} (?:is|are) to$", re.IGNORECASE)
_ONLY = lazy_pattern(r"(?<!\bnot )(?<!\bthe )(?<!\ban )(?<!\bif )\bonly\b", re.IGNORECASE)
_JOINS = lazy_pattern(r"(?:\b(?:and|but|or)|;)(?: [\w'’]{1,20}){0,3} $", re.IGNORECASE)
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
    if not ends or len(text[: ends.start()].split()) <= 2:
        return text
    head = text[: ends.start()]
    # "Anyone who sees a child at risk because of a post must tell": what obliges comes behind it.
    return head if _finite(head) or not _outside(text) else text


def condition_of(text: str) -> str:
    """Return the condition that a sentence begins with, without *if*; "" for none."""
    if _CONDITION.match(text) and (ends := _MAIN.search(text)):
        return text[: ends.start()].partition(" ")[2]
    return ""


def cues_of(text: str) -> list[re.Match[str]]:
    """Return the words that oblige, forbid or permit, the first with those that are joined to it by *and* or
    *but*. What stands inside *that a child may be at risk* is about something else."""
    found = _outside(main_part(text))
    joined = (one for one in found[1:] if _JOINS.search(one.string[: one.start()]))
    return [*found[:1], *joined]


def cue_of(text: str) -> re.Match[str] | None:
    """Return the first words that oblige, forbid or permit; None where it has none."""
    return next(iter(cues_of(text)), None)


def _outside(text: str) -> list[re.Match[str]]:
    return [
        one
        for one in CUES.finditer(text)
        if not (
            _INSIDE.search(text[: one.start()])
            if one.lastgroup in ("may", "must")
            else one.lastgroup == "must_not" and _RELATIVE.search(text[: one.start()])
        )
    ]


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
    found = cues_of(text)
    each = [_bound(text, one, acts=acts) for one in found] or [_bound(text, None, acts=acts)]
    return next((one for those in _STRONGEST for one in each if one in those), each[0])


def _bound(text: str, cue: re.Match[str] | None, *, acts: bool) -> Modality:
    if DO_AT_ONCE.match(text) and (cue is None or cue.lastgroup not in ("must_not", "should_not")):
        return Modality.MUST
    if cue is not None and restricts(cue):
        return Modality.MUST_NOT
    if cue is not None and cue.lastgroup == "must_not":
        before = cue.string[: cue.start()]
        if _SAYS_WHAT.match(text) and _PLAIN_NOT.match(cue[0]):
            return Modality.STATES
        if _AND_NOT.search(before) and not _MODAL.match(cue[0]) and (acts or _DONE.search(before)):
            return Modality.MUST
    if NONE.match(main_part(text)) and (cue is None or cue.lastgroup not in ("should", "advised")):
        return Modality.MUST_NOT
    if cue is not None and cue.lastgroup is not None and not (STATES.match(text) and cue.start() > 60):
        if _AIM_IS.search(cue.string[: cue.end()]):
            return Modality.STATES
        if IMPERATIVE.match(text) and cue.start() > 0 and cue.lastgroup in ("may", "must"):
            return Modality.MUST
        return Modality(cue.lastgroup)
    if STATES.match(text) or _IS_SO.match(text) or EXAMPLE.match(text) or text.endswith("!"):
        return Modality.STATES
    return Modality.MUST if acts or IMPERATIVE.match(text) or _DONE.search(text) else Modality.STATES
