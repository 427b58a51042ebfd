"""What a supervisor does where a part of it ends."""

import signal
from types import SimpleNamespace

import pytest

from schoolgate.cli.children import ANOTHER_PLEASE, FIRST_WAIT, Child


@pytest.mark.parametrize(
    ("status", "said", "begun"),
    [
        (ANOTHER_PLEASE, "worker has been replaced by a smaller one", 2),
        (0, f"worker has ended (exit status 0), restarting in {FIRST_WAIT:g} s", 1),
        (-signal.SIGKILL, f"worker has ended (signal SIGKILL), restarting in {FIRST_WAIT:g} s", 1),
    ],
)
def test_a_part_that_asks_for_another_is_replaced_at_once_and_one_that_just_ends_after_a_wait(
    status, said, begun
):
    runs = []

    def begin():
        runs.append(SimpleNamespace(pid=len(runs), poll=lambda: None))
        return runs[-1]

    worker = Child("worker", begin, ends_on=signal.SIGTERM, patience=1)
    worker.start(0.0)
    runs[0].poll = lambda: status
    assert worker.look_after(200.0) == said
    assert len(runs) == begun
