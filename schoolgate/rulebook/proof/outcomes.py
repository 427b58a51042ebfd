"""From what the rules say to the outcome, as formulas: exceptions, clashes and the worst of the points, as
`deciding.py`, `clashes.py` and `algebra.py` do it, without a permission or a ruling on record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from schoolgate.rulebook.algebra import _ANSWER as ANSWER
from schoolgate.rulebook.book import CompiledRule
from schoolgate.rulebook.deciding import (
    _OVERRIDES as OVERRIDES,
)
from schoolgate.rulebook.deciding import (
    NOT_KEPT,
    _finding,
    _matters,
)
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.findings import Finding
from schoolgate.rulebook.kinds import REFUSED, Basis, Kind, Outcome
from schoolgate.rulebook.proof.formulas import FALSE, Formula, both, either, no
from schoolgate.rulebook.proof.sayings import RuleSaid, Said, waiting

NOTHING_RULED = Facts()
HARMLESS = frozenset({Kind.MET, Kind.ADVISES, Kind.ADVISES_AGAINST, Kind.PERMITS, Kind.OBLIGES})


@dataclass
class Possible:
    """A finding that may be there. `when`: under which facts; `turned`: an unknown exception made it wait;
    `overridden`: by which clause, under which facts; `unneeded`: it had nothing to except."""

    rule: CompiledRule
    finding: Finding
    when: Formula
    unknown: bool
    turned: Formula = FALSE
    overridden: dict[str, Formula] = field(default_factory=dict)
    unneeded: Formula = FALSE

    @property
    def stands(self) -> Formula:
        """That nothing replaces it."""
        return no(either(*self.overridden.values()))

    @property
    def is_said(self) -> Formula:
        """That it is among the findings."""
        return both(self.when, no(self.unneeded))

    def same_thing(self, other: "Possible") -> bool:
        """Whether both are about the same thing at the same point; None is about all of them."""
        one, two = self.finding, other.finding
        return one.point == two.point and (None in (one.about, two.about) or one.about == two.about)


class Outcomes:
    """The outcome of each point and of all, each as a formula."""

    def __init__(self, rules: Sequence[RuleSaid], bases: Mapping[str, Basis]) -> None:
        self.bases = bases
        self.possible = [one for rule in rules for one in _findings(rule)]
        _except(self.possible)
        self.clashes = list(self._clashes())
        self.points = {point: self._at(point) for point in bases}
        self.all = self._overall()

    def _permitted_against(self, one: Possible) -> list[Possible]:
        return [
            other for other in self.possible if other.finding.kind is Kind.PERMITS and other.same_thing(one)
        ]

    def _clashes(self) -> Iterable[tuple[Possible, Possible, Formula]]:
        """Yield what forbids and what permits the same thing, none with precedence."""
        for one in self.possible:
            if one.finding.kind is Kind.FORBIDS:
                for other in self._permitted_against(one):
                    yield (
                        one,
                        other,
                        both(one.is_said, one.stands, no(one.turned), other.is_said, other.stands),
                    )

    def _at(self, point: str) -> dict[Outcome, Formula]:
        """Return, for each outcome, that some finding gives the point at least that."""
        levels: dict[Outcome, list[Formula]] = {outcome: [] for outcome in Outcome}
        for one in self.possible:
            if one.finding.point != point:
                continue
            levels[Outcome.PERMITTED].append(one.is_said)
            counts = both(one.is_said, one.stands)
            levels[Outcome.HOLD].append(both(counts, one.turned))
            kind = one.finding.kind
            if kind in HARMLESS:
                continue
            answer = ANSWER[kind]
            counts = both(counts, no(one.turned))
            if answer in REFUSED:
                permitted = either(
                    *(both(other.is_said, other.stands) for other in self._permitted_against(one))
                )
                levels[Outcome.REFER].append(both(counts, permitted))
                counts = both(counts, no(permitted))
            levels[answer].append(counts)
        given = {outcome: either(*some) for outcome, some in levels.items()}
        worst = sorted(Outcome, key=lambda outcome: outcome.weight, reverse=True)
        found: dict[Outcome, Formula] = {}
        for place, outcome in enumerate(worst):
            here = given[outcome] if outcome is not Outcome.SILENT else both()
            found[outcome] = both(here, *(no(given[one]) for one in worst[:place]))
        return found

    def _overall(self) -> dict[Outcome, Formula]:
        found: dict[Outcome, Formula] = {}
        better: list[Formula] = []
        for outcome in sorted(Outcome, key=lambda one: one.weight, reverse=True):
            counts = [
                levels[outcome]
                for point, levels in self.points.items()
                if outcome.weight > Outcome.PERMITTED.weight or self.bases[point] is Basis.POLICY
            ]
            here = either(*counts) if outcome is not Outcome.SILENT else both()
            found[outcome] = both(here, *(no(one) for one in better))
            better.append(here)
        return found


def _findings(told: RuleSaid) -> Iterable[Possible]:
    """Yield the findings that a rule may come to; as `_decide` of deciding.py."""
    rule, binds = told.rule, told.binds
    matters = either(*(when for said, when in told.said if _matters(said.as_result())))
    not_kept = [when for said, when in told.said if said.kind in NOT_KEPT and not said.unknown]
    speaks = either(binds.yes, both(binds.unknown, no(matters)))
    for said, when in told.said:
        if not (said.excludes or said.unbound):
            yield _possible(rule, said, both(speaks, when))
    unsure = both(binds.unknown, matters)
    if rule.overrides:
        kept = no(either(*not_kept))
        yield _possible(rule, waiting(None), both(unsure, kept))
        yield _possible(replace(rule, overrides=frozenset()), waiting(None), both(unsure, no(kept)))
    else:
        yield _possible(rule, waiting(None), unsure)


def _possible(rule: CompiledRule, said: Said, when: Formula) -> Possible:
    return Possible(rule, _finding(rule, said.as_result(), NOTHING_RULED), when, said.unknown)


def _except(possible: Sequence[Possible]) -> None:
    """Let each exception take the place of what it overrides; as `_apply_exceptions` of deciding.py."""
    for exception in possible:
        rule = exception.rule
        if not rule.overrides:
            continue
        clause, wanted = rule.clauses[0], []
        for one in possible:
            if one is exception or not one.same_thing(exception):
                continue
            here = both(exception.when, one.when)
            if rule.overrides.isdisjoint(one.finding.clauses):
                wanted.append(both(here, one.overridden.get(clause, FALSE)))
                continue
            wanted.append(both(here, one.overridden.get(clause, FALSE)))
            if (one.finding.control, one.finding.clauses[0]) == (exception.finding.control, clause):
                continue
            hit = both(here, one.stands)
            kind = one.finding.kind
            if exception.unknown:
                waits = kind in (*NOT_KEPT, Kind.OBLIGES)
                changed = hit if waits else both(hit, one.turned)
                wanted.append(changed)
                one.turned = either(one.turned, changed)
                continue
            hit = both(hit, no(exception.turned))
            if exception.finding.kind in OVERRIDES.get(Kind.REQUIRES, ()):
                over = hit if kind in NOT_KEPT else both(hit, one.turned)
            elif exception.finding.kind in OVERRIDES.get(kind, ()):
                over = both(hit, no(one.turned))
            else:
                continue
            one.overridden[clause] = either(one.overridden.get(clause, FALSE), over)
        if exception.unknown:
            exception.unneeded = both(exception.when, no(either(*wanted)))
