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
_WEIGHT = {outcome: outcome.weight for outcome in Outcome}


def point_outcomes(points: Iterable[str], findings: Sequence[Finding]) -> dict[str, Outcome]:
    """The outcome of each of `points`; silent where no finding speaks."""
    outcomes = dict.fromkeys(points, Outcome.SILENT)
    permissions = [one for one in findings if one.kind is Kind.PERMITS and one.overridden_by is None]
    for finding in findings:
        answer = _ANSWER[finding.kind] if finding.overridden_by is None else Outcome.PERMITTED
        if answer is Outcome.NOT_PERMITTED and any(clash(finding, other) for other in permissions):
            answer = Outcome.REFER
        if _WEIGHT[answer] > _WEIGHT[outcomes[finding.point]]:
            outcomes[finding.point] = answer
    return outcomes


def clash(forbidding: Finding, permitting: Finding) -> bool:
    """Whether two findings speak of the same thing at the same point, so that the policy's words do not
    decide."""
    return forbidding.point == permitting.point and same_thing(forbidding.about, permitting.about)


def same_thing(one: str | None, other: str | None) -> bool:
    """Whether two findings are about the same thing; None is about all of them."""
    return one is None or other is None or one == other


def overall(points: Mapping[str, Outcome], bases: Mapping[str, Basis]) -> Outcome:
    """The worst of the policy's points, and of the law's and the house's where those stop something.

    A law or house rule that is kept does not make a silent policy speak: it never lifts silent to permitted.
    """
    worst = Outcome.SILENT
    for point, outcome in points.items():
        counts = bases[point] is Basis.POLICY or _WEIGHT[outcome] > _WEIGHT[Outcome.PERMITTED]
        if counts and _WEIGHT[outcome] > _WEIGHT[worst]:
            worst = outcome
    return worst
