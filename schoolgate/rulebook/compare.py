"""Two policies or two books beside each other: where their answers differ."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from schoolgate.rulebook.book import Book
from schoolgate.rulebook.deciding import HARMLESS, decide
from schoolgate.rulebook.facts import LONDON, Facts
from schoolgate.rulebook.findings import Decision, Duty, Need
from schoolgate.rulebook.kinds import REFUSED, Basis, Outcome
from schoolgate.rulebook.messages import SOURCES, plain
from schoolgate.rulebook.scenarios import Scenario
from schoolgate.rulebook.situations import situation

# Puts every scenario to all policies and shows where their answers differ.
# An answer here is what a reader would notice: the outcome at a point, what is still needed and from which
# role, what has to be done by when, and the clause that says so. Points of law and house are left out: they
# are the same for all.


@dataclass(frozen=True, slots=True)
class Answer:
    """What one policy says at one point."""

    outcome: Outcome
    silent_because: str | None
    kinds: tuple[str, ...]
    clauses: tuple[str, ...]
    sections: tuple[str, ...]
    needs: tuple[Need, ...]
    duties: tuple[Duty, ...]
    lifts_on: str | None

    @property
    def speaks(self) -> bool:
        """Whether the policy says anything here."""
        return self.outcome is not Outcome.SILENT

    @property
    def gist(self) -> tuple[object, ...]:
        """Return what two policies with the same answer have in common, regardless of their role names."""
        due = tuple((duty.what, duty.due) for duty in self.duties)
        return (self.outcome, tuple(need.what for need in self.needs), due, self.lifts_on)

    def to_json(self) -> dict[str, Any]:
        """Return what `schoolgate policy compare --json` prints, without fields that a silent policy leaves
        empty."""
        if not self.speaks:
            return {"outcome": str(self.outcome), "silent_because": self.silent_because}
        return {
            "outcome": str(self.outcome),
            "says": in_short(self),
            "clauses": list(self.clauses),
            "sections": list(self.sections),
            "needs": [{"what": need.what, "from": need.source} for need in self.needs],
            "duties": [duty.to_json() for duty in self.duties],
            "lifts_on": self.lifts_on,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """One point of one scenario at which the policies do not all say the same."""

    scenario: Scenario
    point: str
    answers: Mapping[str, Answer]

    @property
    def speaking(self) -> int:
        """How many policies say anything."""
        return sum(1 for answer in self.answers.values() if answer.speaks)

    @property
    def kinds(self) -> int:
        """How many different answers there are."""
        return len({answer.gist for answer in self.answers.values()})

    def to_json(self) -> dict[str, Any]:
        """As `schoolgate policy compare --json` prints it."""
        return {
            "scenario": str(self.scenario),
            "situation": self.scenario.situation,
            "point": self.point,
            "answers": {key: answer.to_json() for key, answer in self.answers.items()},
        }


def differences(books: Sequence[Book], scenarios: Iterable[Scenario]) -> Iterator[Difference]:
    """Return each point of each scenario at which these policies differ, in the order of the scenarios.

    Only the points that a scenario is about count: those it names, and those of the clauses that it cites.
    One that expects nothing of any point is about all of them."""
    for scenario in scenarios:
        decided = {book.key: decide(book, scenario.situation, scenario.facts) for book in books}
        about = _about(scenario, decided.values())
        for point, basis in situation(scenario.situation).points.items():
            if basis is Basis.POLICY and point in about:
                answers = {key: _answer(one, point) for key, one in decided.items()}
                if len({answer.gist for answer in answers.values()}) > 1:
                    yield Difference(scenario, point, answers)


def _about(scenario: Scenario, decided: Iterable[Decision]) -> set[str]:
    expect = scenario.expect
    named = {point for word in ("points", "at", "kinds", "says") for point in expect.get(word, ())}
    cited = {*expect.get("clauses", ()), *expect.get("findings", ())}
    findings = [finding for one in decided for finding in one.findings]
    named |= {one.point for one in findings if not cited.isdisjoint(one.clauses)}
    return named or {one.point for one in findings}


def foremost(found: Iterable[Difference]) -> list[Difference]:
    """For each point of each situation the one difference that shows most: in which the most policies speak,
    and say the most different things."""
    best: dict[tuple[str, str], Difference] = {}
    for one in found:
        key = (one.scenario.situation, one.point)
        if key not in best or (one.speaking, one.kinds) > (best[key].speaking, best[key].kinds):
            best[key] = one
    return list(best.values())


def in_short(answer: Answer) -> str:
    """Return an answer in a few plain words."""
    if not answer.speaks:
        return _SILENT[answer.silent_because or "no_rule"]
    if answer.outcome is Outcome.BREACHED:
        return "not as it should be"
    if answer.outcome is Outcome.NOT_PERMITTED:
        return (
            f"not before {plain(date.fromisoformat(answer.lifts_on))}" if answer.lifts_on else "not allowed"
        )
    if answer.outcome is Outcome.REFER:
        roles = [need.source for need in answer.needs if need.what == "ruling"]
        if not roles or "federation" in roles:
            return "needs a ruling; the policy names no one for it"
        return f"needs a ruling from {', '.join(map(_who, dict.fromkeys(roles)))}"
    if answer.outcome is Outcome.HOLD:
        wanted = [f"{_small(plain(need.what))} (from {_who(need.source)})" for need in answer.needs[:2]]
        return f"waits for {' and '.join(wanted)}" if wanted else "waits"
    if answer.duties:
        return "; ".join(_owed(duty) for duty in answer.duties[:2])
    for kind, says in _GOOD.items():
        if kind in answer.kinds:
            return says
    return "allowed"


def _owed(duty: Duty) -> str:
    when = "no time named"
    if duty.due.instant is not None:
        local = duty.due.instant.astimezone(LONDON)
        when = f"by {plain(local.date())}, {local:%H:%M}"
    elif duty.due.day is not None:
        when = f"by {plain(duty.due.day)}"
    return f"{_who(duty.who)}: {_small(plain(duty.what))}, {when}"


def _who(source: str) -> str:
    return SOURCES.get(source, source)


def _small(phrase: str) -> str:
    """Return a label in the middle of a sentence."""
    return phrase if phrase[1:2].isupper() else phrase[:1].lower() + phrase[1:]


_SILENT = {
    "no_rule": "says nothing about it",
    "not_bound": "does not bind this person",
    "excluded": "does not cover it",
}
_GOOD = {
    "permits": "allowed",
    "met": "in order",
    "advises": "only a reminder",
    "advises_against": "advised against",
}


def _answer(decided: Decision, point: str) -> Answer:
    outcome = decided.points[point]
    findings = decided.at(point)
    telling = [one for one in findings if one.stands] or list(findings)
    if outcome in (Outcome.HOLD, Outcome.REFER, *REFUSED):
        telling = [one for one in telling if one.kind not in HARMLESS] or telling
    clauses = tuple(dict.fromkeys(clause for one in telling for clause in one.clauses))
    return Answer(
        outcome=outcome,
        silent_because=str(decided.silent_points[point]) if outcome is Outcome.SILENT else None,
        kinds=tuple(dict.fromkeys(str(one.kind) for one in telling)),
        clauses=clauses,
        sections=tuple(dict.fromkeys(one.section for one in telling)),
        needs=tuple(dict.fromkeys(need for one in telling for need in one.needs)),
        duties=tuple(duty for duty in decided.duties if set(duty.clauses) <= set(clauses)),
        lifts_on=max((one.lifts_on.isoformat() for one in telling if one.lifts_on), default=None),
    )


# One case put to two books: what would come out differently? Pure; the doors bring the cases.


@dataclass(frozen=True, slots=True)
class Case:
    """A case that was decided, or that is stored. `key` identifies it for the caller."""

    key: str
    situation: str
    facts: Facts
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Differs:
    """The differences: the outcome before and after, each point that moved, and duties with their times."""

    key: str
    situation: str
    outcome: tuple[str, str]
    points: Mapping[str, tuple[str, str]]
    owed: tuple[tuple[Duty, ...], tuple[Duty, ...]]
    clauses: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as it is stored and shown."""
        return {
            "key": self.key,
            "situation": self.situation,
            "outcome": list(self.outcome),
            "points": {point: list(moved) for point, moved in self.points.items()},
            "owed": [[duty.to_json() for duty in each] for each in self.owed],
            "clauses": list(self.clauses),
        }


def differing(before: Book, after: Book, cases: Iterable[Case]) -> Iterator[Differs]:
    """Yield the cases that the two books answer differently: another outcome at a point, or something else
    owed."""
    for case in cases:
        was = decide(before, case.situation, case.facts, on=case.on)
        now = decide(after, case.situation, case.facts, on=case.on)
        moved = {
            point: (str(outcome), str(now.points[point]))
            for point, outcome in was.points.items()
            if outcome is not now.points[point]
        }
        owed = (was.duties, now.duties)
        if moved or owed[0] != owed[1]:
            yield Differs(
                case.key,
                case.situation,
                (str(was.outcome), str(now.outcome)),
                moved,
                owed,
                tuple(dict.fromkeys((*_cited(was, moved, now), *_cited(now, moved, was)))),
            )


def _cited(decision: Decision, moved: Mapping[str, Any], other: Decision) -> Iterator[str]:
    """Yield the clauses of what was found at the points that moved, and of duties that the other lacks."""
    for finding in decision.findings:
        if finding.point in moved:
            yield from finding.clauses
    for duty in decision.duties:
        if duty not in other.duties:
            yield from duty.clauses
