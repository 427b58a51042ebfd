"""A look back over how an account was watched. Is anything left unwatched?"""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Instant, Name, Part, Relation, Roles, Tri, Whole
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.chosen_time import ChosenTime
from schoolgate.rulebook.working_time import Calendar

Watched = Literal["account", "contributions", "friends"]
"""What was looked at: the account itself, what others contribute to it, or the comments of its friends."""


class Look(Part):
    """Somebody looked at it. `roles`: the policy's own roles that they held at that instant."""

    at: Instant
    by: Name
    roles: Roles = ()
    what: Watched = "account"


class OwnPost(Part):
    """A post on the account, with what others wrote below it. `author_relation`: what its author is to the
    school. `unread`: how many comments nobody of the account has read, the oldest since `oldest_unread`."""

    author: Name
    author_relation: Relation | None = None
    unread: Whole | None = None
    oldest_unread: Instant | None = None


class AccountWatch(Facts):
    """`watched_from`: the first day looked back upon; the last is the day before `now`.

    `looks`: every look since then, and the last one before; empty where nobody ever looked. `open_since`:
    when the account went live. `has_friends`: friends of it may comment. `choices`: the times that the
    federation chose, `what` being "looks", "contributions" or "friends"."""

    watched_from: Day | None = None
    looks: tuple[Look, ...] | None = None
    open_since: Instant | None = None
    posts: tuple[OwnPost, ...] | None = None
    has_friends: Tri = None
    choices: tuple[ChosenTime, ...] = ()
    calendar: Calendar | None = None


ACCOUNT_WATCH = Situation(
    key="account.watch",
    title=gettext_noop("A look back over how an account was watched"),
    facts=AccountWatch,
    points=points(
        """
        looked_at days_looked_at looked_at_in_holidays part_in_watching own_posts_read contributions_read
        friends_comments_read
        """
    ),
)
