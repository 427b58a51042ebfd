"""One intent, taken to its end by whoever comes by: alone, side by side, late, or not at all."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope
from schoolgate.networks.driving import advance
from schoolgate.networks.fake import FakeNetwork, Fault
from schoolgate.networks.handshake import PATIENCE
from schoolgate.networks.port import NetworkError, Ref
from tests.networks.desk import Desk, Killed, side_by_side

LATER = timedelta(minutes=10)
"""Longer than any time-out with the network's own delay, and than the first wait."""


@pytest.fixture
def desk(own_database, make_federation, at) -> Desk:
    """A federation with an account, in a database where commits are real."""
    return Desk.set_up(make_federation(), at)


def states(desk: Desk) -> list[str]:
    """The events of the record, oldest first."""
    with scope(desk.federation_id):
        return list(LedgerRow.objects.order_by("number").values_list("event", flat=True))


def test_a_row_is_sent_read_back_and_followed(desk):
    row = desk.advance(desk.intent())

    assert (row.state, row.attempts, desk.server.calls) == ("confirmed", 1, ["publish", "read_back"])
    assert states(desk) == ["delivery.sent", "delivery.confirmed"]
    assert desk.followed == ["confirmed"]


def test_a_row_that_is_not_there_is_nothing_to_do(desk):
    advance(desk.spec(), desk.federation_id, 4711, clock=desk.clock)

    assert desk.server.calls == []


def test_what_a_person_does_by_hand_is_never_sent(desk):
    row = desk.advance(desk.intent(by_hand=True))

    assert (row.state, desk.server.calls) == ("written", [])


def test_what_may_not_start_waits_as_it_is(desk):
    row = desk.advance(desk.intent(), desk.spec(may_start=lambda *_: False))

    assert (row.state, row.attempts, desk.server.calls) == ("written", 0, [])


@pytest.mark.parametrize(
    ("fault", "state", "because", "what_next"),
    [
        (Fault.UNREACHABLE, "written", "unreachable", "try_again"),
        (Fault.TOO_FAST, "written", "too_fast", "try_again"),
        (Fault.TIME_OUT_BEFORE, "unknown", "timed_out", "try_again"),
        (Fault.TIME_OUT_AFTER, "unknown", "timed_out", "try_again"),
        (Fault.HALF_BODY, "unknown", "unreadable_answer", "try_again"),
        (Fault.TROUBLE_BEFORE, "unknown", "network_trouble", "try_again"),
        (Fault.TROUBLE_AFTER, "unknown", "network_trouble", "try_again"),
        (Fault.SIGN_IN, "failed", "sign_in", "reconnect"),
        (Fault.REFUSED, "failed", "refused", "give_up"),
    ],
)
def test_each_trouble_of_a_send_leaves_the_row_where_it_belongs(desk, fault, state, because, what_next):
    desk.server.faults = [fault]

    row = desk.advance(desk.intent())

    assert (row.state, row.because, row.what_next) == (state, because, what_next)
    assert desk.server.calls == ["publish"]


def test_what_is_put_off_leaves_no_line_in_the_record_but_that_it_was_sent(desk):
    desk.server.faults = [Fault.UNREACHABLE]

    desk.advance(desk.intent())

    assert states(desk) == ["delivery.sent"]


@pytest.mark.parametrize("fault", [Fault.UNREACHABLE, Fault.TROUBLE_BEFORE, Fault.SIGN_IN])
def test_trouble_while_reading_back_only_waits(desk, fault):
    desk.server.faults = [None, fault]

    row = desk.advance(desk.intent())
    assert (row.state, desk.server.calls) == ("sent", ["publish", "read_back"])

    desk.at += LATER
    assert desk.advance(row).state == "confirmed"
    assert desk.server.calls.count("publish") == 1


def test_what_came_out_otherwise_is_somebodys_to_look_at(desk):
    row = desk.intent()
    changed = desk.spec(wanted=lambda each: replace(desk.outgoing(each).normal(), text="Something else"))

    row = desk.advance(row, changed)

    assert (row.state, row.differences, desk.followed) == ("different", ["text"], ["different"])


# --- Killed, and taken up again by somebody else----


