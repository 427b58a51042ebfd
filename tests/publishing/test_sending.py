"""Nothing is lost, and nothing is sent twice, whatever the network does."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.stops import lift, stop
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.networks.fake import FakeNetwork, Fault
from schoolgate.publishing import queries
from schoolgate.publishing.by_hand import done_by_hand, look_after_removal, say_how_it_stands, say_removed
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.starting import begin_sending, send_again
from schoolgate.publishing.taking_down import take_down
from tests.publishing.conftest import approve_for, draft_of, led
from tests.worlds import world

LATER = timedelta(minutes=10)
"""Longer than any network's time-out and delay, and than the first wait after a refusal."""


@world(led)
def sending_begun(before, at):
    """The sending of a post has begun."""
    cast = before.cast
    with scope(cast.federation.pk):
        (delivery,) = begin_sending(at=at, post=approve_for(cast, at, draft_of(cast, at)))
    before.begun = [delivery.pk]
    return before


@pytest.fixture
def beginning(in_world, request, at):
    """The world that a test begins in: where the sending of a post has begun, if it's about that."""
    return in_world(sending_begun if "started" in request.fixturenames else led, at)


@pytest.fixture
def started(beginning, approved, cast, at):
    """`started()`: the intent of the post whose sending has begun; then, or otherwise, of another."""

    def make(**given):
        if beginning.begun and not given:
            return queries.delivery(beginning.begun.pop())
        return begin_sending(at=at, post=approved(**given))[0]

    return make


def test_a_post_is_sent_read_back_and_confirmed(started, advance, server, at):
    delivery = advance(started())

    assert delivery.state == "confirmed"
    assert delivery.account.last_good_publish_at == at
    assert [held.text for held in server.ours.values()] == ["Sports day is on Friday."]
    assert queries.post(delivery.post_id).state == "published"


def test_driving_it_again_sends_nothing_more(started, advance, server):
    delivery = advance(started())

    advance(delivery)

    assert len(server.ours) == 1


@pytest.mark.parametrize("fault", [Fault.TIME_OUT_AFTER, Fault.HALF_BODY, Fault.TROUBLE_AFTER])
def test_an_answer_that_got_lost_is_looked_up_and_not_sent_again(started, advance, server, at, fault):
    server.faults = [fault]

    delivery = advance(started())
    assert delivery.state == "unknown"

    delivery = advance(delivery, now=at + LATER)
    assert (delivery.state, len(server.ours), server.calls.count("publish")) == ("confirmed", 1, 1)


@pytest.mark.parametrize("fault", [Fault.TIME_OUT_BEFORE, Fault.TROUBLE_BEFORE])
def test_what_never_arrived_is_sent_again_only_after_its_absence_was_proven(
    started, advance, server, at, fault
):
    server.faults = [fault]
    delivery = advance(started())
    assert (delivery.state, server.ours) == ("unknown", {})

    delivery = advance(delivery, now=at + LATER)
    assert (delivery.state, server.calls) == ("written", ["publish", "look_up"])

    delivery = advance(delivery, now=at + 2 * LATER)
    assert (delivery.state, len(server.ours)) == ("confirmed", 1)


def test_a_worker_killed_after_the_claim_leaves_a_row_that_is_looked_up(started, advance, server, at):
    delivery = started()
    Delivery.objects.filter(pk=delivery.pk).update(state="sent", sent_at=at, attempts=1)

    assert advance(delivery, now=at + timedelta(seconds=1)).state == "sent"
    assert server.calls == []
    assert advance(delivery, now=at + LATER).state == "confirmed"
    assert (server.calls[:2], len(server.ours)) == (["look_up", "publish"], 1)


def test_a_worker_killed_after_the_network_answered_leaves_a_row_that_is_read_back(
    started, advance, server, at
):
    delivery = advance(started())
    Delivery.objects.filter(pk=delivery.pk).update(state="sent")

    assert advance(delivery, now=at + LATER).state == "confirmed"
    assert len(server.ours) == 1


def test_where_nothing_can_prove_it_a_person_is_asked_and_says(cast, started, advance, server, at):
    network = FakeNetwork(server, like="threads")
    server.faults = [Fault.TIME_OUT_AFTER]
    started_one = started()
    type(cast.bluesky).objects.filter(pk=cast.bluesky.pk).update(network="threads")
    delivery = advance(started_one, network=network)

    server.ours.clear()
    delivery = advance(delivery, network=network, now=at + LATER)
    assert delivery.state == "asked"
    assert Duty.objects.get(kind="delivery.look").person == cast.amina

    with pytest.raises(NotAllowed):
        say_how_it_stands(by=someone_else(), at=at, delivery=delivery, there=False)
    say_how_it_stands(by=cast.amina, at=at, delivery=delivery, there=False)
    assert queries.post(delivery.post_id).state == "not_sent"


def someone_else():
    from tests.cast import someone

    return someone("Cara Colleague", "staff")


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.SIGN_IN])
def test_a_refusal_is_told_to_the_author_and_may_be_tried_again(cast, started, advance, server, at, fault):
    server.faults = [fault]
    delivery = advance(started())

    assert (delivery.state, queries.post(delivery.post_id).state) == ("failed", "not_sent")
    assert Duty.objects.get(kind="delivery.failed").person == cast.amina

    again = advance(send_again(by=cast.amina, at=at, delivery=delivery))
    assert (again.state, queries.post(delivery.post_id).state, len(server.ours)) == (
        "confirmed",
        "published",
        1,
    )
    assert again.intent_key != delivery.intent_key


