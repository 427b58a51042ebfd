"""A person's shifts as an iCal calendar, behind a secret address. It says when and for which school: no names
of others, no tasks, no notes."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event

from schoolgate.core.clock import local_day
from schoolgate.people.leaving import extended_absences
from schoolgate.people.models import Person
from schoolgate.people.queries import here_on
from schoolgate.rota.models import Feed, FeedOf
from schoolgate.rota.turns import FEED_AHEAD, FEED_BACK, Duty, mine

SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
OUR_NAME = "schoolgate.invalid"


def new_text() -> str:
    """Return the secret part of an address: 256 random bits."""
    return secrets.token_urlsafe(32)


def digest_of(text: str) -> str:
    """Return what is stored of it. It is random, so a plain SHA-256 cannot be guessed back."""
    return hashlib.sha256(text.encode()).hexdigest()


def person_of(text: str, *, at: datetime, of: FeedOf = FeedOf.SHIFTS) -> Person | None:
    """Return whose shifts, or posts, an address shows; None where it is not, or no longer, an address of this
    federation, and while the person may not sign in."""
    if not SHAPE.fullmatch(text):
        return None
    on = local_day(at)
    feed = (
        Feed.objects.filter(
            here_on(on, "person__"), digest=digest_of(text), of=of, person__user__is_active=True
        )
        .select_related("person__federation")
        .first()
    )
    if feed is None or extended_absences([feed.person_id], on=on):
        return None
    return feed.person


def feed_of(person: Person, of: FeedOf = FeedOf.SHIFTS) -> Feed | None:
    """Return a person's calendar address, without its secret."""
    return Feed.objects.filter(person=person, of=of).first()


def calendar_of(person: Person, *, at: datetime) -> bytes:
    """Return the shifts of a person from four weeks ago to half a year ahead, in their language."""
    found = mine(person, first=at - FEED_BACK, last=at + FEED_AHEAD)
    with override(person.language):
        return _calendar(found, federation=person.federation.name, at=at)


def _calendar(found: Sequence[Duty], *, federation: str, at: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Schoolgate//Rota//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("On duty"))
    for one in found:
        event = Event()
        place = one.rota.school.name if one.rota.school is not None else federation
        # The same shift on the same day keeps its uid, even if its times change.
        event.add("uid", f"{one.shift.pk}-{one.day:%Y%m%d}@{OUR_NAME}")
        event.add("dtstamp", at.replace(microsecond=0))
        event.add("dtstart", one.starts_at)
        event.add("dtend", one.ends_at)
        event.add("summary", _("On duty: {place}").format(place=place))
        calendar.add_component(event)
    return bytes(calendar.to_ical())
