"""An event reaches whoever subscribes, once it is committed, and again until it was heard."""

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection

from schoolgate.core import events
from schoolgate.core.events import events_have_their_handlers, record, subscribes
from schoolgate.core.models import Delivery, School
from schoolgate.core.tenancy import scope

HEARD: list[dict] = []


def add_a_school(**said):
    """A handler that is safe to run twice."""
    HEARD.append(said)
    School.objects.get_or_create(slug=f"heard-{said['event_id']}", defaults={"name": "Heard"})


def fail(**said):
    raise ConnectionError("the words of an error may hold names")


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    """A registry of this test's own."""
    HEARD.clear()
    monkeypatch.setattr(events, "_HANDLERS", {})


@pytest.fixture
def happened(federation, at):
    """An event with two ids, recorded and written."""

    def happen():
        with scope(federation.id):
            record("post.approved", subject="publishing.post:9", at=at, network="bluesky", version=3)
        with scope(federation.id):
            return list(Delivery.objects.order_by("pk"))

    return happen


def jobs() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        return [(task, json.loads(args)) for task, args in cursor.fetchall()]


def scheduled() -> list[tuple[str, int]]:
    """The jobs that were put off, and by how many seconds."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT task_name, round(extract(epoch FROM scheduled_at - now()))::int FROM procrastinate_jobs
            WHERE scheduled_at IS NOT NULL ORDER BY id"""
        )
        return cursor.fetchall()


def test_nobody_listens_so_nothing_waits(happened):
    assert happened() == []
    assert jobs() == []


def test_each_handler_gets_a_delivery_and_a_job_with_ids_only(federation, happened):
    subscribes("post.approved")(add_a_school)
    subscribes("post.approved")(fail)
    found = happened()
    assert [one.handler for one in found] == ["tests.add_a_school", "tests.fail"]
    assert [task for task, _ in jobs()] == ["deliveries.deliver"] * 2
    given = jobs()[0][1]
    given.pop("trace", None)  # the number of the request, for the log
    assert given == {"federation_id": federation.id, "delivery_id": found[0].pk}


def test_a_handler_is_told_what_was_recorded_in_the_federations_scope(federation, happened, at):
    subscribes("post.approved")(add_a_school)
    (one,) = happened()
    assert events.deliver(federation.id, one.pk, at + timedelta(seconds=1)) is True
    assert [
        {
            "federation_id": federation.id,
            "subject_id": 9,
            "event_id": 1,
            "at": at,
            "network": "bluesky",
            "version": 3,
        }
    ] == HEARD
    with scope(federation.id):
        assert School.objects.get().federation_id == federation.id
        assert Delivery.objects.get().done_at == at + timedelta(seconds=1)


def test_a_delivery_that_is_done_is_not_made_again(federation, happened, at):
    subscribes("post.approved")(add_a_school)
    (one,) = happened()
    events.deliver(federation.id, one.pk, at)
    assert events.deliver(federation.id, one.pk, at) is False
    assert len(HEARD) == 1


def test_another_federation_cannot_make_it(federation, make_federation, happened, at):
    subscribes("post.approved")(add_a_school)
    (one,) = happened()
    assert events.deliver(make_federation("wootton", "wootton").id, one.pk, at) is False
    assert HEARD == []


def test_a_handler_that_fails_is_tried_again_in_seconds_and_then_less_often(federation, happened, at):
    subscribes("post.approved")(fail)
    (one,) = happened()
    waits = []
    for _ in range(9):
        with pytest.raises(ConnectionError):
            events.deliver(federation.id, one.pk, at)
        with scope(federation.id):
            one.refresh_from_db()
        waits.append((one.next_try_at - at).total_seconds())
    # Of the first four the job itself comes back; the sweep comes a minute later where it got lost.
    assert waits == [61, 63, 70, 90, 60, 120, 300, 900, 900]
    assert [seconds for _, seconds in scheduled()] == [1, 3, 10, 30]
    assert (one.tries, one.trouble, one.done_at) == (9, "ConnectionError", None)


