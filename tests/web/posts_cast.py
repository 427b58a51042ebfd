"""A federation in which posts are written: people with browsers, open accounts, posts in every state."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from bench.pictures import photograph
from schoolgate.accounts.models import Account
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture
from schoolgate.media.pictures import add_picture, store, take_in
from schoolgate.networks.fake import FakeNetwork, FakeServer
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from schoolgate.publishing import queries, sending
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Delivery, Post
from schoolgate.publishing.starting import begin_sending
from tests.cast import someone, someone_leads
from tests.publishing.conftest import ANSWERS, account_on
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC) - timedelta(hours=1)
"""An hour ago: a test that holds in the first half hour of a long run alone fails at once."""
ANSWERED = {
    "answer-suitable_for_children": "yes",
    "answer-names_somebody": "no",
    "answer-others_work": "no",
    "answer-signed": "yes",
    "answer-labelled": "none",
}
"""What Wildground's policy asks of an author about a plain post, as the form sends it."""
TEXT = "Our sports day is on Friday at 10. Families are welcome on the field from half past nine."


HANDLES = {"facebook": "wildground"}
"""What an account is called on its network, where its posts' links show it."""


def act(name: str, pk: int) -> str:
    """The page of a post on which the form of an act is open."""
    return f"{reverse('post', args=[pk])}?act={name}"


def jpeg(width: int = 640, height: int = 420, colour: str = "#3f7d5a") -> bytes:
    """The bytes of a picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def view(number: int) -> bytes:
    """The bytes of a photograph that is like no other; plain colours are all alike."""
    out = io.BytesIO()
    photograph(number, (320, 240)).save(out, "JPEG")
    return out.getvalue()


@dataclass
class Stage:
    """`amina` writes, `ben` approves and checks consent, `sam` is of the SLT; each has a browser."""

    federation: Federation
    school: School
    people: dict[str, Person]
    accounts: dict[str, Account]
    sign_in: Callable[[Person], Client]
    server: FakeServer = field(default_factory=FakeServer)

    def browser(self, name: str) -> Client:
        """That person's browser."""
        return self.sign_in(self.people[name])

    def draft(self, text: str = TEXT, *accounts: str, **changes: Any) -> Post:
        """A post of Amina's."""
        chosen = [self.accounts[name] for name in accounts or ("bluesky",)]
        answers = {**ANSWERS, "fit": True} if changes.get("pictures") else ANSWERS
        given = {"by": self.people["amina"], "at": NOW, "school": self.school, "answers": answers, **changes}
        with scope(self.federation.pk):
            return draft_post(targets=[TargetText(account, text) for account in chosen], **given)

    def submitted(self, *args: Any, at: datetime = NOW, **changes: Any) -> Post:
        """The same, handed in."""
        post = self.draft(*args, at=at, **changes)
        with scope(self.federation.pk):
            return submit_post(by=self.people["amina"], at=at, post=post)

    def approved(self, *args: Any, at: datetime = NOW, **changes: Any) -> Post:
        """The same, approved by Ben."""
        post = self.submitted(*args, at=at, **changes)
        with scope(self.federation.pk):
            seen = queries.seen_now(post, at=at)
            return approve_post(by=self.people["ben"], at=at, post=post, seen=seen)

    def started(self, *args: Any, at: datetime = NOW, **changes: Any) -> list[Delivery]:
        """Its intents, written. `at`: now, where they are sent by the clock: what begins late isn't sent."""
        post = self.approved(*args, at=at, **changes)
        with scope(self.federation.pk):
            return begin_sending(at=at, post=queries.post(post.pk))

    def advance(self, delivery: Delivery, *, after: timedelta = timedelta()) -> Delivery:
        """Take an intent as far as it goes with the network in memory."""
        sending.advance(
            self.federation.pk,
            delivery.pk,
            clock=lambda: NOW + after,
            connect=lambda _account: FakeNetwork(self.server),
        )
        with scope(self.federation.pk):
            return queries.delivery(delivery.pk)

    def picture(self, *, content: bytes = b"", **said: Any) -> Picture:
        """A picture of Amina's in the store. `content`: of one that is like no other here."""
        proven = take_in(content or jpeg())
        digest = store(proven, federation_id=self.federation.pk)
        given = {
            "alt": "An empty playing field in the sun.",
            "shows_people": False,
            "shows_pupils": False,
            **said,
        }
        with scope(self.federation.pk):
            return add_picture(
                by=self.people["amina"], at=NOW, school=self.school, proven=proven, digest=digest, **given
            )

    def typed(self, text: str = TEXT, **more: Any) -> dict[str, Any]:
        """The form of writing as Amina filled it in, for Bluesky."""
        chosen = [self.accounts["bluesky"].pk]
        return {"text": text, "accounts": chosen, "when": "soon", "people": "0", **more}

    def read(self, post: Post | int) -> Post:
        """The post as it stands now, with everything that belongs to it."""
        with scope(self.federation.pk):
            found = queries.post(post if isinstance(post, int) else post.pk)
            for part in queries.PARTS:
                getattr(found, part).all()
            return found


def no_browser(person: Person) -> Client:
    """Nobody has one where a world is acted out."""
    pytest.fail(f"{person} has no browser in a world", pytrace=False)


@pytest.fixture
def stage(in_world, home, sign_in) -> Stage:
    """Wildground at work."""
    return Stage(**vars(in_world(wildground_at_work, NOW)), sign_in=sign_in)


@world()
def wildground_at_work(at: datetime) -> SimpleNamespace:
    """The cast of `stage`."""
    return _cast(enter_federation(), at)


def set_up(federation: Federation, sign_in: Callable[[Person], Client]) -> Stage:
    """The cast of `stage` in a federation that follows Wildground's policy."""
    return Stage(**vars(_cast(federation, NOW)), sign_in=sign_in)


def _cast(federation: Federation, at: datetime) -> SimpleNamespace:
    with scope(federation.pk):
        people = {
            "sam": someone("Sam Slater", "slt"),
            "amina": someone("Amina Khan", "staff"),
            "ben": someone("Ben Carter", "lead-staff-member"),
            "cara": someone("Cara Colleague", "staff"),
        }
        someone_leads()
        adopt(by=people["sam"], at=at)
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
        accounts = {
            network: account_on(
                network, school, at, name=name, handle=HANDLES.get(network, f"{network}.test")
            )
            for network, name in (
                ("noticeboard", "Juniors' noticeboard"),
                ("bluesky", "Juniors on Bluesky"),
                ("facebook", "Wildground Juniors"),
            )
        }
    return SimpleNamespace(federation=federation, school=school, people=people, accounts=accounts)
