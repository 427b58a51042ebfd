"""The local authority in a concern about a person here: who to ring, and what they said."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, Text
from schoolgate.core.events.recording import record
from schoolgate.core.models import School
from schoolgate.incidents.actions.casework import LONGEST_REFERENCE
from schoolgate.incidents.actions.handling import check_may_see, check_words
from schoolgate.incidents.actions.keeping import step
from schoolgate.incidents.actions.letting_in import check_written_here, let_in
from schoolgate.incidents.allegations import words_for
from schoolgate.incidents.models import Authority, Report, Step
from schoolgate.incidents.rules import check_has_it, is_lead
from schoolgate.incidents.states import StepKind
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities

LONGEST_NAME, LONGEST_TELEPHONE = 80, 30
NUMBER = re.compile(r"\+?[0-9 ]{5,30}\Z")


def check_may_enter(person: Person, *, on: object) -> None:
    """Raise NotAllowed for people who neither lead on safeguarding nor look after people here."""
    if is_lead(person, on) or "administer" in capacities(person, on=on, anywhere=True):  # type: ignore[arg-type]
        return
    raise NotAllowed(
        _("Only safeguarding leads and people who manage people enter the local authority’s number."),
        _("Ask a safeguarding lead."),
    )


@action
def enter_authority(
    *, by: Person, at: datetime, school: School | None, name: str, telephone: str, out_of_hours: str = ""
) -> Authority:
    """Say who to ring at the local authority for a school, or for all of them. Raises NotAllowed, BadInput
    (name, telephone, out_of_hours)."""
    check_may_enter(by, on=local_day(at))
    wrong: dict[str, Text] = {}
    if not name.strip() or len(name) > LONGEST_NAME:
        wrong["name"] = _("Enter what the office is called, in at most 80 characters")
    for key, number in (("telephone", telephone), ("out_of_hours", out_of_hours)):
        if (number.strip() or key == "telephone") and not NUMBER.match(number.strip()):
            wrong[key] = _("Enter a phone number, such as 01632 960 001")
    if wrong:
        raise BadInput(wrong)
    row, _made = Authority.objects.update_or_create(
        school=school,
        defaults={
            "name": name.strip(), "telephone": telephone.strip(), "out_of_hours": out_of_hours.strip(),
            "by": by, "at": at,
        },
    )  # fmt: skip
    record("authority.entered", subject=row, at=at, actor=by)
    return row


@action
def save_word(
    *, report: Report, by: Person, at: datetime, word: str, said_at: datetime, words: str, reference: str = ""
) -> Step:
    """Save what the local authority said about a concern about a person here, when, and its reference. The
    concern goes on: after a strategy meeting it waits for the outcome. Raises NotFound, NotAllowed, NotNow,
    BadInput (word, said_at, words, reference)."""
    check_may_see(report, by, at)
    check_has_it(by, report, on=local_day(at))
    check_written_here(report)
    if word not in words_for(report.school):
        raise BadInput({"word": _("Choose what they said")})
    if said_at > at:
        raise BadInput({"said_at": _("This must not be in the future")})
    check_words(words, _("Write what was said and agreed, and who said it."))
    if len(reference) > LONGEST_REFERENCE:
        raise BadInput({"reference": _("This is too long. Enter only the reference number.")})
    let_in(report, by, at=at)
    said = {"what": words.strip(), "reference": reference.strip()}
    row = step(report, StepKind.AUTHORITY, at=said_at, by=by, body=word, words=said)
    record("report.authority", subject=report, at=at, actor=by, word=word)
    return row
