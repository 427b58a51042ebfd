"""A look back over how an account was watched. Is anything left unwatched?"""

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Ask,
    Day,
    Facts,
    Instant,
    Name,
    Part,
    Relation,
    Roles,
    Tri,
    Whole,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.calendar_day import CalendarDay
from schoolgate.rulebook.situations.chosen_time import ChosenTime
from schoolgate.rulebook.working_time import Calendar, in_utc, local_day

ONE_DAY = timedelta(days=1)
DAYS_OF_A_WEEK = 7
Watched = Literal["account", "contributions", "friends"]
"""What was checked: the account itself, other people's contributions, or the comments of its friends."""


class Look(Part, asked_of="account_team"):
    """A check by a person. `roles`: the policy's own roles that they held at that instant."""

    at: Instant = Field(description=_("when it was done"))
    by: Name = Field(description=_("who did it"))
    roles: Roles = ()
    what: Watched = Field("account", description=_("what was done"))

    @derived("looks_at_account", _("when the account was checked"))
    def on(self, _facts: Facts) -> date:
        """The day of the look."""
        return local_day(self.at)


class OwnPost(Part, asked_of="account_team"):
    """A post on the account. `unread`: how many comments below it no one on the team has read, the oldest
    since `oldest_unread`."""

    author: Name = Field(description=_("who wrote it"))
    author_relation: Relation | None = fact(need="relation", of="office")
    unread: Whole | None = fact(_("how many comments are unread"), need="unread_comments")
    oldest_unread: Instant | None = fact(_("when the oldest unread comment arrived"))

    @derived("unread_comments", label=_("whether the team has read every comment"))
    def is_read(self, _facts: Facts) -> bool | None:
        """Whether the team has read everything below it."""
        return None if self.unread is None else self.unread == 0


class WatchedDay(CalendarDay):
    """A day under review."""

    looked_at: bool = Field(description=_("whether the account was checked that day"))


class WatchedWeek(Part):
    """Seven days under review, or as many as there are yet. `seen`: on how many there was a check; `still`:
    on how many of seven there was or can be one."""

    days: Whole = Field(description=_("how many days were reviewed"))
    seen: Whole = Field(description=_("how many days had a check"))
    still: Whole = Field(description=_("how many days were checked or can still be"))
    missed: tuple[Day, ...] = Field(description=_("the days without a check"))


@moment(
    "account.watch",
    _("Reviewing how an account was checked"),
    """looked_at days_looked_at looked_at_in_holidays part_in_watching own_posts_read contributions_read
    friends_comments_read""",
)
class AccountWatch(Facts, asked_of="account_team"):
    """`watched_from`: the last day under review is the day before `now`. `looks`: every check since then,
    and the last one before; empty where there was never one. `choices`: "looks", "contributions" or
    "friends"."""

    watched_from: Day | None = fact(_("the first day of the period under review"), of="office")
    looks: tuple[Look, ...] | None = fact(need="looks_at_account")
    open_since: Instant | None = fact(
        _("when the account was opened"), need="account_open_since", of="office"
    )
    posts: tuple[OwnPost, ...] | None = fact(_("the posts with unread comments"), need="posts_with_unread")
    has_friends: Tri = fact(_("whether friends may comment"), need="account_has_friends")
    choices: tuple[ChosenTime, ...] = Field((), description=_("times the federation chose"))
    calendar: Calendar | None = Field(None, description=_("the school’s calendar"))

    @derived("looks_at_account", label=_("whether a week has passed without a check"))
    def week_without_look(self, _facts: Facts) -> bool | Ask | None:
        """Whether the last check, or the opening where there was none, is more than a week ago: longer than
        is regular and often, whatever is chosen."""
        if self.looks is None:
            return None
        if self.now is None:
            return Ask("day", "office")
        now = in_utc(self.now)
        past = [at for one in self.looks if one.what == "account" and (at := in_utc(one.at)) <= now]
        if not past and self.open_since is None:
            return Ask("account_open_since", "office")
        last = max(past) if past else in_utc(self.open_since or self.now)
        return now - last > DAYS_OF_A_WEEK * ONE_DAY

    @derived("looks_at_account", label=_("the days under review"))
    def days(self, _facts: Facts) -> tuple[WatchedDay, ...] | Ask | None:
        """The days under review: from the first to the one before the day of `now`, and none before the day
        after the account went live."""
        if self.looks is None:
            return None
        if self.watched_from is None or self.now is None:
            return Ask("watched_from" if self.watched_from is None else "day", "office")
        first = self.watched_from
        if self.open_since is not None:
            first = max(first, local_day(self.open_since) + ONE_DAY)
        seen = {local_day(one.at) for one in self.looks if one.what == "account"}
        days = (first + n * ONE_DAY for n in range((local_day(self.now) - first).days))
        return tuple(WatchedDay.of(day, looked_at=day in seen) for day in days)

    @derived("looks_at_account", label=_("the weeks under review"))
    def weeks(self, facts: Facts) -> tuple[WatchedWeek, ...] | Ask | None:
        """The weeks under review: runs of seven days from the first one on."""
        days = self.days(facts)
        if days is None or isinstance(days, Ask):
            return days
        return tuple(_week(days[n : n + DAYS_OF_A_WEEK]) for n in range(0, len(days), DAYS_OF_A_WEEK))


def _week(days: tuple[WatchedDay, ...]) -> WatchedWeek:
    missed = tuple(one.on for one in days if not one.looked_at)
    return WatchedWeek(
        days=len(days), seen=len(days) - len(missed), still=DAYS_OF_A_WEEK - len(missed), missed=missed
    )
