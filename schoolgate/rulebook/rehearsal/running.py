"""The cases put to a policy: what happened, and what it answers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.book import Book, CompiledRule
from schoolgate.rulebook.deciding import decide
from schoolgate.rulebook.findings import Decision
from schoolgate.rulebook.kinds import Kind, Outcome
from schoolgate.rulebook.rehearsal.case import NOTHING, Case, Stage, filled, instant_of_cases
from schoolgate.rulebook.rehearsal.cases import CASES

STOPPING = frozenset({Kind.FORBIDS, Kind.BREACHED, Kind.REFERS, Kind.REQUIRES})


@dataclass(frozen=True)
class Told:
    """A case with the answer to it. `stopped`: whether the policy stops what must never be; None where the
    case is about nothing of the kind."""

    case: Case
    decision: Decision
    stopped: bool | None = None

    @property
    def answer(self) -> Answer:
        """What the answer says."""
        return answer_of(self.decision)

    @property
    def is_covered(self) -> bool:
        """Whether the policy itself says anything, in a rule."""
        return self.decision.silent_because is None


def told(book: Book, *, at: datetime, cases: Iterable[Case] = CASES) -> list[Told]:
    """Return each case, on the day of `at`, with what the policy answers to it. Raises BadPack where a rule
    can't be used."""
    stage = Stage(instant_of_cases(at), tuple(book.roles))
    decided = {
        one.key: (one, decide(book, one.situation, {"now": stage.at, **filled(one.facts, stage)}))
        for one in cases
        if not one.point or any(rule.point == one.point for rule in book.bound(one.situation))
    }
    return [
        Told(case, decision, _stopped(book, case, decision, decided)) for case, decision in decided.values()
    ]


def _stopped(
    book: Book, case: Case, decision: Decision, decided: Mapping[str, tuple[Case, Decision]]
) -> bool | None:
    """Return whether something stops this case that doesn't stop the one beside it, or a rule that reads the
    fact it is about: what waits in both for something else shows nothing."""
    if not case.stops_beside:
        return None
    if case.stops_beside == NOTHING:
        return decision.outcome.weight > Outcome.PERMITTED.weight
    stops = _stops(decision)
    return bool(stops - _stops(decided[case.stops_beside][1])) or any(
        one.point in {point for point, *_rest in stops} and _reads(one, case.about)
        for one in book.bound(case.situation)
    )


def _reads(rule: CompiledRule, fact: str) -> bool:
    return re.search(rf'["._]{fact}["._]', rule.settings.model_dump_json()) is not None


def _stops(decision: Decision) -> set[tuple[str, Kind, tuple[str, ...], str]]:
    return {
        (one.point, one.kind, one.clauses, one.message)
        for one in decision.findings
        if one.stands and one.kind in STOPPING
    }
