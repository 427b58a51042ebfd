"""From findings to outcomes: by point, then overall by the worst. Nothing else decides."""

from collections.abc import Mapping, Sequence

from schoolgate.rulebook.clauses import Tension
from schoolgate.rulebook.facts import Facts, Permission, Ruling
from schoolgate.rulebook.findings import Finding, Need
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


# Where one clause forbids what another permits and the policy's words give neither the precedence.


def settle_clashes(findings: list[Finding], tensions: Mapping[str, Tension], facts: Facts) -> None:
    """Let a ruling decide between the two where there is one; else say who rules, and keep both findings."""
    kinds = {finding.kind for finding in findings}
    if Kind.PERMITS not in kinds or Kind.FORBIDS not in kinds:
        return
    permissions = Permissions(findings)
    for position, forbidding in enumerate(list(findings)):
        if forbidding.kind is Kind.FORBIDS and forbidding.stands:
            permitting = permissions.against(forbidding)
            if permitting is not None:
                _settle(position, permitting, findings, tensions, facts)


def _settle(
    position: int, permitting_at: int, findings: list[Finding], tensions: Mapping[str, Tension], facts: Facts
) -> None:
    permitting = findings[permitting_at]
    forbidding = findings[position]
    tension = next(
        (
            one
            for one in tensions.values()
            if set(one.clauses) & set(forbidding.clauses) and set(one.clauses) & set(permitting.clauses)
        ),
        None,
    )
    ruling = ruling_on(tension, facts) if tension is not None else None
    if ruling is None:
        role = tension.ruled_by if tension is not None and tension.ruled_by else "federation"
        findings.append(
            forbidding._replace(
                kind=Kind.REFERS,
                clauses=tuple(dict.fromkeys((*forbidding.clauses, *permitting.clauses))),
                message="kernel.clash",
                args={"role": role},
                needs=(Need("ruling", role),),
                lifts_on=None,
            )
        )
    elif ruling.allows:
        findings[position] = forbidding._replace(overridden_by=f"ruling:{ruling.role}")
    else:
        findings[permitting_at] = permitting._replace(overridden_by=f"ruling:{ruling.role}")


def ruling_on(tension: Tension, facts: Facts) -> Ruling | None:
    """Return the ruling on what a tension leaves open that is in force, by the role that rules (where one
    is named)."""
    for ruling in facts.rulings:
        asked_rightly = tension.ruled_by is None or ruling.role == tension.ruled_by
        if ruling.tension == tension.id and asked_rightly and in_force(ruling, facts):
            return ruling
    return None


def in_force(one: Permission | Ruling, facts: Facts) -> bool:
    """Whether a permission or a ruling is in force on the day judged; one with days is not on an unknown
    day."""
    if one.from_day is None and one.to_day is None:
        return True
    day = facts.day
    if day is None:
        return False
    return (one.from_day is None or one.from_day <= day) and (one.to_day is None or day <= one.to_day)
