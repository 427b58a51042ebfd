"""A network that is slow, or never answers, delays no account but its own: not in its federation, not in
another."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app as the_app

from schoolgate.accounts.models import Account
from schoolgate.core import work as lanes
from schoolgate.core.tenancy import scope
from schoolgate.core.work import Connector, Ended, work
from schoolgate.inbox import ingesting
from schoolgate.jobs.minutely import poll, send_due
from schoolgate.networks import driving
from schoolgate.networks.fake import FakeNetwork
from schoolgate.networks.handshake import Intent
from schoolgate.networks.port import Ref
from schoolgate.publishing import sending
from tests.networks.desk import Desk

NOW = datetime.now(UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
PATIENCE = 40.0


@pytest.fixture
def desks(own_database, make_federation) -> list[Desk]:
    """Two federations, each with an account."""
    return [Desk.set_up(make_federation(slug, "wildground"), NOW) for slug in ("first", "second")]


def another(desk: Desk, **fields: object) -> Account:
    """One more account of a federation."""
    with scope(desk.federation_id):
        return Account.objects.create(
            name="More", school=desk.school, network="bluesky", kind="school", state="open", made_at=NOW,
            opened_at=NOW, opened_by=desk.account.opened_by, **fields,
        )  # fmt: skip


def kept_waiting(desk: Desk, **fields: object) -> Account:
    """An account whose network has kept us waiting: no reading for ten minutes, a post with no answer."""
    account = another(desk, last_good_read_at=NOW - 10 * MINUTE)
    row = desk.intent(attempts=1, state=Intent.UNKNOWN, sent_at=NOW - 9 * MINUTE, not_before=NOW - MINUTE)
    desk.change(row, account=account, **fields)
    return account


def waiting_jobs() -> set[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, queue_name, lock FROM procrastinate_jobs WHERE status = 'todo'")
        return set(cursor.fetchall())


def test_networks_that_never_answer_keep_nobody_elses_post_in_and_no_comment_unread(desks, monkeypatch):
    first, second = desks
    hanging = {kept_waiting(first).pk for _ in range(2 * max(lanes.SLOTS.values()))}
    here, there = first.intent(), second.intent()
    answers = threading.Event()

    def connect(account: Account) -> FakeNetwork:
        if account.pk in hanging:
            answers.wait(PATIENCE)
        return FakeNetwork(first.server)

    for speaks in (ingesting.poll, sending.advance):
        monkeypatch.setattr(speaks, "__kwdefaults__", (speaks.__kwdefaults__ or {}) | {"connect": connect})
    poll(NOW)
    send_due(NOW)

    def is_done() -> bool:
        read = []
        for desk in desks:
            with scope(desk.federation_id):
                read.append(Account.objects.get(pk=desk.account.pk).last_good_read_at is not None)
        return all(read) and {desk.row(row).state for desk, row in ((first, here), (second, there))} == {
            "confirmed"
        }

    outcome: list[bool] = []

    def watch() -> None:
        end = time.monotonic() + PATIENCE / 2
        while time.monotonic() < end and not is_done():
            threading.Event().wait(0.05)
        outcome.append(is_done() and not answers.is_set())
        answers.set()
        os.kill(os.getpid(), signal.SIGTERM)

    run_worker_beside(watch, monkeypatch)
    assert outcome == [True]


def run_worker_beside(watch, monkeypatch) -> None:
    """A worker with all its lanes and no timetable; `watch` is one of its jobs, and ends it."""
    monkeypatch.setattr(the_app.periodic_registry, "periodic_tasks", {})
    monkeypatch.setitem(the_app.tasks, "watch", None)
    the_app.tasks.pop("watch")
    the_app.task(name="watch")(watch)
    the_app.tasks["watch"].defer()
    with the_app.replace_connector(Connector(the_app.connector)):
        assert asyncio.run(work(the_app)) is Ended.ASKED


def test_a_sweep_asks_no_network_itself(desks, monkeypatch):
    def never(*_: object) -> None:
        raise AssertionError("a sweep asked a network")

    for speaks in (ingesting.poll, sending.advance):
        monkeypatch.setattr(speaks, "__kwdefaults__", (speaks.__kwdefaults__ or {}) | {"connect": never})
    desks[0].intent()
    poll(NOW)
    send_due(NOW)
    assert len(waiting_jobs()) == 3


def test_each_account_has_a_job_of_its_own_that_waits_once(desks):
    rows = [desk.intent() for desk in desks]
    for _ in range(2):
        poll(NOW)
        send_due(NOW)
    assert waiting_jobs() == {
        *(("accounts.read", "reading", f"reading-{desk.account.pk}") for desk in desks),
        *(("sending.advance", "sending", f"sending-{row.account_id}") for row in rows),
    }


@pytest.mark.parametrize(
    ("unread_for", "lane"),
    [(None, "reading"), (5 * MINUTE, "reading"), (5 * MINUTE + SECOND, "reading-slowly")],
)
def test_an_account_that_could_not_be_read_is_read_in_the_lane_beside(desks, unread_for, lane):
    desk = desks[0]
    with scope(desk.federation_id):
        read_at = NOW - unread_for if unread_for else None
        Account.objects.filter(pk=desk.account.pk).update(last_good_read_at=read_at)
    poll(NOW)
    assert ("accounts.read", lane, f"reading-{desk.account.pk}") in waiting_jobs()


@pytest.mark.parametrize(
    ("attempts", "state", "lane"),
    [
        (0, Intent.WRITTEN, "sending"),
        (1, Intent.SENT, "sending"),  # its worker died: no network kept it waiting
        (1, Intent.UNKNOWN, "sending-slowly"),
        (1, Intent.WRITTEN, "sending-slowly"),
    ],
)
def test_what_a_network_kept_waiting_is_sent_in_the_lane_beside(desks, attempts, state, lane):
    desks[0].intent(attempts=attempts, state=state, sent_at=NOW - 9 * MINUTE if attempts else None)
    send_due(NOW)
    assert {job[1] for job in waiting_jobs()} == {lane}


def test_posts_that_nobody_has_tried_come_before_those_that_were_put_off(desks):
    desk = desks[0]
    put_off, fresh = desk.intent(attempts=1, not_before=NOW - MINUTE), desk.intent()
    with scope(desk.federation_id):
        found = sending.queries.deliveries_to_advance(NOW)
    assert [each.pk for each in found] == [fresh.pk, put_off.pk]


class Slow(FakeNetwork):
    """A network that takes its time for each post that is asked about."""

    def __init__(self, clock: Ticking, takes: timedelta) -> None:
        super().__init__()
        self.clock, self.takes, self.asked = clock, takes, []

    def replies(self, ref: Ref) -> list:
        self.clock.at += self.takes
        self.asked.append(ref.id)
        return []


class Ticking:
    """A clock that somebody else moves."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def read(desk: Desk, *, takes: timedelta, limit: timedelta, at: datetime = NOW) -> list[str]:
    """Read the account once; returns which of its posts were asked about."""
    clock = Ticking(at)
    network = Slow(clock, takes)
    ingesting.poll(desk.federation_id, desk.account.pk, clock=clock, connect=lambda _: network, limit=limit)
    return network.asked


