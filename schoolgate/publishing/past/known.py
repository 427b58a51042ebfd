"""From which day on an account's posts are known here: "every copy" is never said without that day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.publishing.past.models import PastImport
from schoolgate.publishing.past.states import PastState


@dataclass(frozen=True)
class PostsCovered:
    """What is known of an account's posts.

    `since`: from that day on each post is here that went out through Schoolgate, and each that the network's
    download gave; None: the account is not open yet. `gap`: days between the end of the newest download and
    the beginning of what Schoolgate itself saw, of which nothing is known; what lies before it is here, but
    "every" cannot be said of it.
    """

    since: date | None
    gap: tuple[date, date] | None = None


def copies_known_from(account: Account) -> date | None:
    """The day from which on every post of the account is known here, as far as Schoolgate and the network's
    downloads know it; None where that is no day at all. One query."""
    return known_of([account])[account.pk].since


def known_of(accounts: Collection[Account]) -> dict[int, PostsCovered]:
    """The same for several accounts, with gaps. One query."""
    rows = PastImport.objects.filter(account__in=[one.pk for one in accounts], state=PastState.DONE)
    covers: dict[int, list[tuple[date, date]]] = {one.pk: [] for one in accounts}
    for pk, found, made_on in rows.values_list("account", "found", "made_on"):
        if found.get("first") and made_on is not None:
            covers[pk].append((local_day(datetime.fromisoformat(found["first"])), made_on))
    return {one.pk: _known(one, covers[one.pk]) for one in accounts}


def _known(account: Account, covers: Iterable[tuple[date, date]]) -> PostsCovered:
    if account.opened_at is None:
        return PostsCovered(None)
    since = local_day(account.opened_at)
    gap: tuple[date, date] | None = None
    # The newest download first: each reaches back from the day on which it was made to its first post.
    for first, made_on in sorted(covers, key=lambda cover: cover[1], reverse=True):
        if made_on < since:
            gap = gap or (made_on, since)
        elif first < since:
            since, gap = first, None
    return PostsCovered(since, gap)
