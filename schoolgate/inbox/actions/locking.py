"""Lock an item to the safeguarding leads, and give it back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.duties.actions import cancel
from schoolgate.duties.batch import open_duties
from schoolgate.duties.queries import about
from schoolgate.inbox import rules
from schoolgate.inbox.actions.ingesting import duty_to_answer
from schoolgate.inbox.looking_after import who_looks_after
from schoolgate.inbox.models import Item
from schoolgate.inbox.queries import locked_item
from schoolgate.inbox.states import ItemState
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.people.safeguarding import leads
from schoolgate.policy.actions.permitting import end_requests
from schoolgate.policy.models import DecisionRecord


@action
def lock_item(*, by: Person, at: datetime, item: Item) -> Item:
    """Keep an item to the safeguarding leads: no one else finds it, and everyone else's tasks about it end.

    Raises NotFound for people who may not read it; NotNow where it is locked already, or where no one leads
    on safeguarding at its school, so that no one could read it.
    """
    if not rules.may_see(by, item, on=local_day(at)):
        raise NotFound
    item = locked_item(item.pk)
    if item.locked_at is not None:
        raise NotNow(_("It’s locked already."), _("The safeguarding leads have it."))
    school = item.school or item.account.school
    if not leads(book_of(item.account.federation), school, on=local_day(at)):
        raise NotNow(
            _("No one here is entered as safeguarding lead, so this can’t be locked."),
            _("Report it as a concern, and ask the head to enter a safeguarding lead."),
        )
    Item.every.filter(pk=item.pk).update(locked_at=at)
    item.locked_at = at
    for subject in (item, *item.answers.all()):
        for kind in {duty.kind for duty in about(subject) if duty.still_to_do}:
            cancel(kind=kind, subject=subject, because="locked", at=at, by=by)
    end_requests(at=at, about=item, by=by)
    record("item.locked", subject=item, at=at, actor=by)
    return item


@action
def unlock_item(*, by: Person, at: datetime, item: Item) -> Item:
    """Give a locked item back to the people who reply and moderate; the task to reply is open again.

    Raises NotFound for people who don't lead on safeguarding there; NotNow where it isn't locked.
    """
    if not rules.may_see(by, item, on=local_day(at)):
        raise NotFound
    item = locked_item(item.pk)
    if item.locked_at is None:
        raise NotNow(_("It isn’t locked."), _("Open it again to see its status."))
    Item.every.filter(pk=item.pk).update(locked_at=None)
    item.locked_at = None
    if item.state == ItemState.OPEN and item.decision:
        kept = DecisionRecord.objects.get(pk=item.decision)
        looking = who_looks_after(item.account, at=at)
        open_duties(at=at, wanted=[duty_to_answer(item, kept, looking)])
    record("item.unlocked", subject=item, at=at, actor=by)
    return item
