"""A published post, and strangers who write below it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from schoolgate.accounts.models import TeamMember
from schoolgate.core.calendars import set_calendar
from schoolgate.core.tenancy import scope
from schoolgate.inbox import listing, moderating, polling, queries, sending
from schoolgate.inbox.actions import moderate, moderation_done_by_hand
from schoolgate.inbox.models import Answer, Item, Moderation
from schoolgate.inbox.states import ItemState
from schoolgate.networks.fake import FakeNetwork
from tests.publishing.conftest import advance, approved, cast, draft, server, started

__all__ = ["advance", "approved", "cast", "draft", "server", "started"]


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
def published(started, advance, terms, team):
    """A post as it stands on the network in memory."""
    return advance(started())


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
        sending.advance(
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


@pytest.fixture
def bring_on(cast, server, at) -> Callable[..., Moderation]:
    """Take a moderator's step as far as it goes at an instant, and read it again."""

    def take(
        row: Moderation, *, now: datetime | None = None, network: FakeNetwork | None = None
    ) -> Moderation:
        client = network or FakeNetwork(server, like=cast.bluesky.network)
        moderating.advance(cast.federation.pk, row.pk, clock=lambda: now or at, connect=lambda _: client)
        with scope(cast.federation.pk):
            return queries.moderation(row.pk)

    return take


@pytest.fixture
def moderated(cast, bring_on, at) -> Callable[..., Item]:
    """`moderated(item, "hidden", by=, because=)`: asked for, done by program or hand; the comment as it is
    then."""

    def go(item: Item, how: str, *, by=None, because: str = "improper") -> Item:
        row = moderate(by=by or cast.ben, at=at, item=item, how=how, because=because, version=item.version)
        if row.by_hand:
            moderation_done_by_hand(by=by or cast.ben, at=at, moderation=row)
        else:
            bring_on(row)
        return queries.item(item.pk)

    return go


def waiting(person, *, on, after=None, limit=25):
    """What waits for an answer, most pressing first."""
    return listing.narrowed(
        person, listing.NO_FILTERS, on=on, state=ItemState.OPEN, by_due=True, after=after, limit=limit
    )
