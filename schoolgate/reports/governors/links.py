"""Links that show the governors' report of a period without signing in: each ends, and each view is recorded.

There is no row of its own for a link: the record says that it was made, opened and ended. Its address has a
key of the installation, so no address can be guessed, and the record alone makes none (ADR 0063).
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.lasting import keyed
from schoolgate.core.models import LedgerRow
from schoolgate.core.models.running import Restoration
from schoolgate.people.models import Person
from schoolgate.people.queries import here_on
from schoolgate.reports.governors.periods import DAYS, Period
from schoolgate.reports.rules import check_may_see_evidence

LASTS = timedelta(days=28)
"""How long a link works: until after the meeting that it was made for."""
MADE, OPENED, ENDED = "governors.link_made", "governors.link_opened", "governors.link_ended"
MOST = 10
_TOKEN = re.compile(r"([0-9]{1,18})-([0-9]{1,18})-([0-9a-f]{64})")
_NUMBERS = 10**17


@dataclass(frozen=True)
class Link:
    """One link: who made it, for which days, and how often it was opened."""

    by: int
    number: int
    first: date
    last: date
    made_at: datetime
    opened: int = 0
    last_opened_at: datetime | None = None
    ended: bool = False

    @property
    def ends_at(self) -> datetime:
        """Return when it stops working by itself."""
        return self.made_at + LASTS

    @property
    def period(self) -> Period:
        """Return the days that it shows."""
        return Period(DAYS, self.first, self.last)

    @property
    def token(self) -> str:
        """Return the secret part of its address."""
        return f"{self.by}-{self.number}-{_key(self.by, self.number)}"

    def works(self, at: datetime) -> bool:
        """Return whether it shows anything at an instant."""
        return not self.ended and at < self.ends_at


def links_of(person: Person, *, at: datetime) -> list[Link]:
    """Return the links that a person made and that still work, newest first. Two queries."""
    found = [each for each in _links(person.pk).values() if each.works(at)]
    return sorted(found, key=lambda each: each.made_at, reverse=True)


@action
def make_link(*, by: Person, at: datetime, period: Period) -> Link:
    """Make a link to the report of a period, for LASTS. Raises NotAllowed, and NotNow where the person has as
    many as MOST."""
    check_may_see_evidence(by, on=local_day(at))
    if len(links_of(by, at=at)) >= MOST:
        raise NotNow(_("You have made as many links as can work at once."), _("Disable one first."))
    number = secrets.randbelow(_NUMBERS)
    record(
        MADE, subject=by, at=at, actor=by, link=number, first=period.first.toordinal(),
        last=period.last.toordinal(),
    )  # fmt: skip
    return Link(by.pk, number, period.first, period.last, at)


@action
def end_link(*, by: Person, at: datetime, number: int) -> None:
    """Stop one of the person's links. Raises NotFound where it is none of theirs, or doesn't work."""
    if number not in {each.number for each in links_of(by, at=at)}:
        raise NotFound
    record(ENDED, subject=by, at=at, actor=by, link=number)


@action
def open_link(*, at: datetime, token: str) -> tuple[Link, Person]:
    """Record that a link was opened, and return it with the person who made it: what they may see is shown.

    Raises NotFound, and nothing else, for a link that never was one or is another federation's; it says so
    where the link has ended, or its maker has left or may no longer see the report.
    """
    link = _found(token)
    if link is None:
        raise NotFound
    ended = NotFound(_("This link no longer works."), _("Ask the school for a new one."))
    on = local_day(at)
    maker = Person.objects.filter(here_on(on), pk=link.by).select_related("federation").first()
    if maker is None or not link.works(at):
        raise ended
    try:
        check_may_see_evidence(maker, on=on)
    except NotAllowed:
        raise ended from None
    record(OPENED, subject=maker, at=at, link=link.number)
    return link, maker


def _found(token: str) -> Link | None:
    read = _TOKEN.fullmatch(token)
    if read is None:
        return None
    by, number = int(read[1]), int(read[2])
    if not constant_time_compare(read[3], _key(by, number)):
        return None
    return _links(by).get(number)


def _key(by: int, number: int) -> str:
    return keyed("schoolgate.governors.link", f"{by}:{number}").hexdigest()


def _links(by: int) -> dict[int, Link]:
    """The links of a person by number, as the record has them. One made before this home was restored from a
    backup has ended: the record may have lost that it was disabled."""
    rows = LedgerRow.objects.filter(
        subject=f"{Person._meta.label_lower}:{by}", event__in=(MADE, OPENED, ENDED)
    ).order_by("number")
    restored = last_restoration()
    found: dict[int, Link] = {}
    for row in rows:
        ids = row.details
        number = ids["link"]
        if row.event == MADE:
            ended = restored is not None and row.at <= restored.restored_at
            first, last = (date.fromordinal(ids[name]) for name in ("first", "last"))
            found[number] = Link(by, number, first, last, row.at, ended=ended)
        elif number in found and row.event == OPENED:
            known = found[number]
            found[number] = replace(known, opened=known.opened + 1, last_opened_at=row.at)
        elif number in found:
            found[number] = replace(found[number], ended=True)
    return found


def last_restoration() -> Restoration | None:
    """Return when this home was last made from a backup; None where it never was."""
    return Restoration.objects.order_by("-id").first()