@pytest.mark.parametrize(
    ("where", "left", "on_the_network"),
    [
        ("load", "written", 0),
        ("may_start", "written", 0),
        ("connect", "sent", 0),
        ("before the call", "sent", 0),
        ("after the call", "sent", 1),
        ("wanted", "sent", 1),
        ("follow", "sent", 1),
    ],
)
def test_a_worker_killed_anywhere_leaves_one_post_and_a_row_that_ends(desk, where, left, on_the_network):
    row = desk.intent()
    with pytest.raises(Killed):
        desk.advance(row, desk.spec(killed=where))
    assert (desk.row(row).state, len(desk.server.ours)) == (left, on_the_network)

    for _ in range(3):
        desk.at += LATER
        row = desk.advance(row)

    assert (row.state, len(desk.server.ours)) == ("confirmed", 1)
    assert states(desk).count("delivery.confirmed") == 1


def test_killed_before_the_answer_was_kept_it_is_looked_up_no_earlier_than_the_answer_can_come(desk):
    row = desk.intent()
    with pytest.raises(Killed):
        desk.advance(row, desk.spec(killed="after the call"))

    desk.at += timedelta(seconds=89)
    assert (desk.advance(row).state, desk.server.calls) == ("sent", ["publish"])
    desk.at += timedelta(seconds=1)
    assert (desk.advance(row).state, desk.server.calls) == ("confirmed", ["publish", "look_up"])


def test_killed_where_nothing_can_prove_absence_a_person_is_asked(desk):
    desk.use("threads")
    row = desk.intent()
    with pytest.raises(Killed):
        desk.advance(row, desk.spec(killed="before the call"))

    desk.at += LATER
    row = desk.advance(row)

    assert (row.state, row.because, desk.followed) == ("asked", "no_proof", ["asked"])
    assert desk.server.calls == ["look_up"]


def test_a_look_up_that_fails_is_tried_once_a_round(desk):
    row = desk.intent()
    with pytest.raises(Killed):
        desk.advance(row, desk.spec(killed="before the call"))
    desk.server.faults = [Fault.UNREACHABLE] * 9

    desk.at += LATER
    row = desk.advance(row)
    assert (row.state, desk.server.calls, row.not_before) == (
        "sent",
        ["look_up"],
        desk.at + timedelta(minutes=5),
    )
    assert desk.advance(row).state == "sent"
    assert desk.server.calls == ["look_up"]


@pytest.mark.parametrize("receipt", [False, True])
def test_what_cannot_be_looked_up_for_hours_becomes_a_persons(desk, receipt):
    row = desk.intent(state="sent", attempts=1, sent_at=desk.at)
    if receipt:
        desk.change(row, receipt=Ref("bluesky", "post-1").to_json())
    desk.server.faults = [Fault.UNREACHABLE] * 99

    desk.at += PATIENCE - timedelta(seconds=1)
    assert desk.advance(row).state == "sent"
    desk.at += timedelta(minutes=6)
    assert (desk.advance(row).state, desk.row(row).because) == ("asked", "unreachable")


# --- Mistakes of our own----


class Mistake(Exception):
    """Something that no network raises."""


def broken(*_: object) -> None:
    raise Mistake


@pytest.mark.parametrize("where", ["connect", "send"])
def test_a_mistake_while_sending_leaves_the_row_to_the_sweep(desk, where):
    row = desk.intent()
    with pytest.raises(Mistake):
        desk.advance(row, desk.spec(**{where: broken}))
    assert (desk.row(row).state, desk.followed) == ("sent", [])

    for _ in range(2):
        desk.at += LATER
        row = desk.advance(row)
    assert (row.state, len(desk.server.ours)) == ("confirmed", 1)


def test_a_mistake_in_what_follows_undoes_the_step_and_it_is_taken_again(desk):
    row = desk.intent()
    with pytest.raises(Mistake):
        desk.advance(row, desk.spec(follow=broken))

    assert (desk.row(row).state, states(desk)) == ("sent", ["delivery.sent"])
    assert desk.advance(row).state == "confirmed"


def test_a_mistake_that_stays_becomes_a_persons_after_hours(desk):
    row = desk.intent()
    cannot = desk.spec(connect=broken)
    for _ in range(3):
        with pytest.raises(Mistake):
            desk.advance(row, cannot)
        assert desk.row(row).state == "sent"
        desk.at += LATER

    desk.at += PATIENCE
    with pytest.raises(Mistake):
        desk.advance(row, cannot)
    assert (desk.row(row).state, desk.row(row).because, desk.followed) == ("asked", "mistake", ["asked"])


# --- Late answers----


