"""kill -9 while past decisions are repeated before a policy is adopted: the trial goes on, and counts each
decision once."""

from __future__ import annotations

import signal

import pytest

from schoolgate.jobs import tasks
from schoolgate.policy import readings
from tests.faults.dying import in_another_process, kill_at
from tests.jobs.test_policies import jobs, two, work_off

__all__ = ["two"]

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]
READING = "schoolgate.policy.readings"
STEPS = {
    "a piece was repeated, and is not saved": ("schoolgate.policy.readings", "next_piece", "after"),
    "a piece is saved, and not committed": ("schoolgate.jobs.tasks", "try_draft", "after"),
}
"""What is going on -> the function at which the process is killed, and on which side of it."""


def test_killed_at_each_step_it_goes_on_and_counts_each_decision_once(two, at, monkeypatch):
    monkeypatch.setattr(readings, "PIECE", 2)
    there = two[0]
    there.trial(at, decisions=5)
    before, job = there.tried(), jobs()[0]
    for what, step in STEPS.items():

        def dies(step=step) -> None:
            kill_at(*step)
            tasks.try_on(**job)

        assert in_another_process(dies) == -signal.SIGKILL, what
        assert there.tried() == before, what
        assert jobs() == [job], what  # none of the dead process's own: its piece is to be done again

    while jobs():
        work_off(jobs()[0])
    tried = there.tried()
    assert (tried["finished"], tried["past"]["asked"], tried["past"]["gone"]) == (True, 5, 0)
