"""Say who was hurt or threatened, so that they can be told and helped. They aren’t given the concern."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import STILL_TO_DO, Due, Duty
from schoolgate.incidents.duty_kinds import BE_HELPED
from schoolgate.incidents.handling import check_may_see, check_read_in_both, check_words
from schoolgate.incidents.keeping import let_in, step
from schoolgate.incidents.keeping_out import take_away
from schoolgate.incidents.meant import is_lead
from schoolgate.incidents.models import KeptOut, Report, Step, StepKind
from schoolgate.incidents.queries import people_who_may_be_hurt
from schoolgate.people.models import Person

# Say who was hurt or threatened, so that they can be told and helped. They aren't given the concern.


@action
def say_harmed(*, report: Report, by: Person, at: datetime, person: Person, words: str) -> Step:
    """Say that a person was the one hurt or threatened in a concern, and how it is known. They get a task
    that names who helps them, and nothing about the concern; they are kept out of it as before.

    Raises NotFound, NotAllowed for all but a safeguarding lead, BadInput (person, words) for oneself and for
    someone it may be about, and NotNow while it may be about someone who wasn't found and only
    one seat has read it.
    """
    check_may_see(report, by, at)
    if not is_lead(by, local_day(at)):
        raise NotAllowed(
            _("Only a safeguarding lead can say who was hurt or threatened."), _("Ask a safeguarding lead.")
        )
    check_words(words, _("Write how you know."))
    if person not in people_who_may_be_hurt(report, by=by, on=local_day(at)):
        raise BadInput({"person": _("You can’t choose this person. Choose someone else.")})
    check_read_in_both(report, by, at=at)
    if not report.kept_out.filter(person=person).exists():
        KeptOut.objects.create(report=report, person=person, harmed=True)
        take_away(report, [person], by=by, at=at)
    let_in(report, by, at=at)
    row = step(
        report, StepKind.HARMED, at=at, by=by, person=person, words={"what": words.strip()},
    )  # fmt: skip
    record("report.harmed", subject=report, at=at, actor=by, person=person.pk)
    open_duty(kind=BE_HELPED, subject=row, at=at, due=Due.none_promised(), person=person)
    return row


def to_be_helped(person: Person) -> QuerySet[Duty]:
    """Return the person's own tasks to see who helps them."""
    return Duty.objects.filter(kind=BE_HELPED, person=person, state__in=STILL_TO_DO).order_by("pk")


@action
def know_who_helps(*, by: Person, at: datetime) -> int:
    """Say that I know who helps me: my tasks end. Returns how many; raises NotNow where there is none."""
    found = [row.subject for row in to_be_helped(by)]
    for subject in found:
        discharge(kind=BE_HELPED, subject=subject, by=by, at=at, how="read", person=by)
    if not found:
        raise NotNow(_("You don’t need to do this now."), _("Open your tasks to see what’s waiting."))
    return len(found)
