"""What a policy says in so many words to a question: one sentence, where it's certain that it says what was
asked for, that it's about the same, and how strongly it's meant.

*Who runs the account?* has *The account is run by the Headteacher*; *May we tag a pupil?* has *Pupils must
not be tagged*. Nothing is ever permitted so: a permission depends on what else is so, and rules say that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.adviser.fitting import STAFF, nearest
from schoolgate.rulebook.adviser.search import fold
from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.kinds import DEMANDS, SHOULDS, Modality
from schoolgate.rulebook.situations.networks import NETWORKS

HELD = 0.5
"""The part of what a question is about that the sentence has, at least."""
MEANT = 0.5
"""The part of what a ban is about that the question has, at least: another ban has some of its words too."""
_BINDS = (*DEMANDS, *SHOULDS)
_I = r"(?:i|we)"
_MAY = lazy_pattern(
    r"\b(?:may|can|could) (?!stay\b)\w+|\b(?:am i|are we) allowed to\b|\bis it (?:ok|okay|all right|fine)\b"
    r"|\bg(?:a|af|aiff|awn|all\w*) (?:i|ni)\b"
)
_WHO_IS_TOLD = lazy_pattern(
    rf"\bwho (?:do|should|must|shall|can) {_I} (?:have to |need to )?"
    r"(?:tell|inform|report|contact|ring|go to|ask|turn to)\b|\bwho (?:is|has to be|must be) told\b"
    r"|\bwrth bwy\b"
)
_WHO = lazy_pattern(
    rf"(?:^|[.?!,] )(?:and )?who (?!(?:do|should|must|shall|can|may) {_I}\b)|(?:^|[.?!,] )pwy\b"
)
_WHEN = lazy_pattern(
    rf"\b(?:how (?:long|quickly|soon|fast|often)|by when|when (?:do|must|should) {_I})\b"
    r"|\b(?:pa mor (?:aml|gyflym|hir|fuan)|erbyn pryd)\b"
)
_WHAT = lazy_pattern(
    rf"\bwhat (?:do|must|should|shall) (?:{_I}|they|she|he) (?:have to |need to )?do\b"
    r"|\bwhat (?:happens|now|next)\b|\bbeth (?:ddyl\w+|sy n digwydd|nesaf)\b|\bbeth (?:mae )?rhaid\b"
)
_NEEDS = lazy_pattern(
    rf"\bdo {_I} (?:really )?(?:have to|need)\b|\b(?:must|should) {_I}\b|\boes (?:rhaid|angen)\b"
)
_STAYS = lazy_pattern(
    r"\b(?:may|can|do|does|should|must) (?:the|his|her|their|its|a|an|that|this|it|they)\b (?:\w+ ){0,2}?"
    r"(?:stay|remain|be left)\b"
)
_TELLS = lazy_pattern(r"\b(?:report|inform|notif|tell|told|refer|pass|hysbys|dweud|rhoi gwybod|adrodd)\w*\b")
_TIME = lazy_pattern(
    r"\b(?:\d{1,3}|one|two|three|four|five|six|seven|ten|a|an|every|each|same|the end of the|per) "
    r"(?:\w+ ){0,2}(?:minute|hour|day|weekday|week|fortnight|month|term|half-term|year)s?\b"
    r"|\b(?:at once|immediately|straight away|without delay|daily|weekly|monthly|yearly|annually|termly)\b"
    r"|\b(?:awr|oriau|diwrnod|dydd|wythnos|mis|tymor|flwyddyn|ar unwaith|yn syth)\b"
)
_GOES = lazy_pattern(r"\b(?:remov|delet|take|taken|hidden|hide|clos|tynnu|dileu|cuddio)\w*\b")
_IN_PART = lazy_pattern(
    r"\b(?:unless|except\w*|other than|apart from|only|without|until|before|provided|subject to|but|if|when"
    r"|where|normally|usually|possible|some|certain|these|those|such|this|oni bai|ac eithrio|heblaw|dim ond"
    r"|heb|os|pan|fel arfer)\b"
)
"""How a sentence holds in part alone, or speaks of what stands elsewhere."""
_OPENS = lazy_pattern(r"\b(?:only|may|can|however|instead|but|this|these|such|allowed|dim ond|caiff|gall)\b")
"""How another sentence of the paragraph may take some of a ban back."""
_GOES_ON = lazy_pattern(
    r"(?:that|this|it|they|these|those|such|however|but|except\w*|an exception|the only|only|nor|instead"
    r"|otherwise|nid yw hyn|nid yw hynny|ac eithrio|ond)\b"
)
"""How a sentence begins that speaks of the one before."""
_BAN = lazy_pattern(
    r"\b(?:must|may|should|shall|will|do|does|are|is) not\b|\bnever\b|\bcannot\b|\bforbidden\b|\bprohibited\b"
    r"|^n(?:i|a|id)\b|\bpeidio\b|\bbyth\b"
)
_NAMED = re.compile(r"(?<=[a-z,] )(?:the |The )?(?P<name>[A-Z][a-z]+)")
_ROLES = lazy_pattern(
    r"\b(?:head|headteacher|head teacher|principal|manager|governors?|governing body|deputy|chair|lead"
    r"|officer|office|committee|trustees?|pennaeth|rheolwr|llywodraethwyr)\b"
)


@dataclass(frozen=True)
class SaidPlainly:
    """What the policy says: the clause's id, and what its sentence comes to."""

    clause: str
    answer: Answer


