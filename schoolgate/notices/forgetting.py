"""Delete old notices: who got which mail is private after half a year."""

from __future__ import annotations

from datetime import datetime, timedelta

from schoolgate.core.tenancy import scope
from schoolgate.notices.models import CaughtMail, Mail, Notice, Push
from schoolgate.notices.states import UNDER_WAY

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
