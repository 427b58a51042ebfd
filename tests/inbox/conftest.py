"""A published post, and strangers who write below it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from schoolgate.accounts.models import TeamMember
from schoolgate.core.calendars import set_calendar
from schoolgate.core.tenancy import scope
from schoolgate.inbox import polling, queries, sending
from schoolgate.inbox.models import Answer, Item
from schoolgate.networks.fake import FakeNetwork
from tests.publishing.conftest import approved, cast, draft, drive, server, started

__all__ = ["approved", "cast", "draft", "drive", "server", "started"]


@pytest.fixture
def terms(cast, at) -> None:
    """Wildground Juniors' terms of the year in which the tests play."""
    year = at.year
    day = type(at.date())
    set_calendar(
        school=cast.school,
        at=at,
        terms=[
            ("Autumn", day(year - 1, 9, 1), day(year - 1, 12, 18)),
            ("Spring", day(year, 1, 4), day(year, 3, 25)),
            ("Summer", day(year, 4, 12), day(year, 7, 20)),
        ],
    )


@pytest.fixture
def team(cast, at) -> None:
    """Ben leads the account; Sam is asked next."""
    for person, part in ((cast.ben, "lead"), (cast.sam, "runner")):
        TeamMember.objects.create(account=cast.bluesky, person=person, part=part, from_day=at.date())


@pytest.fixture
def published(started, drive, terms, team):
    """A post as it stands on the network in memory."""
    return drive(started())


@pytest.fixture
def poll(cast, server, at) -> Callable[..., list[Item]]:
    """Read the network once, and return what stands in the inbox, oldest first."""

    def read(*, now: datetime | None = None) -> list[Item]:
        polling.poll(
            cast.federation.pk,
            cast.bluesky.pk,
            clock=lambda: now or at,
            connect=lambda _: FakeNetwork(server),
        )
        with scope(cast.federation.pk):
            return list(reversed(queries.items_page()[0]))

    return read


@pytest.fixture
def drive_answer(cast, server, at) -> Callable[..., Answer]:
    """Take an answer as far as it goes at an instant, and read it again."""

    def take(answer: Answer, *, now: datetime | None = None) -> Answer:
        sending.drive(
            cast.federation.pk, answer.pk, clock=lambda: now or at, connect=lambda _: FakeNetwork(server)
        )
        with scope(cast.federation.pk):
            return queries.answer(answer.pk)

    return take


@pytest.fixture
def comment(published, server, poll, at) -> Item:
    """A parent's comment, an hour after the post, as it came in."""
    server.comment(published.ref, "What should they wear?", at=at + timedelta(hours=1))
    return poll(now=at + timedelta(hours=1, minutes=1))[0]
