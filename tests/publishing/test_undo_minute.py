"""A post that is sent at once waits a minute after its last approval; then it goes by itself."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from schoolgate.core.errors import NotNow
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.jobs.minutely import send_due
from schoolgate.policy.adopting import adopt
from schoolgate.publishing import queries, sending
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Delivery, Post
from schoolgate.publishing.sending import UNDO_MINUTE, due_posts, goes_at, still_due
from schoolgate.publishing.starting import take_back_approval
from tests.cast import someone, someone_leads
from tests.pace import sized
from tests.publishing.conftest import ANSWERS, account_on, approve_for, draft_of, led
from tests.worlds import world

MOMENT = timedelta(microseconds=1)


@world(led)
def post_approved(before, at):
    """A post that goes out as soon as it may was approved."""
    with scope(before.cast.federation.pk):
        before.waiting = approve_for(before.cast, at, draft_of(before.cast, at)).pk
    return before


@pytest.fixture
def beginning(in_world, request, at):
    """The world that a test begins in: where that post waits, if it's asked for."""
    return in_world(post_approved if "waiting" in request.fixturenames else led, at)


@pytest.fixture
def waiting(cast, beginning):
    """A post that was approved and waits for its minute."""
    return queries.post(beginning.waiting)


def test_a_post_without_a_time_is_due_a_minute_after_its_approval_and_no_sooner(waiting, at):
    post = waiting

    assert goes_at(post) == at + UNDO_MINUTE
    assert due_posts(at + UNDO_MINUTE - MOMENT) == []
    assert due_posts(at + UNDO_MINUTE) == [post.pk]


def test_a_scheduled_post_goes_at_its_time_unless_that_is_within_the_minute(approved, cast, at):
    later = approved(planned_at=at + UNDO_MINUTE + MOMENT)
    sooner = approved(planned_at=at + UNDO_MINUTE - MOMENT)

    assert goes_at(later) == at + UNDO_MINUTE + MOMENT
    assert goes_at(sooner) == at + UNDO_MINUTE
    assert due_posts(at + UNDO_MINUTE) == [sooner.pk]
    assert due_posts(at + UNDO_MINUTE + MOMENT) == [sooner.pk, later.pk]


def test_a_time_that_has_passed_is_approved_by_nobody_and_goes_nowhere(cast, draft, at):
    post = submit_post(by=cast.amina, at=at, post=draft(planned_at=at + UNDO_MINUTE))
    seen = queries.seen_now(post, at=at)
    late = at + UNDO_MINUTE + MOMENT

    assert approve_post(by=cast.ben, at=late, post=post, seen=seen).state == "expired"
    assert due_posts(late + timedelta(hours=1)) == []


def test_an_approval_given_again_begins_the_minute_again(waiting, cast, at):
    post = take_back_approval(by=cast.ben, at=at, post=waiting)
    again = at + timedelta(seconds=50)
    approve_post(by=cast.ben, at=again, post=post, seen=queries.seen_now(post, at=again))

    assert due_posts(at + UNDO_MINUTE) == []
    assert not still_due(post.pk, at=again + UNDO_MINUTE - MOMENT)
    assert still_due(post.pk, at=again + UNDO_MINUTE)


def test_a_post_with_an_emergency_text_waits_no_minute(waiting, at, monkeypatch):
    monkeypatch.setattr(sending, "waits_a_minute", lambda _post: False)

    assert due_posts(at) == [waiting.pk]


def test_the_sweep_sends_after_the_minute_once(waiting, at):
    post = waiting

    send_due(at + UNDO_MINUTE - MOMENT)
    assert queries.post(post.pk).state == "approved"
    send_due(at + UNDO_MINUTE)
    send_due(at + UNDO_MINUTE)
    assert (queries.post(post.pk).state, Delivery.objects.count()) == ("sending", 1)


def test_until_it_is_handed_over_an_approval_is_withdrawn_and_then_no_more(waiting, approved, cast, at):
    held, gone = waiting, approved()
    take_back_approval(by=cast.ben, at=at + UNDO_MINUTE, post=held)

    send_due(at + UNDO_MINUTE)
    assert [queries.post(each.pk).state for each in (held, gone)] == ["submitted", "sending"]
    with pytest.raises(NotNow, match="handed over"):
        take_back_approval(by=cast.ben, at=at + UNDO_MINUTE, post=gone)


def test_one_of_several_approvals_is_withdrawn_and_the_others_stay(waiting, cast, at):
    post = waiting
    extra = post.approvals.get()
    extra.pk, extra.by = None, cast.sam
    extra.save()

    take_back_approval(by=cast.ben, at=at, post=queries.post(post.pk))

    standing = [each.by for each in queries.post(post.pk).approvals.all() if each.lapsed_at is None]
    assert standing == [cast.sam]


def test_nobody_withdraws_what_they_did_not_give_while_it_waits_for_others(cast, draft, at):
    post = submit_post(by=cast.amina, at=at, post=draft())
    with pytest.raises(NotNow, match="haven’t approved"):
        take_back_approval(by=cast.ben, at=at, post=post)
    with pytest.raises(NotNow, match="already moved this on"):
        take_back_approval(by=cast.amina, at=at, post=post)


@pytest.mark.sized
@pytest.mark.usefixtures("own_database")
def test_of_a_withdrawal_and_the_sender_at_the_same_moment_one_wins(stage_on_disk, at):
    """Posts, each withdrawn while the sweep takes it: withdrawn and not sent, or sent and refused."""
    federation, ben, posts = stage_on_disk
    ready, refused = threading.Barrier(2), []

    def withdraw() -> None:
        try:
            ready.wait()
            for pk in posts:
                try:
                    with scope(federation):
                        take_back_approval(by=ben, at=at + UNDO_MINUTE, post=queries.post(pk))
                except NotNow:
                    refused.append(pk)
        finally:
            connections.close_all()

    def send() -> None:
        try:
            ready.wait()
            send_due(at + UNDO_MINUTE)
        finally:
            connections.close_all()

    both = [threading.Thread(target=each) for each in (withdraw, send)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    with scope(federation):
        states = dict(Post.objects.values_list("pk", "state"))
        written = set(Delivery.objects.values_list("post", flat=True))
    assert set(states.values()) <= {"submitted", "sending"}
    assert written == set(refused) == {pk for pk, state in states.items() if state == "sending"}


@pytest.fixture
def stage_on_disk(own_database, home, make_federation, at):
    """Approved posts in a database of their own."""
    federation = make_federation()
    with scope(federation.pk):
        sam, amina, ben = (
            someone("Sam", "slt"),
            someone("Amina", "staff"),
            someone("Ben", "lead-staff-member"),
        )
        adopt(by=sam, at=at)
        someone_leads()
        school = School.objects.create(name="North", slug="north")
        board = account_on("bluesky", school, at)
        posts = []
        for number in range(sized(6, 200)):
            post = draft_post(
                by=amina, at=at, school=school, answers=ANSWERS,
                targets=[TargetText(board, f"Sports day {number} is on Friday.")],
            )  # fmt: skip
            post = submit_post(by=amina, at=at, post=post)
            approve_post(by=ben, at=at, post=post, seen=queries.seen_now(post, at=at))
            posts.append(post.pk)
    return federation.pk, ben, posts
