"""Concerns that were closed: what is due, and how it is destroyed.

The row of a concern and its steps stay, without content: who dealt with it and when is part of the record.
Sealed files go from the store with the sweep that removes what no row names.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from schoolgate.core.retention import Area, Declared, Part, Public, Row
from schoolgate.incidents.meant import may_see
from schoolgate.incidents.models import (
    ENDED,
    Capture,
    Content,
    Evidence,
    EvidenceFile,
    EvidenceNote,
    Opening,
    Report,
)
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import leads
from schoolgate.policy.models import DECIDED_ON


class Concerns(Declared):
    """Concerns with their content, evidence, notes and investigations."""

    key, number, endings = "concerns", 11, ("concern_period", "concern_parts")
    area = Area.LAW
    public = Public.NOWHERE
    name = _("Concerns, their content and evidence")
    thing = _("Concern")
    counted = _("From the day it was closed.")
    goes = _(
        "What was reported, all notes, assessments and investigations, and the evidence with its files. No "
        "one can open it afterwards, not even the safeguarding lead."
    )
    stays = _(
        "The concern’s reference, dates and outcome, and who dealt with it. A concern that is "
        "opened again stays until it is closed."
    )
    because = _(
        "Our suggestion: 75 years, as the Independent Inquiry into Child Sexual Abuse recommended for "
        "records of sexual abuse. For other concerns schools usually keep records until the child’s 25th "
        "birthday: 300 months after closing always covers that. Check your retention schedule."
    )
    first = _("Close the concern, and finish every task about it.")
    lead_decides, confined_to = True, "incidents.report"
    row = Row(
        Report,
        over=Q(state__in=ENDED),
        since="state_at",
        empties={
            "said": [], "answers": {}, "shows": [],
            "passed_reference": Case(When(passed_at=None, then=Value("")), default=Value("-")),
        },
        parts=(
            Part(EvidenceNote, "report", sealed=("words_ref",)),
            Part(EvidenceFile, "report"),
            Part(Capture, "evidence__report"),
            Part(Evidence, "report", sealed=("words_ref",)),
            Part(Content, "report", sealed=("words_ref", "picture_ref")),
            Part(Opening, "report", {}, sealed=("words_ref",)),
            DECIDED_ON,
        ),
    )  # fmt: skip

    def second_people(self, pk: int, *, by: Person, on: date) -> list[Person]:
        """Return the other safeguarding leads of its school who may know of it."""
        report = Report.objects.select_related("federation", "school").filter(pk=pk).first()
        if report is None:
            return []
        people = leads(book_for(report), report.school, on=on)
        known = Report.objects.filter(pk=pk)
        return [one for one in people if one.pk != by.pk and known.filter(may_see(one, on)).exists()]


def subjects_needed(names: Sequence[str]) -> set[str]:
    """Return those of these names that a concern is about which is not closed yet."""
    found = Report.objects.filter(thing__in=names).exclude(state__in=ENDED)
    return set(found.values_list("thing", flat=True))
