"""What is shown of a concern that may be about each safeguarding lead: who takes their part, and which
authority outside the school is told."""

from __future__ import annotations

from datetime import date
from typing import Any

from schoolgate.incidents.ladder import Around, instead_of_leads, leads_kept_out
from schoolgate.incidents.models import Report
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.web.incidents.fact_fields import local_authority


def without_leads(report: Report, *, on: date) -> dict[str, Any]:
    """Return who takes the leads' part and the authority outside; nothing while a lead may know of it."""
    book, around = book_for(report), Around.of(report, on=on)
    if not leads_kept_out(book, around):
        return {}
    people = Person.objects.filter(pk__in=instead_of_leads(book, around).people).order_by("name", "pk")
    return {
        "leads_kept_out": True, "instead_of_leads": [one.name for one in people],
        "authority": local_authority(report.school),
    }  # fmt: skip
