"""What goes out of date where the policy speaks of it: a post that announces a day, an account without a
post."""

from datetime import timedelta

from schoolgate.accounts.conditions import watch_feeds
from schoolgate.accounts.models import Account
from schoolgate.cli.demo.posts import approved, begun, drafted
from schoolgate.cli.demo.stage import Stage
from schoolgate.core.clock import local_day
from schoolgate.policy.choices import choose_feed_days, leaves_feed_days_open
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.actions import submit_post
from schoolgate.publishing.actions.upkeep import list_outlived, read_days

EVENING = "Come and see our school at work: the open evening is on {day}, from five until seven."
AHEAD = timedelta(days=3)
SEVEN = 7


def announces_day(stage: Stage, board: Account) -> None:
    """Publish a post about an open evening, and choose for the second school how many days may pass between
    two posts; nothing where the policy says nothing of it."""
    book = book_in_scope()
    if book.at("post.upkeep", "up_to_date"):
        stage.go_on(days_ago=13)
        day = local_day(stage.clock) + AHEAD
        draft = drafted(stage, EVENING.format(day=f"{day.day} {day:%B %Y}"), board)
        begun(stage, approved(stage, submit_post(by=stage.who("writer"), at=stage.later(), post=draft)))
    if leaves_feed_days_open(book):
        choose_feed_days(
            by=stage.people[stage.cast.first.key], at=stage.later(), school=stage.schools[-1], days=SEVEN,
            from_day=local_day(stage.clock),
        )  # fmt: skip


def goes_out_of_date(stage: Stage) -> None:
    """The sweep of the morning finds the post whose day has passed, and the account without a new post."""
    at = stage.later(1)
    read_days(at=at)
    list_outlived(at=at)
    watch_feeds(at=at)
