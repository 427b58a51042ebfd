"""The facts of a situation are made ready when it is first asked, also where many ask at once."""

import subprocess
import sys

import pytest

ASKED_AT_ONCE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from schoolgate.rulebook import book, decide
from schoolgate.rulebook.situations import SITUATIONS

THREADS = 8
together = Barrier(THREADS)
sys.setswitchinterval(0.000001)


def ask(_):
    found = []
    for key in SITUATIONS:
        together.wait(timeout=60)
        found.append(str(decide(book("wootton"), key, {"on": "2027-01-19"}).to_json()))
    return found


assert not any(one.facts.__pydantic_complete__ for one in SITUATIONS.values())
with ThreadPoolExecutor(THREADS) as pool:
    answers = list(pool.map(ask, range(THREADS)))
assert all(one == answers[0] for one in answers)
print(len(answers[0]))
"""


@pytest.mark.slow
def test_eight_who_ask_each_situation_first_get_the_same_answer():
    asked = subprocess.run([sys.executable, "-c", ASKED_AT_ONCE], capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr[-2000:]
    assert int(asked.stdout) > 50