def test_a_handler_that_is_gone_is_an_error_and_not_forgotten(federation, happened, at, monkeypatch):
    subscribes("post.approved")(add_a_school)
    (one,) = happened()
    monkeypatch.setattr(events, "_HANDLERS", {})
    with pytest.raises(LookupError, match=r"tests\.add_a_school"):
        events.deliver(federation.id, one.pk, at)
    with scope(federation.id):
        assert Delivery.objects.get().done_at is None


def test_the_sweep_sends_again_what_is_late_and_nothing_else(federation, happened, at):
    subscribes("post.approved")(add_a_school)
    (one,) = happened()
    assert events.sweep(at + events.PATIENCE - timedelta(seconds=1)) == 0
    assert events.sweep(at + events.PATIENCE) == 1
    assert events.sweep(at + events.PATIENCE) == 0
    assert [args["delivery_id"] for _, args in jobs()] == [one.pk, one.pk]
    events.deliver(federation.id, one.pk, at)
    assert events.sweep(at + timedelta(days=1)) == 0


def test_an_event_that_is_rolled_back_reaches_nobody(federation, at):
    subscribes("post.approved")(add_a_school)
    with pytest.raises(ZeroDivisionError), scope(federation.id):
        record("post.approved", subject="publishing.post:9", at=at)
        raise ZeroDivisionError
    with scope(federation.id):
        assert Delivery.objects.count() == 0
    assert jobs() == []


def test_the_job_is_one_that_a_worker_knows(federation, happened):
    from schoolgate.jobs import tasks

    assert tasks.deliver.name == events.TASK
    subscribes("post.approved")(add_a_school)
    (one,) = happened()
    tasks.deliver(federation_id=federation.id, delivery_id=one.pk)
    assert [heard["event_id"] for heard in HEARD] == [1]


# --- A handler of several rows


def rows_of(**said):
    return [3, 4, 5, 4]


def fail_at_four(*, part, **said):
    if part == 4:
        raise ConnectionError
    HEARD.append(part)


def all_but_done(federation_id):
    with scope(federation_id):
        return list(Delivery.objects.filter(done_at=None).order_by("pk").values_list("pk", flat=True))


def test_a_handler_of_several_rows_is_called_for_each_and_one_that_fails_delays_no_other(
    federation, happened, at
):
    subscribes("post.approved", each=rows_of)(fail_at_four)
    (one,) = happened()
    assert events.deliver(federation.id, one.pk, at)
    assert events.deliver(federation.id, one.pk, at) is False
    assert HEARD == []
    for pk in all_but_done(federation.id):
        with suppress(ConnectionError):
            events.deliver(federation.id, pk, at)
    assert HEARD == [3, 5]
    with scope(federation.id):
        left = Delivery.objects.get(done_at=None)
    assert (left.part, left.tries) == (4, 1)
    assert scheduled() == [("deliveries.deliver", 1)]


def test_each_row_has_a_job_of_its_own(federation, happened, at):
    subscribes("post.approved", each=rows_of)(fail_at_four)
    (one,) = happened()
    events.deliver(federation.id, one.pk, at)
    assert [args["delivery_id"] for _, args in jobs()][1:] == all_but_done(federation.id)
    assert len(all_but_done(federation.id)) == 3


def test_no_rows_is_done_at_once(federation, happened, at):
    subscribes("post.approved", each=lambda **_said: [])(fail_at_four)
    (one,) = happened()
    events.deliver(federation.id, one.pk, at)
    assert all_but_done(federation.id) == []


# --- The list and the registry


def test_a_wanted_handler_that_is_missing_stops_the_start(monkeypatch):
    monkeypatch.setitem(events.EVENTS, "post.approved", events.Event("A post was approved.", heard=True))
    assert "post.approved needs a handler and has none" in [
        error.msg for error in events_have_their_handlers()
    ]
    subscribes("post.approved")(add_a_school)
    assert "post.approved needs a handler and has none" not in [e.msg for e in events_have_their_handlers()]


def test_a_handler_for_an_unknown_event_stops_the_start():
    subscribes("post.invented")(add_a_school)
    assert "a handler listens to post.invented, which is not in the list" in [
        error.msg for error in events_have_their_handlers()
    ]


def test_names_say_of_what_and_what_happened():
    for name in events.EVENTS:
        subject, _, verb = name.partition(".")
        assert subject.replace("_", "").isalpha(), name
        assert verb.replace("_", "").isalpha(), name
