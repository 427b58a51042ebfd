"""Duties of the rota in words: times as people say them, who is on duty, and what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.models import Federation
from schoolgate.core.weekdays import WEEKDAYS
from schoolgate.people.models import Person
from schoolgate.rota.models import Gap, Rota
from schoolgate.rota.turns import Duty, OnDuty, lasts_until, next_after

NOON = 12
GAPS = {
    Gap.NOBODY: gettext_lazy("No one"),
    Gap.LEFT: gettext_lazy("Has left"),
    Gap.AWAY: gettext_lazy("Away"),
    Gap.ROLE: gettext_lazy("No role"),
}


@dataclass(frozen=True)
class ShownTurn:
    """A duty as a line of a list: when, who, and one tag. `own`: the visitor's."""

    duty: Duty
    when: str
    who: str
    word: str | Promise
    sign: str
    href: str
    own: bool


@dataclass(frozen=True)
class Now:
    """Who is on duty for one place, until when, and who is next. `who`: "" where no one is."""

    place: str
    who: str
    until: str
    following: str
    href: str


def clock(at: datetime) -> str:
    """ "8am", "5:30pm", "midday", "midnight", in London."""
    return time_of_day(at.astimezone(LONDON).time())


def time_of_day(at: time) -> str:
    """Return the same for a time on the clock."""
    if (at.hour, at.minute) in ((0, 0), (NOON, 0)):
        return _("midday") if at.hour else _("midnight")
    shown = f"{at.hour % NOON or NOON}" + (f":{at.minute:02}" if at.minute else "")
    return (_("{time}am") if at.hour < NOON else _("{time}pm")).format(time=shown)


def near(ends: datetime, *, at: datetime) -> str:
    """ "8am", "8am Monday", "8am Mon 4 Jan": a time seen from an instant."""
    days = (local_day(ends) - local_day(at)).days
    if days == 0:
        return clock(ends)
    day = str(WEEKDAYS[local_day(ends).weekday()]) if 0 < days < len(WEEKDAYS) else short(local_day(ends))
    return _("{time} {day}").format(time=clock(ends), day=day)


def short(day: date) -> str:
    """Such as "Mon 21 Dec", in the reader's language."""
    return date_format(day, "D j M")


def span(one: Duty) -> str:
    """ "5pm to 8am Tue 22 Dec"; the day of its end where that is another."""
    last = local_day(one.ends_at)
    ends = clock(one.ends_at)
    if last != one.day:
        ends = _("{time} {day}").format(time=ends, day=short(last))
    return _("{starts} to {ends}").format(starts=clock(one.starts_at), ends=ends)


def _still(one: Duty, day: date) -> str:
    if local_day(one.ends_at) > day:
        return _("All day")
    return _("Until {time}").format(time=clock(one.ends_at))


def place_of(rota: Rota, federation: Federation) -> str:
    """The school, or the federation."""
    return rota.school.name if rota.school is not None else federation.name


def address(name: str, one: Duty) -> str:
    """The address of a page about a duty."""
    return reverse(name, args=[one.shift.pk, one.day.isoformat()])


def shown_turn(one: Duty, person: Person, *, at: datetime, day: date | None = None) -> ShownTurn:
    """A duty as a line; on a `day` after that of its start, only how long it still lasts."""
    word, sign = _tag(one, at=at)
    return ShownTurn(
        duty=one,
        when=span(one) if day is None or day == one.day else _still(one, day),
        who=one.person.name if one.person is not None else "",
        word=word,
        sign=sign,
        href=address("rota-turn", one),
        own=one.person == person,
    )


def _tag(one: Duty, *, at: datetime) -> tuple[str | Promise, str]:
    if one.called_off:
        return _("Not needed"), ""
    if one.checked_in:
        return _("Checked in"), "good"
    if one.gap:
        return GAPS[Gap(one.gap)], "no"
    if one.is_on(at):
        return _("Not checked in"), "wait"
    if one.ends_at <= at:
        return _("Not checked in"), ""
    return "", ""


def now_shown(
    rotas: Iterable[Rota],
    found: Sequence[Duty],
    federation: Federation,
    *,
    at: datetime,
    but: Collection[int] = (),
) -> list[Now]:
    """Return for each rota who is on duty, until when, and who is next; none where one of `but` is."""
    shown = []
    for rota in rotas:
        here = [one for one in found if one.rota.pk == rota.pk]
        current = next((one for one in here if one.is_on(at) and one.covered), None)
        if current is not None and current.person is not None and current.person.pk in but:
            continue
        if current is not None:
            following = next_after(current, here)
        else:
            later = (one for one in here if one.starts_at > at and one.covered)
            following = min(later, key=lambda one: one.starts_at, default=None)
        shown.append(
            Now(
                place=place_of(rota, federation),
                who=current.person.name if current is not None and current.person is not None else "",
                until=near(lasts_until(current, here), at=at) if current is not None else "",
                following=next_in_words(following, at=at),
                href=address("rota-turn", current) if current is not None else "",
            )
        )
    return shown


def next_in_words(one: Duty | None, *, at: datetime) -> str:
    """ "Helen Marsh, from 8am Monday"; empty where no one is known."""
    if one is None or one.person is None:
        return ""
    return _("{who}, from {when}").format(who=one.person.name, when=near(one.starts_at, at=at))


def on_duty_by_day(found: Iterable[Duty]) -> dict[date, OnDuty]:
    """Return who is on duty at any time of each day."""
    days: dict[date, list[Duty]] = {}
    for one in found:
        if one.covered:
            day = local_day(one.starts_at)
            while day <= local_day(one.ends_at):
                days.setdefault(day, []).append(one)
                day = date.fromordinal(day.toordinal() + 1)
    return {day: OnDuty(each) for day, each in days.items()}
