"""kill -9 within a search for a request about data: it goes on, and finds everything once."""

from __future__ import annotations

import signal
from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.actions import paste_in
from schoolgate.policy.actions import adopt
from schoolgate.rights import actions
from schoolgate.rights.models import Found, Gathering, Step
from schoolgate.rights.working import gather
from tests.cast import someone
from tests.faults.dying import in_another_process, kill_at
from tests.publishing.conftest import account_on
from tests.rights.asking import entered

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]
ACTIONS = "schoolgate.rights.actions.gathering"
STEPS = {
    "the first place is being searched": (ACTIONS, "add", "before"),
    "what it found is written, not committed": (ACTIONS, "add", "after"),
    "the comments are being read": ("schoolgate.inbox.disclosure", "_indexed", "after"),
    "the end is being written": (ACTIONS, "step", "after"),
}
"""What is going on -> the function at which the process is killed, and on which side of it."""
COMMENTS = 5


@pytest.mark.parametrize("step", STEPS)
def test_killed_there_it_goes_on_and_finds_each_comment_once(
    own_database, make_federation, home, at, monkeypatch, step
):
    monkeypatch.setattr(f"{ACTIONS}.AT_ONCE", 2)
    federation = make_federation().pk
    with scope(federation):
        school = School.objects.create(name="Juniors", slug="juniors")
        sam = someone("Sam Slater", "slt")
        adopt(by=sam, at=at)
        ben = someone("Ben Carter", "lead-staff-member")
        account = account_on("facebook", school, at)
        for number in range(COMMENTS):
            when = at - timedelta(hours=number + 1)
            paste_in(
                by=ben, at=at, account=account, text=f"Miriam Secretwood {number}", author="A Parent",
                appeared_at=when, private=False,
            )  # fmt: skip
        request = actions.enter(
            by=sam, at=at,
            entered=entered(kind="access", received_on=local_day(at), lead=sam, school=school),
        )  # fmt: skip
        row = actions.start_gathering(by=sam, at=at, request=request, lines="Miriam Secretwood")

    def dies() -> None:
        kill_at(*STEPS[step])
        gather(federation, row.pk, clock=lambda: at)

    assert in_another_process(dies) == -signal.SIGKILL
    with scope(federation):
        assert Gathering.objects.get().state == "running"
    gather(federation, row.pk, clock=lambda: at)
    gather(federation, row.pk, clock=lambda: at)

    with scope(federation):
        assert Gathering.objects.get().state == "done"
        assert Found.objects.filter(place="inbox.item").count() == COMMENTS
        assert Step.objects.filter(kind="searched").count() == 1
