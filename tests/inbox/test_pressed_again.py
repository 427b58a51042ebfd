"""What acts on a network acts once: pressed again on a page drawn before, or by two people at one moment.

The acts are those of the tables of intents; a table or a purpose without an act here fails the first test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from schoolgate.accounts.models import TeamMember
from schoolgate.core.calendars import set_calendar
from schoolgate.core.errors import AlreadyDone, NotNow
from schoolgate.core.models import School
from schoolgate.core.moves import lost_races_told
from schoolgate.core.tenancy import scope
from schoolgate.inbox import blocking, ingesting, moderating, replying, seeing
from schoolgate.inbox.blocking import block_author, end_block, report_comment
from schoolgate.inbox.models import Answer, AuthorStep, Item, Moderation, ReplyRemoval
from schoolgate.inbox.moderating import moderate
from schoolgate.inbox.removal_notices import send_notice
from schoolgate.inbox.replying import write_answer
from schoolgate.networks.fake import FakeNetwork, FakeServer, Fault
from schoolgate.networks.intents import IntentRow
from schoolgate.publishing import queries as posts
from schoolgate.publishing import sending as publishing
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Delivery, Post
from schoolgate.publishing.starting import begin_sending, send_again
from schoolgate.publishing.taking_down import take_down
from tests import worlds
from tests.networks.desk import side_by_side
from tests.publishing.conftest import ANSWERS, cast_of

SAID = {"in_doubt": False, "commits": False, "from_press": False}
NOTICE_SAID = {**SAID, "to_relation": "parent", "asks_for_comment": False}


@dataclass
class World:
    """A school with an account on a network in memory; everything in it is committed."""

    federation: Any
    at: datetime
    network: str = "bluesky"
    server: FakeServer = field(default_factory=FakeServer)
    cast: SimpleNamespace = field(init=False)

    def __post_init__(self) -> None:
        with scope(self.federation.pk):
            school = School.objects.create(name="Wildground Juniors", slug="juniors")
            self.cast = cast_of(self.federation, school, self.at)
            day, year = type(self.at.date()), self.at.year
            set_calendar(
                school=school,
                at=self.at,
                terms=[
                    ("Autumn", day(year - 1, 9, 1), day(year - 1, 12, 18)),
                    ("Spring", day(year, 1, 4), day(year, 3, 25)),
                    ("Summer", day(year, 4, 12), day(year, 7, 20)),
                ],
            )
            for person, part in ((self.cast.ben, "lead"), (self.cast.sam, "runner")):
                TeamMember.objects.create(
                    account=self.cast.bluesky, person=person, part=part, from_day=self.at.date()
                )

    def drive(self) -> None:
        """Let the worker do everything that waits, until nothing does."""
        ways = (
            (Delivery, publishing.advance),
            (Answer, replying.advance),
            (Moderation, moderating.advance),
            (AuthorStep, blocking.advance),
        )
        for model, advance in ways:
            with scope(self.federation.pk):
                waiting = list(model.objects.filter(state="written").values_list("pk", flat=True))
            for pk in waiting:
                client = FakeNetwork(self.server, like=self.network)
                advance(self.federation.pk, pk, clock=lambda: self.at, connect=lambda _, to=client: to)

    def approved(self) -> Any:
        with scope(self.federation.pk):
            post = draft_post(
                by=self.cast.amina, at=self.at, school=self.cast.school, answers=ANSWERS,
                targets=[TargetText(self.cast.bluesky, "Sports day is on Friday.")],
            )  # fmt: skip
            post = submit_post(by=self.cast.amina, at=self.at, post=post)
            return approve_post(
                by=self.cast.ben, at=self.at, post=post, seen=posts.seen_now(post, at=self.at)
            )

    def send(self, post: Any) -> Delivery:
        with scope(self.federation.pk):
            (delivery,) = begin_sending(at=self.at, post=posts.post(post.pk))
        self.drive()
        with scope(self.federation.pk):
            return posts.delivery(delivery.pk)

    def poll(self) -> None:
        client = FakeNetwork(self.server, like=self.network)
        ingesting.poll(
            self.federation.pk, self.cast.bluesky.pk, clock=lambda: self.at, connect=lambda _: client
        )


@worlds.world()
def school(at: datetime) -> SimpleNamespace:
    """The school; `shown` is what a page shows."""
    return SimpleNamespace(world=World(worlds.enter_federation(), at), shown=None)


@worlds.world(school)
def approved(there: SimpleNamespace, _at: datetime) -> SimpleNamespace:
    """A post that was approved."""
    post = there.world.approved()
    with scope(there.world.federation.pk):
        there.shown = Post.objects.get(pk=post.pk)
    return there


@worlds.world(approved)
def sent(there: SimpleNamespace, _at: datetime) -> SimpleNamespace:
    """It stands on the network."""
    there.shown = there.world.send(there.shown)
    return there


@worlds.world(approved)
def refused(there: SimpleNamespace, _at: datetime) -> SimpleNamespace:
    """The network refused it."""
    there.world.server.faults = [Fault.REFUSED]
    there.shown = there.world.send(there.shown)
    return there


@worlds.world(sent)
def comment(there: SimpleNamespace, _at: datetime) -> SimpleNamespace:
    """A parent's comment below it."""
    world = there.world
    world.server.comment(there.shown.ref, "What should they wear?", at=world.at)
    world.poll()
    with scope(world.federation.pk):
        there.shown = seeing.item(seeing.items_page()[0][0].pk)
    return there


