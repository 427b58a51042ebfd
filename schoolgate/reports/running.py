"""Whether the program is working, gathered from the apps that know; and who is told.

`core.heartbeats` knows of sweeps, `notices.mails` of email, `core.backups` of backups, the accounts when
each was last read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from django.db.models import Min, Q, QuerySet

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import Account
from schoolgate.core import heartbeats, restored
from schoolgate.core.actions import action
from schoolgate.core.backups import making
from schoolgate.core.clock import local_day
from schoolgate.core.heartbeats import Still
from schoolgate.core.models import Backup, Federation
from schoolgate.core.reading_once import FixedQuery
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.networks.capabilities import Way, all_capabilities
from schoolgate.notices import mail_server, mails
from schoolgate.people.queries import holders_of_capacity
from schoolgate.reports.duty_kinds import STANDING_STILL

BACKUPS, MAIL, READING = "backups", "mail", "accounts"
UNREAD: Final = timedelta(days=1)
"""House rule: how long an account can go unread before someone has to look at it."""


def of_installation(at: datetime) -> list[Still]:
    """Return what has stopped on this machine, in any federation; works outside a scope too. Few queries,
    regardless of the number of federations."""
    still = [*heartbeats.standing_still(at), *_backups(at)]
    trouble = mail_server.trouble_since()
    if trouble is not None and at - trouble[0] >= mails.TOO_LONG:
        still.append(Still(MAIL, trouble[0], mails.TOO_LONG))
    return still


def here(at: datetime) -> list[Still]:
    """Return what has stopped for the federation in scope. A fixed number of queries."""
    mail = mails.standing_still(at)
    return [
        *heartbeats.standing_still(at),
        *([Still(MAIL, mail.since, mails.TOO_LONG)] if mail else []),
        *([] if _is_example() else _backups(at)),
        *_unread(at),
    ]


def for_the_frame(at: datetime, *, is_example: bool, told: bool, restoring: bool) -> bool:
    """Whether the administrators of the federation in scope see a strip on every page. At most two queries.

    While the worker is running it has opened the task, so checking for the task is enough.

    Args:
        is_example: examples are not backed up.
        told: whether the administrators' task is open.
        restoring: whether a restored installation waits for its release: it is meant to do nothing.
    """
    if told:
        return True
    if not restoring and heartbeats.standing_still(at, restoring=False):
        return True
    return not is_example and bool(list(_backups(at)))


@action
def watch(*, at: datetime) -> bool:
    """Open the administrator's task while something has stopped, and close it once all runs again; return
    whether something has stopped. Backups have a task of their own."""
    federation = Federation.objects.get(pk=current_scope().federation_id)
    if not [found for found in here(at) if found.what != BACKUPS]:
        discharge(kind=STANDING_STILL, subject=federation, by=None, at=at, how="well")
        return False
    holders = holders_of_capacity("administer", federation=federation, on=local_day(at))
    if holders:
        open_duty(kind=STANDING_STILL, subject=federation, at=at, due=Due.none_promised(), person=holders[0])
    return True


def _is_example() -> bool:
    return Federation.objects.get(pk=current_scope().federation_id).is_example


def _backups(at: datetime) -> Iterator[Still]:
    """Return backups that were made once and are no longer made. Where none was ever made, the list of open
    points says so."""
    for newest in _newest_backup().ask({}):
        if at - newest.began_at > making.LATEST and not restored.awaiting_release():
            yield Still(BACKUPS, newest.began_at, making.LATEST)


@cache
def _newest_backup() -> FixedQuery[Backup]:
    return FixedQuery(Backup.objects.filter(trouble="", gone_at=None).order_by("-number")[:1])


def unread_accounts(at: datetime) -> QuerySet[Account]:
    """Return the accounts that the program should have read within a day and did not."""
    read_by_us = [
        key for key, can in all_capabilities().items() if can.connected().way("read_replies") is Way.PROGRAM
    ]
    return open_accounts().filter(
        Q(last_good_read_at=None) | Q(last_good_read_at__lt=at - UNREAD),
        network__in=read_by_us,
        vault_ref__isnull=False,
        connected_at__lt=at - UNREAD,
    )


def _unread(at: datetime) -> Iterator[Still]:
    """One line for all of them."""
    late = unread_accounts(at)
    found = late.order_by().aggregate(since=Min("last_good_read_at"), connected=Min("connected_at"))
    if found["connected"] is not None and restored.awaiting_release() is None:
        yield Still(READING, found["since"] or found["connected"], UNREAD)
