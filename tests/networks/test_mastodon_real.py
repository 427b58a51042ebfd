"""The Mastodon client against a real server, GoToSocial: the contract, and what such a server does otherwise.

Without that server (SCHOOLGATE_TEST_GOTOSOCIAL names the folder of its source, with the program built in it)
the tests play what it answered when `scripts/mastodon_server.py` recorded it: their names say which.
"""

import itertools
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.network.gotosocial import gotosocial
from tests.networks.contract import NetworkContract, comments
from tests.networks.mastodon_world import MastodonWorld
from tests.networks.tape import FILE, kept, playing, recording

pytestmark = pytest.mark.usefixtures("own_server")
SOURCE = os.environ.get("SCHOOLGATE_TEST_GOTOSOCIAL", "")
RECORDS = "SCHOOLGATE_TEST_RECORD" in os.environ
HOW = "real server" if SOURCE else "recorded"


@pytest.fixture(scope="module")
def tapes():
    """By test, what was recorded."""
    return {} if SOURCE else json.loads(FILE.read_text("utf-8"))["tapes"]


@pytest.fixture(scope="module")
def server(tapes):
    """The real server, or nothing where there is none."""
    if not SOURCE:
        yield None
        return
    with gotosocial(Path(SOURCE)) as made:
        yield made
        if RECORDS:
            told = {"server": f"GoToSocial {made.version}", "recorded": f"{datetime.now(UTC):%Y-%m-%d}"}
            lines = json.dumps(told | {"tapes": tapes}, ensure_ascii=False, indent=0, sort_keys=True)
            FILE.write_text(lines + "\n", "utf-8")


@pytest.fixture(params=[HOW])
def tape(request, server, tapes):
    name = f"{request.node.parent.name} {request.node.name}".replace(f"{HOW}-", "").replace(f"[{HOW}]", "")
    with recording(server) if server else playing(tapes[name]) as made:
        yield made
    if server:
        tapes[name] = kept(made)
    assert made.unknown == [], "Asked for what was not recorded: scripts/mastodon_server.py records again."


class RealWorld(MastodonWorld):
    patience = 20.0


@pytest.fixture
def world(tape):
    return RealWorld(tape)


class TestARealServer(NetworkContract):
    takes_keys = False
    numbers = itertools.count(1)
