"""Copies that must go are removed each in a transaction of its own: one that fails delays no other."""

import threading
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core import events
from schoolgate.core.models import Delivery as Told
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.jobs import minutely
from schoolgate.jobs.minutely import withdrawals
from schoolgate.networks.fake import FakeNetwork, FakeServer
from schoolgate.publishing import handlers, queries, sending
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Delivery, Post, PostPerson, TakeDown, WithdrawnCopy
from schoolgate.publishing.starting import begin_sending
from schoolgate.publishing.taking_down import remove
from schoolgate.publishing.withdrawn import list_withdrawn
from schoolgate.pupils import linking
from schoolgate.pupils.models import Pupil, Withdrawal
from tests.conftest import deliver_all
from tests.publishing.conftest import ANSWERS, cast_of
from tests.worlds import enter_federation, world

ADDRESS = "https://www.facebook.com/north/posts/123"
LATER = timedelta(minutes=10)
DAY = timedelta(hours=24)
EVERYWHERE_OR_THERE = pytest.mark.parametrize("channel", ["", "bluesky"], ids=["everywhere", "one network"])


@pytest.fixture(autouse=True)
def _home(home):
    """Keys of this test alone."""


@world()
def three_live(at):
    """A federation with three live posts that show Ava, one after the other; their copies."""
    federation = enter_federation()
    server = FakeServer()
    with scope(federation.pk):
        school = School.objects.create(name="Juniors", slug="juniors")
        cast = cast_of(federation, school, at)
        ava = Pupil.objects.create(school=school, key="A1", first_name="Ava", last_name="Thomas")
        link = linking.make_link(by=cast.sam, at=at, pupil=ava, giver="parent", who="Ann Thomas")
        linking.answer_by_link(at=at, link=link, uses=["picture"], answer="given")
        copies = [_copy(cast, ava, at, text=f"Sports day {number}.") for number in range(3)]
    for each in copies:
        _advance(federation, each, server, at)
    return SimpleNamespace(federation=federation, copies=[each.pk for each in copies], server=server)


@pytest.fixture
def three(own_database, in_world, at):
    """That federation, its copies and the far side of their network."""
    found = in_world(three_live, at)
    with scope(found.federation.pk):
        copies = [Delivery.objects.get(pk=pk) for pk in found.copies]
    return found.federation, copies, found.server


def _copy(cast, ava, at, *, text, account=None):
    post = draft_post(
        by=cast.amina, at=at, school=cast.school, answers=ANSWERS,
        targets=[TargetText(account or cast.bluesky, text)],
    )  # fmt: skip
    post = submit_post(by=cast.amina, at=at, post=post)
    post = approve_post(by=cast.ben, at=at, post=post, seen=queries.seen_now(post, at=at))
    (copy,) = begin_sending(at=at, post=post)
    PostPerson.objects.create(post=post, place=1, pupil=ava, shown=True, named="no")
    return copy


def _advance(federation, copy, server, at):
    sending.advance(federation.pk, copy.pk, clock=lambda: at, connect=lambda _: FakeNetwork(server))


def _no(federation, at, channel=""):
    from schoolgate.pupils.models import ParentLink

    with scope(federation.pk):
        link = ParentLink.objects.get()
        linking.answer_by_link(at=at, link=link, uses=["picture"], answer="refused", channel=channel)


def _removals(federation, at, server):
    with scope(federation.pk):
        rows = list(Delivery.objects.filter(purpose="take_down").order_by("id"))
    for each in rows:
        _advance(federation, each, server, at)


