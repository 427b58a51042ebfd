"""Give a person access to what was written about a concern."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotNow
from schoolgate.incidents.models import Opening, Reader, Report
from schoolgate.incidents.states import OpeningState
from schoolgate.people.models import Person


def let_in(report: Report, person: Person, *, at: datetime) -> bool:
    """Make a person who may know of a report one of its readers; again, if their access had ended. Returns
    whether it is their first time.

    What was passed to the safeguarding lead's own system is given only to people who had it opened by two."""
    if report.passed_at is not None and not opened_for(report, person):
        return False
    reader, new = Reader.objects.get_or_create(report=report, person=person, defaults={"since": at})
    if not new and reader.ended_at is not None:
        reader.ended_at = None
        reader.save(update_fields=["ended_at"])
    return new


def opened_for(report: Report, person: Person) -> bool:
    """Return whether two people opened this concern for a person, and no lead has ended it."""
    return Opening.objects.filter(report=report, by=person, state=OpeningState.AGREED).exists()


def check_written_here(report: Report) -> None:
    """Raise NotNow if what is written about it belongs in the safeguarding lead's own system."""
    if report.passed_at is not None:
        raise NotNow(
            _("What is written about this is in {system}, under {reference}.").format(
                system=report.passed_to, reference=report.passed_reference
            ),
            _("Write it in that system."),
        )
