"""What became of published posts: reactions, changes made on their networks, days that have passed. Reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from schoolgate.accounts.models import Account
from schoolgate.core.clock import begins, local_day
from schoolgate.core.errors import NotFound
from schoolgate.networks.handshake import Intent
from schoolgate.networks.port import COUNTED, Reactions
from schoolgate.people.models import Person
from schoolgate.publishing.live_models import LiveChange, LiveCheck, PostReactions
from schoolgate.publishing.models import AnnouncedDays, Delivery, Post
from schoolgate.publishing.sights import visible_to
from schoolgate.publishing.states import PostState, Purpose


@dataclass(frozen=True)
class Month:
    """What came out in a month (its first day): how many posts were read, and the reactions to them so
    far."""

    first: date
    posts: int
    counts: Reactions


def open_changes(post: Post) -> list[LiveChange]:
    """Return the changes made to a post on its networks that wait for a person, oldest first. One query."""
    rows = LiveChange.objects.filter(delivery__post=post, ended_at=None)
    return list(rows.select_related("delivery__account").order_by("id"))


def to_check(post: Post) -> AnnouncedDays | None:
    """Return the days that a live post announces, where it waits for a person: it is listed as out of date,
    or its next check is due. One query."""
    if post.state != PostState.PUBLISHED:
        return None
    waits = Q(listed=True, stays_at=None) | Q(look_asked_at__isnull=False)
    return AnnouncedDays.objects.filter(waits, post=post).first()


def change_on(post: Post, pk: int) -> LiveChange:
    """Return one change of this post. Raises NotFound, also for another post's."""
    rows = LiveChange.objects.filter(delivery__post=post, pk=pk)
    found = rows.select_related(
        "delivery__account", "delivery__post__school", "delivery__post__author"
    ).first()
    if found is None:
        raise NotFound
    return found


def is_changed(delivery: Delivery) -> bool:
    """Return whether a change made to it on its network waits for a person."""
    return LiveChange.objects.filter(delivery=delivery, ended_at=None).exists()


def reactions_to(deliveries: Sequence[Delivery]) -> dict[int, list[PostReactions]]:
    """Return what was counted for each of these copies, newest day first. One query."""
    found: dict[int, list[PostReactions]] = {each.pk: [] for each in deliveries}
    for row in PostReactions.objects.filter(delivery__in=list(found)).order_by("-day"):
        found[row.delivery_id].append(row)
    return found


def checks_of(deliveries: Sequence[Delivery]) -> dict[int, LiveCheck]:
    """Return when each of these copies was last read, by the copy's id. One query."""
    return {row.delivery_id: row for row in LiveCheck.objects.filter(delivery__in=[d.pk for d in deliveries])}


def accounts_counted(person: Person, *, on: date) -> list[Account]:
    """Return the accounts with published posts that this person may see, by name. One query."""
    out = _out(person, on=on).order_by().values("account")
    return list(Account.objects.filter(pk__in=out).order_by("name", "pk"))


def by_month(account: Account, since: date, *, seen_by: Person | None = None, on: date) -> list[Month]:
    """Return the reactions to the posts of an account by the month in which they came out, oldest first.

    With `seen_by` only of posts that this person may see on the day `on`. One query.
    """
    out = _out(seen_by, on=on).filter(account=account, state_at__gte=begins(since))
    rows = PostReactions.objects.filter(delivery__in=out.order_by().values("pk"))
    newest = rows.order_by("delivery_id", "-day").distinct("delivery_id")
    found: dict[date, Month] = {}
    for at, *counts in newest.values_list("delivery__state_at", *COUNTED):
        first = local_day(at).replace(day=1)
        before = found.get(first, Month(first, 0, Reactions()))
        found[first] = Month(first, before.posts + 1, before.counts + Reactions(*counts))
    return [found[first] for first in sorted(found)]


def _out(person: Person | None, *, on: date) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(purpose=Purpose.PUBLISH, state=Intent.CONFIRMED)
    if person is None:
        return rows
    return rows.filter(post__in=Post.objects.filter(visible_to(person, on)).values("pk"))
