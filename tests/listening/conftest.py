"""A federation with connected accounts, a network in memory, and people who set up watches."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.accounts.connecting import put_keys
from schoolgate.core.tenancy import scope
from schoolgate.listening.models import Find, Source
from schoolgate.listening.watching import Wanted, read_source, start_watch
from schoolgate.networks.fake import FakeNetwork, FakeServer
from schoolgate.networks.port import Credential
from tests.publishing.conftest import beginning, cast, federation, school, server

__all__ = ["beginning", "cast", "federation", "school", "server"]


@pytest.fixture
def listeners(cast, at) -> SimpleNamespace:
    """Sam oversees everything, Ben replies for the school; Bluesky is connected."""
    cast.school.name = "Oakwood Primary School"
    cast.school.save()
    cast.bluesky.connected_at = at
    put_keys(cast.bluesky, Credential("north.test", "secret"))
    cast.bluesky.save()
    return cast


def wanted(cast, at, **changed) -> Wanted:
    given = {
        "name": "Oakwood in public", "phrases": ["Oakwood Primary"], "school": cast.school,
        "purpose": "To answer what people ask in public.", "until": (at + timedelta(days=90)).date(),
        "accounts": [cast.bluesky], **changed,
    }  # fmt: skip
    return Wanted(**given)


@pytest.fixture
def watch(listeners, at):
    """A watch of Ben's for the school's name on Bluesky."""
    return start_watch(by=listeners.ben, at=at, wanted=wanted(listeners, at))


@pytest.fixture
def search(listeners, server: FakeServer, at):
    """`search(watch)`: search every place of it once; return its finds, oldest first."""

    def run(watch, *, now=None, fetch=None) -> list[Find]:
        with scope(listeners.federation.pk):
            sources = list(Source.objects.filter(watch=watch).order_by("id"))
        for source in sources:
            read_source(
                listeners.federation.pk, source.pk, clock=lambda: now or at,
                connect=lambda _: FakeNetwork(server), **({"fetch": fetch} if fetch else {}),
            )  # fmt: skip
        with scope(listeners.federation.pk):
            return list(Find.objects.filter(watch=watch).order_by("id"))

    return run
