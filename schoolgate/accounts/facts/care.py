"""From rows to the facts of account.watch and account.status."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import cast

from schoolgate.accounts.models import Account, Look
from schoolgate.accounts.states import Looked
from schoolgate.core.calendars import bank_holidays
from schoolgate.core.clock import local_day
from schoolgate.core.models import School, Term
from schoolgate.core.models.calendars import CalendarDay, DayKind
from schoolgate.core.subjects import person_key
from schoolgate.policy.queries import school_in_rules
from schoolgate.rulebook import Book
from schoolgate.rulebook.situations import account_watch as watched
from schoolgate.rulebook.situations.account_run import AccountStatus
from schoolgate.rulebook.situations.account_watch import AccountWatch
from schoolgate.rulebook.situations.chosen_time import DaysChosen
from schoolgate.rulebook.situations.upkeep import FeedUpkeep
from schoolgate.rulebook.working_time import Calendar, Days

ONE_DAY = timedelta(days=1)
AHEAD = timedelta(days=31)
"""How far the calendar reaches beyond the day: a time chosen in working days may end after a holiday."""


def watch_facts(
    account: Account,
    looks: Iterable[Look],
    book: Book,
    *,
    since: date,
    at: datetime,
    calendar: Calendar | None,
) -> AccountWatch:
    """Return how an account was watched since the day `since`. `looks`: those since then, and the last one
    before.

    Comments below people's own posts are not included: no one counts which of them were read.
    """
    names = book.role_names
    return AccountWatch(
        now=at,
        watched_from=since,
        looks=tuple(
            watched.Look(
                at=one.at,
                by=person_key(one.by_id),
                roles=tuple(names[key] for key in one.roles.split(",") if key in names),
                what=cast("watched.Watched", one.what),
            )
            for one in sorted(looks, key=lambda look: look.at)
        ),
        open_since=account.opened_at,
        has_friends=friends_may_comment(account),
        calendar=calendar,
    )


def friends_may_comment(account: Account) -> bool | None:
    """Return whether friends of the account may comment; None where it is not stated."""
    care = getattr(account, "watched", None)
    return care.friends_may_comment if care is not None else None


def first_day_after(account: Account, looks: Iterable[Look]) -> date:
    """Return the day after the last check of the account itself, or after it went live; earlier days no
    longer count."""
    last = max((one.at for one in looks if one.what == Looked.ACCOUNT), default=account.opened_at)
    return local_day(last or account.made_at) + ONE_DAY


def status_facts(
    account: Account, *, last_visit: datetime | None, unanswered: int, at: datetime
) -> AccountStatus:
    """Return how active an account is: its last post, the last visit of its team, what waits there."""
    opened = account.opened_at or account.made_at
    return AccountStatus(
        now=at,
        last_post_on=local_day(account.last_good_publish_at or opened),
        last_visit_on=local_day(last_visit or opened),
        unanswered=unanswered,
    )


def feed_facts(account: Account, chosen: Mapping[int, DaysChosen], *, at: datetime) -> FeedUpkeep:
    """Return when an account last had a post, and how many days its school lets pass. `chosen`: by school."""
    return FeedUpkeep(
        now=at,
        school=school_in_rules(account.school),
        last_post_on=local_day(account.last_good_publish_at or account.opened_at or account.made_at),
        chosen=chosen.get(account.school_id or 0),
    )


def calendars(schools: Iterable[School | None], first: date, last: date) -> dict[int, Calendar]:
    """Return the days of these schools as the rulebook counts them, where their terms are known. Two queries.

    Days outside the entered terms are not known, and nothing is assumed about them.
    """
    wanted = {school.pk: school for school in schools if school is not None}
    terms: dict[int, list[Days]] = {}
    for term in Term.objects.filter(school__in=wanted).order_by("first_day"):
        terms.setdefault(term.school_id, []).append(Days(term.first_day, term.last_day))
    special: dict[int, list[CalendarDay]] = {}
    for day in CalendarDay.objects.filter(school__in=wanted, day__range=(first, last)):
        special.setdefault(day.school_id, []).append(day)
    return {pk: _calendar(wanted[pk], known, special.get(pk, []), first, last) for pk, known in terms.items()}


def _calendar(
    school: School, terms: list[Days], special: Iterable[CalendarDay], first: date, last: date
) -> Calendar:
    begins, ends = max(first, terms[0].first), min(last, terms[-1].last)
    by_kind: Mapping[str, list[date]] = {
        kind: [one.day for one in special if one.kind == kind] for kind in DayKind.values
    }
    return Calendar(
        country="wales" if school.country == "wales" else "england",
        bank_holidays_known=Days(first, last),
        bank_holidays=bank_holidays(school.country, first, last),
        added_days=tuple(by_kind[DayKind.ADDED_HOLIDAY]),
        terms_known=Days(begins, ends) if begins <= ends else None,
        terms=tuple(one for one in terms if one.first <= last and one.last >= first),
        inset_days=tuple(by_kind[DayKind.INSET]),
    )
