"""Saved decisions: the wording, version and interpretation they were made with, and their facts."""

from datetime import datetime
from typing import Any

from ninja import Router

from schoolgate.api.calls import Call, inside
from schoolgate.api.fields import Out, PathId
from schoolgate.api.problems import FindingOut, findings_in_words
from schoolgate.policy.queries import decision_for, sees_facts, wordings
from schoolgate.rulebook.answers import answer_of_body

router = Router(tags=["decisions"], by_alias=True)


class DecisionOut(Out):
    """A decision as it was made. `answer`: what it says; *allowed* only of an act, and only where each clause
    that speaks of it was read. `facts`: null where they were erased or are not for you."""

    id: int
    situation: str
    subject: str
    at: datetime
    by: int | None
    made_with: str
    outcome: str
    answer: str
    silent_because: str | None
    points: dict[str, str]
    findings: list[FindingOut]
    clauses: list[str]
    facts: dict[str, Any] | None


@router.get("/{decision_id}", response=DecisionOut)
@inside
def get_decision(call: Call, decision_id: PathId) -> DecisionOut:
    """One decision, with its clauses as they were worded on its day."""
    kept = decision_for(call.person, decision_id, on=call.on)
    worded = {row.clause: (row.section, row.says) for row in wordings(kept)}
    facts = getattr(kept, "facts_row", None) if sees_facts(call.person, kept, on=call.on) else None
    return DecisionOut.model_validate(
        {
            "id": kept.pk,
            "situation": kept.situation,
            "subject": kept.subject,
            "at": kept.at,
            "by": kept.by_id,
            "made_with": kept.version_label,
            "outcome": kept.outcome,
            "answer": answer_of_body(kept.body),
            "silent_because": kept.body["silent_because"],
            "points": kept.points,
            "findings": findings_in_words(kept.body, worded),
            "clauses": kept.cited,
            "facts": facts.facts if facts else None,
        }
    )
