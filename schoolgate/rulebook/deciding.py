"""One question to one book: facts in, decision out."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar

from pydantic import ValidationError

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.algebra import in_force, overall, ruling_on, settle_clashes, spoken_outcomes
from schoolgate.rulebook.book import Book, CompiledRule
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.controls.base import NOBODY_NAMED, Always, RuleResult, unknown
from schoolgate.rulebook.errors import BadFacts
from schoolgate.rulebook.facts import Dated, Facts, Part
from schoolgate.rulebook.findings import (
    MET,
    OWN_WORDS,
    UNKNOWN,
    Decision,
    Due,
    Duty,
    Finding,
    Need,
)
from schoolgate.rulebook.kinds import Basis, Kind, Outcome, SilentBecause
from schoolgate.rulebook.messages import POINTS, in_english
from schoolgate.rulebook.rules.reading import kind_of
from schoolgate.rulebook.situations import Situation, situation
from schoolgate.rulebook.situations.base import Asks
from schoolgate.rulebook.working_time import in_utc, local_day

# What counts by the instant judged: an approval, a decision or a signature counts from its own time.


Known = TypeVar("Known", bound=Facts)


def counted_by(known: Known) -> Known:
    """Return the facts without what was given only after `now`, or after the day that is judged where no
    instant is; the very same facts where nothing was."""
    dated = _dated(type(known))
    now, day = known.now, known.day
    if not dated or day is None:
        return known

    def counts(one: Dated) -> bool:
        if one.at is None:
            return True
        return in_utc(one.at) <= in_utc(now) if now is not None else local_day(one.at) <= day

    changed: dict[str, object] = {}
    for name, many in dated:
        value = getattr(known, name)
        if many and value and not all(map(counts, value)):
            changed[name] = tuple(filter(counts, value))
        elif not many and value is not None and not counts(value):
            changed[name] = None
    return known.model_copy(update=changed) if changed else known


@cache
def _dated(model: type[Part]) -> tuple[tuple[str, bool], ...]:
    """The fields of a situation that are such a thing, or a list of them."""
    return tuple(_fields(model))


def _fields(model: type[Part]) -> Iterator[tuple[str, bool]]:
    for name, field in model.model_fields.items():
        kind, many = kind_of(field.annotation)
        if isinstance(kind, type) and issubclass(kind, Dated):
            yield name, many


# What a policy's own words except from a ban or a need, where no rule is known to hold it: a verdict and
# the clause quoted as its reason must not contradict each other.


LIFTED = (Kind.FORBIDS, Kind.BREACHED)
"""What an exception would lift altogether; what is only needed first, it may change."""
LONGEST = 200
"""Letters of what is quoted."""
_TAIL = lazy_pattern(
    r"\b(?:unless|except(?:ing|ion)?\b(?! may| is| was| to)|other than|apart from"
    r"|save (?:for|that|where|as|in)|oni bai|ac eithrio|heblaw)\b[^.;]*",
    re.IGNORECASE,
)
"""An exception inside the sentence of a ban: from its word on."""
_FROM_YEAR = lazy_pattern(
    r"\b(?:from|in|for) (?:pupils |students |children )?(?:in )?years? \d[^.;]*", re.IGNORECASE
)
_WHOLE = lazy_pattern(
    r"\b(?:is|are) (?:permitted|allowed|accepted)\b|\bdoes not apply\b|\bexempt\b"
    r"|\b(?:an|the only) exception\b"
    r"|\bmay(?! (?:not|only|never|lead|result|have|be at risk|be (?:dealt|treated|disciplin\w*)))\b"
    r"|\bcaniateir\b|\bcaiff\b",
    re.IGNORECASE,
)
"""A sentence of its own that allows something."""
_BAN = lazy_pattern(
    r"^\W{0,3}(?:no|nothing|none|neither|under no|if|ni|nid)\b|\b(?:not|never) (?:permitted|allowed)\b",
    re.IGNORECASE,
)
_OBEYS = lazy_pattern(
    r"\b(?:must|should|shall) (?:always )?(?:follow|obey|comply|adhere|keep to|ask|check)\b", re.IGNORECASE
)
"""How a sentence asks for something beside: what it calls permitted is what others say."""
_ELSEWHERE = lazy_pattern(
    r"\ban? exception|\bthe only exception|\bdoes not apply\b|\beithriad", re.IGNORECASE
)
"""How a clause says that it excepts something from others."""
_FREES = lazy_pattern(
    r"\bneeds? no (?:\w+ )?(?:consent|permission|approval)\b|\bwithout (?:needing|asking)\b"
    r"|\b(?:consent|permission|approval) (?:is|are)(?: not|n['’]t) (?:needed|required|necessary)\b"
    r"|\bno (?:consent|permission|approval) is (?:needed|required|necessary)\b"
    r"|\b(?:does|do)(?: not|n['’]t) (?:need|require) (?:\w+ )?(?:consent|permission|approval)\b"
    r"|\bnid oes angen (?:caniat[aâ]d|cymeradwyaeth)\b|\bheb ganiat[aâ]d\b",
    re.IGNORECASE,
)
"""How a clause lets something go without what another clause asks for."""


_FREES_FROM_CONSENT = lazy_pattern(r"\bconsent\b", re.IGNORECASE)
_FREES_FROM_APPROVAL = lazy_pattern(r"\bapproval\b|\bcymeradwyaeth\b", re.IGNORECASE)
_LEANS = lazy_pattern(
    r"^\W{0,3}(?:(?:but|however|ond)\b[ ,]*)?(?:this|that|these|those|it|they|such|there|the only exception"
    r"|an exception|exceptions?|hyn|hwn|hynny|maen nhw)\b|\b(?:agree|consent) to (?:this|that|it)\b",
    re.IGNORECASE,
)
"""How a sentence speaks of what the one before it says."""
_THEN_BANS = lazy_pattern(
    r"\b(?:but|yet|and|though|although|however|ond|ac?)\b[^.;]{0,120}?\b(?:not|never|cannot|only|no|ni|nid|na|byth|dim)\b",
    re.IGNORECASE,
)
"""How a sentence goes on that allows one thing to forbid another (*may be used, but never with ...*)."""
_LIST_GOES_ON = lazy_pattern(r", (?:or|nor|and|neu|nac?|ac?) ", re.IGNORECASE)
_ITEMS = 3
"""So many parts between semicolons are a list of different things."""
_SAID_ANYWHERE = (
    "pupil parent colleague school account own social media facebook may can staff teacher class post child "
    "children page network use people person member"
)
"""What clauses on different matters have in common."""


def excepted(book: Book, situation: str, findings: Collection[Finding]) -> tuple[str, ...]:
    """Return the words of a school's own policy that may except this from what stops it: of the clauses that
    do, where their rules aren't known to say all of them or make no exception themselves, and of those beside
    them that make exceptions. None where one thing that stops it has no exception: the rest would turn
    nothing."""
    ours = [one for one in findings if one.stands and one.basis is Basis.POLICY]
    stopping = [one for one in ours if one.kind in LIFTED]
    holding = stopping or [one for one in ours if one.kind is Kind.REQUIRES]
    if all(one.message == UNKNOWN for one in holding):
        return ()
    found: dict[str, None] = {}
    for one in holding:
        key = situation, one.clauses, bool(stopping), one.point, one.message
        words = book.excepted.get(key)
        if words is None:
            words = book.excepted[key] = tuple(dict.fromkeys(_words(book, situation, one)))
        if not words:
            return ()
        found.update(dict.fromkeys(words))
    return tuple(found)


def _words(book: Book, situation: str, stopped_by: Finding) -> Iterator[str]:
    there, stops = stopped_by.clauses, stopped_by.kind in LIFTED
    clauses = [book.clauses[key] for key in there if key in book.clauses]
    for clause in clauses:
        said = book.sentences_said(clause.id)
        excepts = any(clause.id in one.clauses and one.excepts for one in book.bound(situation))
        for before, says in pairwise(("", *clause.sentences)):
            if says not in said or not excepts:  # a tick makes no exception
                yield from _exceptions(says, before, clause, stopped_by)
    sections = {one.section for one in clauses}
    after = _following(book, clauses)
    for key in book.unread_at(situation):
        beside = book.clauses[key]
        first = next(iter(beside.sentences), "")  # else it's the exception to what it says itself
        if key in there or beside.section not in sections:
            continue
        of_it = _same_matter(first, [one.says for one in clauses])
        leans = key in after and _LEANS.search(first)
        if (
            (of_it and _frees(first, stopped_by, behind=key in after))
            or (stops and (of_it or leans) and _ELSEWHERE.search(first))
            or (stops and of_it and key in after and _allows(first))
        ):
            yield first


def _following(book: Book, clauses: Collection[Clause]) -> frozenset[str]:
    """Return the clauses that stand right behind one of these in its section."""
    ids, ours = [*book.clauses], {one.id for one in clauses}
    return frozenset(
        after
        for before, after in pairwise(ids)
        if before in ours and book.clauses[after].section == book.clauses[before].section
    )


def _frees(says: str, stopped_by: Finding, *, behind: bool) -> bool:
    """Return whether a sentence lets something go without what stops it: without consent where consent is
    needed, without approval where approval is. Without anything at all only where it stands behind it."""
    if not _FREES.search(says):
        return False
    needed = " ".join((stopped_by.point, stopped_by.message, *(one.what for one in stopped_by.needs)))
    of_consent, of_approval = _FREES_FROM_CONSENT.search(says), _FREES_FROM_APPROVAL.search(says)
    if of_consent or of_approval:
        return bool(of_consent if "consent" in needed else of_approval)
    return behind


def _allows(says: str) -> bool:
    """Return whether a sentence allows something, and forbids nothing by the way."""
    allows = _WHOLE.search(says)
    return (
        allows is not None
        and not _BAN.search(says)
        and not _OBEYS.search(says)
        and not _THEN_BANS.search(says, allows.end())
    )


def _same_matter(says: str, others: Iterable[str]) -> bool:
    """Return whether a sentence shares a word with one of these that says what they are about."""
    words = _matter(says)
    return any(words & _matter(one) for one in others)


def _matter(says: str) -> frozenset[str]:
    own = _FREES.sub(" ", _WHOLE.sub(" ", says))  # *is permitted* is no consent
    return _stems(own) - _anywhere()


def _stems(words: str) -> frozenset[str]:
    from schoolgate.rulebook.adviser.search import stems  # it asks the rulebook

    return frozenset(stems(words))


@cache
def _anywhere() -> frozenset[str]:
    return _stems(_SAID_ANYWHERE)


def _exceptions(says: str, before: str, clause: Clause, stopped_by: Finding) -> Iterator[str]:
    """Return the exceptions that a sentence of the clause that stops it makes. What another sentence allows
    counts where it speaks of what that one says, or of the same matter. `before`: the sentence before."""
    stops = stopped_by.kind in LIFTED
    parts = [one.strip() for one in says.split(";")] if stops else [says]
    for last, part in pairwise((before, *parts)):
        allows = _WHOLE.search(part)
        if allows and not _BAN.search(part):
            others = (one for one in (*clause.sentences, *parts) if one not in (says, part))
            leans = _LEANS.search(part) and last and not _WHOLE.search(last)
            if not _THEN_BANS.search(part, allows.end()) and (leans or _same_matter(part, others)):
                yield part
            continue
        for one in (_TAIL if stops else _FROM_YEAR).finditer(part):
            words = _of_its_item(part, one, stopped_by, listed=len(parts) >= _ITEMS)
            if words:
                yield f"… {words if len(words) <= LONGEST else words[:LONGEST].rpartition(' ')[0] + ' …'}"


def _of_its_item(part: str, tail: re.Match[str], stopped_by: Finding, *, listed: bool) -> str:
    """Return the words of an exception inside a sentence; "" where they except from another item of a list
    than what is stopped."""
    words, ahead = tail[0].strip(), part[: tail.start()].rstrip(" ,")
    goes_on = _LIST_GOES_ON.search(words)
    if goes_on and "," in ahead:
        words, ahead, listed = words[: goes_on.start()], ahead.rpartition(",")[2], True
    if not listed:
        return words
    about = [POINTS.get(stopped_by.point, "")]
    if stopped_by.message != OWN_WORDS:
        about.append(in_english(stopped_by.message, stopped_by.args))
    return words if _same_matter(ahead, about) else ""


# One question to one book: facts in, decision out.


NOT_KEPT = (Kind.FORBIDS, Kind.REQUIRES, Kind.BREACHED)
STOPS = (*NOT_KEPT, Kind.REFERS)
HARMLESS = (Kind.MET, Kind.PERMITS, Kind.ADVISES)
NO_TIME = Due()
NOBODYS_ACT = ""
"""Used in place of a relation where no one in particular acts."""
_IN_PART = {MET: "kernel.met_in_part"}
"""What is said instead where the clause says more than its rules."""
_LET_PASS = frozenset({Outcome.SILENT, Outcome.PERMITTED})
_new = tuple.__new__  # what a NamedTuple's own constructor calls in the end
_OVERRIDES = {**dict.fromkeys(NOT_KEPT, (Kind.PERMITS, Kind.MET)), Kind.OBLIGES: (Kind.OBLIGES,)}


def decide(
    book: Book, situation_key: str, facts: Facts | Mapping[str, Any] | str | bytes, *, on: date | None = None
) -> Decision:
    """What this book answers in this situation.

    `facts`: the situation's own model (taken as it is), a mapping, or JSON text. `on`: the day judged;
    without it the day that the facts name. Raises UnknownSituation, BadFacts."""
    asked = situation(situation_key)
    known = counted_by(_on_day(read_facts(asked, facts), on))
    decision = _decide(book, asked, known)
    if not known.rulings or asked.asks is not Asks.ACT or decision.outcome is not Outcome.PERMITTED:
        return decision
    return replace(decision, ruled=_ruled(book, asked, decision))


def _ruled(book: Book, asked: Situation, decision: Decision) -> tuple[str, ...]:
    """Return the open questions on whose rulings a permission rests: without one it would be none."""
    found = []
    for ruling in decision.facts.rulings:
        if ruling.tension not in book.tensions:
            continue
        less = tuple(one for one in decision.facts.rulings if one.tension != ruling.tension)
        without = decision.facts.model_copy(update={"rulings": less})
        if _decide(book, asked, without).outcome is not Outcome.PERMITTED:
            found.append(ruling.tension)
    return tuple(dict.fromkeys(found))


def _decide(book: Book, asked: Situation, known: Facts) -> Decision:
    situation_key = asked.key
    findings: list[Finding] = []
    duties: dict[int, Duty] = {}  # by the position of the finding that opens it
    excluded: set[str] = set()
    not_bound: set[str] = set()
    cited: list[str] = []  # whose words leave a thing or a person out
    exceptions: list[tuple[CompiledRule, int, bool]] = []
    acts = _relation(known)
    for bound in book.bound(situation_key):
        if bound.binds is not None and acts is not NOBODYS_ACT and acts not in bound.binds:
            if acts is not None:
                not_bound.add(bound.point)
                continue
            if any(map(_matters, told := tuple(bound.evaluate(known)))):
                exceptions += [(bound, len(findings), True)] if _only_excepts(bound, told) else []
                findings.append(_finding(bound, unknown("relation", "office"), known))
                continue
        for said in bound.evaluate(known):
            if said.__class__ is Always:  # lives as long as the program, so that its id is its own
                finding = bound.ready.get(id(said))
                if finding is None:
                    finding = bound.ready[id(said)] = _finding(bound, said, known)
            elif said.excludes or said.unbound:
                cited += bound.clauses
                (not_bound if said.unbound else excluded).add(bound.point)
                continue
            else:
                finding = _finding(bound, said, known)
                if said.kind is Kind.OBLIGES:
                    duties[len(findings)] = _duty(bound, said)
            if bound.overrides:
                exceptions.append((bound, len(findings), said.unknown))
            findings.append(finding)
    unneeded = _apply_exceptions(findings, exceptions)
    owed = _owed(duties, findings)
    if unneeded:
        findings = [finding for at, finding in enumerate(findings) if at not in unneeded]
    settle_clashes(findings, book.tensions, known)
    spoken = spoken_outcomes(findings)
    points = {**dict.fromkeys(asked.points, Outcome.SILENT), **spoken}
    meta, silent = book.meta, _why_silent(asked, spoken, excluded, not_bound)
    no_rule = silent is SilentBecause.NO_RULE
    outcome, unread = overall(spoken, asked.points), book.unread_at(situation_key)
    return Decision(
        policy=meta.key,
        version=meta.version,
        reading=meta.reading,
        situation=situation_key,
        facts_schema=asked.facts.version,
        outcome=outcome,
        silent_because=silent,
        points=points,
        silent_points=_SilentPoints(points, excluded, not_bound),
        findings=tuple(findings),
        duties=owed,
        excluded_by=tuple(dict.fromkeys(cited)) if cited else (),
        unread=book.spoken_of_at(situation_key) if no_rule else unread,
        beside=() if no_rule else book.beside_at(situation_key),
        control_versions=book.control_versions,
        facts=known,
        excepted=() if outcome in _LET_PASS or book.was_read else excepted(book, situation_key, findings),
    )


def read_facts(asked: Situation, facts: Facts | Mapping[str, Any] | str | bytes) -> Facts:
    """Return the facts as the situation's model. Raises BadFacts with the first error and its place."""
    if isinstance(facts, asked.facts):
        return facts
    if isinstance(facts, Facts):
        raise BadFacts("", f"these are the facts of another situation than {asked.key}")
    try:
        if isinstance(facts, str | bytes):
            return asked.facts.model_validate_json(facts)
        return asked.facts.model_validate(facts)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        path = ".".join(str(part) for part in first["loc"])
        why = "no such fact" if first["type"] == "extra_forbidden" else str(first["msg"])
        why = why.removeprefix("Value error, ")
        raise BadFacts(path, why) from None
    except (RecursionError, json.JSONDecodeError) as error:
        raise BadFacts("", f"not readable: {error}") from None


