"""What a policy says in so many words to a question: one clause, where it's certain that it says what was
asked for, that it's about the same, and how strongly it's meant.

*Who runs the account?* has *The account is run by the Headteacher*; *May we tag a pupil?* has *Pupils must
not be tagged*. Nothing is ever permitted so: a permission depends on what else is so, and rules say that. Its
words are shown as what the policy says, with all of their paragraph, and only where no ban is about the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.adviser.children import tells_of_a_child, tells_of_an_adult
from schoolgate.rulebook.adviser.clause_search import Near
from schoolgate.rulebook.adviser.clause_words import STAFF
from schoolgate.rulebook.adviser.fitting import clauses_fitting, has_what_it_lacks, nearest, touches
from schoolgate.rulebook.adviser.search import fold
from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.kinds import ADVICE, DEMANDS, SHOULDS, Modality
from schoolgate.rulebook.situations.networks import NETWORKS

HELD = 0.5
"""The part of what a question is about that the sentence has, at least."""
MEANT = 0.5
"""The part of what a ban is about that the question has, at least: another ban has some of its words too."""
FIRST, A_FIFTH, WHOLE, TOLD = 0.4, 0.2, 0.7, 0.3
"""What part of a question is enough for a clause that fits it best of all, with that part of its own in the
question, and for a duty of which nearly all is in the question: the rest is how it was told."""
LITTLE_MEANT = 0.3
"""A permission isn't shown beside a ban of which the question has so much."""
SENTENCES = 3
"""A duty may have so many: a person reads them all."""
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
_HOW_OFTEN = lazy_pattern(r"\bhow (?:often|frequently|regularly)\b|\bpa mor aml\b")
_RECURS = lazy_pattern(
    r"\b(?:every|each|daily|weekly|fortnightly|monthly|termly|yearly|annually|regularly|pob"
    r"|(?:times|once|twice) (?:a|an|per))\b"
)
"""How a sentence says that something is done again and again."""
_WHAT = lazy_pattern(
    rf"\bwhat (?:do|must|should|shall) (?:{_I}|they|she|he) (?:have to |need to )?do\b"
    r"|\bwhat (?:happens|now|next)\b|\bbeth (?:ddyl\w+|sy n digwydd|nesaf)\b|\bbeth (?:mae )?rhaid\b"
)
_NEEDS = lazy_pattern(
    rf"\bdo {_I} (?:really )?(?:have to|need)\b|\boes (?:rhaid|angen)\b"
    rf"|(?<!what )(?<!how )(?<!who )(?<!which )\b(?:must|should) {_I}\b"
)
_STAYS = lazy_pattern(
    r"\b(?:may|can|do|does|should|must) (?:the|his|her|their|its|a|an|that|this|it|they)\b (?:\w+ ){0,2}?"
    r"(?:stay|remain|be left)\b"
)
_NEEDS_NOT = lazy_pattern(
    r"\b(?:(?:is|are) not (?:expected|required|obliged)|need not|(?:do|does) not (?:have|need) to)\b"
    r"|\bnid oes (?:rhaid|disgwyl)\b"
)
"""How a sentence asks for nothing."""
_PERMITS = lazy_pattern(
    r"\b(?:may|can)\b(?! (?:not|only|never|be (?:at|in|hurt|harmed)|have|lead|result)\b)"
    r"|\b(?:welcome|free) to\b|\b(?:is|are) (?:permitted|allowed|acceptable|fine)\b"
    r"|\b(?:caiff|gall|caniateir)\b"
)
"""How a sentence permits something."""
_FIRST = lazy_pattern(
    r"\bonly (?:\w+ ){0,3}?(?:with|after|once|if|where|when)\b"
    r"|\b(?:not|never|no)\b[^.;]{0,80}? (?:without|until)\b"
    r"|\bbefore (?:it|they|this|anything|anyone|an?|the|any) (?:\w+ ){0,4}?(?:is|are|can be|goes?|appears?)\b"
)
"""How a sentence asks for something before something else may be done."""
_EXCEPTS = lazy_pattern(r"\b(?:unless|except\w*|other than|apart from|but|oni bai|ac eithrio|heblaw)\b")
_NO_ONE = lazy_pattern(r"\b(?:nobody|no one|none|no other|only|neb|dim ond)\b")
"""How a sentence permits something to no one, or to some alone."""
_TIMES = lazy_pattern(
    r"\b(?:minute|hour|day|weekday|week|fortnight|month|term|half term|year|hourly|daily|weekly|monthly)s?\b"
    r"|\b(?:term|year)ly\b|\bannual|\bsoon\b|\bprompt|\bimmediate|\bat once\b|\bstraight ?away\b"
    r"|\bwithout delay\b|\bquick|\bswift|\bregular|\bfrequent|\b(?:until|after|once)\b"
    r"|\b(?:awr|oriau|diwrnod|dydd|wythnos|mis|tymor|flwyddyn|ar unwaith|syth|cyn gynted|rheolaidd)\b"
)
"""Any word of time: where a clause on the same has one, no one says that no time is named."""
_TELLS = lazy_pattern(r"\b(?:report|inform|notif|tell|told|refer|pass|hysbys|dweud|rhoi gwybod|adrodd)\w*\b")
_TIME = lazy_pattern(
    r"\b(?:\d{1,3}|one|two|three|four|five|six|seven|ten|a|an|every|each|same|the end of the|per) "
    r"(?:\w+ ){0,2}(?:minute|hour|morning|afternoon|day|weekday|week|fortnight|month|term|year)s?\b"
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
SAID_SO = frozenset({Answer.TO_DO, Answer.SAYS, Answer.NOT_ALLOWED, Answer.NOT_YET, Answer.SILENT})
"""What a policy may say so; silent is only on a time."""
_WORD = re.compile(r"[a-z]+")
_ROLES = lazy_pattern(
    r"\b(?:head|headteacher|head teacher|principal|manager|governors?|governing body|deputy|chair|lead"
    r"|officer|office|committee|trustees?|pennaeth|rheolwr|llywodraethwyr)\b"
)


@dataclass(frozen=True)
class SaidPlainly:
    """What the policy says: the clause's id, and what it comes to; without a clause it has nothing on it.
    `beside`: others that are read with it."""

    clause: str
    answer: Answer
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Kind:
    """A kind of question. `says`: whether a clause, and its folded words, says what's asked for; `certain`:
    whether it's about the same."""

    asked: re.Pattern[str]
    says: Callable[[Clause, str], bool]
    certain: Callable[[Book, str, str, str, Near], bool]
    answer: Answer


_Says = Callable[[Clause, str], bool]


def _binds_to(*words: re.Pattern[str]) -> _Says:
    return lambda clause, said: clause.modality in _BINDS and all(one.search(said) for one in words)


def _demands(clause: Clause, said: str) -> bool:
    return clause.modality in (Modality.MUST, Modality.SHOULD)


def _takes_off(clause: Clause, said: str) -> bool:
    return _demands(clause, said) and _GOES.search(said) is not None


def _asks_nothing(clause: Clause, said: str) -> bool:
    return _NEEDS_NOT.search(said) is not None


def _bans(clause: Clause, said: str) -> bool:
    plainly = _BAN.search(said) is not None and _IN_PART.search(said) is None
    return plainly and clause.modality is Modality.MUST_NOT and len(clause.sentences) == 1


def _permits(clause: Clause, said: str) -> bool:
    if clause.modality in (Modality.MUST_NOT, Modality.SHOULD_NOT, Modality.ADVISED_NOT):
        return False
    return _PERMITS.search(said) is not None and not (_NEEDS_NOT.search(said) or _NO_ONE.search(said))


def _advises(clause: Clause, said: str) -> bool:
    return clause.modality in ADVICE


def _asks_first(clause: Clause, said: str) -> bool:
    """Whether it forbids something as long as something else isn't so, and makes no exception."""
    bound = clause.modality in (Modality.MUST, Modality.MUST_NOT)
    first = _FIRST.search(said) is not None and _EXCEPTS.search(said) is None
    return bound and first and len(clause.sentences) == 1


def _names_someone(clause: Clause, said: str) -> bool:
    """Whether it names who does something; a network's name is no person's."""
    names = {one["name"].casefold() for one in _NAMED.finditer(clause.says)}
    return clause.modality is not Modality.MUST_NOT and bool(
        names - {*NETWORKS, "facebook", "twitter", "instagram"} or _ROLES.search(said)
    )


def _leads(book: Book, typed: str, asker: str, clause: str) -> bool:
    """Whether a clause fits what was typed best of all."""
    return clauses_fitting(book, typed, asker)[:1] == (clause,)


def _is_of_the_same(near: Near) -> bool:
    """Whether a clause is about the same people and the same act."""
    return not (near.to_others or near.of_others or near.does_else or near.elsewhere)


def _is_duty(book: Book, typed: str, asker: str, clause: str, near: Near) -> bool:
    if near.apart:
        return False
    if near.held >= HELD:
        return True
    if near.meant >= WHOLE and near.held >= TOLD:
        return True
    close = near.held >= FIRST and near.meant >= A_FIFTH and not near.to_others
    return close and _leads(book, typed, asker, clause)


def _is_ban(book: Book, typed: str, asker: str, clause: str, near: Near) -> bool:
    near_enough = near.held >= HELD and near.meant >= MEANT and _is_of_the_same(near)
    return near_enough and not _is_opened(book, clause)


def _is_beside(book: Book, typed: str, asker: str, clause: str, near: Near) -> bool:
    """Whether a clause by which nothing need be done fits what was asked: what must be is read beside it."""
    return not near.to_others and clause in clauses_fitting(book, typed, asker)


def _is_stated(book: Book, typed: str, asker: str, clause: str, near: Near) -> bool:
    return near.held >= HELD


def _is_permission(book: Book, typed: str, asker: str, clause: str, near: Near) -> bool:
    """Whether a permission is about what was asked, and no ban is."""
    fitting = clauses_fitting(book, typed, asker)
    if not _is_of_the_same(replace(near, of_others=near.apart)) or near.less_grave:
        return False
    if fitting[:1] != (clause,):
        return False
    alone = {*fitting} <= {clause, *book.paragraphs.get(clause, ())}
    if near.held < (FIRST if alone and near.meant >= A_FIFTH else HELD):
        return False
    ban = nearest(book, typed, _is_a_ban, asker)
    return (ban is None or ban[1].meant < LITTLE_MEANT) and not _bans_a_network(book, typed)


def _is_condition(book: Book, typed: str, asker: str, clause: str, near: Near) -> bool:
    close = near.held >= HELD and near.meant >= LITTLE_MEANT and _is_of_the_same(near)
    if not close or not _leads(book, typed, asker, clause) or _bans_a_network(book, typed):
        return False
    beside = book.paragraphs.get(clause, ())
    bans = [
        key for key, one in book.clauses.items()
        if _is_a_ban(one) and key not in beside and not _asks_first(one, fold(one.says))
    ]  # fmt: skip
    return not has_what_it_lacks(book, typed, clause, bans)


def _bans_a_network(book: Book, typed: str) -> bool:
    """Whether a ban names a network that the question names."""
    named = {one for one in _WORD.findall(fold(typed)) if one in NETWORKS}
    bans = (one for one in book.clauses.values() if _is_a_ban(one)) if named else ()
    return any(not named.isdisjoint(_WORD.findall(fold(one.says))) for one in bans)


def _is_a_ban(clause: Clause) -> bool:
    return clause.modality in (Modality.MUST_NOT, Modality.SHOULD_NOT)


def _names_no_time(book: Book, typed: str, asker: str) -> bool:
    """Whether no clause on anything that the question is about has a word of time."""
    if clauses_fitting(book, typed, asker):
        return False
    timed = [key for key, one in book.clauses.items() if _TIMES.search(fold(one.wording or one.says))]
    return bool(book.clauses) and not touches(book, typed, timed)


def _is_opened(book: Book, ban: str) -> bool:
    """Whether another sentence of its paragraph, or the next clause where it leans on this one, may take some
    of a ban back."""
    others = {one for one in book.paragraphs.get(ban, ()) if one != ban}
    after = next((new for old, new in pairwise(book.clauses) if old == ban), "")
    if after and _GOES_ON.match(fold(book.clauses[after].says)):
        others.add(after)
    says = [fold(book.clauses[one].says) for one in others]
    return any(_GOES_ON.match(one) or (not _BAN.search(one) and _OPENS.search(one)) for one in says)


_KINDS = (
    _Kind(_WHO_IS_TOLD, _binds_to(_TELLS), _is_duty, Answer.TO_DO),
    _Kind(_HOW_OFTEN, _binds_to(_RECURS), _is_duty, Answer.TO_DO),
    _Kind(_WHEN, _binds_to(_TIME), _is_duty, Answer.TO_DO),
    _Kind(_WHO, _names_someone, _is_stated, Answer.SAYS),
    _Kind(_STAYS, _takes_off, _is_duty, Answer.TO_DO),
    _Kind(_WHAT, _demands, _is_duty, Answer.TO_DO),
    _Kind(_NEEDS, _asks_nothing, _is_beside, Answer.SAYS),
    _Kind(_NEEDS, _demands, _is_duty, Answer.TO_DO),
    _Kind(_MAY, _bans, _is_ban, Answer.NOT_ALLOWED),
    _Kind(_MAY, _asks_first, _is_condition, Answer.NOT_YET),
    _Kind(_MAY, _permits, _is_permission, Answer.SAYS),
    _Kind(_MAY, _advises, _is_permission, Answer.SAYS),
)
"""Those of the first question that's asked count: *Who do I tell, and what may I write?* asks who is told. Of
these the first that a clause certainly says."""


def said_plainly(book: Book, typed: str, asker: str = STAFF) -> SaidPlainly | None:
    """Return what the policy says in so many words to a question; None where that isn't certain. Of a policy
    that comes with the program the rules say it. `asker`: who says *I*."""
    folded = fold(typed)
    asked = next((one.asked for one in _KINDS if one.asked.search(folded)), None)
    if asked is None or book.was_read or _tells_of_danger(typed):
        return None
    for kind in (one for one in _KINDS if one.asked is asked):
        found = nearest(book, typed, partial(_is_of_kind, kind), asker)
        if found is not None and kind.certain(book, typed, asker, *found):
            return SaidPlainly(found[0], kind.answer, _beside(book, typed, asker, kind, found[0]))
    if asked in (_HOW_OFTEN, _WHEN) and _names_no_time(book, typed, asker):
        return SaidPlainly("", Answer.SILENT)
    return None


def _beside(book: Book, typed: str, asker: str, kind: _Kind, clause: str) -> tuple[str, ...]:
    """Return what is read with a clause: the rest of the paragraph of what it permits, and what must be done
    besides what need not be."""
    some: Iterable[str] = ()
    if kind.says is _permits:
        some = book.paragraphs.get(clause, ())
    elif kind.says is _asks_nothing:
        fitting = clauses_fitting(book, typed, asker)
        some = (one for one in fitting if book.clauses[one].modality in _BINDS)
    return tuple(one for one in some if one != clause)


def _tells_of_danger(typed: str) -> bool:
    """Whether someone may be in danger: then help leads, and no single clause."""
    from schoolgate.rulebook.unread import names_danger  # it asks the adviser

    return tells_of_a_child(typed) or tells_of_an_adult(typed) or names_danger(typed)


def _is_of_kind(kind: _Kind, clause: Clause) -> bool:
    return len(clause.sentences) <= SENTENCES and kind.says(clause, fold(clause.says))
