"""A published post, and strangers who write below it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.accounts.models import TeamMember
from schoolgate.core.calendars import set_calendar
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.inbox import ingesting, listing, moderating, replying, seeing
from schoolgate.inbox.models import Answer, Item, ItemState, Moderation
from schoolgate.inbox.moderating import moderate, moderation_done_by_hand
from schoolgate.networks.fake import FakeNetwork, FakeServer
from schoolgate.publishing import queries as of_posts
from schoolgate.publishing import sending as publishing
from schoolgate.publishing.starting import begin_sending
from tests.publishing.conftest import (
    adopted,
    advance,
    approve_for,
    approved,
    cast,
    draft,
    draft_of,
    federation,
    led,
    school,
    started,
)
from tests.worlds import world

__all__ = ["advance", "approved", "cast", "draft", "federation", "school", "started"]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def give_terms(cast, at) -> None:
    """Wildground Juniors' terms of the year in which the tests play."""
    year, day = at.year, type(at.date())
    terms = [
        ("Autumn", day(year - 1, 9, 1), day(year - 1, 12, 18)),
        ("Spring", day(year, 1, 4), day(year, 3, 25)),
        ("Summer", day(year, 4, 12), day(year, 7, 20)),
    ]
    set_calendar(school=cast.school, at=at, terms=terms)


def give_team(cast, at) -> None:
    """Ben leads the account; Sam is asked next."""
    for person, part in ((cast.ben, "lead"), (cast.sam, "runner")):
        TeamMember.objects.create(account=cast.bluesky, person=person, part=part, from_day=at.date())


@world(led)
def post_published(before, at) -> SimpleNamespace:
    """A post of Amina's, approved by Ben, stands on the network; no one leads on safeguarding any more."""
    cast = before.cast
    with scope(cast.federation.pk):
        give_terms(cast, at)
        give_team(cast, at)
        (delivery,) = begin_sending(at=at, post=approve_for(cast, at, draft_of(cast, at)))
    publishing.advance(
        cast.federation.pk, delivery.pk, clock=lambda: at, connect=lambda _: FakeNetwork(before.server)
    )
    with scope(cast.federation.pk):
        Safeguarder.objects.update(ended_at=at)  # who leads when a comment comes in, each test says itself
        before.published = of_posts.delivery(delivery.pk)
    return before


@world(post_published)
def comment_in(before, at) -> SimpleNamespace:
    """A parent's comment, an hour after the post, came in."""
    before.server.comment(before.published.ref, "What should they wear?", at=at + HOUR)
    (before.comment,) = polled(before, at + HOUR + MINUTE)
    return before


def polled(beginning, now: datetime) -> list[Item]:
    """Read the network once, and return what stands in the inbox, oldest first."""
    cast = beginning.cast
    ingesting.poll(
        cast.federation.pk,
        cast.bluesky.pk,
        clock=lambda: now,
        connect=lambda _: FakeNetwork(beginning.server),
    )
    with scope(cast.federation.pk):
        return list(reversed(seeing.items_page()[0]))


FURTHEST = (("comment", comment_in), ("published", post_published))


@pytest.fixture
def beginning(in_world, request, at) -> SimpleNamespace:
    """The world in which the test begins: as far on as what it asks for."""
    asked = request.fixturenames
    return in_world(next((world for name, world in FURTHEST if name in asked), adopted), at)


@pytest.fixture
def server(beginning) -> FakeServer:
    """The far side of the network in memory."""
    return beginning.server


@pytest.fixture
def terms(beginning, scoped, at) -> None:
    """The school's terms, which a published post has around it already."""
    if not beginning.published:
        give_terms(beginning.cast, at)


@pytest.fixture
def team(beginning, scoped, at) -> None:
    """The account's team, which a published post has around it already."""
    if not beginning.published:
        give_team(beginning.cast, at)


@pytest.fixture
def published(beginning, scoped):
    """A post as it stands on the network in memory."""
    return beginning.published


@pytest.fixture
def comment(beginning, scoped) -> Item:
    """A parent's comment, an hour after the post, as it came in."""
    return beginning.comment


@pytest.fixture
def poll(beginning, at) -> Callable[..., list[Item]]:
    """Read the network once, and return what stands in the inbox, oldest first."""
    return lambda *, now=None: polled(beginning, now or at)


@pytest.fixture
def drive_answer(cast, server, at) -> Callable[..., Answer]:
    """Take an answer as far as it goes at an instant, and read it again."""

    def take(answer: Answer, *, now: datetime | None = None) -> Answer:
        replying.advance(
            cast.federation.pk, answer.pk, clock=lambda: now or at, connect=lambda _: FakeNetwork(server)
        )
        with scope(cast.federation.pk):
            return seeing.answer(answer.pk)

    return take


@pytest.fixture
def bring_on(cast, server, at) -> Callable[..., Moderation]:
    """Take a moderator's step as far as it goes at an instant, and read it again."""

    def take(
        row: Moderation, *, now: datetime | None = None, network: FakeNetwork | None = None
    ) -> Moderation:
        client = network or FakeNetwork(server, like=cast.bluesky.network)
        moderating.advance(cast.federation.pk, row.pk, clock=lambda: now or at, connect=lambda _: client)
        with scope(cast.federation.pk):
            return seeing.moderation(row.pk)

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
        return seeing.item(item.pk)

    return go


def waiting(person, *, on, after=None, limit=25):
    """What waits for an answer, most pressing first."""
    return listing.narrowed(
        person, listing.NO_FILTERS, on=on, state=ItemState.OPEN, by_due=True, after=after, limit=limit
    )
