"""Whether an account is kept up to date with new posts, as its pages show it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from schoolgate.accounts.care import feed_facts
from schoolgate.accounts.conditions import POINT, out_of_date
from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.clock import local_day
from schoolgate.policy.asking import verdict
from schoolgate.policy.choices import feed_days
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import Decision
from schoolgate.web.accounts.health.said import ClauseHistory, said_of
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.times import day_in_words


def feed_said(account: Account, visit: Visit) -> list[ClauseHistory]:
    """Return what the policy says about new posts on an account; nothing where it is silent."""
    decision = _asked(account, visit)
    return said_of(decision, in_force(visit.on).book) if decision is not None else []


def late_in_words(account: Account, visit: Visit) -> str:
    """Return since when an account has had no new post for too long, as a sentence; empty where it is up to
    date, where its school chose no number of days, and where the policy is silent."""
    decision = _asked(account, visit)
    if decision is None or not out_of_date(decision):
        return ""
    chosen = feed_days(on=visit.on).get(account.school_id or 0)
    if account.last_good_publish_at is None and chosen is not None:
        since = day_in_words(local_day(account.opened_at or account.made_at))
        return _(
            "Nothing has been posted since {day}, when the account was opened or added. The school "
            "allows {days} days between posts."
        ).format(day=since, days=chosen.days)
    return next(each.newest for each in said_of(decision, in_force(visit.on).book) if each.kind == "no")


def _asked(account: Account, visit: Visit) -> Decision | None:
    book = in_force(visit.on).book
    if account.state != AccountState.OPEN or account.school_id is None or not book.at("feed.upkeep", POINT):
        return None
    return verdict("feed.upkeep", feed_facts(account, feed_days(on=visit.on), at=visit.at), on=visit.on)
