"""Where one clause forbids what another permits and the policy's words give neither the precedence."""

from collections.abc import Mapping

from schoolgate.rulebook.algebra import Permissions
from schoolgate.rulebook.clauses import Tension
from schoolgate.rulebook.facts import Facts, Permission, Ruling
from schoolgate.rulebook.findings import Finding, Need
from schoolgate.rulebook.kinds import Kind


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
