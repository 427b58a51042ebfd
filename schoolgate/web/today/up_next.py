"""What comes next: school days and holidays, posts that go out, dates of accounts, roles and the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolgate.accounts.models import AccountKey, Care, TeamMember
from schoolgate.accounts.queries.care import here
from schoolgate.core.calendars import bank_holidays
from schoolgate.core.clock import local_day
from schoolgate.core.models import CalendarDay, School, Term
from schoolgate.publishing.models import Post
from schoolgate.publishing.states import PostState
from schoolgate.web.frame.times import day_in_words, instant_in_words
from schoolgate.web.today.morning import Morning

MOST = 5
AHEAD = timedelta(days=60)
SEARCHED = timedelta(days=45)
"""How far ahead a school day is looked for: longer than a summer holiday."""
MOST_SCHOOLS = 30
SATURDAY = 5


@dataclass(frozen=True)
class Next:
    """One line with its day; `what` says it without the day, `href` leads there, empty where nothing does."""

    day: date
    what: str
    when: str
    href: str = ""


def coming(morning: Morning) -> list[Next]:
    """The next dates of this person's part, soonest first. Eight queries, however many rows."""
    rows = [*_school(morning), *_posts(morning), *_accounts(morning), *_roles(morning), *_policy(morning)]
    return sorted(rows, key=lambda row: (row.day, row.what))[:MOST]


def _line(morning: Morning, day: date, what: str, href: str = "") -> Next:
    days = (day - morning.visit.on).days
    when = {0: _("today"), 1: _("tomorrow")}.get(days, day_in_words(day))
    return Next(day, what, when, href)


def _school(morning: Morning) -> Iterator[Next]:
    """The next day of school, and the first day of the next holiday, where the terms are known."""
    on = morning.visit.on
    ids = {row.school_id for row in morning.held if row.school_id}
    found = School.objects.filter(pk__in=ids) if ids else School.objects.all()
    schools = list(found.order_by("name", "pk")[:MOST_SCHOOLS])
    terms: dict[int, list[tuple[date, date]]] = {school.pk: [] for school in schools}
    rows = Term.objects.filter(school__in=schools, last_day__gte=on).order_by("first_day")
    for school_id, first, last in rows.values_list("school_id", "first_day", "last_day"):
        terms[school_id].append((first, last))
    off: dict[int, set[date]] = {school.pk: set() for school in schools}
    special = CalendarDay.objects.filter(school__in=schools, day__gte=on, day__lte=on + SEARCHED)
    for school_id, day in special.values_list("school_id", "day"):
        off[school_id].add(day)
    for school in schools:
        off[school.pk] |= set(bank_holidays(school.country, on, on + SEARCHED))
    days = {school.name: _next_school_day(on, terms[school.pk], off[school.pk]) for school in schools}
    yield from _shared(morning, days, _("Next school day"))
    ends = {school.name: _holiday_begins(on, terms[school.pk]) for school in schools}
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


def _posts(morning: Morning) -> Iterator[Next]:
    """Approved posts that go out at their time: one's own, and those of where one approves."""
    at, reach = morning.visit.at, morning.reach("approve_post", "stop_everything")
    due = Post.objects.filter(state=PostState.APPROVED, planned_at__gte=at)
    theirs = due.filter(reach.where(account="targets__account_id")) if reach else due.none()
    rows = (due.filter(author=morning.visit.person) | theirs).distinct().order_by("planned_at", "pk")
    for pk, planned_at in rows.values_list("pk", "planned_at")[:MOST]:
        if planned_at is None:
            continue
        yield Next(
            local_day(planned_at),
            _("Scheduled post"),
            instant_in_words(planned_at),
            reverse("post", args=[pk]),
        )


def _accounts(morning: Morning) -> Iterator[Next]:
    """Dates of the accounts that one runs: to look back at, and to change a key of."""
    on = morning.visit.on
    mine = TeamMember.objects.filter(here(on), person=morning.visit.person).values("account")
    looks = Care.objects.filter(account__in=mine, evaluate_on__gte=on, evaluate_on__lte=on + AHEAD)
    keys = AccountKey.objects.filter(account__in=mine, ended="", change_by__gte=on, change_by__lte=on + AHEAD)
    back = looks.order_by("evaluate_on").values_list("evaluate_on", "account_id", "account__name")
    changes = keys.order_by("change_by").values_list("change_by", "account_id", "account__name")
    for day, pk, name in back[:MOST]:
        if day is not None:
            words = _("Review account: {name}").format(name=name)
            yield _line(morning, day, words, reverse("account-evaluation", args=[pk]))
    for day, pk, name in changes[:MOST]:
        if day is not None:
            words = _("Key change due: {name}").format(name=name)
            yield _line(morning, day, words, reverse("account-keys", args=[pk]))


def _roles(morning: Morning) -> Iterable[Next]:
    """One's own roles that end soon. No query."""
    on = morning.visit.on
    words = _("Your last day in this role: {role}")
    return [
        _line(morning, row.to_day, words.format(role=morning.role_name(row.role_key)), reverse("me"))
        for row in morning.held
        if row.to_day is not None and row.to_day <= on + AHEAD
    ]


def _policy(morning: Morning) -> Iterable[Next]:
    """The policy's next review, for those who own or oversee it."""
    due = morning.policy.review_due if morning.policy is not None else None
    if due is None or due < morning.visit.on or not morning.visit.capacities & {"own_policy", "oversee"}:
        return []
    return [_line(morning, due, _("Policy review due"), reverse("policy"))]
