"""Whether the program is working, gathered from the rooms that know; who is told; the same as figures for
a monitor, and by school.

`core.heartbeats` knows of sweeps, `notices.mails` of email, `core.backups` of backups, the accounts when
each was last read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from django.db import connection
from django.db.models import Count, Min, Model, Q, QuerySet

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import Account
from schoolgate.core import heartbeats, restored
from schoolgate.core.actions import action
from schoolgate.core.backups import making
from schoolgate.core.backups.making import BackupStatus
from schoolgate.core.clock import local_day
from schoolgate.core.heartbeats import Still
from schoolgate.core.models import Backup, Federation, School
from schoolgate.core.reading_once import FixedQuery
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import STILL_TO_DO, Due, Duty
from schoolgate.networks.capabilities import Way, all_capabilities
from schoolgate.networks.handshake import Intent
from schoolgate.notices import mail_server, mails
from schoolgate.notices.kinds import UNDER_WAY, MailState
from schoolgate.notices.models import Mail
from schoolgate.people.queries import holders_of_capacity
from schoolgate.publishing.models import Delivery
from schoolgate.reports.duty_kinds import BACKUPS as BACKUPS_STOPPED
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


IN_DOUBT = (Intent.UNKNOWN, Intent.ASKED, Intent.DIFFERENT)


@dataclass(frozen=True)
class Figure:
    """One number, with the labels that distinguish it from others of its name."""

    name: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()


def figures(at: datetime) -> Iterator[Figure]:
    """Yield all figures; outside any scope. A fixed number of queries, and three for each federation."""
    for what, age in heartbeats.ages(at).items():
        yield Figure("beat_age_seconds", age, (("what", what),))
    yield Figure("standing_still", len(of_installation(at)))
    yield from _of_the_database()
    newest = Backup.objects.filter(trouble="", gone_at=None).order_by("-number").first()
    if newest is not None:
        yield Figure("backup_age_seconds", (at - newest.began_at).total_seconds())
        yield Figure("backup_bytes", newest.size)
    for federation_id in Federation.objects.values_list("pk", flat=True).order_by("pk"):
        with scope(federation_id):
            found = list(_of_federation(str(federation_id)))
        yield from found


def _of_the_database() -> Iterator[Figure]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        yield Figure("database_bytes", cursor.fetchone()[0])
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1 ORDER BY 1")
        for state, number in cursor.fetchall():
            yield Figure("jobs", number, (("state", state),))


def _of_federation(number: str) -> Iterator[Figure]:
    here = ("federation", number)
    duties = _by_state(Duty.objects.filter(state__in=STILL_TO_DO))
    mails = _by_state(Mail.objects.filter(state__in=(*UNDER_WAY, MailState.FAILED)))
    yield from (Figure("duties", count, (here, ("state", state))) for state, count in duties)
    yield from (Figure("mails", count, (here, ("state", state))) for state, count in mails)
    yield Figure("deliveries_in_doubt", Delivery.objects.filter(state__in=IN_DOUBT).count(), (here,))


def _by_state(rows: QuerySet[Model]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = list(rows.order_by("state").values_list("state").annotate(Count("pk")))
    return found


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


@action
def watch_backups(*, at: datetime, standing: BackupStatus) -> bool:
    """Open the administrator's task while backups have stopped or fail to restore, and close it once they
    work; return whether there is trouble. Example federations are skipped: their data needs no backup."""
    federation = Federation.objects.get(pk=current_scope().federation_id)
    if federation.is_example:
        return False
    if not standing.trouble:
        discharge(kind=BACKUPS_STOPPED, subject=federation, by=None, at=at, how="well")
        return False
    holders = holders_of_capacity("administer", federation=federation, on=local_day(at))
    if holders:
        open_duty(kind=BACKUPS_STOPPED, subject=federation, at=at, due=Due.none_promised(), person=holders[0])
    return True
