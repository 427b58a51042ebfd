"""Live posts whose announced day has passed or whose next check is due, and accounts without a new post for
too long."""

from datetime import datetime

from schoolgate.accounts.conditions import watch_feeds
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import from_the_first, in_every_federation
from schoolgate.publishing.actions.upkeep import ask_to_look, list_outlived, read_days


def run(at: datetime) -> None:
    """Run in every federation, in short transactions, until nothing is left."""

    def posts(federation_id: int) -> None:
        from_the_first(federation_id, lambda after: read_days(at=at, after=after))
        from_the_first(federation_id, lambda after: list_outlived(at=at, after=after))
        with scope(federation_id):
            ask_to_look(at=at)

    def feeds(federation_id: int) -> None:
        from_the_first(federation_id, lambda after: watch_feeds(at=at, after=after))

    in_every_federation(posts, failed="looking for posts that are out of date failed")
    in_every_federation(feeds, failed="looking for accounts that are out of date failed")
