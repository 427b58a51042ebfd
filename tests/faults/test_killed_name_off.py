"""kill -9 at each step of taking a name off: each reply is deleted once and each comment hidden once, and the
parent is told once.

A process on a real database is killed at one step, and the next goes on from there and is killed at the next
one; what comes after them is what the worker does anyway.
"""

from __future__ import annotations

import signal
from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.leaving import Said, WordsHeld, answering
from schoolgate.core.models import LedgerRow, School
from schoolgate.core.tenancy import scope
from schoolgate.inbox import ingesting, moderating, replying, seeing, taking_off
from schoolgate.inbox.models import Answer, Item, ReplyRemoval, WithdrawnWords
from schoolgate.inbox.replying import show_and_answer
from schoolgate.jobs.minutely import withdrawals
from schoolgate.networks.noticeboard.board import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.notices.models import SignInMail
from schoolgate.policy.adopting import adopt
from schoolgate.publishing import queries, sending
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import TakeDown
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
TAKING_OFF = "schoolgate.inbox.taking_off"
BOARD = "schoolgate.networks.noticeboard.client"
STEPS = {
    "the names are marked, nothing committed": (
        "schoolgate.publishing.withdrawn", "mark_elsewhere", "after",
    ),
    "the intent to delete a reply is written, not committed": (TAKING_OFF, "write_removal", "after"),
    "the first comment is hidden, not committed": (TAKING_OFF, "hide_comment", "after"),
    "the network is about to be asked": (BOARD, "Noticeboard.take_down", "before"),
    "the network has deleted it, and we don't know": (BOARD, "Noticeboard.take_down", "after"),
    "that it's gone is not committed": ("schoolgate.inbox.taking_off", "follow_removal", "after"),
    "the parent's mail is written, not committed": (
        "schoolgate.publishing.withdrawn", "_tell", "after",
    ),
}  # fmt: skip
"""What is going on -> the function at which the process is killed, and on which side of it."""
SAID = {"from_press": False, "asks_for_comment": False, "to_relation": "parent", "in_doubt": False}
NUMBER = 2


class World:
    """A federation with two comments on its board that name Ava, each with a reply that does too, and the
    link of her mother."""

    def __init__(self, federation_id: int, at) -> None:
        self.id, self.at = federation_id, at
        with scope(federation_id):
            school = School.objects.create(name="Juniors", slug="juniors")
            self.ben = someone("Ben Carter", "lead-staff-member", "administrator-moderator")
            sam, amina = someone("Sam Slater", "slt"), someone("Amina Khan", "staff")
            adopt(by=sam, at=at)
            someone_leads()
            board = account_on("noticeboard", school, at)
            ava = Pupil.objects.create(school=school, key="A1", first_name="Ava", last_name="Llewelyn")
            post = draft_post(
                by=amina, at=at, school=school, targets=[TargetText(board, "Sports day.")], answers=ANSWERS
            )
            post = submit_post(by=amina, at=at, post=post)
            post = approve_post(by=self.ben, at=at, post=post, seen=queries.seen_now(post, at=at))
            (copy,) = begin_sending(at=at, post=post)
            given = {"giver": "parent", "who": "Ann Llewelyn", "email": "ann@example.org"}
            link = linking.make_link(by=sam, at=at, pupil=ava, **given)
            linking.answer_by_link(at=at, link=link, uses=["name"], answer="given")
        sending.advance(federation_id, copy.pk, clock=lambda: at)
        with scope(federation_id):
            below = NoticeboardPost.objects.get()
            for number in range(NUMBER):
                leave_comment(post=below, name="Pat", text=f"{number} for Ava Llewelyn!", at=at)
        ingesting.poll(federation_id, board.pk, clock=lambda: at)
        with scope(federation_id):
            for item in Item.objects.select_related("account__school", "school").order_by("pk"):
                self._answer(item)
        self.drives(at)

    def _answer(self, item: Item) -> None:
        given = {"by": self.ben, "at": self.at, "item": item, "version": item.version, "said": SAID}
        said: dict[str, Said] = {}
        while True:
            try:
                with answering(said):
                    show_and_answer(text="Yes, well done Ava Llewelyn!", **given)
                return
            except WordsHeld as held:
                said |= {each.key: Said("may_name", "Her mother agreed.") for each in held.held}

    def drives(self, now) -> None:
        """Take each intent as far as it goes."""
        with scope(self.id):
            shown = [each.pk for each in seeing.moderations_to_advance(now)]
            replies = [each.pk for each in seeing.answers_to_advance(now)]
            removals = [each.pk for each in seeing.removals_to_advance(now)]
        for advance, pks in ((moderating, shown), (replying, replies), (taking_off, removals)):
            for pk in pks:
                advance.advance(self.id, pk, clock=lambda: now)

    def withdraws(self) -> None:
        """The mother says no; pressing again after a kill is the same answer."""
        with scope(self.id):
            link = ParentLink.objects.get()
            linking.answer_by_link(at=self.at, link=link, uses=["name"], answer="refused")

    def works(self) -> None:
        """What the worker does: events, deliveries, and the sweep that tells parents; twice over."""
        for minutes in (0, 1, 5, 30):
            now = self.at + timedelta(minutes=minutes)
            deliver_all(self.id, now)
            self.drives(now)
            withdrawals(now, clock=lambda now=now: now)


@begins_with()
def names_on_the_board(at) -> SimpleNamespace:
    return SimpleNamespace(there=World(enter_federation().pk, at))


@pytest.fixture
def world(own_database, in_world, at):
    return in_world(names_on_the_board, at).there


def test_killed_at_each_step_each_name_is_taken_off_once_and_the_parent_told_once(world):
    with scope(world.id):
        assert NoticeboardComment.objects.filter(state="released").count() == 2 * NUMBER
    for what, step in STEPS.items():
        with scope(world.id):
            answered = Withdrawal.objects.exists()

        def dies(step=step, answered=answered) -> None:
            kill_at(*step)
            if not answered:
                world.withdraws()
            world.works()

        assert in_another_process(dies) == -signal.SIGKILL, what
    world.works()
    with scope(world.id):
        act = TakeDown.objects.get()
        assert WithdrawnWords.objects.filter(take_down=act).count() == 2 * NUMBER
        assert list(ReplyRemoval.objects.values_list("state", flat=True)) == ["confirmed"] * NUMBER
        assert not Answer.objects.filter(gone_at=None).exists()
        states = sorted(NoticeboardComment.objects.values_list("state", flat=True))
        assert states == ["hidden"] * NUMBER + ["removed"] * NUMBER
        assert [each.address for each in SignInMail.objects.all()] == ["ann@example.org"]
        told = LedgerRow.objects.filter(event="takedown.told")
        assert (act.told_at is not None, told.count()) == (True, 1)
