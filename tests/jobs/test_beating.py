"""A sweep that went well in all federations is noted; one that did not is not."""

from datetime import timedelta
from functools import partial

import pytest

from schoolgate.core import heartbeats
from schoolgate.core.models import Heartbeat
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.duties.models import Duty
from schoolgate.jobs.beating import beating
from schoolgate.jobs.everywhere import (
    at_most,
    everywhere,
    in_every_federation,
    one_after_another,
    row_by_row,
    together,
    until_done,
)
from schoolgate.jobs.minutely import heartbeats as sweep
from tests.cast import someone

SENDING = "minutely.send_due"


def noted() -> set[str]:
    return set(Heartbeat.objects.values_list("what", flat=True))


def test_a_good_run_is_noted_and_only_of_what_is_on_the_list(federation):
    with beating(SENDING), beating("minutely.heartbeats"):
        in_every_federation(lambda _: None, failed="looking failed")
    assert noted() == {SENDING}


def test_trouble_in_one_federation_is_no_good_run(federation):
    def broken(_: int) -> None:
        raise ValueError

    with beating(SENDING):
        in_every_federation(broken, failed="looking failed")
    assert noted() == set()


def test_what_fails_in_one_federation_ends_its_round_alone(federation, make_federation, at):
    second, done = make_federation("second", "wildground"), []

    def note_it(*, at):
        done.append(at)

    def breaks_in_the_first(*, at):
        if current_scope().federation_id == federation.pk:
            raise ZeroDivisionError
        done.append("first step")

    with beating(SENDING):
        everywhere("looking", together(breaks_in_the_first), together(note_it))(at)
    assert (done, noted()) == (["first step", at], set())
    assert second.pk != federation.pk


def test_a_sweep_that_fails_everywhere_keeps_not_the_one_after_it_from_its_round(federation, at):
    done = []

    def note_it(*, at):
        done.append(at)

    def breaks(*, at):
        raise ZeroDivisionError

    one_after_another(everywhere("looking", together(breaks)), everywhere("going on", together(note_it)))(at)
    assert done == [at]


def test_steps_go_on_while_there_is_more_each_time_in_a_transaction_of_its_own(federation, at):
    for step, times in ((until_done, 3), (partial(at_most, 2), 2), (partial(at_most, 9), 3)):
        calls = []

        def more(*, at, calls=calls):
            calls.append(at)
            return len(calls) < 3

        everywhere("looking", step(more))(at)
        assert calls == [at] * times
    keys = []

    def pages(*, at, after):
        keys.append(after)
        return after + 7 if after < 14 else None

    everywhere("looking", row_by_row(pages))(at)
    assert keys == [0, 7, 14]


def test_a_sweep_that_breaks_is_no_good_run_and_its_error_is_kept(federation):
    with pytest.raises(ZeroDivisionError), beating(SENDING):
        raise ZeroDivisionError
    assert noted() == set()


def test_whoever_administers_is_asked_while_something_stands_still(federation, at):
    with scope(federation.pk):
        someone("Ada Min", "slt")
    heartbeats.begin(at=at - timedelta(hours=2))
    sweep(at, clock=lambda: at)
    assert "worker" in noted()

    def asked() -> list[str]:
        with scope(federation.pk):
            duties = Duty.objects.filter(kind="running.standing_still", ended_at=None)
            return [duty.person.name for duty in duties]

    assert asked() == ["Ada Min"]
    for what in heartbeats.LONGEST_SILENCE:
        heartbeats.note(what, at=at)
    sweep(at, clock=lambda: at)
    assert asked() == []
