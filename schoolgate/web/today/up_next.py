"""Up next: school days and holidays, scheduled posts, dates of accounts, roles and the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.accounts.care import here
from schoolgate.accounts.models import AccountKey, Care, TeamMember
from schoolgate.core.calendars import bank_holidays
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.days import stored_day, stored_instant
from schoolgate.core.school_year import days_of_schools
from schoolgate.publishing.going_out import held_posts
from schoolgate.publishing.models import Post
from schoolgate.publishing.states import PostState
from schoolgate.web.today.morning import Morning

MOST = 5
AHEAD = timedelta(days=60)
SEARCHED = timedelta(days=45)
"""How far ahead to search for a school day: longer than a summer holiday."""
MOST_SCHOOLS = 30
SATURDAY = 5
SHORT = "D j M"
"""Such as "Mon 21 Dec", in the reader's language."""
WITH_YEAR, FAR = "j M Y", timedelta(days=300)
"""So far ahead a day without its year would be read as this year's."""
DATES = {
    "post": (gettext_lazy("Scheduled post"), "post"),
    "held": (gettext_lazy("Held post (posting is stopped)"), "post"),
    "look": (gettext_lazy("Review account: {name}"), "account-care"),
    "key": (gettext_lazy("Password change due: {name}"), "account-keys"),
}
"""The sentence and the page."""


@dataclass(frozen=True)
class Next:
    """One line with its day; `what` says it without the day, `href` leads there, empty where nothing does."""

    day: date
    what: str
    when: str
    href: str = ""


def coming(morning: Morning) -> list[Next]:
    """The next dates of this person's part, soonest first. Two queries, however many rows."""
    rows = [*_school(morning), *_dates(morning), *_roles(morning), *_policy(morning)]
    return sorted(rows, key=lambda row: (row.day, row.what))[:MOST]


def _line(morning: Morning, day: date, what: str, href: str = "") -> Next:
    days = (day - morning.visit.on).days
    when = {0: _("today"), 1: _("tomorrow")}.get(days, day_ahead(day, morning.visit.on))
    return Next(day, what, when, href)


def day_ahead(day: date, on: date) -> str:
    """Return a day to come in short, with its year where it could be taken for this year's."""
    return date_format(day, WITH_YEAR if day - on >= FAR else SHORT)


def _school(morning: Morning) -> Iterator[Next]:
    """The next day of school, and the first day of the next holiday, where the terms are known. One query."""
    on = morning.visit.on
    ids = {row.school_id for row in morning.held if row.school_id}
    found = [each for each in days_of_schools() if not ids or each.school.pk in ids][:MOST_SCHOOLS]
    off = {
        each.school.pk: {*each.special, *bank_holidays(each.school.country, on, on + SEARCHED)}
        for each in found
    }
    days = {each.school.name: _next_school_day(on, each.terms, off[each.school.pk]) for each in found}
    yield from _shared(morning, days, _("Next school day"))
    ends = {each.school.name: _holiday_begins(on, each.terms) for each in found}
    yield from _shared(morning, ends, _("Holidays begin"))


def _next_school_day(on: date, terms: Sequence[tuple[date, date]], off: set[date]) -> date | None:
    ahead = (on + timedelta(days=n) for n in range(1, SEARCHED.days + 1))
    return next(
        (
            day
            for day in ahead
            if day.weekday() < SATURDAY and day not in off and any(a <= day <= b for a, b in terms)
        ),
        None,
    )


def _holiday_begins(on: date, terms: Sequence[tuple[date, date]]) -> date | None:
    """The day after the last day of the term that is on; None in the holidays."""
    return next((last + timedelta(days=1) for first, last in terms if first <= on <= last), None)


def _shared(morning: Morning, days: dict[str, date | None], what: str) -> Iterator[Next]:
    """One line where all schools have the same day, else one for each day, with its schools."""
    by_day: dict[date, list[str]] = {}
    for name, day in days.items():
        if day is not None:
            by_day.setdefault(day, []).append(name)
    for day, names in by_day.items():
        yield _line(morning, day, what if len(by_day) == 1 else f"{what}: {', '.join(names)}")


def _dates(morning: Morning) -> Iterator[Next]:
    """Return approved posts with their times, those the person wrote or approves, and dates of the accounts
    that the person runs: reviews, and keys to change. One query, two more during a stop."""
    at, on, reach = morning.visit.at, morning.visit.on, morning.reach("approve_post", "stop_everything")
    due = Post.objects.filter(state=PostState.APPROVED, planned_at__gte=at)
    theirs = due.filter(reach.where(account="targets__account_id")) if reach else due.none()
    posts = Post.objects.filter(
        pk__in=(due.filter(author=morning.visit.person) | theirs).values("pk")
    ).order_by("planned_at", "pk")
    mine = TeamMember.objects.filter(here(on), person=morning.visit.person).values("account")
    ahead = (on, on + AHEAD)
    looks = Care.objects.filter(account__in=mine, evaluate_on__range=ahead).order_by("evaluate_on")
    keys = AccountKey.objects.filter(account__in=mine, ended="", change_by__range=ahead).order_by("change_by")
    asked = [
        rows.values_list(Value(kind), Cast(when, TextField()), thing, name)[:MOST]
        for kind, rows, when, thing, name in (
            ("post", posts, "planned_at", "pk", Value("")),
            ("look", looks, "evaluate_on", "account_id", "account__name"),
            ("key", keys, "change_by", "account_id", "account__name"),
        )
    ]
    found = list(asked[0].union(*asked[1:], all=True))
    held = held_posts([pk for kind, _when, pk, _name in found if kind == "post"], at=at)
    for kind, when, pk, name in found:
        words, page = DATES["held" if kind == "post" and pk in held else kind]
        said, href = str(words).format(name=name), reverse(page, args=[pk])
        if kind == "post":
            instant = stored_instant(when)
            day, time = local_day(instant), f"{instant.astimezone(LONDON):%H:%M}"
            yield Next(day, said, f"{day_ahead(day, on)}, {time}", href)
        else:
            yield _line(morning, stored_day(when), said, href)


def _roles(morning: Morning) -> Iterable[Next]:
    """Return the person's roles that end soon. No query."""
    on = morning.visit.on
    words = _("Your last day in this role: {role}")
    return [
        _line(morning, row.to_day, words.format(role=morning.role_name(row.role_key)), reverse("me"))
        for row in morning.held
        if row.to_day is not None and row.to_day <= on + AHEAD
    ]


def _policy(morning: Morning) -> Iterable[Next]:
    """Return the policy's next review, for people who own or oversee it."""
    due = morning.policy.review_due if morning.policy is not None else None
    if due is None or due < morning.visit.on or not morning.visit.capacities & {"own_policy", "oversee"}:
        return []
    return [_line(morning, due, _("Policy review due"), reverse("policy"))]
