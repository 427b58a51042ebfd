"""The clauses of a policy that fit the words in which a person asks: the one search, over its clauses.

A clause fits by what is meant. Words that every question of a school has, such as *write* or *pupil*, count
little; words that few clauses have count much; words of the same matter count in part. A clause counts less
that speaks to others than those asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.adviser.clause_search import OTHERS, Clauses, Near, search_of
from schoolgate.rulebook.adviser.clause_words import STAFF, asked_about, words_of
from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.adviser.search import fold, questions_found, without_turns
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.findings import Decision
from schoolgate.rulebook.kinds import Kind, Modality, Outcome
from schoolgate.rulebook.ready import ready_rules

MOST = 3
"""So many clauses at most are read first."""
SHARE = 0.7
"""The part of what the best clause comes to, from which another fits as well."""
LED_TO = 2
"""So many questions to which words lead first, and clauses that lead to the same, count."""
LEADING, TOGETHER, BESIDES = 3, 0.33, 0.2
"""So many questions to which words lead count, how near two texts lead to the same ones, and what the words
that they share must come to besides: a text without one of them is about something else."""
AS_TOLD = 0.7
"""What a clause counts that has the words of a question only as schools tell it."""
MOST_TOLD = 2
"""Where a child may be in danger, so many clauses of who must be told come before all others."""
STRENGTH = (
    Modality.MUST_NOT, Modality.MUST, Modality.SHOULD_NOT, Modality.SHOULD, Modality.ADVISED_NOT,
    Modality.ADVISED, Modality.MAY, Modality.STATES,
)  # fmt: skip
"""The order in which clauses that fit as well are read."""
WIDER = "+"
"""Stands behind the id of a clause that has more of the question than its rules where it's asked."""
_DUTY = lazy_pattern(r"\bwhat (must|should|do|shall|now)\b|\bbeth\b")
_DENIES = lazy_pattern(r"\b(?:not|never|no|none|only|cannot|nor|ni|na|nid|byth|peidio|dim)\b")
_ASKS_FIRST = lazy_pattern(
    r"\bonly (?:\w+ ){0,3}(?:with|after|once|when|if|where)\b|\bnot (?:\w+ ){1,8}without\b"
    r"|\b(?:not|never|dont) (?:\w+ ){1,14}until\b"
    r"|\bwithout (?:the )?(?:\w+ ){0,2}(?:approval|consent|permission|agreement)\b"
)
"""How a ban asks for something first: where it's there, nothing is forbidden."""


def clauses_fitting(book: Book, typed: str, asker: str = STAFF) -> tuple[str, ...]:
    """Return the ids of the clauses to read that fit the typed words well, the strongest first; empty where
    none does. Which of them the rules of a situation say already, `Book.first_to_read` knows. `asker`: who
    says *I* in them."""
    fitting = _fitting_by_words(book, typed, asker)
    if len(fitting) < MOST and not says_nothing(book, typed):
        fitting += tuple(one for one in _of_the_same_questions(book, typed) if one not in fitting)
    return _of_so_many(book, fitting)


def nearest(
    book: Book, typed: str, among: Callable[[Clause], bool], asker: str = STAFF
) -> tuple[str, Near] | None:
    """Return the clause that fits the typed words best of those `among` which it's looked for, and how near
    it is; None where none of them fits."""
    search = _read_in(book, all_of_them=False)
    fitting = search.fitting(typed, asker)
    of_them = (key for key in fitting if among(book.clauses[key]))
    best = max(of_them, key=lambda key: fitting[key], default=None)
    if best is None:
        return None
    beside = [one for one in _of_one(book, best) if one != best]
    return best, search.near_to(typed, best, asked_about(typed, asker), beside)


def touches(book: Book, typed: str, among: Collection[str]) -> bool:
    """Return whether one of these clauses has a word that says what a question is about, or may have."""
    return _read_in(book, all_of_them=True).touches(typed, among)


