"""Tell people of danger in a comment, and record that there is none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.core.events import record
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import discharge
from schoolgate.duties.batch import Opened, open_duties
from schoolgate.duties.due import Due
from schoolgate.duties.queries import standing
from schoolgate.inbox import rules
from schoolgate.inbox.actions.tasks import leads_of
from schoolgate.inbox.duty_kinds import DANGER
from schoolgate.inbox.looking_after import Looking
from schoolgate.inbox.models import ORDINARY, Item
from schoolgate.inbox.ranking import FIRST, is_certain
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.people.safeguarding import leads
from schoolgate.triage import URGENT


def tell_of_danger(rows: Iterable[Item], looking: Looking, *, at: datetime) -> None:
    """Tell the safeguarding leads and the person on duty, at any hour, of items that may show danger to a
    person. Called for new items and new versions."""
    urgent = [row for row in rows if row.lane in URGENT and is_certain(row.why)]
    if not urgent:
        return
    school = urgent[0].school or urgent[0].account.school
    book = book_of(urgent[0].account.federation)
    people = list(dict.fromkeys([*leads(book, school, on=local_day(at)), *filter(None, [looking.first])]))
    told: list[tuple[Person | None, str | None]] = [(person, None) for person in people]
    if looking.first is None:
        told.append((None, looking.role))
    open_duties(
        at=at,
        wanted=[
            Opened(
                kind=DANGER, subject=row, due=Due.none_promised(), person=person, role=role,
                school=row.school, account=row.account_id,
            )
            for row in urgent
            for person, role in told
        ],
    )  # fmt: skip


def note_read(*, by: Person, at: datetime, item: Item, how: str) -> None:
    """End the tasks to read an item for danger once someone has dealt with it: all but those of other
    safeguarding leads, who still have to see it."""
    others = {lead.pk for lead in leads_of(item, at=at)} - {by.pk}
    for duty in standing(DANGER, [item])[subject_of(item)]:
        if duty.person_id not in others:
            discharge(
                kind=DANGER, subject=item, by=by, at=at, how=how, person=duty.person, role=duty.role_key
            )


@action
def settle_danger(*, by: Person, at: datetime, item: Item) -> Item:
    """Record that a person has read it and no one is in danger: the tasks end, and it goes by its deadline.
    Those of the safeguarding leads end only where a lead says so: it may be about the person who settles it.

    Raises NotAllowed; NotNow where nothing put it first and no task about danger is open.
    """
    rules.check_may_settle(by, item, on=local_day(at))
    if item.goes_first >= len(FIRST) and not standing(DANGER, [item])[subject_of(item)]:
        raise NotNow(_("It isn’t at the top of the list any more."), _("Open it again to see its status."))
    Item.every.filter(pk=item.pk).update(goes_first=ORDINARY)
    item.goes_first = ORDINARY
    if by in leads_of(item, at=at):
        discharge(kind=DANGER, subject=item, by=by, at=at, how="no_danger")
    else:
        note_read(by=by, at=at, item=item, how="no_danger")
    record("item.no_danger", subject=item, at=at, actor=by, lane=item.lane)
    return item
