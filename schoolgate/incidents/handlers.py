"""What follows an event of another app. Each handler is safe to run twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from schoolgate.accounts.models import FakeNote
from schoolgate.accounts.states import FakeStep
from schoolgate.core import vault
from schoolgate.core.events import subscribes
from schoolgate.incidents.actions.leaving import go_on_without, waiting_for
from schoolgate.incidents.actions.overhearing import hear_danger
from schoolgate.incidents.actions.rising import go_up_where_role_ended, told_to_an_ended_role
from schoolgate.incidents.models import Report
from schoolgate.people.queries import person as person_by_id
from schoolgate.press.models import Enquiry
from schoolgate.publishing.models import News


def _told_to_an_ended_role(*, at: datetime, **_ids: Any) -> list[int]:
    return told_to_an_ended_role(at=at)


@subscribes("fake.reported")
def hear_danger_in_fake(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Make a concern of what was written with a report of a fake account, where it speaks of danger."""
    notes = FakeNote.objects.filter(fake=subject_id, step=FakeStep.REPORTED, words_ref__isnull=False)
    rows = list(notes.select_related("fake__school"))
    if rows:
        said: dict[Any, str] = {row: vault.reveal(row.words_ref) for row in rows if row.words_ref is not None}
        where = gettext("In a report of a fake account, {number}.").format(number=rows[0].fake.reference)
        hear_danger(at=at, said=said, where=where, school=rows[0].fake.school, to_us=True)


@subscribes("enquiry.kept")
def hear_danger_in_enquiry(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Make a concern of an enquiry from the press that speaks of danger."""
    row = Enquiry.objects.select_related("school").filter(pk=subject_id).first()
    if row is not None:
        where = gettext("In an enquiry from the press.")
        hear_danger(at=at, said={row: row.wants}, where=where, school=row.school, to_us=True)


@subscribes("news.sent")
def hear_danger_in_news(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Make a concern of news that staff passed on for an account, where it speaks of danger."""
    row = News.objects.select_related("school").filter(pk=subject_id).first()
    if row is not None:
        where = gettext("In news that a colleague passed on.")
        hear_danger(at=at, said={row: row.text}, where=where, school=row.school)


@subscribes("policyversion.in_force", each=_told_to_an_ended_role)
def tell_others_of_open_concerns(*, part: int, at: datetime, **_ids: Any) -> None:
    """Tell the next people of a concern that was told to a role which the new version no longer names."""
    go_up_where_role_ended(at=at, report=Report.objects.get(pk=part))


def _left_by(*, subject_id: int, at: datetime, **_ids: Any) -> list[int]:
    return waiting_for(person_by_id(subject_id), at=at)


@subscribes("people.gone", each=_left_by)
def go_on_without_a_leaver(*, subject_id: int, part: int, at: datetime, **_ids: Any) -> None:
    """Tell the next people of a concern that a leaver dealt with."""
    go_on_without(person=person_by_id(subject_id), at=at, report=Report.objects.get(pk=part))
