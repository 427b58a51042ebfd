"""Programs of the people of one federation, each with a key."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from schoolgate.accounts.models import Account
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.people.sessions import make_token
from schoolgate.policy.adopting import adopt
from tests.cast import someone, someone_leads
from tests.publishing.conftest import ANSWERS, account_on
from tests.worlds import InWorld, enter_federation, world

LONG_BEFORE = datetime.now(UTC) - timedelta(days=1)
"""The day before the tests run: this door takes the time from the clock."""


class Program:
    """Sends requests with a key, and reads answers as JSON."""

    def __init__(self, key: str = "", **headers: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {key}", **headers} if key else headers)
        self.key = key

    def get(self, path: str, **query: object):
        return self.client.get(f"/api/v1{path}", query_params=query or None)

    def post(self, path: str, body: object = None):
        return self.send("post", path, body)

    def put(self, path: str, body: object):
        return self.send("put", path, body)

    def send(self, method: str, path: str, body: object):
        data = "" if body is None else json.dumps(body)
        return getattr(self.client, method)(f"/api/v1{path}", data, content_type="application/json")


def key_of(person: Person, **changes: object) -> str:
    """A key of that person's, made with a second step."""
    given = {"name": "Test", "days": 30, "may_write": True, "with_factor": True, **changes}
    with scope(person.federation_id):
        return make_token(by=person, at=LONG_BEFORE, **given).text


@pytest.fixture
def key() -> Callable[..., str]:
    """`key(person)`: a key of that person's, made with a second step."""
    return key_of


class World:
    """Wildground with its policy in force: Amina writes, Ben approves, Sam is of the SLT."""

    def __init__(self, federation, key) -> None:
        self.federation, self.key = federation, key
        with scope(federation.pk):
            self.school = School.objects.create(name="Juniors", slug="juniors")
            self.sam = someone("Sam Slater", "slt")
            adopt(by=self.sam, at=LONG_BEFORE)
            self.amina = someone("Amina Khan", "staff")
            self.ben = someone("Ben Carter", "lead-staff-member")
            someone_leads()
            self.board = self.account("noticeboard")
            self.facebook = self.account("facebook")

    def account(self, network: str) -> Account:
        return account_on(network, self.school, LONG_BEFORE)

    def program(self, person: Person, **changes: object) -> Program:
        return Program(self.key(person, **changes))

    def content(self, **changes: object) -> dict[str, object]:
        """A post that the policy lets pass as it stands."""
        targets = [{"account": self.board.pk, "text": "Sports day is on Friday."}]
        return {"school": self.school.pk, "targets": targets, "answers": dict(ANSWERS), **changes}


@world()
def wildground(at: datetime) -> SimpleNamespace:
    """Wildground of `World`, and a key of each of its people."""
    found = World(enter_federation(), key_of)
    keys = {name: key_of(getattr(found, name)) for name in ("amina", "ben", "sam")}
    return SimpleNamespace(world=found, keys=keys)


@pytest.fixture
def beginning(in_world: InWorld) -> SimpleNamespace:
    """What stands before a test begins."""
    return in_world(wildground, LONG_BEFORE)


@pytest.fixture(name="world")
def wildground_at_work(beginning: SimpleNamespace) -> World:
    """Wildground, its people and accounts."""
    return beginning.world


@pytest.fixture
def federation(world: World) -> Federation:
    """Wildground."""
    return world.federation


@pytest.fixture
def amina(beginning: SimpleNamespace) -> Program:
    """Amina's program."""
    return Program(beginning.keys["amina"])


@pytest.fixture
def ben(beginning: SimpleNamespace) -> Program:
    """Ben's program."""
    return Program(beginning.keys["ben"])


@pytest.fixture
def sam(beginning: SimpleNamespace) -> Program:
    """Sam's program."""
    return Program(beginning.keys["sam"])
