"""How often an account is looked at, on which days, and by whom?"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, breached, met, obliges, unknown
from schoolgate.rulebook.facts import Instant
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.situations.account_watch import AccountWatch, Look
from schoolgate.rulebook.situations.chosen_time import ChosenTime, chosen_for
from schoolgate.rulebook.working_time import (
    Calendar,
    DaysThatCount,
    MissingCalendar,
    is_past,
    local_day,
)

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ONE_DAY = timedelta(days=1)
DAYS_OF_A_WEEK = 7


class LookedAtWithin(Control):
    """How long may it be since somebody last looked?

    Settings: check_interval_hours, None where the policy gives no number. Then the time that the federation
    chose counts; without one there is no time that could have passed. Hours are elapsed ones.
    """

    key = "watching.interval"
    listens_to = ("account.watch",)
    points = ("looked_at",)
    plumbing = frozenset({"who"})

    class Settings(NoSettings):
        check_interval_hours: int | None
        who: str

    def judge(self, facts: AccountWatch, settings: Settings) -> Iterable[Said]:
        last = _last_look(facts, [one for one in facts.looks or () if one.what == "account"])
        if isinstance(last, Said):
            yield last
        else:
            own = ChosenTime.of_setting("looks", hours=settings.check_interval_hours)
            choice = chosen_for(facts.choices, "looks", facts.day)
            said = _by_choice(facts, settings.who, own or choice, last, "watching.")
            said.chosen = own is None and choice is not None
            yield said


class ReadThrough(Control):
    """Is what others contribute gone through, and by those whom the policy names?

    Settings: `what` - contributions of all, or friends' comments (plumbing); review_interval_days, None: the
    federation's choice counts; role - whose look counts, None where the policy does not say.
    """

    key = "watching.read_through"
    listens_to = ("account.watch",)
    points = ("contributions_read", "friends_comments_read")
    plumbing = frozenset({"what", "who"})

    class Settings(NoSettings):
        what: Literal["contributions", "friends"]
        review_interval_days: int | None
        role: str | None
        who: str

    def judge(self, facts: AccountWatch, settings: Settings) -> Iterable[Said]:
        if settings.what == "friends" and facts.has_friends is False:
            return
        if settings.what == "friends" and facts.has_friends is None:
            yield unknown("account_has_friends", "account_team")
            return
        looks = [
            one
            for one in facts.looks or ()
            if one.what == settings.what and (settings.role is None or settings.role in one.roles)
        ]
        last = _last_look(facts, looks)
        if isinstance(last, Said):
            yield last
        else:
            own = ChosenTime.of_setting(settings.what, days=settings.review_interval_days)
            choice = chosen_for(facts.choices, settings.what, facts.day)
            said = _by_choice(facts, settings.who, own or choice, last, f"watching.{settings.what}_")
            said.chosen = own is None and choice is not None
            yield said


class DaysPerWeek(Control):
    """On how many days of each week was it looked at?

    Settings: check_days_per_week. Weeks are runs of seven days from the first day looked back upon; of one
    that is not over yet, as many days may be missing as of a whole one.
    """

    key = "watching.days_per_week"
    listens_to = ("account.watch",)
    points = ("days_looked_at",)

    class Settings(NoSettings):
        check_days_per_week: int

    def judge(self, facts: AccountWatch, settings: Settings) -> Iterable[Said]:
        days = _days_judged(facts)
        if isinstance(days, Said):
            yield days
            return
        seen = _days_looked_at(facts)
        for first in range(0, len(days), DAYS_OF_A_WEEK):
            week = days[first : first + DAYS_OF_A_WEEK]
            missed = tuple(day for day in week if day not in seen)
            about = week[0].isoformat()
            if len(missed) > DAYS_OF_A_WEEK - settings.check_days_per_week:
                yield breached(
                    "watching.days_missed",
                    about,
                    seen=len(week) - len(missed),
                    of=len(week),
                    wanted=settings.check_days_per_week,
                    missed=missed,
                )
            else:
                yield met("watching.days_kept", about, seen=len(week) - len(missed), of=len(week))


class Weekdays(Control):
    """Was it looked at on each of the weekdays that the policy names?

    Settings: days; holidays_included, None where the policy does not say: a missed bank holiday or day of the
    school holidays is then what its words leave open.
    """

    key = "watching.weekdays"
    listens_to = ("account.watch",)
    points = ("days_looked_at",)

    class Settings(NoSettings):
        days: tuple[Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], ...]
        holidays_included: None

    def judge(self, facts: AccountWatch, settings: Settings) -> Iterable[Said]:
        days = _days_judged(facts)
        if isinstance(days, Said):
            yield days
            return
        wanted = [day for day in days if WEEK[day.weekday()] in settings.days]
        missed = sorted(set(wanted) - _days_looked_at(facts))
        if not missed:
            if wanted:
                yield met("watching.weekdays_kept")
        elif facts.calendar is None:
            yield unknown("calendar", "office")
        else:
            yield from _weekdays_missed(missed, facts.calendar)


class InHolidays(Control):
    """Was it looked at on the days of the school holidays too? Settings: holidays_included."""

    key = "watching.holidays"
    listens_to = ("account.watch",)
    points = ("looked_at_in_holidays",)

    class Settings(NoSettings):
        holidays_included: Literal[True]

    def judge(self, facts: AccountWatch, settings: Settings) -> Iterable[Said]:
        days = _days_judged(facts)
        if isinstance(days, Said):
            yield days
            return
        if not days:
            return
        if facts.calendar is None:
            yield unknown("calendar", "office")
            return
        try:
            holidays = [day for day in days if _in_school_holidays(facts.calendar, day)]
        except MissingCalendar as missing:
            yield unknown(missing.what, "office")
            return
        missed = tuple(sorted(set(holidays) - _days_looked_at(facts)))
        if missed:
            yield breached("watching.holidays_missed", missed=missed)
        elif holidays:
            yield met("watching.holidays_kept")


class PartInWatching(Control):
    """Does the role that the policy names take part in the watching?

    Settings: role; interval_days from the first day looked back upon, None where the policy gives no number:
    then no time can have passed, and a look is owed without one.
    """

    key = "watching.takes_part"
    listens_to = ("account.watch",)
    points = ("part_in_watching",)

    class Settings(NoSettings):
        role: str
        interval_days: int | None

    def judge(self, facts: AccountWatch, settings: Settings) -> Iterable[Said]:
        if facts.looks is None:
            yield unknown("looks_at_account", "account_team")
            return
        if facts.watched_from is None:
            yield unknown("watched_from", "office")
            return
        since = facts.watched_from
        if any(settings.role in one.roles and local_day(one.at) >= since for one in facts.looks):
            yield met("watching.took_part", role=settings.role)
        elif settings.interval_days is None:
            yield self._owed(settings.role, Due.none_promised(), since)
        elif facts.day is None:
            yield unknown("day", "office")
        elif facts.day > since + settings.interval_days * ONE_DAY:
            yield breached("watching.no_part", role=settings.role, since=since)
        else:
            yield self._owed(settings.role, Due(day=since + settings.interval_days * ONE_DAY), since)

    def _owed(self, role: str, due: Due, since: date) -> Said:
        return obliges(role, "look_in", due, "watching.no_part", role=role, since=since)


class OwnPosts(Control):
    """Does whoever posts keep an eye on what others write below it?

    Settings: writers, whom the policy binds; interval_days, None where it gives no number.
    """

    key = "watching.own_posts"
    listens_to = ("account.watch",)
    points = ("own_posts_read",)

    class Settings(NoSettings):
        writers: tuple[Literal["staff"], ...]
        interval_days: int | None

    def judge(self, facts: AccountWatch, settings: Settings) -> Iterable[Said]:
        if facts.posts is None:
            yield unknown("posts_with_unread", "account_team")
            return
        for position, post in enumerate(facts.posts):
            about = f"posts[{position}]"
            if post.unread == 0 or post.author_relation not in (None, *settings.writers):
                continue
            if post.unread is None:
                yield unknown("unread_comments", "account_team", about)
            elif post.author_relation is None:
                yield unknown("relation", "office", about)
            elif settings.interval_days is not None and post.oldest_unread is None:
                yield unknown("oldest_unread", "account_team", about)
            else:
                own = ChosenTime.of_setting("own_posts", days=settings.interval_days)
                due = own.due_after(post.oldest_unread, None) if own and post.oldest_unread else None
                yield obliges(
                    "post_author",
                    "look_at_own_post",
                    due or Due.none_promised(),
                    "watching.own_post_unread",
                    about,
                    unread=post.unread,
                )


def _last_look(facts: AccountWatch, looks: list[Look]) -> Instant | Said:
    """When it was last looked at, or went live; a saying where that is not known."""
    if facts.looks is None:
        return unknown("looks_at_account", "account_team")
    if facts.now is None:
        return unknown("day", "office")
    now = facts.now
    last = max((one.at for one in looks if one.at <= now), default=facts.open_since)
    if last is None:
        return unknown("account_open_since", "office")
    return last


def _look_by(facts: AccountWatch, who: str, due: Due, last: Instant, key: str) -> Said:
    """A look that is owed by `due`, or one that did not come in time."""
    end = due.instant or due.day
    if end is not None and facts.now is not None and is_past(end, facts.now):
        return breached(f"{key}overdue", last=local_day(last))
    return obliges(who, "look_in", due, f"{key}look_by", last=local_day(last))


def _by_choice(facts: AccountWatch, who: str, choice: ChosenTime | None, last: Instant, key: str) -> Said:
    if choice is None:
        return obliges(who, "look_in", Due.none_promised(), f"{key}regularly")
    try:
        due = choice.due_after(last, facts.calendar)
    except MissingCalendar as missing:
        return unknown(missing.what, "office")
    if due is None:
        return unknown("calendar", "office")
    return _look_by(facts, who, due, last, key)


def _days_judged(facts: AccountWatch) -> list[date] | Said:
    """The days looked back upon: from the first to the one before the day of `now`, and none before the day
    after the account went live."""
    if facts.looks is None:
        return unknown("looks_at_account", "account_team")
    if facts.watched_from is None:
        return unknown("watched_from", "office")
    if facts.now is None:
        return unknown("day", "office")
    first = facts.watched_from
    if facts.open_since is not None:
        first = max(first, local_day(facts.open_since) + ONE_DAY)
    return [first + n * ONE_DAY for n in range((local_day(facts.now) - first).days)]


def _days_looked_at(facts: AccountWatch) -> set[date]:
    return {local_day(one.at) for one in facts.looks or () if one.what == "account"}


def _weekdays_missed(missed: list[date], calendar: Calendar) -> Iterator[Said]:
    """Days on which the school was at work, and apart from them the days off of which nothing is said."""
    try:
        off = tuple(day for day in missed if _is_off(calendar, day))
    except MissingCalendar as missing:
        yield unknown(missing.what, "office")
        return
    at_work = tuple(day for day in missed if day not in off)
    if at_work:
        said = breached("watching.weekdays_missed", missed=at_work)
        said.turns = False
        yield said
    if off:
        yield breached("watching.weekdays_off_missed", "days_off", missed=off)


def _is_off(calendar: Calendar, day: date) -> bool:
    """A bank holiday or a weekday of the school holidays; an INSET day is neither."""
    return not (
        calendar.counts(day, DaysThatCount.WEEKDAYS) and calendar.counts(day, DaysThatCount.STAFF_DAYS)
    )


def _in_school_holidays(calendar: Calendar, day: date) -> bool:
    """Outside all terms. A weekend within a term is no school holiday, nor is an INSET day."""
    if calendar.terms_known is None or day not in calendar.terms_known:
        raise MissingCalendar("terms", day)
    return day not in calendar.inset_days and not any(day in term for term in calendar.terms)
