"""kill -9 of the poller and of moderators at each step: nothing lost, nothing twice, no removal without its
record, and no report to a network made a second time.

A process on a real database is killed at one step, and the next goes on from there and is killed at the next
one; what comes after them is what the worker does anyway.
"""

from __future__ import annotations

import signal
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from schoolgate.core.models import LedgerRow, School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.inbox import blocking, ingesting, moderating, replying, seeing
from schoolgate.inbox import duty_kinds as kinds
from schoolgate.inbox.blocking import block_author, report_comment
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import (
    Answer,
    Appeal,
    AuthorStep,
    Evidence,
    Item,
    ItemVersion,
    Moderation,
    Removal,
    RemovalNotice,
)
from schoolgate.inbox.moderating import moderate
from schoolgate.inbox.removal_notices import decide_appeal, make_appeal, send_notice
from schoolgate.inbox.removals import is_intact
from schoolgate.networks.fake import FakeNetwork, FakeServer
from schoolgate.networks.noticeboard.board import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.policy.adopting import adopt
from schoolgate.publishing import queries as of_posts
from schoolgate.publishing import sending as of_sending
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.starting import begin_sending
from tests.cast import someone, someone_leads
from tests.faults.dying import in_another_process, kill_at
from tests.publishing.conftest import ANSWERS, account_on
from tests.worlds import enter_federation
from tests.worlds import world as begins_with

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]
INBOX = "schoolgate.inbox"
BOARD = "schoolgate.networks.noticeboard.client"
DRIVING = "schoolgate.networks.driving"
COMMENTS = ("Well done, everyone!", "Mr Ellery is useless.", "When does it begin?")
ABUSE = COMMENTS[1]
SAID = {"from_press": False, "asks_for_comment": False, "to_relation": "parent", "in_doubt": False}

READING = {
    "the board was read": (BOARD, "Noticeboard.replies", "after"),
    "the tasks to reply are open": (f"{INBOX}.ingesting", "open_duties", "after"),
    "all is stored, nothing committed": (f"{INBOX}.ingesting", "note_read", "after"),
}
HIDING = {
    "all is written, nothing committed": (f"{INBOX}.moderating", "begin_removal", "after"),
    "the intent is claimed, not committed": (DRIVING, "_claim", "after"),
    "the network is about to be asked": (BOARD, "Noticeboard.hide", "before"),
    "the network has hidden it, and we don't know": (BOARD, "Noticeboard.hide", "after"),
    "the result is written, not committed": (f"{INBOX}.moderating", "follow_moderation", "after"),
}
TELLING = {
    "the reply is written, the notice is not": (f"{INBOX}.removal_notices", "write_answer", "after"),
    "the notice is about to go out": (BOARD, "Noticeboard.reply", "before"),
    "the notice is out, and we don't know": (BOARD, "Noticeboard.reply", "after"),
    "that readers were told is not committed": (f"{INBOX}.reaching", "note_told", "after"),
}
APPEALING = {
    "the intent to show it is written, the appeal open": (f"{INBOX}.removal_notices", "show_again", "after"),
    "the network is about to be asked": (BOARD, "Noticeboard.release", "before"),
    "the network shows it, and we don't know": (BOARD, "Noticeboard.release", "after"),
    "the removal has ended, not committed": (f"{INBOX}.moderating", "end_removal", "after"),
}
FAR_SIDE = "tests.faults.test_killed_moderation"
ABOUT_AUTHORS = {
    "the intent is written, not committed": (f"{INBOX}.blocking", "_write", "after"),
    "the network is about to be asked": (FAR_SIDE, "_note", "before"),
    "the network has done it, and we don't know": (FAR_SIDE, "_note", "after"),
    "the result is written, not committed": (f"{INBOX}.blocking", "follow_author_step", "after"),
}
"""What is going on -> the function at which the process is killed, and on which side of it."""


def _note(path: Path, line: str) -> None:
    """Write down what the far side was asked: it outlives the process that asked."""
    with path.open("a") as file:
        file.write(line + "\n")


