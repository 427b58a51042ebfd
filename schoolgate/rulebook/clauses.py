"""Clauses, and what their words say: their sentences, the roles they name, and whether they ask anything."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.kinds import Enforce, Modality

# A paragraph as its sentences.


_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|(?<=;)\s+(?=[A-Z])")
_SHORT = lazy_pattern(
    r"(?:\b(?:e\.g|i\.e|etc|mr|mrs|ms|dr|st|no|nos|vs|cf|approx|para|sect|fig|p|pp|inc|rev)"
    r"|(?<!appendix )(?<!annex )\b[A-Z])\.$",
    re.IGNORECASE,
)
_SAYS = lazy_pattern(
    r"\b(?:must|shall|should|will|may|can|cannot|is|are|was|were|be|has|have|do|does|not|never|no|rhaid|dylai\w*"
    r"|dylid|mae|ni|na|peidi\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
"""A word that a sentence has and a name doesn't."""
IN_NO_CASE = (
    r"(?:under|in) no (?:circumstances?|cases?|situations?)|on no (?:account|occasion)"
    r"|at no (?:times?|point|stage)"
)
"""How a sentence forbids without a *not*: *under no circumstances will a member of staff*."""
_LONGEST = 1_000
"""What is longer is no sentence that ends with "e.g."."""


def split(text: str) -> list[str]:
    """Return the sentences of a paragraph, with every word of it. "e.g." and "Mr." end none."""
    parts: list[str] = []
    ends = [0, *(end.end() for end in _END.finditer(text)), len(text)]
    for part in (text[begin:end].strip() for begin, end in pairwise(ends)):
        lists_on = parts and parts[-1].endswith(";") and (not _SAYS.search(part) or _goes_on(parts[-1], part))
        if lists_on or (parts and len(parts[-1]) <= _LONGEST and _SHORT.search(parts[-1])):
            parts[-1] = f"{parts[-1]} {part}"
        elif part:
            parts.append(part)
    return parts


def _goes_on(before: str, part: str) -> bool:
    """Whether a bracket is open before these words that they close."""
    return before.count("(") > before.count(")") and ")" in part


# Which of a policy's roles a sentence names, by its own words.


def plain(words: str) -> str:
    """Return words without differences in spelling only."""
    return " ".join(words.casefold().replace("-", " ").split())


def roles_named(words: str, roles: Iterable[str], other_words: Mapping[str, str]) -> list[str]:
    """Return the roles that a sentence names, themselves or by other words for them."""
    said = plain(words)
    names = [name for name in roles if _is_named(name, said)]
    also = [name for word, name in other_words.items() if _is_named(word, said)]
    return [*dict.fromkeys([*names, *also])]


def _is_named(role: str, said: str) -> bool:
    return re.search(rf"\b{as_written(role)}s?\b", said) is not None


def as_written(role: str) -> str:
    """Return a pattern of a role's name, however a text without capitals divides it ("head teacher")."""
    return "[ -]?".join(map(re.escape, plain(role).replace(" ", "")))


# What a policy is made of: clauses, the roles it names, and what its wording leaves open.


PRINTED_NUMBER = "printed_number"
"""The parameter of a clause that has its number in the document."""
READ_AT = "read_at"
"""The parameter of a clause with the subjects of *May I ...?* at whose questions it's read, whatever its
words are."""
MOST_OF_ONE = 4
"""So many clauses of one number are the sentences of a paragraph; more are the items of a list."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One obligation, ban, permission or promise of a policy, restated by us in one plain sentence.

    `wording`: the sentence as the policy prints it, where the federation has pasted it; never part of a pack.
    """

    id: str
    section: str
    says: str
    modality: Modality
    actor: str
    area: str
    enforce: Enforce
    parameters: Mapping[str, Any] = field(hash=False)
    wording: str = ""

    @property
    def sentences(self) -> list[str]:
        """The sentences that people read: of the printed text where it was pasted, else of ours."""
        return split(self.wording or self.says)

    @property
    def number(self) -> str:
        """Its number in the document, such as "2.1"; empty where that isn't known."""
        return str(self.parameters.get(PRINTED_NUMBER, ""))

    @property
    def read_at(self) -> tuple[str, ...]:
        """The subjects of questions at which its owner said it's to be read."""
        return tuple(self.parameters.get(READ_AT) or ())

    @property
    def heading(self) -> str:
        """Where people find it: its number, and the heading that it is under."""
        return f"{self.number} {self.section}".strip()


