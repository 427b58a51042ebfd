"""A process ends with its parent, also where that one went before it was asked to; calls are given room."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from resource import RUSAGE_THREAD, getrusage

import pytest

from schoolgate.core.processes import in_room

pytestmark = pytest.mark.processes
ASKS = (
    "import sys\n"
    "from schoolgate.core.processes import die_with_parent\n"
    "die_with_parent(parent=int(sys.argv[1]))"
)


@pytest.mark.parametrize(
    ("parent", "status"), [(os.getpid(), 0), (0, -signal.SIGTERM)], ids=["there", "gone before"]
)
def test_it_goes_on_only_while_its_parent_is_there(parent, status):
    assert subprocess.run([sys.executable, "-c", ASKS, str(parent)], check=False).returncode == status


# --- Room for frames----

CALLS = 200


def pages_taken(above: int) -> int:
    """How often this thread was given a new page of memory in 200 calls with so many frames below them."""
    if above:
        return pages_taken(above - 1)
    before = getrusage(RUSAGE_THREAD).ru_minflt
    for _ in range(CALLS):
        somewhere()
    return getrusage(RUSAGE_THREAD).ru_minflt - before


def somewhere() -> None:
    """Be called."""


def most_pages_taken() -> int:
    return max(map(pages_taken, range(400)))


def test_what_is_called_in_room_takes_no_memory_again_and_again_however_deep_it_stands():
    with ThreadPoolExecutor() as threads:
        assert threads.submit(in_room, most_pages_taken).result() < CALLS / 10


def test_without_room_there_is_a_depth_at_which_each_call_takes_memory():
    """Where this fails, Python keeps its pieces, and `in_room` can go."""
    with ThreadPoolExecutor() as threads:
        assert threads.submit(most_pages_taken).result() >= CALLS


def test_in_room_gives_and_raises_what_the_call_does():
    assert in_room(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        in_room(divmod, 7, 0)
