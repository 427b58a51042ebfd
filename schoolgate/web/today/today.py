"""Today: my tasks, what I'm waiting for, what is at risk, what still blocks the first post, and what comes
next: school days and holidays, scheduled posts, dates of accounts, roles and the policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, cast

from django.db.models import Exists, Q, TextField, Value
from django.db.models.functions import Cast, Left
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.accounts.care import here
from schoolgate.accounts.models import AccountKey, Care, TeamMember
from schoolgate.core.calendars import bank_holidays, days_of_schools
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.days import stored_day, stored_instant
from schoolgate.core.errors import NotFound
from schoolgate.core.rows import key_as_text, key_in
from schoolgate.duties.models import Duty, Urgency
from schoolgate.duties.queries import Key, by_keys
from schoolgate.duties.queries import keys_of as keys_for
from schoolgate.incidents import queries
from schoolgate.people.models import User
from schoolgate.publishing.models import Post, PostState
from schoolgate.publishing.rules import posts_that_went_out
from schoolgate.publishing.sending import held_posts
from schoolgate.reports.ready import Point, next_steps, still_open
from schoolgate.web.frame import sessions
from schoolgate.web.frame.doors import Visit, opens, page
from schoolgate.web.frame.duty_words import names_of
from schoolgate.web.frame.parts import asked_for_today, parts_of_today
from schoolgate.web.frame.shown import day_in_words
from schoolgate.web.today.getting_started import walk_of_today, walks_of
from schoolgate.web.today.status import late_elsewhere, overseen, risks, state, status_of
from schoolgate.web.today.tasks import Morning, awaited, awaited_duties, each_once, grouped, morning_of

MOST_BLOCKING = 3
MOST_READ, MOST_WORDS = 200, 6
"""Letters of a post that are read for its first words, and how many of these are shown."""


@dataclass(frozen=True)
class StillOpen:
    """The first points that are open, each with its page, and how many there are beyond them."""

    points: Sequence[tuple[Point, str]]
    more: int
    whole: bool
    """Whether the visitor may open the whole list."""


def ready(visit: Visit) -> StillOpen | None:
    """Return None where it is not the visitor's turn. Queried only until a first post has gone out; the
    number of queries does not grow with the rows."""
    whole = opens(visit, "set-up")
    found = still_open(at=visit.at) if whole else next_steps(at=visit.at, capacities=visit.capacities)
    if not found:
        return None
    return StillOpen(
        [
            (point, reverse(point.to, args=point.to_args) if opens(visit, point.to, *point.to_args) else "")
            for point in found[:MOST_BLOCKING]
        ],
        max(0, len(found) - MOST_BLOCKING),
        whole,
    )


MOST_COMING = 5
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
    """One line with its day; `what` says it without the day, `href` leads there, empty where nothing does.
    `about`: the first words of a post."""

    day: date
    what: str
    when: str
    href: str = ""
    about: str = ""


def coming(morning: Morning) -> list[Next]:
    """The next dates of this person's part, soonest first. Two queries, however many rows."""
    rows = [*_school(morning), *_dates(morning), *_roles(morning), *_policy(morning)]
    return sorted(rows, key=lambda row: (row.day, row.what))[:MOST_COMING]


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
        rows.values_list(Value(kind), Cast(when, TextField()), thing, name)[:MOST_COMING]
        for kind, rows, when, thing, name in (
            ("post", posts, "planned_at", "pk", Left("text", MOST_READ)),
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
            about = Truncator(" ".join(name.split())).words(MOST_WORDS)
            yield Next(day, said, f"{day_ahead(day, on)}, {time}", href, about)
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


PAGE = 20
URGENCIES = {str(each.value) for each in Urgency}
MOST_COUNTED = 100
"""Number up to which rows are counted, and dangers are on one page; beyond it the page says "more than"."""
KEY = ("urgency", "due", "id")
"""How an address says where a page of the list ends; `danger` where it ends among the dangers."""
DANGER = "danger"
IN_DANGER = Q(urgency=Urgency.DANGER)


@dataclass(frozen=True)
class Listed:
    """A page of a person's tasks. `leading`: the beginning of the list, where all danger is; `keys`: of the
    tasks on the page and behind it, few more than MOST_COUNTED; `following`: the query string of the next
    page."""

    duties: list[Duty]
    leading: list[Duty]
    keys: list[Key]
    following: str = ""

    @property
    def dangers(self) -> int:
        """Return how many things someone may be in danger by, each once, as the banner counts them."""
        leading = each_once(self.leading, self.leading)
        return len({each.subject for each in leading if each.urgency == Urgency.DANGER})


@page(place="today")
def today(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show my tasks in groups, including those of my roles, and the rest of the morning beside them; with
    `as=status` what is at risk and how each section of the policy is followed."""
    morning = morning_of(visit)
    if request.GET.get("as") == "status":
        return status_of(request, morning)
    listed, first = _listed(request, morning), not {"due", DANGER} & set(request.GET)
    duties = each_once(listed.duties, listed.leading)
    context = {
        "visit": visit,
        "day": capfirst(day_in_words(visit.on)),
        "may_write": "write_post" in visit.capacities,
        "following": listed.following,
        "dangers_follow": listed.following.startswith(f"{DANGER}="),
        "first": first,
        "kinds": {each.kind for each in duties},
    }
    if first:
        context |= _beside(request, morning, listed, duties)
    else:
        context["groups"] = grouped(duties, morning, names_of(duties), dangers=listed.dangers)
    return render(request, "today/today.html", context)


def _listed(request: HttpRequest, morning: Morning) -> Listed:
    """Return the page of the list that the address asks for. All danger is on the first page, up to
    MOST_COUNTED: the most pressing may be the newest."""
    after, keys_of = _after(request), partial(keys_for, morning.visit.person, morning.held)
    keys = keys_of(after=after, limit=MOST_COUNTED + 1)
    dangers = sum(urgency == Urgency.DANGER for urgency, _due, _pk in keys)
    if dangers > MOST_COUNTED or DANGER in request.GET:
        return _many_dangers(request, morning, keys)
    size = max(PAGE, dangers)
    found = by_keys(keys[:size])
    leading = found if after is None else by_keys(keys_of(only=IN_DANGER, limit=None))
    return Listed(found, leading, keys, _query(keys[size - 1]) if len(keys) > size else "")


def _many_dangers(request: HttpRequest, morning: Morning, keys: list[Key]) -> Listed:
    """Return a page of more dangers than one page shows, the most pressing first; behind the last of them
    the rest of the list follows."""
    keys_of = partial(keys_for, morning.visit.person, morning.held)
    there = keys_of(only=IN_DANGER, limit=None)
    dangers = by_keys(there)
    after: Any = key_in(request.GET[DANGER], queries.KEY) if DANGER in request.GET else None
    found, key = queries.page_of_dangers(dangers, after=after, size=MOST_COUNTED)
    if key is not None:
        return Listed(found, dangers, keys, urlencode({DANGER: key_as_text(*key)}))
    more = there and keys_of(after=there[-1], limit=1)
    return Listed(found, dangers, keys, _query(there[-1]) if more else "")


def _query(key: Key) -> str:
    return urlencode(dict(zip(KEY, map(str, key), strict=True)))


def _beside(request: HttpRequest, morning: Morning, listed: Listed, duties: list[Duty]) -> dict[str, Any]:
    """Return the first page of the list with everything beside it. The number of queries does not grow with
    the rows: the names of all things are loaded in one go."""
    visit, keys = morning.visit, listed.keys
    mine = [pk for _urgency, _due, pk in keys]
    there = overseen(morning)
    late = late_elsewhere(there, morning, but=mine) if there else {}
    waits, things = awaited_duties(visit.person, but=mine)
    names = names_of([*duties, *late, *waits])
    memberships = sessions.memberships(request, cast("User", request.user), on=visit.on)
    walks, so_far, found = walks_of(visit, out=Exists(posts_that_went_out()), **asked_for_today(visit.on))
    return {
        "groups": grouped(duties, morning, names, dangers=listed.dangers),
        "count": min(len(keys), MOST_COUNTED),
        "many": len(keys) > MOST_COUNTED,
        "late": sum(due < visit.at for _urgency, due, _pk in keys),
        "ready": None if found["out"] else ready(visit),
        "walk": walk_of_today(walks, so_far, on=visit.on),
        "awaited": awaited(waits, things, morning, names),
        "risks": risks(there, morning, late, names) if there else None,
        "state": state(there, morning) if there else None,
        "coming": coming(morning),
        "elsewhere": [
            membership
            for membership in memberships
            if visit.membership and membership.pk != visit.membership.pk
        ],
        "parts": parts_of_today(visit, found),
    }


def _after(request: HttpRequest) -> Key | None:
    if "due" not in request.GET:
        return None
    urgency = request.GET.get("urgency", "")
    if urgency not in URGENCIES:
        raise NotFound
    return int(urgency), *key_in(f"{request.GET['due']}_{request.GET.get('id', '')}")


urlpatterns = [
    path("today", today, name="today"),
]