@EVERYWHERE_OR_THERE
def test_one_copy_that_fails_delays_no_other_and_is_tried_again_in_seconds(three, at, monkeypatch, channel):
    federation, copies, server = three

    def breaks(*, at, copy):
        if copy.pk == copies[1].pk:
            raise ZeroDivisionError
        remove(at=at, copy=copy)

    monkeypatch.setattr(handlers, "remove", breaks)
    _no(federation, at, channel)
    with scope(federation.pk):
        told = list(Told.objects.values_list("pk", flat=True))
    for pk in told:
        events.deliver(federation.pk, pk, at)
    with scope(federation.pk):
        told = list(Told.objects.filter(done_at=None).order_by("pk").values_list("pk", flat=True))
    for pk in told:
        with suppress(ZeroDivisionError):
            events.deliver(federation.pk, pk, at)
    _removals(federation, at, server)
    assert len(server.ours) == 1
    with scope(federation.pk):
        left = Told.objects.get(done_at=None, handler="publishing.take_down_posts")
    assert (left.part, left.tries) == (copies[1].pk, 1)

    monkeypatch.undo()
    events.deliver(federation.pk, left.pk, at + timedelta(seconds=1))
    _removals(federation, at, server)
    assert server.ours == {}


def test_the_sweep_takes_up_what_is_left_each_by_itself(three, at, monkeypatch):
    federation, copies, server = three

    def breaks(*, at, copy):
        if copy.pk == copies[0].pk:
            raise ZeroDivisionError
        remove(at=at, copy=copy)

    _no(federation, at)
    with scope(federation.pk):
        list_withdrawn(at=at, withdrawal=Withdrawal.objects.get())
    monkeypatch.setattr(minutely, "remove", breaks)
    withdrawals(at, clock=lambda: at)
    _removals(federation, at, server)
    assert len(server.ours) == 1
    monkeypatch.undo()
    withdrawals(at, clock=lambda: at)
    _removals(federation, at, server)
    assert server.ours == {}
    withdrawals(at, clock=lambda: at)
    with scope(federation.pk):
        assert TakeDown.objects.get().told_at == at
        assert set(Post.objects.values_list("state", flat=True)) == {"taken_down"}


@EVERYWHERE_OR_THERE
def test_a_post_that_changes_its_state_at_that_moment_is_waited_for(three, at, channel):
    """Another transaction holds a post when its copy is to be removed, and changes it."""
    federation, copies, server = three
    _no(federation, at, channel)
    held, go = threading.Event(), threading.Event()

    def changes_it():
        from django.db import connections

        with scope(federation.pk):
            Post.objects.select_for_update().get(pk=copies[0].post_id)
            Post.objects.filter(pk=copies[0].post_id).update(state="sending")
            held.set()
            go.wait(10)
        connections.close_all()

    other = threading.Thread(target=changes_it)
    other.start()
    held.wait(10)
    threading.Timer(0.3, go.set).start()
    deliver_all(federation.pk, at)
    other.join(10)
    _removals(federation, at, server)
    assert server.ours == {}


def test_what_another_transaction_was_writing_down_is_found_within_a_minute(three, at):
    """Sending began before the answer and is committed after its copies were listed."""
    federation, _copies, _server = three
    _no(federation, at)
    deliver_all(federation.pk, at)
    with scope(federation.pk):
        first = Delivery.objects.filter(purpose="publish").earliest("id")
        ava, late = Pupil.objects.get(), first.post
        post = Post.objects.create(
            school=late.school, author=late.author, state="sending", state_at=at, created_at=at
        )
        from schoolgate.publishing.models import PostTarget

        PostTarget.objects.create(post=post, account=first.account, text="Late")
        PostPerson.objects.create(post=post, place=1, pupil=ava, shown=True, named="no")
        copy = Delivery.objects.create(
            post=post, account=first.account, intent_key="late", text="Late", written_at=at, state_at=at,
            by_hand=True,
        )  # fmt: skip
    minute = at + timedelta(minutes=1)
    withdrawals(minute, clock=lambda: minute)
    with scope(federation.pk):
        assert WithdrawnCopy.objects.filter(delivery=copy).exists()
        assert Delivery.objects.get(pk=copy.pk).state == "asked"
