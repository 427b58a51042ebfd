"""Words of danger that come in where no one looks for a concern: in a report of a fake account, an enquiry
from the press, a post that a watch found. Each becomes a concern of its own, told at once like any other."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Model

from schoolgate.core.actions import action
from schoolgate.core.models import School
from schoolgate.core.subjects import subject_of
from schoolgate.incidents import codes
from schoolgate.incidents.actions.keeping import LONGEST_WORDS
from schoolgate.incidents.actions.reporting import LONGEST_PLACE, ReportContent, report_wrong
from schoolgate.incidents.models import Report
from schoolgate.people.reading_words import those_a_lead_reads, those_of_danger


@action
def hear_danger(
    *, at: datetime, said: dict[Model, str], where: str, school: School | None = None, to_us: bool = False
) -> list[Report]:
    """Make a concern of each of these texts, by the row it came in, that speaks of danger; safe to run twice.
    `where`: where it came in, as the people who are told read it. `to_us`: they were written to us alone, so
    a lead also reads what may only be a sign, or is in a language that isn't read here."""
    found = set((those_a_lead_reads if to_us else those_of_danger)(said.values()))
    return [
        report_wrong(
            at=at,
            said_here=ReportContent(
                what=text.strip()[:LONGEST_WORDS], where=where[:LONGEST_PLACE], school=school,
                mark=codes.mark_for(subject_of(row)),
            ),
        )
        for row, text in said.items()
        if text in found
    ]  # fmt: skip
