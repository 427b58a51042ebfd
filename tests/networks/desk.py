"""Intents of a made-up room for the tests of the driver: real rows, a network in memory, a hand to kill
with."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from schoolgate.accounts.models import Account
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.networks import driving
from schoolgate.networks.driving import DeliverySpec
from schoolgate.networks.fake import FakeNetwork, FakeServer
from schoolgate.networks.port import Network, OutgoingPost, Receipt, intent_key
from schoolgate.publishing import queries
from schoolgate.publishing.models import Delivery, Post
from tests.cast import someone


class Killed(BaseException):
    """`kill -9`, as far as one thread can have it: nothing of ours catches it."""


@dataclass
class Desk:
    """Where intents are made and driven. `at` is the time now, `followed` the states that had
    consequences."""

    federation_id: int
    school: School
    account: Account
    at: datetime
    server: FakeServer = field(default_factory=FakeServer)
    followed: list[str] = field(default_factory=list)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @classmethod
    def set_up(cls, federation: Federation, at: datetime) -> Desk:
        """A school with one account."""
        with scope(federation.pk):
            school = School.objects.create(name="North", slug="north")
            opener = someone("Olwen Opener", "administrator-moderator")
            account = Account.objects.create(
                name="North", school=school, network="bluesky", kind="school", state="open", made_at=at,
                opened_at=at, opened_by=opener,
            )  # fmt: skip
        return cls(federation.pk, school, account, at)

    def use(self, network: str) -> None:
        """The account stands on another network from now on."""
        with scope(self.federation_id):
            Account.objects.filter(pk=self.account.pk).update(network=network)
        self.account.network = self.server.network = network

    def clock(self) -> datetime:
        """The time now."""
        return self.at

    def intent(self, **fields: Any) -> Delivery:
        """A post of its own and the intent to send it, written and committed."""
        number = next(self._numbers)
        with scope(self.federation_id):
            post = Post.objects.create(
                school=self.school, author=self.account.opened_by, state="sending", state_at=self.at,
                created_at=self.at,
            )  # fmt: skip
            given = {
                "intent_key": intent_key(at=self.at, about=f"desk:{number}"), "text": f"Post {number}",
                "written_at": self.at, "state_at": self.at,
            }  # fmt: skip
            return Delivery.objects.create(post=post, account=self.account, **{**given, **fields})

    def removal(self, there: Delivery) -> Delivery:
        """The intent to take away what `there` has published."""
        with scope(self.federation_id):
            return Delivery.objects.create(
                post=there.post, account=self.account, purpose="take_down", of=there, receipt=there.receipt,
                intent_key=intent_key(at=self.at, about=f"desk:{next(self._numbers)}"), written_at=self.at,
                state_at=self.at,
            )  # fmt: skip

    def row(self, row: Delivery) -> Delivery:
        """As it stands in the database."""
        with scope(self.federation_id):
            return queries.delivery(row.pk)

    def change(self, row: Delivery, **fields: Any) -> None:
        """Change columns past all moves."""
        with scope(self.federation_id):
            Delivery.objects.filter(pk=row.pk).update(**fields)

    def advance(self, row: Delivery, spec: DeliverySpec[Delivery] | None = None) -> Delivery:
        """Take it as far as it goes now, and read it again."""
        driving.advance(spec or self.spec(), self.federation_id, row.pk, clock=self.clock)
        return self.row(row)

    @staticmethod
    def outgoing(row: Delivery) -> OutgoingPost:
        """What the network gets."""
        return OutgoingPost(
            intent_key=row.intent_key, text=row.text, created_at=row.written_at, parts=tuple(row.parts),
            there=row.known().begun,
        )  # fmt: skip

    def spec(
        self,
        *,
        killed: str = "",
        pause: Callable[[str], None] = lambda where: None,
        removes: bool = False,
        **own: Any,
    ) -> DeliverySpec[Delivery]:
        """An spec over the network in memory. `killed` names the place at which the worker dies, `pause` is
        called at each; `own` replaces single parts of it."""

        def here(place: str) -> None:
            pause(place)
            if place == killed:
                raise Killed(place)

        def passing(place: str, call: Callable[..., Any]) -> Callable[..., Any]:
            def run(*args: Any) -> Any:
                here(place)
                return call(*args)

            return run

        def send(row: Delivery, network: Network) -> Receipt | None:
            here("before the call")
            receipt = None
            if removes and row.ref is not None:
                network.take_down(row.ref)
            else:
                receipt = network.publish(self.outgoing(row))
            here("after the call")
            return receipt

        parts = {
            "load": queries.delivery,
            "may_start": lambda row, at: True,
            "connect": lambda row: FakeNetwork(self.server, like=self.server.network),
            "wanted": lambda row: self.outgoing(row).normal(),
            "follow": lambda row, at: self.followed.append(row.state),
        }
        parts = {name: passing(name, own.get(name, part)) for name, part in parts.items()}
        return DeliverySpec(
            network_of=lambda row: self.server.network,
            event="delivery",
            send=own.get("send", send),
            removes=lambda row: removes,
            parts_of=lambda row: max(1, len(row.parts)),
            **parts,
        )


def side_by_side(work: Callable[[], object], *, times: int = 1) -> None:
    """Run `work` in so many threads at the same moment, each with its own connection; fails as one of them
    does."""
    failures: list[BaseException] = []
    ready = threading.Barrier(times)

    def run() -> None:
        try:
            ready.wait(10)
            work()
        except BaseException as error:  # noqa: BLE001 - told to the thread that asked
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
