"""Work shared out among colleagues, notes and saved views; and care for those who read hard items."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.core.reading_once import A_NUMBER, Written, read_once
from schoolgate.duties.actions import cancel
from schoolgate.inbox import seeing
from schoolgate.inbox.duty_kinds import GIVEN
from schoolgate.inbox.first_read import open_task
from schoolgate.inbox.listing import Filters
from schoolgate.inbox.models import Item, ItemNote, ItemState, ReaderCare, SavedView
from schoolgate.people.models import Person
from schoolgate.people.outside import take_in
from schoolgate.people.rules import can
from schoolgate.triage import URGENT, Lane

HARD = URGENT | {Lane.ABUSE}
"""Lanes of items that are hard to read."""
MANY = 5
"""Hard items in a day from which on the page suggests a pause. House rule."""
MOST_KEPT = 500


def shows_words(person: Person) -> bool:
    """Return whether this reader asked to see abusive words as they were written."""
    given: dict[object, int] = {A_NUMBER: person.pk}
    return bool(read_once(("inbox.shows_words", person.pk), lambda: _shows_words().values(given)))


@cache
def _shows_words() -> Written:
    return Written(ReaderCare.objects.filter(person=A_NUMBER, shows_words=True).values_list("pk")[:1])


def hard_today(person: Person, *, on: date) -> int:
    """Return how many hard items this reader opened on that day. Kept for them alone."""
    row = ReaderCare.objects.filter(person=person, day=on).first()
    return len(row.seen) if row else 0


def is_hard(item: Item) -> bool:
    """Return whether an item is hard to read."""
    return item.lane in HARD or has_abuse(item)


def has_abuse(item: Item) -> bool:
    """Return whether its words are abusive, whatever lane it is in."""
    return any(lane == Lane.ABUSE for lane, *_rest in item.why)


@action
def show_words(*, by: Person, at: datetime, shows: bool) -> ReaderCare:
    """Show abusive words to this reader as they were written from now on, or mask them again."""
    row = _row(by, at)
    row.shows_words = shows
    row.save(update_fields=["shows_words"])
    return row


@action
def note_opened(*, by: Person, at: datetime, item: Item) -> None:
    """Count a hard item that this reader opened today, once."""
    row = _row(by, at)
    today = local_day(at)
    seen = row.seen if row.day == today else []
    if item.pk not in seen and len(seen) < MOST_KEPT:
        row.day, row.seen = today, [*seen, item.pk]
        row.save(update_fields=["day", "seen"])


def _row(person: Person, at: datetime) -> ReaderCare:
    row, _new = ReaderCare.objects.get_or_create(person=person, defaults={"day": local_day(at)})
    return row


LONGEST_NOTE = 2_000
LONGEST_NAME = 40
MOST_VIEWS = 20
"""Views that one person saves. House rule: more are no help."""


@action
def assign_item(*, by: Person, at: datetime, item: Item, to: Person | None, seen: int | None) -> Item:
    """Take an item (`to` is `by`), give it to a colleague, or hand it back to the people of the account
    (None).

    `seen`: the id of the person who had it on the screen. A colleague who is given it has a task. Raises
    NotAllowed; BadInput (`to`: can't deal with it); NotNow (answered or closed; someone else was quicker).
    """
    on = local_day(at)
    seeing.check_may_sort(by, item, on=on)
    if to is not None and not can(seeing.check_may_sort, to, item, on=on):
        raise BadInput({"to": _("Choose someone who replies to or moderates comments here.")})
    if item.state not in (ItemState.OPEN, ItemState.ANSWERING):
        raise NotNow(_("This comment has been dealt with."), _("It will reopen if its author edits it."))
    if not Item.every.filter(pk=item.pk, assigned_to=seen).update(assigned_to=to):
        raise _quicker(item, to)
    item.assigned_to = to
    cancel(kind=GIVEN, subject=item, because="assigned", at=at, by=by)
    if to is not None and to != by:
        open_task(item, kind=GIVEN, at=at, person=to)
    how = "handed_back" if to is None else "taken" if to == by else "given"
    given = {"person": to.pk} if to else {}
    record("item.assigned", subject=item, at=at, actor=by, how=how, **given)  # type: ignore[arg-type]
    return item


def _quicker(item: Item, to: Person | None) -> NotNow:
    now = Item.every.select_related("assigned_to").get(pk=item.pk).assigned_to
    said = format_lazy(_("Now with {name}."), name=now.name) if now else _("It was unassigned a moment ago.")
    taken = NotNow(said, _("Open it again, then decide who deals with it."))
    return done_before(item, otherwise=taken, assigned_to=to)


@action
def write_note(*, by: Person, at: datetime, item: Item, text: str) -> ItemNote:
    """Save a note for colleagues, which is never sent. Raises NotAllowed, BadInput (`text`)."""
    if not seeing.may_see(by, item, on=local_day(at)):
        raise NotFound
    tidy = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not tidy or len(tidy) > LONGEST_NOTE:
        raise BadInput({"text": _("Write a note of up to 2,000 characters.")})
    return keep_note(by=by, at=at, item=item, text=tidy)


def keep_note(*, by: Person, at: datetime, item: Item, text: str) -> ItemNote:
    """Save a note that was checked, and read it."""
    note = ItemNote.objects.create(item=item, by=by, at=at, text=text)
    take_in(note, text, at=at, federation=item.federation, school=item.account.school)
    record("item.noted", subject=item, at=at, actor=by, note=note.pk)
    return note


@action
def save_view(
    *, by: Person, at: datetime, name: str, chosen: Filters, tab: str = "", shared: bool = False
) -> SavedView:
    """Save filters under a name; the same name again replaces them. Raises BadInput (`name`)."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME or not tidy.isprintable():
        raise BadInput({"name": _("Give the view a name of up to 40 characters.")})
    mine = SavedView.objects.filter(person=by)
    if mine.exclude(name=tidy).count() >= MOST_VIEWS:
        raise BadInput({"name": _("You have 20 saved views. Delete one first.")})
    view, _new = mine.update_or_create(
        name=tidy,
        defaults={"person": by, "chosen": {**chosen.as_text(), "show": tab}, "shared": shared, "made_at": at},
    )
    record("view.saved", subject=view, at=at, actor=by)
    return view


@action
def delete_view(*, by: Person, at: datetime, view: SavedView) -> None:
    """Delete a view that the person saved. Raises NotFound for another person's."""
    if view.person_id != by.pk:
        raise NotFound
    record("view.deleted", subject=view, at=at, actor=by)
    view.delete()