@worlds.world(comment)
def noticeboard(there: SimpleNamespace, _at: datetime) -> SimpleNamespace:
    """The same on our own page."""
    world = there.world
    world.network = world.server.network = "noticeboard"
    with scope(world.federation.pk):
        world.cast.bluesky.network = "noticeboard"
        world.cast.bluesky.save(update_fields=["network"])
        there.shown = seeing.item(there.shown.pk)
    return there


@worlds.world(noticeboard)
def hidden(there: SimpleNamespace, _at: datetime) -> SimpleNamespace:
    """It was hidden."""
    world = there.world
    with scope(world.federation.pk):
        moderate(by=world.cast.ben, at=world.at, item=there.shown, how="hidden", because="improper")
    world.drive()
    with scope(world.federation.pk):
        there.shown = seeing.item(there.shown.pk)
    return there


@worlds.world(comment)
def blocked(there: SimpleNamespace, _at: datetime) -> SimpleNamespace:
    """Its author was blocked."""
    world = there.world
    with scope(world.federation.pk):
        row = _block(world, there.shown, world.cast.ben)
    world.drive()
    with scope(world.federation.pk):
        there.shown = seeing.author_step(row.pk)
    return there


def _start(world: World, shown: Any, _by: Any) -> object:
    return begin_sending(at=world.at, post=posts.post(shown.pk))


def _again(world: World, shown: Delivery, by: Any) -> object:
    return send_again(by=by, at=world.at, delivery=posts.delivery(shown.pk))


def _take_down(world: World, shown: Delivery, by: Any) -> object:
    return take_down(by=by, at=world.at, post=posts.post(shown.post_id), reason="mistake")


def _reply(world: World, shown: Item, by: Any) -> object:
    return write_answer(
        by=by, at=world.at, item=seeing.item(shown.pk), text="Their PE kit.", version=shown.version,
        said=SAID, acknowledges_only=True, after=0,
    )  # fmt: skip


def _notice(world: World, shown: Item, by: Any) -> object:
    return send_notice(
        by=by, at=world.at, item=shown, wording="own", text="It broke our rules.", version=shown.version,
        said=NOTICE_SAID, says=["reason"],
    )  # fmt: skip


def _sight(how: str, because: str = "improper") -> Callable[[World, Item, Any], object]:
    return lambda world, shown, by: moderate(
        by=by, at=world.at, item=shown, how=how, because=because, version=shown.version
    )


def _block(world: World, shown: Item, by: Any) -> AuthorStep:
    until = world.at.date() + timedelta(days=7)
    return block_author(by=by, at=world.at, item=shown, because="improper", until=until)


def _unblock(world: World, shown: AuthorStep, by: Any) -> object:
    return end_block(by=by, at=world.at, block=shown)


def _report(world: World, shown: Item, by: Any) -> object:
    return report_comment(by=by, at=world.at, item=shown, because="improper")


@dataclass(frozen=True)
class Act:
    """`shown`: what the page shows before it is pressed. `asks`: the call that the network gets then.
    `who`: the two who may press it."""

    model: type[IntentRow]
    kind: str
    asks: str
    shown: worlds.World
    press: Callable[[World, Any, Any], object]
    who: tuple[str, str] = ("ben", "sam")
    again: str = ""
    """Why the second press is told something else than that it's done."""


ACTS = {
    "an approved post starts": Act(Delivery, "publish", "publish", approved, _start),
    "send again": Act(Delivery, "publish", "publish", refused, _again, who=("amina", "ben")),
    "take down": Act(Delivery, "take_down", "take_down", sent, _take_down),
    "reply": Act(Answer, "", "reply", comment, _reply),
    "notice": Act(Answer, "", "reply", hidden, _notice),
    "hide": Act(Moderation, "hidden", "hide", noticeboard, _sight("hidden")),
    "delete": Act(Moderation, "removed", "remove", noticeboard, _sight("removed")),
    "show": Act(Moderation, "released", "release", hidden, _sight("released", "")),
    "block": Act(AuthorStep, "block", "block", comment, _block),
    "end a block": Act(AuthorStep, "unblock", "unblock", blocked, _unblock),
    "report": Act(AuthorStep, "report", "report", comment, _report),
}


PRESSED_BY_NO_ONE = {(ReplyRemoval, "")}
"""What a withdrawal does by itself; marked twice it is done once: tests/inbox/test_name_taken_off.py."""