def test_what_was_confirmed_is_not_sent_again(cast, started, advance, at):
    with pytest.raises(NotNow, match="There is nothing to send again"):
        send_again(by=cast.amina, at=at, delivery=advance(started()))


def test_a_network_that_asks_for_patience_gets_it(started, advance, server, at):
    server.faults = [Fault.TOO_FAST]
    delivery = advance(started())
    assert (delivery.state, delivery.because) == ("written", "too_fast")

    assert advance(delivery, now=at + timedelta(seconds=29)).state == "written"
    assert advance(delivery, now=at + LATER).state == "confirmed"


def test_after_five_refused_attempts_it_is_given_up(started, advance, server, at):
    server.faults = [Fault.UNREACHABLE] * 9
    delivery, now = started(), at
    for _ in range(9):
        delivery = advance(delivery, now=now)
        now = delivery.not_before or now

    assert (delivery.state, server.calls.count("publish"), server.ours) == ("failed", 5, {})


def test_a_stop_keeps_everything_as_it_is_and_lifting_it_sends_only_what_is_still_in_time(
    cast, approved, started, advance, server, at
):
    post, on_its_way = approved(), started()
    pressed = stop(reason="Report a concern", by=cast.sam, at=at)

    assert begin_sending(at=at, post=post) == []
    assert (queries.post(post.pk).state, advance(on_its_way).state, server.ours) == (
        "approved",
        "written",
        {},
    )

    lift(stop=pressed, by=cast.sam, at=at + timedelta(hours=3))
    assert begin_sending(at=at + timedelta(hours=3), post=queries.post(post.pk)) == []
    assert queries.post(post.pk).state == "expired"


def test_what_was_about_to_be_sent_when_a_long_stop_came_is_not_sent_when_it_is_lifted(
    cast, started, advance, server, at
):
    in_time, late = started(), started()
    half_an_hour = timedelta(minutes=30)

    assert advance(in_time, now=at + half_an_hour).state == "confirmed"
    late = advance(late, now=at + half_an_hour + timedelta(microseconds=1))
    assert (late.state, late.because, len(server.ours)) == ("failed", "too_slow", 1)
    assert queries.post(late.post_id).state == "not_sent"
    assert Duty.objects.get(kind="delivery.failed").person == cast.amina


def test_a_published_post_is_taken_down_and_seen_to_be_gone(cast, started, advance, server, at):
    delivery = advance(started())
    post = take_down(by=cast.ben, at=at, post=queries.post(delivery.post_id), reason="consent")
    assert post.state == "taking_down"

    gone = advance(post.deliveries.get(purpose="take_down"))
    assert (gone.state, server.ours, queries.post(post.pk).state) == ("confirmed", {}, "taken_down")


def test_a_stop_does_not_keep_a_post_from_being_taken_down(cast, started, advance, server, at):
    delivery = advance(started())
    stop(reason="Report a concern", by=cast.sam, at=at)

    post = take_down(by=cast.ben, at=at, post=queries.post(delivery.post_id), reason="safety")

    assert advance(post.deliveries.get(purpose="take_down")).state == "confirmed"


def test_a_post_that_arrives_while_it_is_being_taken_down_goes_too(cast, started, advance, server, at):
    server.faults = [Fault.TIME_OUT_AFTER]
    delivery = advance(started())
    post = take_down(by=cast.ben, at=at, post=queries.post(delivery.post_id), reason="safety")
    assert post.state == "taking_down"

    advance(delivery, now=at + LATER)
    advance(post.deliveries.get(purpose="take_down"), now=at + LATER)
    assert (server.ours, queries.post(post.pk).state) == ({}, "taken_down")


def test_a_network_that_refuses_the_take_down_leaves_a_task_for_a_person(cast, started, advance, server, at):
    delivery = advance(started())
    post = take_down(by=cast.ben, at=at, post=queries.post(delivery.post_id), reason="safety")
    server.faults = [Fault.SIGN_IN]

    failed = advance(post.deliveries.get(purpose="take_down"))
    by_hand = post.deliveries.get(purpose="take_down", by_hand=True)
    assert (failed.state, by_hand.state, queries.post(post.pk).state) == ("failed", "written", "taking_down")

    say_removed(by=cast.amina, at=at, delivery=by_hand)
    with pytest.raises(NotAllowed, match="someone else must check"):
        look_after_removal(by=cast.amina, at=at, delivery=by_hand, gone=True)
    look_after_removal(by=cast.ben, at=at, delivery=by_hand, gone=True)
    assert queries.post(post.pk).state == "taken_down"


def test_a_network_without_a_connector_is_done_by_hand_and_its_address_pasted_back(cast, started, at):
    delivery = started(accounts=[cast.facebook])
    assert delivery.by_hand
    assert Duty.objects.get(kind="post.by_hand").person == cast.amina

    with pytest.raises(BadInput) as refused:
        done_by_hand(by=cast.amina, at=at, delivery=delivery, address="javascript:alert(1)")
    assert set(refused.value.fields) == {"address"}

    done_by_hand(by=cast.amina, at=at, delivery=delivery, address="https://www.facebook.com/north/posts/123")
    assert queries.post(delivery.post_id).state == "published"
    assert Duty.objects.get(kind="post.by_hand").state == "discharged"
