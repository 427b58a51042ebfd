"""The network as a fixture; a conftest imports it by name. One network for the whole run, accounts as
needed."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from schoolgate.core.env import for_a_child
from schoolgate.core.outside.client import shared
from tests.network.accounts import Account, create_account

_numbers = itertools.count(1)


@dataclass(frozen=True)
class RunningNetwork:
    """Where the network listens, and how to get an account on it."""

    pds: str
    appview: str
    new_account: Callable[[str], Account] = field(repr=False)


@pytest.fixture(scope="session")
def bluesky_network() -> Iterator[RunningNetwork]:
    """A real Bluesky network in processes of its own; fails, naming what is missing, where it cannot
    start."""
    words = [sys.executable, "-m", "tests.network.launcher", "--free-ports"]
    launcher = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=for_a_child(), text=True, bufsize=1
    )
    assert launcher.stdout is not None
    line = launcher.stdout.readline()
    if not line:
        pytest.fail(f"The Bluesky network did not start.\n{launcher.communicate()[1][-3000:]}")
    ports = json.loads(line)
    pds = f"http://localhost:{ports['pds']}"

    def new_account(name: str) -> Account:
        return create_account(pds, f"{name}{next(_numbers)}.test")

    yield RunningNetwork(pds, f"http://localhost:{ports['appview']}", new_account)
    shared().close()
    shared.cache_clear()
    launcher.terminate()
    try:
        launcher.communicate(timeout=40)
    except subprocess.TimeoutExpired:
        launcher.kill()
