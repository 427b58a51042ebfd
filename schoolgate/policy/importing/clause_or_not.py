"""Tell sentences that require something from labels, definitions and background."""

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.policy.importing.wording import (
    DO_AT_ONCE,
    EXAMPLE,
    IMPERATIVE,
    NONE,
    STATES,
    cue_of,
    restricts,
)

LONGEST = 1_000
"""Letters of a sentence. A longer one is a table or a page without full stops."""

_FURNITURE = lazy_pattern(
    r"^(?:(?:date|version|status|author|owner|signed|signature|(?:agreed|approved) by|adopted|ratified"
    r"|issue date|job title|contents|table of"
    r" contents|review(?:ed)? (?:date|by)|next review|policy (?:owner|number|reference|name)"
    r"|document control)\b[^.]{0,80}\.?"
    r"|(?:https?://|www\.)\S+|[\d\s./:-]+|©.*|copyright ©?.*)$",
    re.IGNORECASE,
)
_OF_A_LETTER = lazy_pattern(
    r"^(?:(?:dear|annwyl) [^.]{1,80}|(?:yours|with (?:best|kind|warm) (?:wishes|regards)"
    r"|(?:best|kind|kindest|warm) (?:wishes|regards)|many thanks|yn gywir|cofion)\b.{0,80}|.{1,80},)$",
    re.IGNORECASE,
)
"""How a letter begins and ends, and what breaks off at a comma."""
_MAY_BE_USED = lazy_pattern(
    r"\b(?:can|may) (?:also |only |then ){0,2}be (?:used (?:to|for|in|by|when)|necessary|needed)\b"
    r"(?!.{0,80}\b(?:bull\w+|harass\w*|abus\w+|groom\w*|hurt\w*|harm\w*|damag\w+|threat\w+|radicali\w+|steal"
    r"|scam\w*|trick\w*|hate|lies|rumours)\b)",
    re.IGNORECASE,
)
"""What an account or a page is allowed for, not what the internet can do to people."""
_SCHOOLS_OWN = lazy_pattern(r"^(?:it|this|they|these|(?:the|our|each|a|this) [^,.;]{0,60})\b", re.IGNORECASE)
_DEFINES = lazy_pattern(
    r"\b(?:means\b|(?:is|are) (?:defined|understood|known|described) as|refers? to|(?:is|are) a"
    r"(?:n)? (?:term|type|kind|form|set|group|tool|way)s?\b"
    r"|for the purposes? of|the term|include(?:s)?,? but (?:is|are) not limited|is the (?:term"
    r"|name)|stands for|such as .{1,300} are examples)",
    re.IGNORECASE,
)
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
    words = text.split()
    if len(text) > LONGEST:
        return "too long for one sentence"
    if text.endswith("?"):
        return "a question"
    cue = cue_of(text)
    if _FURNITURE.match(text) or len(words) < 3 or (cue is None and _OF_A_LETTER.match(text)):
        return "a label"
    if DO_AT_ONCE.match(text) or (cue is not None and restricts(cue)):
        return ""
    strong = cue is not None and (cue.lastgroup in _STRONG or acts) and not _weak(text, cue)
    if strong or IMPERATIVE.match(text) or NONE.match(text):
        return ""
    if text.endswith(":"):
        return "leads to a list"
    if cue is not None and cue.lastgroup == "may" and _MAY_BE_USED.search(text) and _SCHOOLS_OWN.match(text):
        return ""
    if EXAMPLE.match(text):
        return "background"
    if (_DEFINES.search(text) or (_IS_A.match(text) and not acts)) and not STATES.match(text):
        return "explains a word"
    if _BACKGROUND.search(text) or _MANY.match(text) or (cue is not None and _THINGS.match(text)):
        return "background"
    if not STATES.match(text) and not acts and len(words) < 5:
        return "a label"
    return ""


def _weak(text: str, cue: re.Match[str]) -> bool:
    """Whether the words only describe: "Social media can be ...", "Networks will change"."""
    return (
        bool(_THINGS.match(text))
        and cue.lastgroup in ("must", "may")
        and not re.search(r"\b(?:must|shall|required|ensure|responsible)\b", text, re.IGNORECASE)
    )
