"""Check who may reply to inbox items, close and moderate them."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity
from schoolgate.publishing.rules import stopped

SEES = frozenset({"moderate", "answer", "second_person", "oversee"})
"""The capacities that let people read inbox items: they deal with them, or oversee that work."""


def check_may_answer(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` replies for this account, or stands in when a reply is overdue."""
    try:
        check_capacity(person, "answer", on=on, school=item.school, account=item.account)
    except NotAllowed:
        check_capacity(person, "second_person", on=on, school=item.school, account=item.account)


def check_may_moderate(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` moderates this account."""
    check_capacity(person, "moderate", on=on, school=item.school, account=item.account)


def check_may_sort(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` replies, moderates or stands in here: they may say what it is."""
    held = capacities(person, on=on, school=item.school, account=item.account)
    if not held & {"answer", "moderate", "second_person"}:
        check_capacity(person, "answer", on=on, school=item.school, account=item.account)


def may_see(person: Person, item: Item, *, on: date) -> bool:
    """Return whether `person` may read the items of this account."""
    return bool(SEES & capacities(person, on=on, school=item.school, account=item.account))


def check_not_stopped(item: Item, *, at: datetime) -> None:
    """Raise NotNow during a stop of the item's school, its federation or the installation."""
    if stopped(item.school_id, at=at):
        raise NotNow(
            _("Posting is stopped here, so nothing can start."),
            _("Wait until the stop is lifted, then decide again."),
        )