def _on_day(known: Facts, on: date | None) -> Facts:
    """Return the same facts, judged on another day."""
    if on is None or known.on == on:
        return known
    known = known.model_copy(update={"on": on})
    known.__dict__.pop("day", None)
    return known


def is_bound(facts: Facts, binds: frozenset[str]) -> bool | None:
    """Return whether a clause binds the person who acts; None where that is not known.

    Where the situation is no one's act (something comes in), the rule waits for the person who deals with
    it.
    """
    acts = _relation(facts)
    return acts in binds if acts else None if acts is None else True


def _relation(facts: Facts) -> str | None:
    """Return what the person who acts is to the school; None where that is not known."""
    if type(facts).actor is Facts.actor:
        return NOBODYS_ACT
    actor = facts.actor
    return actor.relation if actor is not None else None


def _duty(bound: CompiledRule, said: RuleResult) -> Duty:
    due = said.due or NO_TIME
    return Duty(said.who, said.what, due, bound.clauses, bound.section, said.about)


def _owed(duties: Mapping[int, Duty], findings: Sequence[Finding]) -> tuple[Duty, ...]:
    """Return the duties whose findings still apply."""
    if not duties:
        return ()
    return tuple(
        duty for at, duty in duties.items() if findings[at].kind is Kind.OBLIGES and findings[at].stands
    )


