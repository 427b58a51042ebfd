"""Hand a hard item to the next person, in one tap and without a reason."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.errors import NotNow
from schoolgate.core.events.recording import record
from schoolgate.duties.actions import pass_on
from schoolgate.duties.queries import standing
from schoolgate.inbox import first_read
from schoolgate.inbox.actions.ranking import looking_after
from schoolgate.inbox.duty_kinds import ANSWER, DANGER, READ, READ_AGAIN
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person


@action
def hand_over(*, by: Person, at: datetime, item: Item) -> int:
    """Pass this person's tasks about the item to the next person, or to the role that stands in; the deadline
    stays. What a safeguarding lead, or who is asked in their place, has to read for danger stays theirs.
    Returns how many tasks.

    Raises NotNow where they have none, or no one else can take it.
    """
    looking = looking_after(item, at=at)
    other = next(
        (
            person
            for person in (looking.first, looking.then.person if looking.then else None)
            if person is not None and person != by
        ),
        None,
    )
    role = looking.then.role if looking.then and looking.then.role else (looking.role or "")
    kinds = [ANSWER, READ, READ_AGAIN]
    if not first_read.reads_first(by, item, at=at):
        kinds.append(DANGER)
    mine = [
        duty
        for kind in kinds
        for duties in standing(kind, [item]).values()
        for duty in duties
        if duty.person_id == by.pk
    ]
    if not mine:
        raise NotNow(_("You have no task about this."), _("Open it again to see who is dealing with it."))
    if other is None and not role:
        raise NotNow(
            _("No one else here can take it over."), _("Ask the person who looks after the accounts.")
        )
    for duty in mine:
        pass_on(duty=duty, because="handed_over", at=at, person=other, role="" if other else role)
    record("item.handed_over", subject=item, at=at, actor=by)
    return len(mine)
