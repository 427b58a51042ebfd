"""What tests of the core say to the program from outside."""

import os
from collections.abc import Callable, Iterator

import pytest

from schoolgate.core.env import env
from schoolgate.core.files import Store, the_store
from tests.core import buckets
from tests.core.buckets import Server

OTHER_CLOCK = "LD_PRELOAD" in os.environ
"""Whether the run has another day (`scripts/days.py`): a server of buckets knows none but the real one."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On another day what needs a server of buckets is left to the runs on the real one."""
    if OTHER_CLOCK:
        items[:] = [each for each in items if "bucket" not in getattr(each, "fixturenames", ())]


@pytest.fixture
def told(monkeypatch) -> Iterator[Callable[..., None]]:
    """What the surroundings say, for this test alone."""

    def tell(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        env.cache_clear()

    yield tell
    env.cache_clear()


@pytest.fixture(scope="session")
def bucket_server(tmp_path_factory) -> Iterator[Server]:
    """A real server of buckets, on this machine."""
    with buckets.served(tmp_path_factory.mktemp("buckets")) as server:
        yield server


@pytest.fixture
def bucket(bucket_server, home, told) -> str:
    """A bucket of this test's own, where its home puts its files."""
    address = bucket_server.address(f"{home.name}/files")
    told(SCHOOLGATE_FILES=address)
    return address


@pytest.fixture(params=["folder"] if OTHER_CLOCK else ["folder", "bucket"])
def store(request) -> Store:
    """Each kind of place where files may lie."""
    request.getfixturevalue("home")
    if request.param == "bucket":
        request.getfixturevalue("bucket")
    return the_store()