def _matters(said: RuleResult) -> bool:
    """Whether it would make a difference to a person who may or may not be bound."""
    return said.kind not in HARMLESS or said.excludes or said.unbound


def _only_excepts(bound: CompiledRule, told: Iterable[RuleResult]) -> bool:
    """Whether it is an exception whose own words would stop nothing."""
    return bool(bound.overrides) and not any(one.kind in NOT_KEPT and not one.unknown for one in told)


def _finding(bound: CompiledRule, said: RuleResult, facts: Facts) -> Finding:
    basis = Basis.CHOSEN if said.chosen else bound.basis
    if said.kind in HARMLESS:  # by far the most; what is met needs no permission and no ruling
        return _new(
            Finding,
            (
                said.kind,
                bound.point,
                said.about,
                basis,
                bound.control,
                bound.clauses,
                bound.section,
                said.message if bound.in_full else _IN_PART.get(said.message, said.message),
                said.args,
                said.needs,
                None,
                said.lifts_on,
                None,
            ),
        )
    kind, clauses, needs, message, args = said.kind, bound.clauses, said.needs, said.message, said.args
    waits = said.unknown and message == UNKNOWN  # with a sentence of its own it is the rule's demand
    if bound.is_advice and kind in STOPS:
        kind, needs = Kind.ADVISES if waits else Kind.ADVISES_AGAINST, ()
    taken_by: str | None = None
    agreed_by: str | None = None
    if kind is Kind.REFERS and bound.tension is not None:
        clauses = tuple(dict.fromkeys((*clauses, *bound.tension.clauses)))
    if kind in NOT_KEPT and not waits and (bound.may_depart or bound.leave_of or bound.tension):
        given_by = _permission_from(bound, facts)
        taken_by = f"leave:{given_by}" if given_by is not None else None
        if given_by is not None and bound.leave_of:  # its own clause permits it then
            kind, needs, taken_by, agreed_by = Kind.PERMITS, (), None, given_by
        if taken_by is None and bound.tension is not None and said.turns and not said.unknown:
            clauses = tuple(dict.fromkeys((*clauses, *bound.tension.clauses)))
            ruling = ruling_on(bound.tension, facts)
            if ruling is None and bound.until_ruled:
                pass  # the register reads it so; what it leaves open is only for a ruling to change
            elif ruling is None:
                kind = Kind.REFERS
                needs = (*needs, Need("ruling", bound.tension.ruled_by or NOBODY_NAMED))
            elif ruling.allows:
                taken_by = f"ruling:{ruling.role}"
            elif not bound.until_ruled and kind is not Kind.BREACHED:
                kind = Kind.FORBIDS
    return Finding(
        kind,
        bound.point,
        said.about,
        basis,
        bound.control,
        clauses,
        bound.section,
        message,
        args,
        needs,
        taken_by,
        said.lifts_on,
        agreed_by,
    )


