"""The people and things of other rooms' tests, for journeys through several rooms."""

from tests.accounts.conftest import at_federation
from tests.inbox.conftest import comment, drive_answer, poll, published, team, terms
from tests.publishing.conftest import advance, approved, cast, draft, server, started

__all__ = [
    "advance",
    "approved",
    "at_federation",
    "cast",
    "comment",
    "draft",
    "drive_answer",
    "poll",
    "published",
    "server",
    "started",
    "team",
    "terms",
]
