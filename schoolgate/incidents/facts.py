"""Build the facts of handling a report: only what was stated, everything else unknown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key
from schoolgate.incidents.models import Report
from schoolgate.incidents.said import SAYS
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.rulebook.facts import Person as InFacts
from schoolgate.rulebook.situations.incident_report import IncidentAssess


def assess_facts(report: Report, *, by: Person, at: datetime) -> IncidentAssess:
    """Return what is known when a report is looked at for the first time."""
    said = [SAYS[key] for key in report.said]
    return IncidentAssess(
        by=InFacts(
            key=person_key(by.pk),
            relation=_relation(by),
            roles=tuple(roles_of(by, on=local_day(at), school=report.school, about=report.by)),
        ),
        reported_at=report.reported_at,
        taken_up=report.taken_at is not None,
        kinds=tuple(dict.fromkeys(kind for one in said for kind in one.kinds)) if said else None,
        child_involved=True if any(one.child for one in said) else None,
        now=at,
    )


def _relation(by: Person) -> Any:
    return by.relation