@pytest.fixture
def live(desks) -> Desk:
    """An account with three posts on its network."""
    for number in range(3):
        desks[0].intent(state=Intent.CONFIRMED, receipt=Ref("bluesky", f"at://{number}").to_json())
    return desks[0]


def was_read(desk: Desk) -> bool:
    with scope(desk.federation_id):
        return Account.objects.get(pk=desk.account.pk).last_good_read_at is not None


def test_a_reading_within_its_limit_is_a_good_one(live):
    assert len(read(live, takes=10 * SECOND, limit=20 * SECOND)) == 3
    assert was_read(live)


def test_a_reading_over_its_limit_ends_and_is_no_good_one(live):
    assert len(read(live, takes=10 * SECOND + timedelta(microseconds=1), limit=20 * SECOND)) == 2
    assert not was_read(live)


def test_a_network_that_is_always_too_slow_is_read_in_turns(live):
    asked = [read(live, takes=MINUTE, limit=SECOND, at=NOW + minute * MINUTE) for minute in range(3)]
    assert sorted(posts[0] for posts in asked) == ["at://0", "at://1", "at://2"]


@pytest.mark.parametrize(("over", "calls"), [(timedelta(0), ["publish", "read_back"]), (SECOND, ["publish"])])
def test_no_further_step_is_begun_once_sending_took_too_long(desks, over, calls):
    desk = desks[0]
    spec = desk.spec()
    row = desk.intent()

    def send(delivery, network):
        receipt = spec.send(delivery, network)
        desk.at += driving.LONGEST + over
        return receipt

    desk.advance(row, desk.spec(send=send))
    assert desk.server.calls == calls