@dataclass(frozen=True)
class _Kind:
    """A kind of question. `says`: whether a clause, and its folded words, says what's asked for."""

    asked: re.Pattern[str]
    says: Callable[[Clause, str], bool]
    answer: Answer


def _binds_to(*words: re.Pattern[str]) -> Callable[[Clause, str], bool]:
    return lambda clause, said: clause.modality in _BINDS and all(one.search(said) for one in words)


def _demands(clause: Clause, said: str) -> bool:
    return clause.modality in (Modality.MUST, Modality.SHOULD)


def _takes_off(clause: Clause, said: str) -> bool:
    return _demands(clause, said) and _GOES.search(said) is not None


def _bans(clause: Clause, said: str) -> bool:
    plainly = _BAN.search(said) is not None and _IN_PART.search(said) is None
    return plainly and clause.modality is Modality.MUST_NOT


def _names_someone(clause: Clause, said: str) -> bool:
    """Whether it names who does something; a network's name is no person's."""
    names = {one["name"].casefold() for one in _NAMED.finditer(clause.says)}
    return clause.modality is not Modality.MUST_NOT and bool(
        names - {*NETWORKS, "facebook", "twitter", "instagram"} or _ROLES.search(said)
    )


_KINDS = (
    _Kind(_WHO_IS_TOLD, _binds_to(_TELLS), Answer.TO_DO),
    _Kind(_WHEN, _binds_to(_TIME), Answer.TO_DO),
    _Kind(_WHO, _names_someone, Answer.SAYS),
    _Kind(_STAYS, _takes_off, Answer.TO_DO),
    _Kind(_WHAT, _demands, Answer.TO_DO),
    _Kind(_NEEDS, _demands, Answer.TO_DO),
    _Kind(_MAY, _bans, Answer.NOT_ALLOWED),
)
"""The first that's asked counts: *Who do I tell, and what may I write?* asks who is told."""


def said_plainly(book: Book, typed: str, asker: str = STAFF) -> SaidPlainly | None:
    """Return what the policy says in so many words to a question; None where that isn't certain. Of a policy
    that comes with the program the rules say it. `asker`: who says *I*."""
    folded = fold(typed)
    kind = next((one for one in _KINDS if one.asked.search(folded)), None)
    if kind is None or book.was_read:
        return None
    found = nearest(book, typed, lambda clause: _is_of_kind(clause, kind), asker)
    if found is None or found[1].held < HELD:
        return None
    clause, near = found
    bans = kind.answer is Answer.NOT_ALLOWED
    if bans and (near.to_others or near.meant < MEANT or _is_opened(book, clause)):
        return None
    return SaidPlainly(clause, kind.answer)


def _is_of_kind(clause: Clause, kind: _Kind) -> bool:
    return len(clause.sentences) == 1 and kind.says(clause, fold(clause.says))


def _is_opened(book: Book, ban: str) -> bool:
    """Whether another sentence of its paragraph, or the next clause where it leans on this one, may take some
    of a ban back."""
    others = {one for one in book.paragraphs.get(ban, ()) if one != ban}
    after = next((new for old, new in pairwise(book.clauses) if old == ban), "")
    if after and _GOES_ON.match(fold(book.clauses[after].says)):
        others.add(after)
    says = [fold(book.clauses[one].says) for one in others]
    return any(_GOES_ON.match(one) or (not _BAN.search(one) and _OPENS.search(one)) for one in says)
