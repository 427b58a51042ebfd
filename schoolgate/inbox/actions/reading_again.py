"""Look again for the people that comments and messages may mean: those that came in before this way of
reading, and all of them when a person comes, is renamed, or does something else here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.each import each_by_itself
from schoolgate.core.events.recording import record
from schoolgate.duties.actions import cancel, pass_on
from schoolgate.duties.queries import about
from schoolgate.inbox import beside
from schoolgate.inbox.actions.ranking import looking_after, tell_of_danger
from schoolgate.inbox.looking_after import who_looks_after
from schoolgate.inbox.models import Item, ItemVersion
from schoolgate.inbox.ranking import (
    COLUMNS,
    Known,
    known_at,
    note_accuses,
    note_poses,
    note_said,
    read_of,
    what_it_says,
)
from schoolgate.inbox.states import ItemState
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import leads
from schoolgate.people.said_of import Said

AT_ONCE = 200


@action
def read_names_again(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Keep comments and messages from people they may mean, who weren't found when they came in;
    newest first, each by itself, safe to run twice. Returns how many were read; if that is `limit`, there are
    more."""
    known = known_at(on=local_day(at))
    digest = known.people.digest()
    rows = Item.every.filter(destroyed_at=None).exclude(names_read=digest).order_by("-pk")
    waiting = list(
        rows.select_related("account__federation", "account__school", "school").select_for_update(
            skip_locked=True, of=("self",)
        )[:limit]
    )
    texts: dict[int, list[str]] = {row.pk: [] for row in waiting}
    for pk, text in ItemVersion.objects.filter(item__in=texts).values_list("item_id", "text"):
        texts[pk].append(text)
    left = each_by_itself(
        waiting, lambda row: _read(row, texts[row.pk], known, digest, at=at), at=at,
        failed="a comment was not read again",
    )  # fmt: skip
    return len(waiting) - len(left)


def _read(item: Item, texts: Collection[str], known: Known, digest: str, *, at: datetime) -> None:
    before, item.names_read = set(item.meant), digest
    heard = [
        what_it_says(item, text, read_of(text, known, press=bool(item.from_press)), known) for text in texts
    ]
    open_still = item.state == ItemState.OPEN
    changed = [note_said(item, one) for one in heard if open_still or one.said != Said.UNTOLD]
    changed += [note_accuses(item, text) for text in texts if open_still]
    changed += [note_poses(item, text, known) for text in texts if open_still]
    item.meant = sorted(set(item.meant).union(*(one.kept_from for one in heard)))
    item.save(update_fields=[*COLUMNS, "names_read"])
    if new := set(item.meant) - before:
        record("item.kept_from", subject=item, at=at, number=len(new))
        _take_tasks_from(new, item, at=at)
        beside.kept_from(item, at=at)
    if new or any(changed):
        tell_of_danger([item], who_looks_after(item.account, at=at), at=at)


def _take_tasks_from(people: Collection[int], item: Item, *, at: datetime) -> None:
    """Pass on the open tasks about an item that these people have: to the person who looks after it, else to
    a lead. The one who gets it has none of the kind yet."""
    theirs = [one for one in about(item) if one.still_to_do and one.person_id in people]
    if not theirs:
        return
    other = looking_after(item, at=at).first or _lead(item, people, at=at)
    for task in theirs:
        if other is None or other.pk in people:
            cancel(kind=task.kind, subject=item, because="kept_out", at=at, person=task.person)
        else:
            pass_on(duty=task, because="kept_out", at=at, person=other)


def _lead(item: Item, people: Collection[int], *, at: datetime) -> Person | None:
    book, school = book_for(item.account), item.school or item.account.school
    return next((one for one in leads(book, school, on=local_day(at)) if one.pk not in people), None)
