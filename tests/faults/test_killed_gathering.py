"""kill -9 within a search for a request about data: it goes on, and finds everything once."""

from __future__ import annotations

import signal

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.rights.models import Found, Gathering, Step
from schoolgate.rights.requests import gather
from tests.faults.asked import COMMENTS, search_begun
from tests.faults.dying import in_another_process, kill_at

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]
ACTIONS = "schoolgate.rights.requests"
STEPS = {
    "what the first place has is written, not committed": (ACTIONS, "add", "after"),
    "the comments are being read": ("schoolgate.inbox.disclosure", "_indexed", "after"),
    "the end is being written": (ACTIONS, "step", "after"),
}
"""What is going on -> the function at which the process is killed, and on which side of it."""


def test_killed_at_each_step_it_goes_on_and_finds_each_comment_once(own_database, in_world, at, monkeypatch):
    there = in_world(search_begun, at)
    monkeypatch.setattr(f"{ACTIONS}.AT_ONCE", 2)

    def gathers() -> None:
        gather(there.federation, there.gathering, clock=lambda: at)

    for what, step in STEPS.items():

        def dies(step=step) -> None:
            kill_at(*step)
            gathers()

        assert in_another_process(dies) == -signal.SIGKILL, what
        with scope(there.federation):
            assert Gathering.objects.get().state == "running", what
    gathers()
    gathers()

    with scope(there.federation):
        assert Gathering.objects.get().state == "done"
        assert Found.objects.filter(place="inbox.item").count() == COMMENTS
        assert Step.objects.filter(kind="searched").count() == 1
