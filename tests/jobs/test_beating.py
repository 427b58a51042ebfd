"""A sweep that went well in all federations is noted; one that did not is not."""

from datetime import timedelta

import pytest

from schoolgate.core import heartbeats
from schoolgate.core.models.running import Heartbeat
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.jobs.beating import beating
from schoolgate.jobs.everywhere import in_every_federation
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


def test_a_sweep_that_breaks_is_no_good_run_and_its_error_is_kept(federation):
    with pytest.raises(ZeroDivisionError), beating(SENDING):
        raise ZeroDivisionError
    assert noted() == set()


def test_whoever_administers_is_asked_while_something_stands_still(federation, at):
    with scope(federation.pk):
        someone("Ada Min", "slt")
    heartbeats.begin(at=at - timedelta(hours=2))
    sweep.run(at, clock=lambda: at)
    assert "worker" in noted()

    def asked() -> list[str]:
        with scope(federation.pk):
            duties = Duty.objects.filter(kind="running.standing_still", ended_at=None)
            return [duty.person.name for duty in duties]

    assert asked() == ["Ada Min"]
    for what in heartbeats.LONGEST_SILENCE:
        heartbeats.note(what, at=at)
    sweep.run(at, clock=lambda: at)
    assert asked() == []