def _permission_from(bound: CompiledRule, facts: Facts) -> str | None:
    roles = bound.leave_from if bound.may_depart else bound.leave_of
    for leave in facts.leaves if roles else ():
        given = leave.clause in bound.clauses and leave.role in roles and (bound.may_depart or leave.written)
        if given and in_force(leave, facts):
            return leave.role
    return None


def _apply_exceptions(
    findings: list[Finding], exceptions: Sequence[tuple[CompiledRule, int, bool]]
) -> set[int]:
    """Add an exception's clause beside what it overrides; return the positions of needs that no longer
    matter.

    A permission overrides a ban; another time for the same thing overrides the original time. An exception
    that is not known to apply turns what it could override into waiting.
    """
    unneeded: set[int] = set()
    at = _by_thing(findings) if exceptions else {}
    for bound, exception_at, is_unknown in exceptions:
        exception = findings[exception_at]
        wanted = False
        for position in _of_same_thing(at.get(bound.point, {}), exception.about):
            finding = findings[position]
            if bound.overrides.isdisjoint(finding.clauses) or not finding.stands:
                wanted = wanted or finding.overridden_by == bound.clauses[0]
                continue
            if (finding.control, finding.clauses[0]) == (bound.control, bound.clauses[0]):
                continue  # what the same binding said itself
            if is_unknown and finding.kind in (*NOT_KEPT, Kind.OBLIGES):
                wanted = True
                needs = tuple(dict.fromkeys((*finding.needs, *exception.needs)))
                findings[position] = finding._replace(kind=Kind.REQUIRES, needs=needs)
            elif exception.kind in _OVERRIDES.get(finding.kind, ()):
                findings[position] = finding._replace(overridden_by=bound.clauses[0])
        if is_unknown and not wanted:
            unneeded.add(exception_at)  # there is nothing that it could except
    return unneeded


