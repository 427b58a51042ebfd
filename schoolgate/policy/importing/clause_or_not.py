"""Tell sentences that require something from labels, definitions and background."""

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.policy.importing.wording import (
    IMPERATIVE,
    NEVER_RIGHT,
    NONE,
    STATES,
    cue_of,
    main_part,
    modality,
    restricts,
)
from schoolgate.rulebook.kinds import Modality

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
    judged = NEVER_RIGHT.search(text) or _RECOMMENDED.match(text)
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