def has_what_it_lacks(book: Book, typed: str, clause: str, others: Collection[str]) -> bool:
    """Return whether one of these others has a word that says what a question is about, and a clause
    hasn't."""
    return _read_in(book, all_of_them=True).has_what_it_lacks(typed, clause, others)


def _of_the_same_questions(book: Book, typed: str) -> list[str]:
    """Return the clauses whose words lead to the questions of the catalogue to which the typed words lead:
    what is meant is said there in many ways. Best first."""
    asked, found = questions_found(typed)[:LEADING], {}
    shared = _read_in(book, all_of_them=False).shared(typed) if asked else {}
    for one in book.readable if asked else ():
        led = _led_to(one.wording or one.says)
        near = sum(1 / (1 + at) / (1 + led.index(key)) for at, key in enumerate(asked) if key in led)
        if near >= TOGETHER and shared[one.id] >= BESIDES:
            found[one.id] = near
    return sorted(found, key=lambda key: -found[key])[:LED_TO]


@lru_cache(maxsize=4000)
def _led_to(words: str) -> tuple[str, ...]:
    return tuple(questions_found(without_turns(words))[:LEADING])


def _fitting_by_words(book: Book, typed: str, asker: str) -> tuple[str, ...]:
    found = _read_in(book, all_of_them=False).fitting(typed, asker)
    if not found:
        return ()
    best = max(found.values())
    well = [key for key, worth in found.items() if worth >= SHARE * best]
    bans = (Modality.MUST_NOT, Modality.SHOULD_NOT) if _DUTY.search(fold(typed)) else ()
    strongest = sorted(by_strength(book, well), key=lambda key: book.clauses[key].modality in bans)
    place = {key: at for at, key in enumerate(strongest)}
    well.sort(key=lambda key: (-round(10 * found[key] / best), place[key]))
    return _of_so_many(book, well)


def _of_so_many(book: Book, clauses: Iterable[str]) -> tuple[str, ...]:
    """Return the first of these clauses, as many as there is room for: those of one paragraph take one
    place."""
    found: dict[str, tuple[str, ...]] = {}
    for one in clauses:
        whole = _of_one(book, one)
        if whole in found.values() or len({*found.values()}) < MOST:
            found[one] = whole
    return tuple(found)


def fitting_at(book: Book, typed: str, situation: str, asker: str = STAFF) -> tuple[str, ...]:
    """Return the same for a situation in which it's asked, as `with_wider` has it."""
    return with_wider(book, typed, clauses_fitting(book, typed, asker), situation)


def with_wider(book: Book, typed: str, clauses: Iterable[str], situation: str) -> tuple[str, ...]:
    """Return the clauses that fit, each with `WIDER` behind it that has a word of the question which its
    rules in this situation don't have: a rule says no more than its own words."""
    search, found = _read_in(book, all_of_them=False), []
    for key in clauses:
        rules = [one for one in book.bound(situation) if key in one.clauses]
        said = frozenset(words_of(" ".join(says_at(situation, one.point) for one in rules)))
        found.append(key + WIDER if said and search.has_more(typed, key, said) else key)
    return tuple(found)


@cache
def says_at(situation: str, point: str) -> str:
    """Return what the ready rules say that speak at a point of a situation; empty where none does."""
    return " ".join(one.says for one in ready_rules().values() if one.speaks_at(situation, point))


def says_nothing(book: Book, typed: str) -> bool:
    """Return whether it can be told that the policy says nothing about what is asked: the words are known,
    no clause touches them, least of all of pupils, pictures, data or safety, and it has no rule for the
    questions that they lead to."""
    if not book.clauses:
        return False
    asked = [ENTRIES[one].situation for one in questions_found(typed)[:LED_TO]]
    ruled = any(key in book.clauses for one in asked for rule in book.bound(one) for key in rule.clauses)
    return bool(asked) and not ruled and _read_in(book, all_of_them=True).is_silent(typed)


