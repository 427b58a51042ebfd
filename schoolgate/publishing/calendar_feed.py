"""The posts that a person sees as an iCal calendar, behind a secret address: time, accounts and status. No
words of a post, which may name a child, and no names of people; the link opens the post after signing in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event

from schoolgate.core.clock import local_day
from schoolgate.people.models import Person
from schoolgate.publishing.planned import Planned, held_among, planned_between
from schoolgate.rota.calendars import OUR_NAME
from schoolgate.rota.turns import FEED_AHEAD, FEED_BACK

LASTS = timedelta(minutes=15)
"""How long a post is in a calendar, so that it can be seen there."""


def calendar_of(person: Person, *, at: datetime, link: Callable[[int], str]) -> bytes:
    """Return the posts that a person may see, from four weeks ago to half a year ahead, in their language.

    `link`: the address of a post's page from its id.
    """
    found = planned_between(person, on=local_day(at), first=at - FEED_BACK, last=at + FEED_AHEAD)
    calendar = Calendar()
    calendar.add("prodid", "-//Schoolgate//Posts//EN")
    calendar.add("version", "2.0")
    with override(person.language):
        calendar.add("x-wr-calname", _("Posts"))
        for each in held_among(found, at=at):
            if each.counts:
                calendar.add_component(_event(each, at=at, link=link(each.pk)))
    return bytes(calendar.to_ical())


def _event(post: Planned, *, at: datetime, link: str) -> Event:
    accounts = ", ".join(name for _pk, name in post.accounts) or _("No account chosen")
    event = Event()
    event.add("uid", f"post-{post.pk}@{OUR_NAME}")
    event.add("dtstamp", at.replace(microsecond=0))
    event.add("dtstart", post.at)
    event.add("dtend", post.at + LASTS if post.at else None)
    event.add("summary", _("{status}: {accounts}").format(status=post.status, accounts=accounts))
    event.add("url", link)
    return event