def test_a_late_answer_of_an_earlier_attempt_does_not_end_a_later_one(desk):
    """The first call is refused so late that its absence was proven and a second one is on its way."""
    row = desk.intent()

    def refused_late(each, network):
        desk.at += LATER
        with pytest.raises(Killed):  # the sweep: looked up, absent, and the second attempt has begun
            desk.advance(row, desk.spec(killed="before the call"))
        raise NetworkError("refused", what_next="give_up")

    desk.advance(row, desk.spec(send=refused_late))

    assert (desk.row(row).state, desk.row(row).attempts, desk.followed) == ("sent", 2, ["written"])


def test_a_late_receipt_is_not_kept_with_a_later_attempt(desk):
    row = desk.intent()

    def answered_late(each, network):
        desk.at += LATER
        with pytest.raises(Killed):
            desk.advance(row, desk.spec(killed="before the call"))
        return network.publish(desk.outgoing(each))

    desk.advance(row, desk.spec(send=answered_late))
    assert (desk.row(row).state, desk.row(row).receipt) == ("sent", None)

    desk.at += LATER
    assert (desk.advance(row).state, len(desk.server.ours)) == ("confirmed", 1)


def test_a_worker_that_slept_after_its_claim_sends_nothing_any_more(desk):
    """A machine that was put to sleep wakes after others have looked: the claim is no longer worth a send."""
    row = desk.intent()

    def slow(each):
        desk.at += timedelta(seconds=31)  # the time-out of a Bluesky call is 30
        return FakeNetwork(desk.server)

    row = desk.advance(row, desk.spec(connect=slow))

    assert (row.state, row.because, desk.server.calls) == ("written", "too_slow", [])
    desk.at += LATER
    assert desk.advance(row).state == "confirmed"


# --- Taking away----


def test_what_is_to_go_is_taken_away_and_seen_to_be_gone(desk):
    there = desk.advance(desk.intent())
    row = desk.advance(desk.removal(there), desk.spec(removes=True))

    assert (row.state, row.because, desk.server.ours) == ("confirmed", "gone", {})


@pytest.mark.parametrize("where", ["connect", "before the call", "after the call", "follow"])
def test_a_worker_killed_while_taking_away_is_followed_by_another(desk, where):
    there = desk.advance(desk.intent())
    row = desk.removal(there)
    with pytest.raises(Killed):
        desk.advance(row, desk.spec(removes=True, killed=where))

    for _ in range(2):
        row = desk.advance(row, desk.spec(removes=True))
        desk.at += LATER

    assert (row.state, desk.server.ours) == ("confirmed", {})


def test_what_cannot_be_taken_away_is_given_up_after_the_fifth_time_so_that_a_person_does_it(desk):
    there = desk.advance(desk.intent())
    row = desk.removal(there)
    desk.server.faults = [Fault.UNREACHABLE] * 99

    for _ in range(9):
        row = desk.advance(row, desk.spec(removes=True))
        desk.at += timedelta(hours=2)

    assert (row.state, row.because, desk.server.calls.count("take_down")) == ("failed", "unreachable", 5)


# --- Side by side----


@pytest.mark.parametrize("drivers", [2, 5])
def test_drivers_side_by_side_send_once(desk, drivers):
    for _ in range(5):
        row = desk.intent()
        desk.server.calls.clear()
        side_by_side(lambda row=row: desk.advance(row), times=drivers)

        assert (desk.row(row).state, desk.row(row).attempts) == ("confirmed", 1)
        assert desk.server.calls.count("publish") == 1
    assert len(desk.server.ours) == 5


def test_a_driver_that_read_the_row_before_another_claimed_it_does_not_claim_it_again(desk):
    """It sits between reading and claiming while a whole attempt comes and goes."""
    desk.server.faults = [Fault.UNREACHABLE]
    row = desk.intent()
    has_read, may_go_on = threading.Event(), threading.Event()

    def slowly(each, at):
        has_read.set()
        may_go_on.wait(2)
        return True

    slow = threading.Thread(
        target=side_by_side, args=(lambda: desk.advance(row, desk.spec(may_start=slowly)),)
    )
    slow.start()
    assert has_read.wait(5)
    quick = threading.Thread(target=side_by_side, args=(lambda: desk.advance(row),))
    quick.start()
    quick.join(0.5)  # it waits for the one that holds the row, or has had its whole attempt meanwhile
    may_go_on.set()
    slow.join()
    quick.join()

    assert (desk.row(row).attempts, desk.server.calls) == (1, ["publish"])
