"""Whether mail goes out at all: for pages, and for the alarm when something has stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import Text
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import current_scope, in_scope, scope
from schoolgate.notices import mail_server
from schoolgate.notices.models import Mail
from schoolgate.notices.states import UNDER_WAY
from schoolgate.notices.troubles import MailTrouble

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
