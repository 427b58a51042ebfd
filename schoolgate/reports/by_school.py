"""How posting and reading go at each school: what a trust looks at before anyone rings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import Account
from schoolgate.core.models import School
from schoolgate.networks.handshake import Intent
from schoolgate.publishing.models import Delivery
from schoolgate.reports.figures import IN_DOUBT
from schoolgate.reports.running import unread_accounts

SOON: Final = timedelta(minutes=10)
"""House rule: how long what is due may take to leave."""


@dataclass(frozen=True)
class SchoolStatus:
    """One school; `school` is None for accounts of all of them."""

    school: School | None
    accounts: int
    unread: int
    unsent: int
    unsure: int

    @property
    def well(self) -> bool:
        """Return whether there's nothing to look at."""
        return not (self.unread or self.unsent or self.unsure)


def by_school(at: datetime) -> list[SchoolStatus]:
    """Return each school by its name, and last the accounts of all of them. Four queries, however many."""
    accounts = dict(_counted(open_accounts()))
    unread = dict(_counted(unread_accounts(at)))
    late = Q(state__in=(Intent.WRITTEN, Intent.SENT), by_hand=False, written_at__lt=at - SOON)
    sent = Delivery.objects.order_by().values_list("account__school").filter(late | Q(state__in=IN_DOUBT))
    posts = {
        school: (unsent, unsure)
        for school, unsent, unsure in sent.annotate(
            unsent=Count("pk", filter=late), unsure=Count("pk", filter=Q(state__in=IN_DOUBT))
        )
    }
    schools: list[School | None] = [*School.objects.order_by("name"), None]
    found = [
        SchoolStatus(one, accounts.get(key, 0), unread.get(key, 0), *posts.get(key, (0, 0)))
        for one in schools
        for key in [one.pk if one else None]
    ]
    return [each for each in found if each.school or each.accounts or not each.well]


def _counted(rows: QuerySet[Account]) -> Iterable[tuple[int | None, int]]:
    return rows.order_by().values_list("school").annotate(number=Count("pk"))
