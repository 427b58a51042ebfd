"""A federation with its policy in force, people, open accounts and a network in memory."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import SimpleNamespace

import pytest

from schoolgate.accounts.models import Account
from schoolgate.core import files
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.media.link_pages import SeenPage
from schoolgate.networks.fake import FakeNetwork, FakeServer
from schoolgate.policy.adopting import adopt
from schoolgate.publishing import queries, sending
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.cards import note_card
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Delivery, LinkCard, Post
from schoolgate.publishing.starting import begin_sending
from tests.cast import someone, someone_leads
from tests.publishing.cards import PICTURE, SEEN
from tests.worlds import InWorld, enter_federation, world

ANSWERS = {
    "suitable_for_children": True,
    "names_somebody": False,
    "others_work": False,
    "signed": True,
    "labelled": "none",
}
"""What Wildground's policy asks of an author about a plain post."""


HANDLES = {"facebook": "north"}
"""What an account is called where the links of its posts show it."""


def account_on(network: str, school: School, at: datetime, **fields: object) -> Account:
    """An open account."""
    owner = someone(f"Opener of {network}", "administrator-moderator")
    given = {
        "name": f"The school on {network}", "network": network, "kind": "school",
        "handle": HANDLES.get(network, "north.test"),
        "visibility": "open", "pupils_in_audience": True, "state": "open", "made_at": at, "opened_at": at,
        "opened_by": owner, "setup": {"says_who_runs_it": True},
    }  # fmt: skip
    return Account.objects.create(school=school, **{**given, **fields})


@world()
def adopted(at: datetime) -> SimpleNamespace:
    """Wildground with its policy in force, people, two open accounts and a network in memory."""
    federation = enter_federation()
    with scope(federation.pk):
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
        return SimpleNamespace(
            cast=cast_of(federation, school, at, led=False), server=FakeServer(), published=None
        )


@world(adopted)
def led(before: SimpleNamespace, at: datetime) -> SimpleNamespace:
    """The same, with a safeguarding lead: without one the first post doesn't go out."""
    with scope(before.cast.federation.pk):
        someone_leads()
    return before


@pytest.fixture
def beginning(in_world: InWorld, at: datetime) -> SimpleNamespace:
    """The world in which a test begins that asks for `cast`."""
    return in_world(led, at)


@pytest.fixture
def federation(request: pytest.FixtureRequest) -> Federation:
    """Wildground: the one in whose world the test is, if it is in one."""
    if "beginning" in request.fixturenames:
        return request.getfixturevalue("beginning").cast.federation
    return request.getfixturevalue("make_federation")()


@pytest.fixture
def school(request: pytest.FixtureRequest, scoped: Federation) -> School:
    """One school of the federation in scope."""
    if "beginning" in request.fixturenames:
        return request.getfixturevalue("beginning").cast.school
    return School.objects.create(name="Wildground Juniors", slug="juniors")


@pytest.fixture
def cast(beginning: SimpleNamespace, scoped: Federation) -> SimpleNamespace:
    """The people of `cast_of`, in this test's federation."""
    return beginning.cast


def cast_of(federation: Federation, school: School, at: datetime, *, led: bool = True) -> SimpleNamespace:
    """Amina writes, Ben approves, Sam is of the SLT; `bluesky` and `facebook` are open accounts. `led`:
    someone leads on safeguarding."""
    sam = someone("Sam Slater", "slt")
    adopt(by=sam, at=at)
    if led:
        someone_leads()
    return SimpleNamespace(
        federation=federation,
        school=school,
        amina=someone("Amina Khan", "staff"),
        ben=someone("Ben Carter", "lead-staff-member"),
        sam=sam,
        bluesky=account_on("bluesky", school, at),
        facebook=account_on("facebook", school, at),
    )


def draft_of(
    cast: SimpleNamespace, at: datetime, text: str = "Sports day is on Friday.", **changes: object
) -> Post:
    """A post of Amina's that the policy lets pass as it stands."""
    accounts = changes.pop("accounts", [cast.bluesky])
    given = {"by": cast.amina, "at": at, "school": cast.school, "answers": ANSWERS, **changes}
    return draft_post(targets=[TargetText(account, text) for account in accounts], **given)


def approve_for(cast: SimpleNamespace, at: datetime, post: Post) -> Post:
    """Hand it in for Amina, and have Ben approve it."""
    post = submit_post(by=cast.amina, at=at, post=post)
    return approve_post(by=cast.ben, at=at, post=post, seen=queries.seen_now(post, at=at))


@pytest.fixture
def server() -> FakeServer:
    """The far side of the network in memory."""
    return FakeServer()


@pytest.fixture
def draft(cast, at) -> Callable[..., Post]:
    """`draft(text="...", accounts=[...])`: a post of Amina's that the policy lets pass as it stands."""

    return partial(draft_of, cast, at)


@pytest.fixture
def card_of(cast, home, at) -> Callable[..., LinkCard]:
    """`card_of(post)`: read its page, as a worker would; `faces`: found in its picture."""

    def read(
        post: Post, seen: SeenPage = SEEN, *, picture: bool = False, faces: int | None = 0, now: datetime = at
    ) -> LinkCard:
        (card,) = LinkCard.objects.filter(post=post)
        found, digest = seen, ""
        if picture:
            found = replace(seen, picture=replace(PICTURE, faces=faces))
            digest = files.keep(PICTURE.content, "image/jpeg", federation_id=cast.federation.pk).digest
        note_card(at=now, pk=card.pk, seen=found, digest=digest)
        return LinkCard.objects.get(pk=card.pk)

    return read


@pytest.fixture
def approved(cast, at, draft) -> Callable[..., Post]:
    """A post that Ben has approved."""

    return lambda *args, **kwargs: approve_for(cast, at, draft(*args, **kwargs))


@pytest.fixture
def started(approved, at) -> Callable[..., Delivery]:
    """The intent of a post whose sending has begun, on its first account."""

    def make(*args: object, **kwargs: object) -> Delivery:
        return begin_sending(at=at, post=approved(*args, **kwargs))[0]

    return make


@pytest.fixture
def advance(cast, server, at) -> Callable[..., Delivery]:
    """Take an intent as far as it goes at an instant, and read it again."""

    def take(
        delivery: Delivery, *, now: datetime | None = None, network: FakeNetwork | None = None
    ) -> Delivery:
        client = network or FakeNetwork(server)
        sending.advance(cast.federation.pk, delivery.pk, clock=lambda: now or at, connect=lambda _: client)
        with scope(cast.federation.pk):
            return queries.delivery(delivery.pk)

    return take
