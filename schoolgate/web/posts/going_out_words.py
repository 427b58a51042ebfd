"""When an approved post goes out, in words: the only promise of a time that a page makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import Stop
from schoolgate.people.queries import holders_of_capacity
from schoolgate.publishing.going_out import GoesOut, when_out
from schoolgate.publishing.models import HELD, Post
from schoolgate.publishing.queries import Judged, goes_back
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.held_words import clock_in_words
from schoolgate.web.frame.times import instant_in_words

Words = str | Promise
MINUTE = timedelta(minutes=1)
MOST_NAMED = 3


@dataclass(frozen=True)
class ShownTime:
    """When a post goes out: one line, and what else to know where it is `held`: by a stop, or by what has
    changed since its approval."""

    words: Words
    held: bool = False
    more: tuple[Words, ...] = ()


def goes_out_shown(post: Post, visit: Visit, *, now: list[Judged]) -> ShownTime:
    """Return when an approved post goes out, or that it is held, until when, and who can lift the stop; or
    that it won't go out as it is. `now`: what the policy says about it."""
    found = when_out(post, at=visit.at)
    if not found.held:
        time = instant_in_words(_whole_minute(found.at))
        if goes_back(post, at=visit.at, now=now):
            back = _(
                "Something has changed since it was approved. Unless that’s put right, it goes back for "
                "approval at: {time}"
            )
            more = (format_lazy(back, time=time),)
            return ShownTime(_("It won’t be posted as it is"), held=True, more=more)
        return ShownTime(format_lazy(_("It will be posted at: {time}"), time=time))
    return ShownTime(HELD, held=True, more=(_until(found, visit.at), _who_lifts(found, post, visit)))


def approved_in_words(post: Post, visit: Visit) -> Words:
    """Return what an approver is told when a post was approved."""
    found = when_out(post, at=visit.at)
    if found.held:
        said = _("Approved, but held: posting is stopped. {until} {who}")
        return format_lazy(said, until=_until(found, visit.at), who=_who_lifts(found, post, visit))
    if post.planned_at:
        return _("Approved. It will be posted at its scheduled time.")
    return _("Approved. It will be posted within a minute or two.")


def _until(found: GoesOut, at: datetime) -> Words:
    if found.missed:
        return _("Its time passed while posting was stopped. It needs a new time and a new approval.")
    last = clock_in_words(found.last, at=at)
    if found.at <= at:
        said = _(
            "If the stop is lifted before {last}, it goes out then. Otherwise it needs a new time "
            "and a new approval."
        )
        return format_lazy(said, last=last)
    said = _(
        "If the stop is lifted before {last}, it goes out then, but not before {time}. Otherwise "
        "it needs a new time and a new approval."
    )
    return format_lazy(said, last=last, time=clock_in_words(_whole_minute(found.at), at=at))


def _who_lifts(found: GoesOut, post: Post, visit: Visit) -> Words:
    stop = found.held[0]
    if not isinstance(stop, Stop):
        return _("Only the person who runs the server can lift the stop.")
    school = None if stop.school_id is None else post.school
    people = holders_of_capacity("stop_everything", federation=visit.federation, on=visit.on, school=school)
    names = ", ".join(each.name for each in people[:MOST_NAMED])
    if not names:
        return _("No one has the role that lifts it. Ask an administrator to give it to someone.")
    return format_lazy(_("Who can lift the stop: {names}."), names=names)


def _whole_minute(instant: datetime) -> datetime:
    """Return the next whole minute: then the sweep that hands posts over runs."""
    return instant + (-timedelta(seconds=instant.second, microseconds=instant.microsecond)) % MINUTE