class FarSide(FakeNetwork):
    """A network that writes each block and report into a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(FakeServer())
        self._path = path

    def block(self, author: Author, **given: object) -> None:
        """Note a block."""
        _note(self._path, f"block {author.id}")

    def report(self, item: IncomingItem, **given: object) -> str:
        """Note a report, and give it a number."""
        _note(self._path, f"report {item.ref.id}")
        return "NR-1"


class World:
    """A federation with a live post on its board, three comments below it, and an account elsewhere."""

    path: Path
    """What the far side of the account elsewhere was asked."""

    def __init__(self, federation_id: int, at) -> None:
        self.id, self.at = federation_id, at
        with scope(federation_id):
            school = School.objects.create(name="Juniors", slug="juniors")
            self.sam = someone("Sam Slater", "slt")
            adopt(by=self.sam, at=at)
            someone_leads()
            amina, self.ben = someone("Amina Khan", "staff"), someone("Ben Carter", "lead-staff-member")
            self.mari = someone("Mari Lewis", "administrator-moderator")
            self.board = account_on("noticeboard", school, at)
            self.elsewhere = account_on("bluesky", school, at)
            targets = [TargetText(self.board, "Sports day is on Friday.")]
            post = draft_post(by=amina, at=at, school=school, targets=targets, answers=ANSWERS)
            post = submit_post(by=amina, at=at, post=post)
            post = approve_post(by=self.ben, at=at, post=post, seen=of_posts.seen_now(post, at=at))
            (row,) = begin_sending(at=at, post=post)
        of_sending.advance(federation_id, row.pk, clock=lambda: at)
        with scope(federation_id):
            for text in COMMENTS:
                leave_comment(post=NoticeboardPost.objects.get(), name="", text=text, at=at)

    def reads(self, minutes: float = 1) -> None:
        """The poller reads the board once."""
        now = self.at + timedelta(minutes=minutes)
        ingesting.poll(self.id, self.board.pk, clock=lambda: now)

    def works(self, hours: float = 0) -> None:
        """What the worker does with what moderators began, in an hour and a half from then on."""
        for minutes in (0, 5, 30, 90):
            now = self.at + timedelta(hours=hours, minutes=10 + minutes)
            with scope(self.id):
                rows = [
                    *((moderating.advance, each.pk, {}) for each in seeing.moderations_to_advance(now)),
                    *((replying.advance, each.pk, {}) for each in seeing.answers_to_advance(now)),
                    *(
                        (blocking.advance, each.pk, {"connect": lambda _: FarSide(self.path)})
                        for each in seeing.author_steps_to_advance(now)
                    ),
                ]
            for advance, pk, more in rows:
                advance(self.id, pk, clock=lambda now=now: now, **more)

    def abuse(self) -> Item:
        """The comment that is abuse."""
        version = ItemVersion.objects.get(text=ABUSE)
        return Item.objects.select_related("account__school", "school").get(pk=version.item_id)

    def hides(self) -> None:
        """Ben hides it; pressing again after a kill is the same request."""
        with scope(self.id):
            moderate(by=self.ben, at=self.at + timedelta(minutes=5), item=self.abuse(), how="hidden",
                     because="improper", version=self.abuse().version)  # fmt: skip

    def tells(self) -> None:
        """Ben tells readers why."""
        with scope(self.id):
            item = self.abuse()
            send_notice(
                by=self.ben, at=self.at + timedelta(minutes=8), item=item, wording="own",
                text="We removed a comment that abused a person.", version=item.version, said=SAID,
            )  # fmt: skip

    def upholds(self) -> None:
        """Mari upholds the appeal."""
        with scope(self.id):
            decide_appeal(by=self.mari, at=self.at + timedelta(minutes=9), item=self.abuse(), uphold=True,
                          reasons="They meant someone else.")  # fmt: skip

    def stranger(self) -> Item:
        """A comment on the network elsewhere."""
        with scope(self.id):
            root = Ref("bluesky", "p1", "https://bluesky.example/p1", "v")
            ref = Ref("bluesky", "c1", "https://bluesky.example/c1", "v")
            each = IncomingItem(
                network="bluesky", ref=ref, author=Author("did:1", "parent.test", "A Parent"),
                text=ABUSE, created_at=self.at, root=root.id, attachments=(), visibility="public",
            )  # fmt: skip
            ingest(at=self.at, account=self.elsewhere, items=[each], root=root)
            return Item.objects.get(account=self.elsewhere)

    def acts_on_author(self, item: Item, how: str) -> None:
        """Ben blocks the author for a week, or reports the comment."""
        at = self.at + timedelta(minutes=5)
        with scope(self.id):
            if how == "block":
                until = at.date() + timedelta(days=7)
                block_author(by=self.ben, at=at, item=item, because="improper", until=until)
            else:
                report_comment(by=self.ben, at=at, item=item, because="improper")

    def on_the_board(self, text: str) -> list[str]:
        """The states of the comments on the board that have these words."""
        rows = NoticeboardComment.objects.filter(text__contains=text)
        return list(rows.values_list("state", flat=True))

    def recorded(self, event: str) -> int:
        """How often the record has this event."""
        return LedgerRow.objects.filter(event=event).count()


@begins_with()
def comments_left(at) -> SimpleNamespace:
    return SimpleNamespace(there=World(enter_federation().pk, at))


@begins_with(comments_left)
def abuse_hidden(before: SimpleNamespace, at) -> SimpleNamespace:
    before.there.reads()
    before.there.hides()
    before.there.works()
    return before


@pytest.fixture
def world(own_database, in_world, at, tmp_path):
    there = in_world(comments_left, at).there
    there.path = tmp_path / "far-side"
    there.path.touch()
    return there


@pytest.fixture
def hidden(own_database, in_world, at) -> World:
    """The same, and the abuse is hidden."""
    return in_world(abuse_hidden, at).there


def dies(step: tuple[str, str, str], *does) -> None:
    """Do these one after another in a process that is killed at a step."""

    def run() -> None:
        kill_at(*step)
        for each in does:
            each()

    assert in_another_process(run) == -signal.SIGKILL, step


def test_a_poller_killed_at_each_step_loses_no_comment_and_stores_none_twice(world):
    for step in READING.values():
        dies(step, world.reads)
        with scope(world.id):
            assert not Item.objects.exists(), step
    world.reads(2)
    world.reads(3)
    with scope(world.id):
        assert sorted(ItemVersion.objects.values_list("text", flat=True)) == sorted(COMMENTS)
        assert Item.objects.count() == len(COMMENTS)
        assert Duty.objects.filter(kind=kinds.ANSWER, state__in=STILL_TO_DO).count() == len(COMMENTS)
        assert world.recorded("item.received") == len(COMMENTS)


def test_a_moderator_killed_at_each_step_leaves_no_removal_without_its_record(world):
    world.reads()
    for step in HIDING.values():  # Ben presses each time
        dies(step, world.hides, world.works)
        with scope(world.id):
            hidden = world.on_the_board(ABUSE) == ["hidden"]
            evidence = [is_intact(each) for each in Evidence.objects.all()]
            written = world.recorded("moderation.written")
            assert evidence == [True] * Removal.objects.count() == [True] * written, step
            assert not hidden or Moderation.objects.exists(), step
    world.works()
    with scope(world.id):
        removal = Removal.objects.get()
        assert removal.moderation.state == "confirmed"
        assert world.abuse().kept_back == "hidden"
        assert world.on_the_board(ABUSE) == ["hidden"]
        assert [is_intact(each) for each in Evidence.objects.all()] == [True]
        for event in ("moderation.written", "moderation.confirmed", "item.evidence_kept", "item.kept_back"):
            assert (event, world.recorded(event)) == (event, 1)


def test_killed_at_each_step_readers_are_told_once(hidden):
    world, told = hidden, False
    for step in TELLING.values():
        dies(step, *(() if told else (world.tells,)), world.works)
        with scope(world.id):
            told = Answer.objects.exists()
            assert RemovalNotice.objects.count() == Answer.objects.count(), step
    world.works()
    with scope(world.id):
        assert Answer.objects.get().state == "confirmed"
        assert RemovalNotice.objects.get().told_at is not None
        assert world.on_the_board("abused a person") == ["released"]
        assert world.recorded("item.readers_told") == 1


def test_killed_at_each_step_an_appeal_is_decided_once_and_the_comment_shown(hidden):
    world, upheld = hidden, False
    with scope(world.id):
        make_appeal(at=world.at + timedelta(minutes=8), item=world.abuse(), words="I meant another.")
    for step in APPEALING.values():
        dies(step, *(() if upheld else (world.upholds,)), world.works)
        with scope(world.id):
            upheld = Appeal.objects.get().state == "upheld"
            assert upheld == Moderation.objects.filter(how="released").exists(), step
    world.works()
    with scope(world.id):
        assert Appeal.objects.get().state == "upheld"
        assert Removal.objects.get().ended_at is not None
        assert (world.on_the_board(ABUSE), world.abuse().kept_back) == (["released"], "")
        assert (world.recorded("appeal.upheld"), world.recorded("item.released")) == (1, 1)


def test_killed_at_each_step_an_author_is_blocked_and_the_review_asked_for_once(world):
    item = world.stranger()
    for step in ABOUT_AUTHORS.values():
        dies(step, lambda: world.acts_on_author(item, "block"), world.works)
    world.acts_on_author(item, "block")
    world.works(hours=2)  # after so many deaths it waits longer
    with scope(world.id):
        assert AuthorStep.objects.get().state == "confirmed"
        assert set(world.path.read_text().split("\n")) == {"block did:1", ""}
        reviews = Duty.objects.filter(kind=kinds.REVIEW_BLOCK, state__in=STILL_TO_DO)
        assert len(set(reviews.values_list("person", "role_key"))) == reviews.count() > 0
        assert world.recorded("author_step.confirmed") == 1


@pytest.mark.parametrize("step", ABOUT_AUTHORS)
def test_killed_there_a_report_is_made_once_or_a_person_looks(world, step):
    item = world.stranger()
    dies(ABOUT_AUTHORS[step], lambda: world.acts_on_author(item, "report"), world.works)
    world.acts_on_author(item, "report")
    world.works()
    made = world.path.read_text().count("report c1")
    with scope(world.id):
        done = AuthorStep.objects.filter(state="confirmed").count()
        by_hand = Duty.objects.filter(kind=kinds.REPORT_BY_HAND, state__in=STILL_TO_DO).count()
        assert made <= 1
        assert (made, done, by_hand) in {(1, 1, 0), (1, 0, 1), (0, 0, 1)}
