"""What is sent in pieces arrives whole from the real web server, again and again on one connection."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from schoolgate.core.env import for_a_child
from tests.cli.machine import free_port, wait_for
from tests.config.film_site import PIECE, PIECES

pytestmark = pytest.mark.processes


@pytest.fixture
def site() -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    words = [sys.executable, "-m", "tests.config.film_site", str(port)]
    surroundings = for_a_child(DJANGO_SETTINGS_MODULE="schoolgate.config.settings")
    process = subprocess.Popen(words, env=surroundings, cwd=Path(__file__).parents[2])

    def serves() -> bool:
        try:
            return httpx.head(address).is_success
        except httpx.TransportError:
            return False

    try:
        wait_for(serves)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def test_a_film_arrives_whole_each_time(site):
    with httpx.Client() as reader:
        assert [len(reader.get(site).content) for _ in range(20)] == [PIECES * len(PIECE)] * 20
