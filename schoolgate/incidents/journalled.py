"""What the journal beside the backups tells of a concern: that it came in, with no word of it."""

from __future__ import annotations

from schoolgate.core.again import Happened
from schoolgate.core.backups.journal import Entry, add_once_committed
from schoolgate.incidents.models import Report

REPORTED = "incidents.reported"


def came_in(report: Report) -> Happened:
    """Return what the journal tells of a concern: that it came in, and who was kept out of it."""
    out = report.kept_out.all()
    return Happened(
        report.pk, report.reported_at,
        {
            "at": report.reported_at.isoformat(), "reference": report.reference, "code": report.code,
            "danger": report.danger, "school": report.school_id, "leads": report.restricted_at is not None,
            "people": sorted({each.person_id for each in out if each.person_id}),
            "roles": sorted({each.role_key for each in out if each.role_key}),
        },
    )  # fmt: skip


def note_at_once(report: Report) -> None:
    """Put a concern in the journal as soon as it's stored: a crash or a stop loses none without a trace."""
    told = came_in(report)
    given = Entry(report.federation.slug, REPORTED, told.number, told.at.isoformat(), dict(told.given))
    add_once_committed([given])
