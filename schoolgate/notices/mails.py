"""Mails for the pages: a person's own, those not sent, addresses that fail; whether mail goes out at all;
and what is forgotten, because who got which mail is private after half a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import Text
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import current_scope, in_scope, scope
from schoolgate.notices import mail_server
from schoolgate.notices.kinds import UNDER_WAY, MailState
from schoolgate.notices.mail_server import MailTrouble
from schoolgate.notices.models import BadAddress, CaughtMail, Mail, Notice, Push
from schoolgate.people.models import Person


def bad_address(person: Person) -> BadAddress | None:
    """Return since when and why mail doesn't reach this person, or None where it does."""
    return BadAddress.objects.filter(person=person).first()


def bad_addresses(*, on: date) -> list[BadAddress]:
    """Return all people who are here and can't be reached, newest first: one may lead on safeguarding."""
    rows = BadAddress.objects.select_related("person", "noted_by").exclude(person__left_on__lte=on)
    return list(rows.order_by("-since", "-pk"))


def mails_of(person: Person, *, limit: int) -> list[Mail]:
    """Return a person's mails with their notices, newest first."""
    rows = Mail.objects.filter(person=person).prefetch_related("notices")
    return list(rows.order_by("-pk")[:limit])


def lost_mails(*, limit: int) -> list[Mail]:
    """Return the mails that couldn't be sent or may not have been, newest first."""
    rows = Mail.objects.filter(state__in=(MailState.FAILED, MailState.UNKNOWN)).select_related("person")
    return list(rows.prefetch_related("notices").order_by("-pk")[:limit])


def caught_mails() -> QuerySet[CaughtMail]:
    """Return the mails of an example federation, which were sent nowhere."""
    return CaughtMail.objects.all()


WAITING: tuple[Text, Text] = (
    _("Emails are waiting and aren’t being sent."),
    _("Ask the person who runs the server to check that Schoolgate’s worker is running."),
)
TOO_LONG = timedelta(minutes=30)
"""How long a mail may wait before something is wrong: longer than any wait between two tries."""


@dataclass(frozen=True)
class StandingStill:
    """Mail has not gone out since `since`; what the server says, and what to do.

    `code`: one of `troubles.TROUBLES`, or `waiting` where nothing is known but that mails wait.
    """

    since: datetime
    code: str
    sentence: Text
    next_step: Text


def standing_still(at: datetime) -> StandingStill | None:
    """Return since when and why mail has stopped, or None. In a scope: for that federation, else for all of
    them.

    An example federation's mails go nowhere, and never count as stopped. A few queries for each federation.
    """
    if in_scope() and _is_example():
        return None
    trouble = mail_server.trouble_since()
    if trouble is not None and at - trouble[0] >= TOO_LONG:
        since, said = trouble
        return StandingStill(since, said.code, said.message, said.next_step)
    oldest = min((found for found in _oldest(at) if found is not None), default=None)
    if oldest is None:
        return None
    server = mail_server.in_use()
    if isinstance(server, MailTrouble):
        return StandingStill(oldest, server.code, server.message, server.next_step)
    return StandingStill(oldest, "waiting", *WAITING)


def _is_example() -> bool:
    return Federation.objects.get(pk=current_scope().federation_id).is_example


def _oldest(at: datetime) -> list[datetime | None]:
    """Return the oldest mail that waits too long, by federation."""

    def of_scope() -> datetime | None:
        rows = Mail.objects.filter(state__in=UNDER_WAY, next_try_at__lt=at - TOO_LONG)
        found: datetime | None = rows.aggregate(oldest=Min("made_at"))["oldest"]
        return found

    if in_scope():
        return [of_scope()]
    oldest = []
    for federation_id in Federation.objects.filter(is_example=False).values_list("pk", flat=True):
        with scope(federation_id):
            oldest.append(of_scope())
    return oldest


KEPT_FOR = timedelta(days=180)
CAUGHT_FOR = timedelta(days=30)
AT_ONCE = 5_000
"""Rows that one transaction removes, so that its locks are short."""


def forget(federation_id: int, *, at: datetime) -> int:
    """Remove a federation's mails and notices older than half a year, and caught mails older than a month;
    return how many rows. Outside any scope. Nothing that still waits is removed.

    Both times are Schoolgate's own: the record says which mails did not arrive.
    """
    gone = 0
    while some := _some(federation_id, at):
        gone += some
    return gone


def _some(federation_id: int, at: datetime) -> int:
    with scope(federation_id):
        old = Mail.objects.filter(made_at__lt=at - KEPT_FOR).exclude(state__in=UNDER_WAY).order_by("pk")
        mails = list(old.values_list("pk", flat=True)[:AT_ONCE])
        pushes = Push.objects.filter(mail__in=mails).delete()[0]
        gone = (
            pushes
            + Notice.objects.filter(mail__in=mails).delete()[0]
            + Mail.objects.filter(pk__in=mails).delete()[0]
        )
        loose = Notice.objects.filter(mail=None, made_at__lt=at - KEPT_FOR).order_by("pk")
        loose_ids = list(loose.values_list("pk", flat=True)[:AT_ONCE])
        gone += Notice.objects.filter(pk__in=loose_ids).delete()[0]
        caught = CaughtMail.objects.filter(caught_at__lt=at - CAUGHT_FOR).order_by("pk")
        caught_ids = list(caught.values_list("pk", flat=True)[:AT_ONCE])
        return gone + CaughtMail.objects.filter(pk__in=caught_ids).delete()[0]