def asked_in_words(
    book: Book, decision: Decision, fitting: Sequence[str], aside: Collection[str] = (), entry: str = ""
) -> Decision:
    """Return the answer with the clauses first that fit what was asked, unless rules that spoke say them;
    those that say less (`WIDER`) only where they stop it or demand something. `aside`: those that the
    policy's owner said aren't about the question; none that has a rule here. `entry`:
    which question of *May I ...?* it is: its own words tell which clauses are near."""
    spoke = {*decision.clauses, *decision.excluded_by}
    wider = {one.removesuffix(WIDER) for one in fitting if one.endswith(WIDER)}
    fits = tuple(dict.fromkeys(one.removesuffix(WIDER) for one in fitting))
    wider -= {clause for one in decision.findings if one.kind is not Kind.MET for clause in one.clauses}
    leading = book.first_to_read(decision.situation, fits, (spoke - wider) | book.asides)
    if readable := book.first_to_read(decision.situation, fits, ()):
        decision = replace(decision, fits=readable)
    if entry in ENTRIES and ENTRIES[entry].urgent and not book.was_read:
        told = _who_is_told(book, decision)
        leading = tuple(dict.fromkeys((*told, *leading)))
        fits = tuple(dict.fromkeys((*told, *fits)))
    if leading:
        unread = tuple(dict.fromkeys((*leading, *decision.unread)))
        first = _waits_for(decision, [fits[0]]) and fits[0] not in leading
        if first or _wait_alone(book, decision, leading):
            leading = ()
        decision = replace(decision, first=leading, unread=unread)
    if entry in ENTRIES and not book.was_read:
        decision = _with_the_near(book, decision, entry, spoke)
    gone = may_be_elsewhere(book, decision.situation).intersection(aside) if aside else frozenset()
    if gone.isdisjoint((*decision.unread, *decision.beside)):
        return decision

    def left(clauses: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in clauses if one not in gone)

    return replace(
        decision,
        first=left(decision.first),
        fits=left(decision.fits),
        unread=left(decision.unread),
        beside=left(decision.beside),
        near=None if decision.near is None else left(decision.near),
        aside=tuple(one for one in (*decision.unread, *decision.beside) if one in gone),
    )


def _who_is_told(book: Book, decision: Decision) -> tuple[str, ...]:
    """Return the clauses to read that say who must be told where someone may be in danger."""
    from schoolgate.rulebook.unread import says_who_is_told_of_danger  # it asks the adviser

    return tuple(one for one in decision.unread if says_who_is_told_of_danger(book.clauses[one]))[:MOST_TOLD]


def _wait_alone(book: Book, decision: Decision, clauses: Sequence[str]) -> bool:
    """Whether the answer waits for what the policy itself needs first, and these clauses, which ask for other
    things, can't forbid what is asked."""
    waits = _waits_for(decision, book.clauses) and not _waits_for(decision, clauses)
    return waits and not any(_may_forbid(book, one) for one in clauses)


def _may_forbid(book: Book, clause: str) -> bool:
    """Whether a clause may forbid what is asked, rather than ask for something first or state something."""
    for one in (book.clauses[key] for key in _of_one(book, clause)):
        said = fold(one.says)
        bans = one.modality in (Modality.MUST_NOT, Modality.SHOULD_NOT) or _DENIES.search(said)
        if bans and not _ASKS_FIRST.search(said):
            return True
    return False


def _waits_for(decision: Decision, clauses: Collection[str]) -> bool:
    """Whether the answer waits for what one of these clauses needs first."""
    needed = (one.clauses for one in decision.findings if one.stands and one.kind is Kind.REQUIRES)
    return decision.outcome is Outcome.HOLD and any(not {*those}.isdisjoint(clauses) for those in needed)


def touching(book: Book, entry: str) -> Mapping[str, float]:
    """Return what each clause comes to that fits the words of a question of the catalogue."""
    return _touching(_texts(book.clauses.values()), entry)


