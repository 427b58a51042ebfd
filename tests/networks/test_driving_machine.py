"""Whatever goes wrong, in whatever order, with however many workers: nothing stands twice, nothing is lost,
and nothing waits for ever without a person being asked.

Hypothesis chooses: which worker takes its next step, who is killed and where, what the network does, how much
time passes.
"""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from schoolgate.core.models import LedgerRow
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.driving import advance
from schoolgate.networks.fake import Fault
from schoolgate.networks.port import NetworkError
from schoolgate.publishing.models import Delivery
from tests.networks.desk import Desk, Killed
from tests.pace import sized

IN_A_TRANSACTION = ("load", "may_start", "follow")
"""There a worker may be killed, but not stand still: it holds the row."""
PLACES = ("connect", "before the call", "after the call", "the end")
"""There it may stand still, while time passes and others go on."""
WORKERS, MOST_ROWS = 2, 5
ENDS = ("confirmed", "failed", "asked")


class Mistake(Exception):
    """Something that no network raises."""


class Worker:
    """A thread that drives one row after another, and stands still at every step until told to go on."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.row: Delivery | None = None
        self.stands_at = ""
        self.fate: BaseException | None = None
        self.dies_inside = ""
        self._began: datetime | None = None
        self._go, self._stands = threading.Semaphore(0), threading.Semaphore(0)
        self._ended = False
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def take(self, row: Delivery) -> None:
        """Begin with a row, up to the first place to stand still."""
        self.row = row
        self.go_on()

    def go_on(self, fate: BaseException | None = None) -> None:
        """One step further, or to an end of this kind."""
        self.fate = fate
        self._go.release()
        assert self._stands.acquire(timeout=20), "a worker waits for something"

    def end(self) -> None:
        """No more work."""
        self._ended = True
        self._go.release()
        self._thread.join(20)

    def _work(self) -> None:
        while True:
            self._go.acquire()
            if self._ended:
                connection.close()
                return
            assert self.row is not None
            try:
                spec = self.desk.spec(pause=self._pause)
                advance(spec, self.desk.federation_id, self.row.pk, clock=self._clock)
            except (Killed, Mistake):
                pass
            self.row, self.stands_at, self.dies_inside = None, "", ""
            self._stands.release()

    def _clock(self) -> datetime:
        self._pause("clock")
        return self.desk.at

    def _pause(self, place: str) -> None:
        if place in IN_A_TRANSACTION:
            if place == self.dies_inside:
                raise Killed(place)
            return
        if place == "before the call":
            self._began = self.desk.at
        self.stands_at = place
        self._stands.release()
        self._go.acquire()
        if self._ended:
            raise Killed("the end of the test")
        fate, self.fate = self.fate, None
        if fate is not None:
            raise fate
        if place.endswith("the call") and self._too_long():
            raise NetworkError("timed_out", what_next="try_again", outcome_unknown=True)

    def _too_long(self) -> bool:
        """A call ends after the network's time-out, as the transport sees to."""
        seconds = all_capabilities()[self.desk.server.network].pace.time_out_seconds
        return self._began is not None and self.desk.at - self._began > timedelta(seconds=seconds)


class Driving(RuleBasedStateMachine):
    """Workers, rows, a network and a clock."""

    desk: Desk

    def __init__(self) -> None:
        super().__init__()
        self.desk.server.ours.clear()
        self.desk.server.faults.clear()
        self.rows: list[Delivery] = [self.desk.intent()]
        self.workers = [Worker(self.desk) for _ in range(WORKERS)]

    @precondition(lambda self: len(self.rows) < MOST_ROWS)
    @rule()
    def somebody_writes_an_intent(self) -> None:
        self.rows.append(self.desk.intent())

    @rule(who=st.integers(0, WORKERS - 1), which=st.integers(1, 2), place=st.sampled_from(PLACES))
    def a_worker_goes_on_until(self, who: int, which: int, place: str) -> None:
        worker = self.workers[who]
        if worker.row is None:
            worker.take(self.rows[-min(which, len(self.rows))])
        for _ in range(60):
            if worker.row is None or worker.stands_at == place:
                return
            worker.go_on()
        raise AssertionError("a worker goes on for ever")

    @rule(who=st.integers(0, WORKERS - 1), how=st.sampled_from(["killed", "mistake", *IN_A_TRANSACTION]))
    def a_worker_is_killed_or_meets_a_mistake_of_ours(self, who: int, how: str) -> None:
        worker = self.workers[who]
        if worker.row is None:
            return
        if how in IN_A_TRANSACTION:
            worker.dies_inside = how
        else:
            worker.go_on(Mistake() if how == "mistake" else Killed())

    @rule(fault=st.sampled_from([None, *Fault]))
    def the_network_will_go_wrong(self, fault: Fault | None) -> None:
        if len(self.desk.server.faults) < 6:
            self.desk.server.faults.append(fault)

    @rule(seconds=st.sampled_from([1, 31, 100, 400, 22_000]), rounds=st.integers(0, 3))
    def time_passes_and_the_sweep_comes_by(self, seconds: int, rounds: int) -> None:
        self.desk.at += timedelta(seconds=seconds)
        for _ in range(rounds):
            for row in self.rows:
                self.desk.advance(row)
            self.desk.at += timedelta(seconds=100)

    @invariant()
    def nothing_stands_twice(self) -> None:
        counted = Counter(held.intent_key for held in self.desk.server.ours.values())
        assert set(counted.values()) <= {1}, counted

    def teardown(self) -> None:
        """The faults end, time passes: every row comes to an end, or a person was asked."""
        try:
            self.desk.server.faults.clear()
            for worker in self.workers:
                self._to_its_end(worker)
            left = list(self.rows)
            for _ in range(8):
                self.desk.at += timedelta(hours=2)
                left = [row for row in map(self.desk.advance, left) if row.state not in ENDS]
            for row in self.rows:
                self._came_to_an_end(self.desk.advance(row))
        finally:
            for worker in self.workers:
                worker.end()

    def _came_to_an_end(self, row: Delivery) -> None:
        standing = sum(held.intent_key == row.intent_key for held in self.desk.server.ours.values())
        assert row.state in ENDS, row.state
        assert standing <= 1
        if row.state == "confirmed":
            assert standing == 1
        elif row.state == "failed":
            assert standing == 0, (row.because, row.attempts)
        with scope(self.desk.federation_id):
            events = Counter(
                LedgerRow.objects.filter(subject=subject_of(row)).values_list("event", flat=True)
            )
        assert events[f"delivery.{row.state}"] == 1
        assert events["delivery.confirmed"] + events["delivery.failed"] <= 1

    def _to_its_end(self, worker: Worker) -> None:
        while worker.row is not None:
            self.a_worker_goes_on_until(self.workers.index(worker), 1, "the end")


NETWORKS = [
    ("bluesky", True),
    ("bluesky", False),  # its times alone have to keep a post from standing twice
    ("threads", False),  # no proof of absence
]


@pytest.mark.parametrize(("network", "takes_keys"), NETWORKS)
@pytest.mark.sized
@pytest.mark.timeout(300)
def test_nothing_is_lost_and_nothing_stands_twice(own_database, make_federation, at, network, takes_keys):
    class OnThisNetwork(Driving):
        desk = Desk.set_up(make_federation(), at)

    OnThisNetwork.desk.use(network)
    OnThisNetwork.desk.server.takes_keys = takes_keys
    run_state_machine_as_test(
        OnThisNetwork,
        settings=settings(
            max_examples=sized(3, 30), stateful_step_count=20, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        ),
    )  # fmt: skip