def test_every_act_of_every_table_of_intents_is_pressed_here():
    tables = [model for model in apps.get_models() if issubclass(model, IntentRow)]
    wanted = {(model, kind) for model in tables for kind in _kinds(model)}
    assert {(act.model, act.kind) for act in ACTS.values()} | PRESSED_BY_NO_ONE == wanted


def _kinds(model: type[IntentRow]) -> list[str]:
    """What a table's rows ask for: the choices of its column that says so; "" where it has none."""
    names = [each.name for each in model._meta.concrete_fields if each.name in ("purpose", "how")]
    return [kind for name in names for kind, _ in model._meta.get_field(name).choices] or [""]


@pytest.fixture
def go(own_database, in_world, at) -> Callable[[worlds.World], tuple[World, Any]]:
    """`go(comment)`: the school, and what a page shows of it; everything in it is committed."""

    def enter(of: worlds.World) -> tuple[World, Any]:
        there = in_world(of, at)
        return there.world, there.shown

    return enter


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_two_people_at_one_moment_do_it_once_and_pages_drawn_before_do_not_do_it_once_more(go, act):
    world, shown = go(act.shown)
    people = [getattr(world.cast, name) for name in act.who]
    world.server.calls.clear()

    said: list[object] = []
    at_once = list(people)
    side_by_side(lambda: said.append(_press(world, act, shown, at_once.pop())), times=2)
    world.drive()
    assert [each for each in said if not isinstance(each, NotNow)], said
    assert act.again or not [
        each for each in said if isinstance(each, NotNow) and not isinstance(each, AlreadyDone)
    ], said
    assert world.server.calls.count(act.asks) == 1

    for who in people:
        later = _press(world, act, shown, who)
        assert act.again or not isinstance(later, NotNow) or isinstance(later, AlreadyDone), later
        world.drive()
    assert world.server.calls.count(act.asks) == 1


def _press(world: World, act: Act, shown: Any, who: Any) -> object:
    """Press it as a page does: a refusal is told, and so is a lost race; anything else fails the test."""
    try:
        with lost_races_told(), scope(world.federation.pk):
            return act.press(world, shown, who)
    except NotNow as error:
        return error


# --- What the database holds


def test_the_database_holds_one_standing_post_for_each_account(go):
    world, published = go(sent)

    with scope(world.federation.pk), pytest.raises(IntegrityError, match="one_standing_post"):
        _copied(published)


def test_what_failed_or_was_taken_back_leaves_room_for_another(go):
    world, failed = go(refused)

    with scope(world.federation.pk):
        assert _copied(failed).state == "written"


def test_the_database_holds_one_standing_removal_of_each_copy(go):
    world, published = go(sent)
    with scope(world.federation.pk):
        _take_down(world, published, world.cast.ben)
        removal = Delivery.objects.get(purpose="take_down")
        removal.state = "confirmed"
        removal.save()
        with pytest.raises(IntegrityError, match="one_standing_take_down"), transaction.atomic():
            _copied(removal)


def test_the_database_holds_one_report_of_each_comment(go):
    world, found = go(comment)
    with scope(world.federation.pk):
        _report(world, found, world.cast.ben)
    world.drive()
    with scope(world.federation.pk):
        row = AuthorStep.objects.get()
        with pytest.raises(IntegrityError, match="one_standing_report"), transaction.atomic():
            _copied(row)


def test_every_table_of_intents_holds_something_to_one_at_a_time():
    for model in apps.get_models():
        if issubclass(model, IntentRow):
            held = [each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]
            assert any(each.condition is not None for each in held), model


def test_two_comments_of_one_author_are_two_reports(go):
    world, first = go(comment)
    world.server.comment(posts_ref(world), "And another thing.", at=world.at)
    world.poll()
    with scope(world.federation.pk):
        second = next(each for each in seeing.items_page()[0] if each.pk != first.pk)
        _report(world, first, world.cast.ben)
        _report(world, seeing.item(second.pk), world.cast.ben)
    world.drive()

    assert [each for each, _why in world.server.reports] == [first.network_id, second.network_id]


def posts_ref(world: World):
    with scope(world.federation.pk):
        return Delivery.objects.get(purpose="publish").ref


def _copied(row: IntentRow, *, state: str = "written") -> IntentRow:
    row.pk, row._state.adding, row.intent_key, row.state = None, True, f"another {state}", state
    row.save()
    return row


def test_a_second_reply_is_sent_by_a_person_who_has_read_the_first(go):
    world, found = go(comment)
    with scope(world.federation.pk):
        first = _reply(world, found, world.cast.ben)
    world.drive()
    with scope(world.federation.pk):
        given = {"by": world.cast.sam, "at": world.at, "item": seeing.item(found.pk), "said": SAID}
        given |= {"text": "And a warm coat.", "version": found.version}
        with pytest.raises(NotNow, match="Someone replied while you were writing"):
            write_answer(**given, after=0)
        write_answer(**given, after=first.pk)
    world.drive()

    assert world.server.calls.count("reply") == 2
