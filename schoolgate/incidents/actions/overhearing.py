"""What comes in where no one looks for a concern (`people.outside`), and a safeguarding lead reads first,
becomes a concern of its own about the row in which it came, told at once like any other."""

from __future__ import annotations

from datetime import datetime

from schoolgate.core.subjects import subject_of
from schoolgate.incidents import codes
from schoolgate.incidents.actions.keeping import LONGEST_WORDS
from schoolgate.incidents.actions.reporting import LONGEST_PLACE, ReportContent, report_wrong
from schoolgate.incidents.models import Report
from schoolgate.people.outside import Incoming


def hear_outside(found: Incoming, at: datetime) -> Report:
    """Make a concern of what came in; safe to run twice."""
    return report_wrong(
        at=at,
        said_here=ReportContent(
            what=found.text[:LONGEST_WORDS], where=found.where[:LONGEST_PLACE], school=found.school,
            mark=codes.mark_for((subject_of(found.mark_of) if found.mark_of else "") + found.anew),
            source=subject_of(found.row) if found.row else "", about_people=found.about,
        ),
    )  # fmt: skip
