"""Since which day an account's posts are known here: pages never say "every copy" without that day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_instant
from schoolgate.publishing.past.models import PastImport
from schoolgate.publishing.past.states import PastState


@dataclass(frozen=True)
class PostsCovered:
    """How much of an account's posts is known.

    `since`: from that day on, every post that went out through Schoolgate or is in the network's download is
    here; None: the account is not open yet. `gap`: the unknown days between the end of the newest download
    and the start of Schoolgate's own record; earlier posts are here, but may not be complete.
    """

    since: date | None
    gap: tuple[date, date] | None = None


def copies_known_from(account: Account) -> date | None:
    """Return the day since which every post of the account is known here, as far as Schoolgate and the
    network's downloads know; None where there is no such day. One query."""
    return known_of([account])[account.pk].since


def known_of(accounts: Collection[Account]) -> dict[int, PostsCovered]:
    """Return the same for several accounts, with gaps. One query."""
    rows = PastImport.objects.filter(account__in=[one.pk for one in accounts], state=PastState.DONE)
    covers: dict[int, list[tuple[date, date]]] = {one.pk: [] for one in accounts}
    for pk, found, made_on in rows.values_list("account", "found", "made_on"):
        if found.get("first") and made_on is not None:
            covers[pk].append((local_day(stored_instant(found["first"])), made_on))
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
