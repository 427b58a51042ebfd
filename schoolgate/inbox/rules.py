"""Check who may reply to inbox items, close and moderate them."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.subjects import subject_of
from schoolgate.inbox.models import Item, ItemLetIn
from schoolgate.inbox.ranking import for_leads_alone
from schoolgate.people.confined import meant_by
from schoolgate.people.leads import can_open, may_be_in_line
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, capacities, held_by, holders_of_capacity
from schoolgate.people.rules import check_capacity
from schoolgate.people.safeguarding import leads, leads_at, reads_from
from schoolgate.publishing.rules import stopped
from schoolgate.triage import URGENT

SEES = frozenset({"moderate", "answer", "second_person", "oversee"})
"""The capacities that let people read inbox items: they deal with them, or oversee that work."""


def check_may_answer(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` replies for this account, or stands in when a reply is overdue."""
    check_finds(person, item, on=on)
    if stands_in(person, item, on=on):
        return
    try:
        check_capacity(person, "answer", on=on, school=item.school, account=item.account)
    except NotAllowed:
        check_capacity(person, "second_person", on=on, school=item.school, account=item.account)


def check_may_moderate(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` moderates this account."""
    check_finds(person, item, on=on)
    if stands_in(person, item, on=on):
        return
    check_capacity(person, "moderate", on=on, school=item.school, account=item.account)


def check_may_hide(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` may take it out of sight: they moderate this account or, of one that
    is locked, lead on safeguarding there."""
    if item.locked_at is None:
        check_may_moderate(person, item, on=on)
    else:
        check_finds(person, item, on=on)


DEALS = ("answer", "moderate", "second_person")
"""The capacities of those who deal with what comes in."""


def others_deal(item: Item, *, on: date) -> bool:
    """Return whether anyone else deals with what comes in on this account, and can sign in: none of those
    it names."""
    people = holders_of_capacity(
        *DEALS, federation=item.account.federation, on=on, school=item.school, account=item.account
    )
    return bool(can_open([one for one in people if one.pk not in item.meant], on=on))


def stands_in(person: Person, item: Item, *, on: date) -> bool:
    """Return whether a person deals with a comment because it may be about each of those who would: as
    safeguarding lead, or asked in a lead's place."""
    if not item.meant:
        return False
    school = item.school_id or item.account.school_id
    return (leads_at(person, school, on=on) or is_let_in(person, item, on=on)) and not others_deal(
        item, on=on
    )


def check_finds(person: Person, item: Item, *, on: date) -> None:
    """Raise NotFound where it tells something bad of this person, or is locked and they don't lead on
    safeguarding there. Who was asked in their place may read it, and acts only where no lead may."""
    if person.pk in item.meant:
        raise NotFound
    if item.locked_at is None or _finds_locked(person, item, on=on):
        return
    if not (is_let_in(person, item, on=on) and not can_open(leads_who_may(item, on=on), on=on)):
        raise NotFound


def _finds_locked(person: Person, item: Item, *, on: date) -> bool:
    """Return whether a person leads on safeguarding there, and the item may not be about them."""
    school = item.school_id or item.account.school_id
    since = reads_from(person, held_by(person, on=on)) if leads_at(person, school, on=on) else {}
    came = [at for there, at in since.items() if school is None or there in (None, school)]
    may = bool(came) and item.locked_at is not None and item.locked_at >= min(came)
    return may and person.pk not in people_meant(item)


def people_meant(item: Item) -> set[int]:
    """Return the ids of the people that an item may be about, by its own words or, once it's locked, those of
    a concern."""
    if item.locked_at is None:
        return set(item.meant)
    subject = subject_of(item)
    return set(item.meant) | meant_by([subject]).get(subject, set())


def accused_among(item: Item) -> set[int]:
    """Return the ids of the people who run a page below which something may be about one of them, without a
    name: who isn't a lead reads it after everyone else."""
    if item.meant or not for_leads_alone(item):
        return set()
    return set(item.account.team.filter(to_day=None).values_list("person_id", flat=True))


def leads_who_may(item: Item, *, on: date) -> list[Person]:
    """Return the safeguarding leads of its school who are here and may open it: it isn't about them and,
    where it is locked, they may read what came at that time."""
    school, out = item.school or item.account.school, people_meant(item)
    people = leads(book_for(item.account), school, on=on)
    return [
        one
        for one in people
        if one.pk not in out and (item.locked_at is None or _finds_locked(one, item, on=on))
    ]


def is_let_in(person: Person, item: Item, *, on: date) -> bool:
    """Return whether an item was passed on to this person because no lead could read it or did in time
    (`people.leads`), it isn't about them, and they still have a role for that. What was locked afterwards
    is the leads' again."""
    rows = ItemLetIn.objects.filter(item=item, person=person)
    if item.locked_at is not None:
        rows = rows.filter(at__gte=item.locked_at)
    return rows.exists() and person.pk not in people_meant(item) and may_be_in_line(person, on=on)


def check_may_sort(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` replies, moderates or stands in here: they may say what it is."""
    check_finds(person, item, on=on)
    held = capacities(person, on=on, school=item.school, account=item.account)
    if not held & {"answer", "moderate", "second_person"}:
        check_capacity(person, "answer", on=on, school=item.school, account=item.account)


def may_see(person: Person, item: Item, *, on: date) -> bool:
    """Return whether `person` may read this item: it is of an account of theirs; one that may show danger or
    tells something bad of a colleague, also as safeguarding lead; one that is locked, only as that; one that
    was passed on to them. Never one that tells something bad of themselves."""
    if person.pk in item.meant:
        return False
    school = item.school_id or item.account.school_id
    if item.locked_at is not None:
        return _finds_locked(person, item, on=on) or is_let_in(person, item, on=on)
    if SEES & capacities(person, on=on, school=item.school, account=item.account):
        return True
    if (item.lane in URGENT or item.meant or item.waits_for_lead_since) and leads_at(person, school, on=on):
        return True
    return is_let_in(person, item, on=on)


def check_may_settle(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` deals with what comes in here, or leads on safeguarding; NotFound for
    one that it tells something bad about. Who was asked in a lead's place may say so too."""
    if is_let_in(person, item, on=on):
        return
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
