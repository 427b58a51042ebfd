"""The people and things of other rooms' tests, for journeys through several rooms."""

from tests.accounts.conftest import at_federation
from tests.inbox.conftest import beginning, comment, drive_answer, poll, published, team, terms
from tests.publishing.conftest import advance, approved, cast, draft, federation, school, server, started

__all__ = [
    "advance",
    "approved",
    "at_federation",
    "beginning",
    "cast",
    "comment",
    "draft",
    "drive_answer",
    "federation",
    "poll",
    "published",
    "school",
    "server",
    "started",
    "team",
    "terms",
]