def paragraphs(clauses: Iterable[Clause]) -> Mapping[str, tuple[str, ...]]:
    """Return for each clause that shares its paragraph with others all of that paragraph, in their order:
    what the document says under one number, as *4.4*, where no two sentences begin alike. Items of a list do,
    and each says all that it means."""
    found: dict[str, tuple[str, ...]] = {}
    for (_section, number), group in groupby(clauses, key=lambda one: (one.section, one.number)):
        parts = list(group)
        begun = {" ".join((one.wording or one.says).split()[:2]) for one in parts}
        if "." in number and len(begun) == len(parts) and 1 < len(parts) <= MOST_OF_ONE:
            found |= dict.fromkeys((one.id for one in parts), tuple(one.id for one in parts))
    return found


@dataclass(frozen=True, slots=True)
class Role:
    """A role as the policy names it, with what its holder may do here (our closed list of capacities)."""

    name: str
    key: str
    capacities: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tension:
    """Two sentences that clash, or words that do not decide. `ruled_by` is a role of the policy, or None."""

    id: str
    clauses: tuple[str, ...]
    what: str
    ruled_by: str | None


@dataclass(frozen=True, slots=True)
class PolicyMeta:
    """The front page of a policy. Dates are as the policy gives them; None where it gives none."""

    key: str
    title: str
    federation: str
    schools: tuple[str, ...]
    version: str
    reading: int
    adopted: str | None
    ratified: str | None
    review_due: str | None
    review_every_months: int | None
    owner: str | None


# Whether a sentence of a policy reads as if it asked nothing of anyone: it says what the policy is for, who
# must follow it, with which papers it is read, who looks after it, what a law is, what follows from a
# breach, or why there is a policy. Its owner is asked then; nothing is taken for granted.


