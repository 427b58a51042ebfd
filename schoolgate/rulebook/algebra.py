"""From findings to outcomes: by point, then overall by the worst. Nothing else decides."""

from collections.abc import Iterable, Mapping, Sequence

from schoolgate.rulebook.findings import Finding
from schoolgate.rulebook.kinds import Basis, Kind, Outcome

_ANSWER = {
    Kind.MET: Outcome.PERMITTED,
    Kind.PERMITS: Outcome.PERMITTED,
    Kind.ADVISES: Outcome.PERMITTED,
    Kind.OBLIGES: Outcome.PERMITTED,
    Kind.REQUIRES: Outcome.HOLD,
    Kind.REFERS: Outcome.REFER,
    Kind.FORBIDS: Outcome.NOT_PERMITTED,
    Kind.BREACHED: Outcome.NOT_PERMITTED,
}
_HARMLESS = (Kind.MET, Kind.ADVISES, Kind.PERMITS, Kind.OBLIGES)
_WEIGHT = {outcome: outcome.weight for outcome in Outcome}


def point_outcomes(points: Iterable[str], findings: Sequence[Finding]) -> dict[str, Outcome]:
    """The outcome of each of `points`; silent where no finding speaks."""
    outcomes = dict.fromkeys(points, Outcome.SILENT)
    permissions = [one for one in findings if one.kind is Kind.PERMITS and one.overridden_by is None]
    for finding in findings:
        kind, point = finding.kind, finding.point
        if kind in _HARMLESS or finding.overridden_by is not None:
            if outcomes[point] is Outcome.SILENT:
                outcomes[point] = Outcome.PERMITTED
            continue
        answer = _ANSWER[kind]
        if answer is Outcome.NOT_PERMITTED and any(clash(finding, other) for other in permissions):
            answer = Outcome.REFER
        if _WEIGHT[answer] > _WEIGHT[outcomes[point]]:
            outcomes[point] = answer
    return outcomes


def clash(forbidding: Finding, permitting: Finding) -> bool:
    """Whether two findings speak of the same thing at the same point, so that the policy's words do not
    decide."""
    return forbidding.point == permitting.point and same_thing(forbidding.about, permitting.about)


def same_thing(one: str | None, other: str | None) -> bool:
    """Whether two findings are about the same thing; None is about all of them."""
    return one is None or other is None or one == other


def overall(
    points: Mapping[str, Outcome], bases: Mapping[str, Basis], findings: Iterable[Finding] | None = None
) -> Outcome:
    """The worst of the policy's points, and of the law's and the house's where those stop something.

    A law or house rule that is kept does not make a silent policy speak: it never lifts silent to permitted.
    `findings`: what made the points; nothing else speaks, so that the silent ones need no look."""
    worst = Outcome.SILENT
    for point in points if findings is None else {finding.point for finding in findings}:
        outcome = points[point]
        if outcome is worst or _WEIGHT[outcome] < _WEIGHT[worst]:
            continue
        if bases[point] is Basis.POLICY or _WEIGHT[outcome] > _WEIGHT[Outcome.PERMITTED]:
            worst = outcome
    return worst
