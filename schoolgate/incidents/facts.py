"""Build the facts of a report: only what was stated, everything else unknown."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from schoolgate.core.clock import local_day
from schoolgate.incidents.models import Report
from schoolgate.incidents.said import SAYS, Says
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.rulebook.facts import Person as InFacts
from schoolgate.rulebook.situations.incident import PersonTold
from schoolgate.rulebook.situations.incident_report import IncidentReport

REPORTER = "reporter"
"""What facts call the reporter: a decision never says who it was."""


def report_facts(
    report: Report,
    *,
    by: Person | None,
    at: datetime,
    told: tuple[PersonTold, ...] = (),
    line_manager_involved: bool | None = None,
) -> IncidentReport:
    """Return a report's facts, for the question of who must be told. `by`: the person signed in, even if they
    leave their name out; None for a visitor, who is unknown."""
    said = [SAYS[key] for key in report.said]
    return IncidentReport(
        by=_reporter(by, named=report.by_id is not None, at=at),
        part=_part(said),
        kinds=tuple(dict.fromkeys(kind for one in said for kind in one.kinds)) if said else None,
        breach="suspected" if any(one.broke for one in said) else None,
        line_manager_involved=line_manager_involved,
        child=tuple(dict.fromkeys(part for one in said for part in one.child)) or None,
        noticed_at=report.reported_at,
        told=told,
        now=at,
    )


def _reporter(by: Person | None, *, named: bool, at: datetime) -> InFacts | None:
    if by is None:
        return None
    roles = tuple(roles_of(by, on=local_day(at), anywhere=True)) if named else ()
    return InFacts(key=REPORTER, relation=_relation(by), roles=roles)


def _relation(by: Person) -> Any:
    return by.relation


def _part(said: list[Says]) -> Literal["suffered", "did"] | None:
    """Return whether they suffered or did it, where a line says so and no other line says the opposite."""
    suffered, did = any(one.suffered for one in said), any(one.did for one in said)
    if suffered == did:
        return None
    return "suffered" if suffered else "did"
