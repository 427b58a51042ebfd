"""A mail to administrators, sent by the process that found the trouble; the worker may be dead.

It goes at once, whatever people chose, and says only what kind of thing has stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog
from django.utils import translation
from django.utils.translation import gettext as _

from schoolgate.core.clock import local_day
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.notices import sign_in
from schoolgate.notices.kinds import address
from schoolgate.notices.sending import Clock
from schoolgate.notices.ways import Way
from schoolgate.people.queries import holders_of_capacity

log = structlog.get_logger(__name__)


def tell_administrators(what: Sequence[str], *, clock: Clock, way: Way | None = None) -> int:
    """Mail every administrator of a federation that is not an example; returns how many mails were accepted.

    Called outside any scope. `what`: names of `core.heartbeats`, for the machine's operator. An address that
    administers two federations gets one mail.
    """
    at = clock()
    told: set[str] = set()
    for federation in Federation.objects.filter(is_example=False).order_by("pk"):
        with scope(federation.pk):
            found = holders_of_capacity("administer", federation=federation, on=local_day(at))
            people = [(person.email, person.language) for person in found]
        for email, language in people:
            if email and email not in told:
                told.add(email)
                _write(email, language, what, at)
    return sign_in.send_waiting(clock=clock, way=way) if told else 0


def _write(email: str, language: str, what: Sequence[str], at: datetime) -> None:
    with translation.override(language or "en"):
        body = "\n\n".join(
            [
                _("Part of Schoolgate has stopped working. Posts, comments or emails may be delayed."),
                _("Please tell the person who runs the server. They need to know this:"),
                ", ".join(what),
                _("What has stopped and what to do:"),
                address("running"),
            ]
        )
        sign_in.write(to=email, subject=_("Schoolgate has stopped working"), body=body, at=at)
