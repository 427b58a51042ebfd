"""From findings to outcomes: by point, then overall by the worst. Nothing else decides."""

from collections.abc import Mapping, Sequence

from schoolgate.rulebook.findings import Finding
from schoolgate.rulebook.kinds import REFUSED, Basis, Kind, Outcome

_ANSWER = {
    Kind.MET: Outcome.PERMITTED,
    Kind.PERMITS: Outcome.PERMITTED,
    Kind.ADVISES: Outcome.PERMITTED,
    Kind.ADVISES_AGAINST: Outcome.PERMITTED,
    Kind.OBLIGES: Outcome.PERMITTED,
    Kind.REQUIRES: Outcome.HOLD,
    Kind.REFERS: Outcome.REFER,
    Kind.FORBIDS: Outcome.NOT_PERMITTED,
    Kind.BREACHED: Outcome.BREACHED,
}
_HARMLESS = (Kind.MET, Kind.ADVISES, Kind.ADVISES_AGAINST, Kind.PERMITS, Kind.OBLIGES)
_WEIGHT = {outcome: outcome.weight for outcome in Outcome}


def spoken_outcomes(findings: Sequence[Finding]) -> dict[str, Outcome]:
    """Return the outcome of each point at which a finding speaks."""
    outcomes: dict[str, Outcome] = {}
    permissions: Permissions | None = None
    for finding in findings:
        kind, point = finding.kind, finding.point
        if kind in _HARMLESS or finding.overridden_by is not None:
            if point not in outcomes:
                outcomes[point] = Outcome.PERMITTED
            continue
        answer = _ANSWER[kind]
        if answer in REFUSED:
            permissions = permissions or Permissions(findings)
            if permissions.against(finding) is not None:
                answer = Outcome.REFER
        if _WEIGHT[answer] > _WEIGHT[outcomes.get(point, Outcome.SILENT)]:
            outcomes[point] = answer
    return outcomes


class Permissions:
    """The permissions among findings, found by what they are about: many persons are judged one by one."""

    __slots__ = ("_of_anything", "_places")

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._places: dict[tuple[str, str | None], int] = {}
        self._of_anything: dict[str, int] = {}
        for place, one in enumerate(findings):
            if one.kind is Kind.PERMITS and one.overridden_by is None:
                self._places.setdefault((one.point, one.about), place)
                self._of_anything.setdefault(one.point, place)

    def against(self, forbidding: Finding) -> int | None:
        """Return the position of the first permission about the same thing at the same point, so that the
        policy's words do not decide."""
        if forbidding.about is None:
            return self._of_anything.get(forbidding.point)
        both = ((forbidding.point, forbidding.about), (forbidding.point, None))
        return min((self._places[key] for key in both if key in self._places), default=None)


def overall(points: Mapping[str, Outcome], bases: Mapping[str, Basis]) -> Outcome:
    """Return the worst of the policy's points, and of the law's and the house's where those stop something.

    A law or house rule that is met does not make a silent policy speak: it never lifts silent to permitted.
    """
    worst = Outcome.SILENT
    for point, outcome in points.items():
        if outcome is worst or _WEIGHT[outcome] < _WEIGHT[worst]:
            continue
        if bases[point] is Basis.POLICY or _WEIGHT[outcome] > _WEIGHT[Outcome.PERMITTED]:
            worst = outcome
    return worst