def _with_the_near(book: Book, decision: Decision, entry: str, spoke: Collection[str]) -> Decision:
    """Return the answer with the clauses to read in the order of how near they are to the question. One that
    fits its words counts as read only where a rule of it spoke: a rule for another case, or for other people,
    has said nothing about this one."""
    touched = touching(book, entry)
    best = SHARE * max(touched.values(), default=0.0)
    nearest = sorted((key for key, worth in touched.items() if worth >= best), key=lambda key: -touched[key])
    quiet = (one for one in nearest[:MOST] if one not in spoke and book.is_ruled(one))
    told = [
        one.id for one in book.clauses.values()
        if ENTRIES[entry].subject in one.read_at and one.id not in spoke
    ]  # fmt: skip
    unread = tuple(dict.fromkeys((*decision.unread, *quiet, *told)))
    beside = tuple(one for one in decision.beside if one not in unread)
    near_by = {*touched, *book.led_to(decision.situation), *decision.first, *spoke, *told}
    near = [
        one for one in (*unread, *beside)
        if one in touched or one in decision.first or not near_by.isdisjoint(_of_one(book, one))
    ]  # fmt: skip

    alarming = _who_is_told(book, decision) if ENTRIES[entry].urgent else ()

    def rank(key: str) -> tuple[bool, bool, float]:
        worth = max(touched.get(one, 0.0) for one in _of_one(book, key))
        return key not in alarming, key not in near, -round(10 * worth)

    unread = tuple(sorted(unread, key=rank))
    near.sort(key=rank)
    return replace(decision, unread=unread, beside=beside, near=tuple(near))


def _of_one(book: Book, clause: str) -> tuple[str, ...]:
    """Return the clauses of one paragraph: where one of them is read, all are."""
    return book.paragraphs.get(clause, (clause,))


def with_the_near_to(book: Book, decision: Decision, text: str) -> Decision:
    """Return the answer about a text that is to go out, the clauses to read first that have words of it: a
    person who approves it reads those, however many there are besides."""
    if book.was_read or not decision.unread:
        return decision
    from schoolgate.rulebook.unread import subjects_of  # it asks the adviser

    named = _read_in(book, all_of_them=True).named_in(text)
    touched = {each: worth for one, worth in named.items() for each in _of_one(book, one)}
    touched |= named
    near = [one for one in (*decision.unread, *decision.beside) if one in touched]
    if not near:
        return decision
    subject = decision.situation.partition(".")[0]
    ours = {one for one in near if subject in subjects_of(book.clauses[one])}
    near.sort(key=lambda one: -touched[one] * (1 if one in ours else OTHERS))
    unread = tuple(one for one in near if one in decision.unread)
    unread += tuple(one for one in decision.unread if one not in unread)
    return replace(decision, unread=unread, near=tuple(near))


def may_be_elsewhere(book: Book, situation: str) -> frozenset[str]:
    """Return the clauses that a policy's owner may say aren't about a question: no rule of theirs is asked
    there."""
    return frozenset(book.clauses).difference(*(rule.clauses for rule in book.bound(situation)))


def by_strength(book: Book, clauses: Iterable[str]) -> list[str]:
    """Return the clauses with bans and duties before advice, and advice before statements."""
    return sorted(clauses, key=lambda key: STRENGTH.index(book.clauses[key].modality))


def _read_in(book: Book, *, all_of_them: bool) -> Clauses:
    some = book.clauses.values() if all_of_them else book.readable
    return search_of(_texts(some))


def _texts(clauses: Iterable[Clause]) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.id, one.wording or one.says, one.section) for one in clauses)


@lru_cache(maxsize=4000)
def _touching(texts: tuple[tuple[str, str, str], ...], entry: str) -> Mapping[str, float]:
    asked, read = ENTRIES[entry], search_of(texts)
    found: dict[str, float] = {}
    for part, words in ((1.0, asked.title), *((AS_TOLD, one) for one in asked.said)):
        for key, worth in read.touched(words).items():
            found[key] = max(part * worth, found.get(key, 0.0))
    return found
