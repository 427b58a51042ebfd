"""When the real Bluesky network says that it is ready, its AppView reads its PDS, however late that was."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from schoolgate.core.env import for_a_child

pytestmark = pytest.mark.bluesky
LATE = "--import=./late_server.mjs"
"""Has the PDS come ten seconds late, as on a machine that is busy."""
ACCOUNT_OF_ITS_OWN = "mod-authority.test"
"""Made by the network itself on its PDS, before it says that it is ready."""


@pytest.fixture
def late_network() -> Iterator[dict[str, int]]:
    launcher = subprocess.Popen(
        [sys.executable, "-m", "tests.network.launcher", "--free-ports"],
        stdout=subprocess.PIPE,
        env=for_a_child(NODE_OPTIONS=LATE),
        cwd=Path(__file__).parents[2],
        text=True,
    )
    assert launcher.stdout is not None
    try:
        yield json.loads(launcher.stdout.readline())
    finally:
        launcher.terminate()
        launcher.communicate(timeout=60)


def test_what_stood_on_the_server_before_it_was_ready_is_known_at_once(late_network):
    answer = httpx.get(
        f"http://localhost:{late_network['appview']}/xrpc/app.bsky.actor.getProfile",
        params={"actor": ACCOUNT_OF_ITS_OWN},
        timeout=60,
    )
    assert (answer.status_code, answer.json().get("handle")) == (200, ACCOUNT_OF_ITS_OWN)
