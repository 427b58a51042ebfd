"""kill -9 at each step of a withdrawal of consent: each copy is listed and taken down once, and the parent
is told once.

A process on a real database is killed at one step, and the next goes on from there and is killed at the next
one; what comes after them is what the worker does anyway.
"""

from __future__ import annotations

import signal
from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.models import LedgerRow, School
from schoolgate.core.tenancy import scope
from schoolgate.jobs.minutely import withdrawals
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.notices.models import SignInMail
from schoolgate.policy.adopting import adopt
from schoolgate.publishing import queries, sending
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Delivery, PostPerson, TakeDown, WithdrawnCopy
from schoolgate.publishing.starting import begin_sending
from schoolgate.pupils import linking
from schoolgate.pupils.models import ParentLink, Pupil, Withdrawal
from tests.cast import someone, someone_leads
from tests.conftest import deliver_all
from tests.faults.dying import in_another_process, kill_at
from tests.publishing.conftest import ANSWERS, account_on
from tests.worlds import enter_federation
from tests.worlds import world as begins_with

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]
ACTIONS = "schoolgate.publishing.withdrawn"
HANDLERS = "schoolgate.publishing.handlers"
DELIVERING = "schoolgate.core.events"
BOARD = "schoolgate.networks.noticeboard.client"
STEPS = {
    "the answer is being recorded": ("schoolgate.pupils.linking", "record", "before"),
    "the copies are marked, nothing committed": (ACTIONS, "record", "after"),
    "a job for each copy is written, not committed": (DELIVERING, "_share_out", "after"),
    "the first copy was taken down, not committed": (HANDLERS, "remove", "after"),
    "the network is about to be asked": (BOARD, "Noticeboard.take_down", "before"),
    "the network has removed it, and we don't know": (BOARD, "Noticeboard.take_down", "after"),
    "the parent's mail is written, not committed": (ACTIONS, "_tell", "after"),
}
"""What is going on -> the function at which the process is killed, and on which side of it."""
POSTS = 3


class World:
    """A federation with three live posts on its board that show Ava, and the link of her mother."""

    def __init__(self, federation_id: int, at) -> None:
        self.id, self.at = federation_id, at
        with scope(federation_id):
            school = School.objects.create(name="Juniors", slug="juniors")
            sam = someone("Sam Slater", "slt")
            adopt(by=sam, at=at)
            someone_leads()
            amina, ben = someone("Amina Khan", "staff"), someone("Ben Carter", "lead-staff-member")
            board = account_on("noticeboard", school, at)
            ava = Pupil.objects.create(school=school, key="A1", first_name="Ava", last_name="Thomas")
            rows = []
            for number in range(POSTS):
                targets = [TargetText(board, f"Sports day, part {number}.")]
                post = draft_post(by=amina, at=at, school=school, targets=targets, answers=ANSWERS)
                post = submit_post(by=amina, at=at, post=post)
                post = approve_post(by=ben, at=at, post=post, seen=queries.seen_now(post, at=at))
                rows += begin_sending(at=at, post=post)
            given = {"giver": "parent", "who": "Ann Thomas", "email": "ann@example.org"}
            linking.make_link(by=sam, at=at, pupil=ava, **given)
        for row in rows:
            sending.advance(federation_id, row.pk, clock=lambda: at)
        with scope(federation_id):
            for row in rows:
                PostPerson.objects.create(post=row.post, place=1, pupil=ava, shown=True, named="no")

    def withdraws(self) -> None:
        """The mother says no; pressing again after a kill is the same answer."""
        with scope(self.id):
            link = ParentLink.objects.get()
            linking.answer_by_link(at=self.at, link=link, uses=["picture"], answer="refused")

    def works(self) -> None:
        """What the worker does: events, deliveries, and the sweep that tells parents; twice over."""
        for minutes in (0, 5, 30, 90):
            now = self.at + timedelta(minutes=minutes)
            deliver_all(self.id, now)
            with scope(self.id):
                rows = [each.pk for each in queries.deliveries_to_advance(now)]
            for pk in rows:
                sending.advance(self.id, pk, clock=lambda now=now: now)
            withdrawals(now, clock=lambda now=now: now)


@begins_with()
def three_copies_live(at) -> SimpleNamespace:
    return SimpleNamespace(there=World(enter_federation().pk, at))


@pytest.fixture
def world(own_database, in_world, at):
    return in_world(three_copies_live, at).there


def test_killed_at_each_step_each_copy_is_taken_down_once_and_the_parent_told_once(world):
    for step in STEPS.values():
        with scope(world.id):
            answered = Withdrawal.objects.exists()

        def dies(step=step, answered=answered) -> None:
            kill_at(*step)
            if not answered:  # she was told that it failed, and presses again
                world.withdraws()
            world.works()

        assert in_another_process(dies) == -signal.SIGKILL, step
    world.works()
    with scope(world.id):
        act = TakeDown.objects.get()
        assert Withdrawal.objects.count() == 1
        assert WithdrawnCopy.objects.filter(take_down=act).count() == POSTS
        removals = Delivery.objects.filter(purpose="take_down")
        assert sorted(removals.values_list("state", flat=True)) == ["confirmed"] * POSTS
        assert removals.values("of").distinct().count() == POSTS
        assert not NoticeboardPost.objects.filter(taken_down_at=None).exists()
        assert set(act.posts.values_list("post__state", flat=True)) == {"taken_down"}
        assert [each.address for each in SignInMail.objects.all()] == ["ann@example.org"]
        told = LedgerRow.objects.filter(event="takedown.told")
        assert (act.told_at is not None, told.count()) == (True, 1)
