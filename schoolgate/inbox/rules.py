"""Check who may reply to inbox items, close and moderate them."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.subjects import subject_of
from schoolgate.inbox.models import Item
from schoolgate.people.confined import meant_by
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities, held_by
from schoolgate.people.rules import check_capacity
from schoolgate.people.safeguarding import leads_at, reads_from
from schoolgate.publishing.rules import stopped
from schoolgate.triage import URGENT

SEES = frozenset({"moderate", "answer", "second_person", "oversee"})
"""The capacities that let people read inbox items: they deal with them, or oversee that work."""


def check_may_answer(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` replies for this account, or stands in when a reply is overdue."""
    check_finds(person, item, on=on)
    try:
        check_capacity(person, "answer", on=on, school=item.school, account=item.account)
    except NotAllowed:
        check_capacity(person, "second_person", on=on, school=item.school, account=item.account)


def check_may_moderate(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` moderates this account."""
    check_finds(person, item, on=on)
    check_capacity(person, "moderate", on=on, school=item.school, account=item.account)


def check_may_hide(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` may take it out of sight: they moderate this account or, of one that
    is locked, lead on safeguarding there."""
    if item.locked_at is None:
        check_may_moderate(person, item, on=on)
    else:
        check_finds(person, item, on=on)


def check_finds(person: Person, item: Item, *, on: date) -> None:
    """Raise NotFound where it tells something bad of this person, or is locked and they don't lead on
    safeguarding there."""
    if person.pk in item.meant:
        raise NotFound
    if item.locked_at is not None and not _finds_locked(person, item, on=on):
        raise NotFound


def _finds_locked(person: Person, item: Item, *, on: date) -> bool:
    """Return whether a person leads on safeguarding there, and the item may not be about them."""
    subject = subject_of(item)
    school = item.school_id or item.account.school_id
    since = reads_from(person, held_by(person, on=on)) if leads_at(person, school, on=on) else {}
    came = [at for there, at in since.items() if school is None or there in (None, school)]
    leads = bool(came) and item.locked_at is not None and item.locked_at >= min(came)
    return leads and person.pk not in meant_by([subject]).get(subject, ())


def check_may_sort(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` replies, moderates or stands in here: they may say what it is."""
    check_finds(person, item, on=on)
    held = capacities(person, on=on, school=item.school, account=item.account)
    if not held & {"answer", "moderate", "second_person"}:
        check_capacity(person, "answer", on=on, school=item.school, account=item.account)


def may_see(person: Person, item: Item, *, on: date) -> bool:
    """Return whether `person` may read this item: it is of an account of theirs; one that may show danger or
    tells something bad of a colleague, also as safeguarding lead; one that is locked, only as that. Never one
    that tells something bad of themselves."""
    if person.pk in item.meant:
        return False
    school = item.school_id or item.account.school_id
    if item.locked_at is not None:
        return _finds_locked(person, item, on=on)
    if SEES & capacities(person, on=on, school=item.school, account=item.account):
        return True
    return (item.lane in URGENT or bool(item.meant)) and leads_at(person, school, on=on)


def check_may_settle(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` deals with what comes in here, or leads on safeguarding; NotFound for
    one that it tells something bad about."""
    check_finds(person, item, on=on)
    if not leads_at(person, item.school_id or item.account.school_id, on=on):
        check_may_sort(person, item, on=on)


def check_not_stopped(item: Item, *, at: datetime) -> None:
    """Raise NotNow during a stop of the item's school, its federation or the installation."""
    if stopped(item.school_id, at=at):
        raise NotNow(
            _("Posting is stopped here, so nothing can start."),
            _("Wait until the stop is lifted, then decide again."),
        )