ByThing = dict[str | None, list[int]]


def _by_thing(findings: Sequence[Finding]) -> dict[str, ByThing]:
    """Return point -> thing -> positions of its findings: many persons are judged one by one."""
    found: dict[str, ByThing] = {}
    for position, finding in enumerate(findings):
        found.setdefault(finding.point, {}).setdefault(finding.about, []).append(position)
    return found


def _of_same_thing(places: ByThing, about: str | None) -> list[int]:
    """Return the places of findings about the same thing, in order; None is about all of them."""
    if about is None:
        return sorted(position for some in places.values() for position in some)
    return sorted((*places.get(about, ()), *places.get(None, ())))


def _why_silent(
    asked: Situation, spoken: Iterable[str], excluded: set[str], not_bound: set[str]
) -> SilentBecause | None:
    """Return why the policy itself says nothing at all; None where it speaks at any point."""
    for point in spoken:
        if asked.points[point] is Basis.POLICY:
            return None
    if excluded:
        return SilentBecause.EXCLUDED
    return SilentBecause.NOT_BOUND if not_bound else SilentBecause.NO_RULE


class _SilentPoints(Mapping[str, SilentBecause]):
    """Why each silent point is silent. Worked out when asked: most decisions are never asked."""

    __slots__ = ("_excluded", "_not_bound", "_points")

    def __init__(self, points: Mapping[str, Outcome], excluded: set[str], not_bound: set[str]) -> None:
        self._points = points
        self._excluded = excluded
        self._not_bound = not_bound

    def __getitem__(self, point: str) -> SilentBecause:
        if self._points[point] is not Outcome.SILENT:
            raise KeyError(point)
        if point in self._excluded:
            return SilentBecause.EXCLUDED
        return SilentBecause.NOT_BOUND if point in self._not_bound else SilentBecause.NO_RULE

    def __iter__(self) -> Iterator[str]:
        return (point for point, outcome in self._points.items() if outcome is Outcome.SILENT)

    def __len__(self) -> int:
        return sum(1 for _ in self)
