"""Who did last what with a thing, and when: what a press that comes too late is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schoolgate.core.ledger.verifying import rows_for_subject
from schoolgate.core.subjects import number_of
from schoolgate.people.models import Person
from schoolgate.reports.sentences import briefly, event_in_words

PERSON = "people.person:"
MOST_READ = 20
"""Rows of the record among which a person's is looked for."""


@dataclass(frozen=True)
class LastDone:
    """What a person did last with a thing."""

    what: str
    who: str
    at: datetime


def last_done(subject: str) -> LastDone | None:
    """Return what a person did last with `subject`, in the active language; None where the record names no
    one. Inside a scope."""
    theirs = [row for row in rows_for_subject(subject, limit=MOST_READ) if row.actor.startswith(PERSON)]
    told = next((row for row in theirs if briefly(row.event)), next(iter(theirs), None))
    if told is None:
        return None
    name = Person.objects.values_list("name", flat=True).get(pk=number_of(told.actor))
    return LastDone(briefly(told.event) or event_in_words(told.event).rstrip("."), name, told.at)