_POLICY = (
    r"(?:(?:this|the|our|its) (?:[\w’'&/-]+ ){0,5}?(?:policy|policies|document|guidance|guidelines|code)\b)"
)
_ABOUT_IT = lazy_pattern(
    rf"^\W{{0,3}}(?:(?:while|whilst|although) [^,;.]{{5,160}}, )?{_POLICY}"
    r"(?: and (?:the |its )?procedures)? (?:(?:also|therefore) )?"
    r"(?:sets out the (?:principles|standards|rules) (?:that|which) [^,;.]{5,120} (?:is|are)"
    r" expected to follow"
    r"|(?:aims?|seeks) to \w+|aims?|seeks|applies|covers?|sets? out|outlines?"
    r"|explains?|describes?|gives?|provides?|makes? clear|includes?|complies|has regard"
    r"|(?:is|are) (?:intended|based|designed|written|part|informed|linked|underpinned|for|in line)"
    r"|(?:should|is to|must|will) (?:also )?be (?:read|viewed|seen|used|considered|understood)"
    r"|(?:was|has been) (?:written|agreed|adopted|drawn|developed|produced|approved|prepared))\b"
    r"|^\W{0,3}it (?:also )?(?:applies|covers|gives guid\w+|(?:should|is to|must) be (?:read|viewed|seen))\b"
    rf"|^\W{{0,3}}the (?:\w+ ){{0,2}}(?:aims?|purpose|intention|objectives?|scope) of {_POLICY}"
    r"(?: (?:is|are) to \w+)?"
    r"|^\W{0,3}(?:these|such|the) (?:\w+ ){0,2}?(?:individuals|people|groups|persons) are"
    r" (?:collectively )?referred to"
    r"|^\W{0,3}the terms? [“\"‘'][^”\"’']{2,40}[”\"’'][^.;]{0,40}"
    r" (?:should|is to|must) (?:also )?be (?:read|taken)"
    r"|^\W{0,3}(?:yn y polisi hwn|diben y|nod y) |\b(?:mae|nod|diben)'?r? polisi hwn\b",
    re.IGNORECASE,
)
"""What the policy is, and with what it's read."""
_WHOSE_IT_IS = lazy_pattern(
    r"^\W{0,3}(?:(?:[\w’'&/-]+,? ){1,8}?(?:(?:has|have|takes?) (?:the )?(?:\w+ ){0,2}responsibility for"
    r"|(?:is|are|will be|remains?) (?:\w+ ){0,2}responsible for)"
    r"|(?:\w+ )?responsibility for) (?:the )?(?:day-to-day )?"
    r"(?:implement\w+|overseeing|oversight|management|managing|handling complaints regarding|reviewing|review"
    r"|monitoring|following|complying with|adhering to)"
    rf"(?:,? (?:and )?(?:implement\w+|management|managing|monitoring|review\w*|maintenance))*"
    rf"(?: (?:of|the operation of))? {_POLICY}",
    re.IGNORECASE,
)
"""Who looks after the policy itself."""
_FOLLOWS = lazy_pattern(
    r"^\W{0,3}(?:any |all |serious |deliberate |repeated )*(?:breach(?:es)?|non-compliance|misuse"
    r"|inappropriate use|contravention|fail(?:ure|ing) to (?:comply|follow|adhere|observe))\b"
    r"(?! (?:must|should|shall|is|are))"
    r"(?:(?! (?:must|should|shall)\b).){0,160}?"
    r"\b(?:may|might|could|can|will)\b(?: \w+){0,2} (?:result|lead|be (?:treated|dealt|considered|regarded"
    r"|viewed|subject|referred|seen)|constitute|amount)\b"
    r"|^\W{0,3}gallai? torri('r)? (?:y )?polisi\b",
    re.IGNORECASE,
)
"""What follows from a breach."""
_WHY = lazy_pattern(
    r"\b(?:ha(?:s|ve) become|(?:is|are) (?:an? )?(?:\w+ )?(?:increasing|growing|significant|integral|popular"
    r"|part of (?:everyday|modern|daily))|provides? (?:\w+ ){0,3}(?:ways?|opportunit\w+|chances?)"
    r"|(?:can|may) (?:also )?(?:present|pose|create|carry|bring) (?:\w+ ){0,3}risks?"
    r"|(?:offers?|brings?|opens? up) (?:\w+ ){0,4}(?:opportunit\w+|benefits?|ways?|risks?|challenges?)"
    r"|guid(?:ance|elines?) (?:is|are) (?:necessary|needed|important)"
    r"|it is impossible to (?:cover|list|foresee)"
    r"|recogni[sz]es? (?:that|the)|acknowledges? (?:that|the)|respects? (?:[\w’'/]+,? ){1,6}right to)\b",
    re.IGNORECASE,
)
"""Why there is a policy, and what the school thinks."""
_POINTS_ON = lazy_pattern(
    r"\b(?:must|should|will|has to|have to) (?:also )?(?:comply with|follow|be in line with|meet)"
    r" (?:all )?(?:the|any) (?:[\w-]+ ){0,3}?(?:conditions|principles|standards|rules|requirements"
    r"|guidelines) (?:that are )?(?:outlined|set out|listed|described|given)"
    r" (?:below|above|here|in this (?:policy"
    r"|section|document))"
    r"|^\W{0,3}if [^,;.]{5,160}, (?:the|its|their) (?:content|information|posts?) (?:is|are) unlikely to be"
    r" of (?:any )?concern\b",
    re.IGNORECASE,
)
"""Where what is asked is said, and of what nothing is."""
_LAW = lazy_pattern(
    r"^\W{0,3}(?:the|section \d{1,3} of the) (?:[\w&,’'()-]+ ){0,10}?(?:act|regulations?|gdpr|directive)"
    r"(?: \(?(?:19|20)\d\d\)?)?,? (?:also )?(?:makes?|sets?|gives?|protects?|requires? (?:schools|employers)"
    r"|applies|governs?|covers?|states?|came|allows?)\b",
    re.IGNORECASE,
)
_SAYS_SO = (_ABOUT_IT, _WHOSE_IT_IS, _FOLLOWS, _WHY, _POINTS_ON, _LAW)
_ASKS = lazy_pattern(
    r"\b(?:must|shall|should|ought|need(?:s|ed)? to|required to|not|never|no|none|nothing|only|neither|nor"
    r"|cannot|can[’']t|isn[’']t|don[’']t|won[’']t|allow\w*|permit\w*|permission|prohibit\w*|forbid\w*|banned"
    r"|unless|until|except\w*|provided that|consent|expect\w*|ensur\w+|please|are asked|is asked|free to"
    r"|report(?:ed|s)?|inform(?:ed|s)?|tell|told|notif\w+|reserves?|immediately|at once|within \d"
    r"|rhaid|dylai\w*|dylid|peidi\w*|chaniat\w*|ddyl\w*|oni bai|hyd nes|dim ond|caiff|ni )\b",
    re.IGNORECASE,
)
"""Words with which it asks for something, beside those by which it's known."""
MOST = 600
"""Letters of a sentence; a longer one says more than that."""


def asks_nothing(text: str) -> bool:
    """Return whether each sentence reads as if it asked nothing of anyone."""
    sentences = split(text)
    return bool(sentences) and all(map(_asks_nothing, sentences))


def _asks_nothing(sentence: str) -> bool:
    known = next((found for one in _SAYS_SO if (found := one.search(sentence))), None)
    if known is None or len(sentence) > MOST:
        return False
    return _ASKS.search(sentence[: known.start()] + " " + sentence[known.end() :]) is None
