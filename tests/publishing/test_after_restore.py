"""A home that was restored: what went out after the backup is recognised, nothing goes out twice or is lost.

The database goes back to the instant of the backup; the network does not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction

from schoolgate.core.tenancy import current_scope
from schoolgate.duties.models import Duty
from schoolgate.networks.fake import FakeNetwork, Fault
from schoolgate.publishing import queries, sending
from schoolgate.publishing.by_hand import say_how_it_stands
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.sending import doubt_posts, written_in_doubt
from schoolgate.publishing.starting import begin_sending

HOUR = timedelta(hours=1)


@contextmanager
def time_that_is_lost() -> Iterator[None]:
    """What the database learns in here is forgotten, as by restoring a backup from before."""
    place, pending = transaction.savepoint(), len(current_scope().pending)
    yield
    transaction.savepoint_rollback(place)
    del current_scope().pending[pending:]


@pytest.fixture
def look(cast, server, at):
    """Look one intent up, two hours after the backup."""

    def up(pk: int, network: FakeNetwork | None = None) -> Delivery:
        client = network or FakeNetwork(server)
        sending.look_up(cast.federation.pk, pk, clock=lambda: at + 2 * HOUR, connect=lambda _: client)
        return queries.delivery(pk)

    return up


def test_a_post_that_went_out_after_the_backup_is_recognised_and_not_sent_again(
    approved, advance, server, look, at
):
    post = approved(planned_at=at + HOUR)
    with time_that_is_lost():
        begun = begin_sending(at=at + HOUR + timedelta(minutes=3), post=queries.post(post.pk))[0]
        assert advance(begun, now=at + HOUR + timedelta(minutes=3)).state == "confirmed"
    assert queries.post(post.pk).state == "approved"

    assert doubt_posts(at=at + 2 * HOUR, since=at) == 1
    delivery = look(written_in_doubt()[0])

    assert (delivery.state, delivery.intent_key) == ("confirmed", begun.intent_key)
    assert queries.post(post.pk).state == "published"
    assert (len(server.ours), server.calls.count("publish")) == (1, 1)


def test_what_was_written_down_and_sent_after_the_backup_is_recognised_too(
    started, advance, server, look, at
):
    delivery = started()
    with time_that_is_lost():
        assert advance(delivery).state == "confirmed"
    assert queries.delivery(delivery.pk).state == "written"

    doubt_posts(at=at + 2 * HOUR, since=at)
    assert look(delivery.pk).state == "confirmed"
    assert server.calls.count("publish") == 1


def test_what_never_went_out_is_not_sent_by_the_program_and_its_author_is_told(
    approved, server, look, cast, at
):
    post = approved(planned_at=at + HOUR)

    doubt_posts(at=at + 2 * HOUR, since=at)
    delivery = look(written_in_doubt()[0])

    assert (delivery.state, delivery.because) == ("failed", "absent")
    assert queries.post(post.pk).state == "not_sent"
    assert "publish" not in server.calls
    assert [duty.person for duty in Duty.objects.filter(kind="delivery.failed")] == [cast.amina]


def test_a_post_whose_time_lies_ahead_stays_as_it_is(approved, at):
    post = approved(planned_at=at + 3 * HOUR)
    assert doubt_posts(at=at + 2 * HOUR, since=at) == 0
    assert queries.post(post.pk).state == "approved"


def test_where_the_network_cannot_be_asked_people_look_and_nothing_is_sent(
    approved, advance, server, look, cast, at
):
    approved(planned_at=at + HOUR)
    doubt_posts(at=at + 2 * HOUR, since=at)
    pk = written_in_doubt()[0]
    server.faults = [Fault.TIME_OUT_BEFORE] * 40

    assert look(pk).state == "unknown"
    assert sending.give_to_people(cast.federation.pk, at=at + 2 * HOUR) == 1

    delivery = queries.delivery(pk)
    assert (delivery.state, server.calls.count("publish")) == ("asked", 0)
    assert [duty.person for duty in Duty.objects.filter(kind="delivery.look")] == [cast.amina]
    server.faults = []
    assert advance(delivery, now=at + 5 * HOUR).state == "asked", "no sweep takes it up again"
    said = say_how_it_stands(by=cast.amina, at=at + 5 * HOUR, delivery=delivery, there=False)
    assert (said.state, server.ours) == ("failed", {})


def test_doubting_twice_is_doubting_once(approved, at):
    approved(planned_at=at + HOUR)
    assert [doubt_posts(at=at + 2 * HOUR, since=at) for _ in range(2)] == [1, 0]
