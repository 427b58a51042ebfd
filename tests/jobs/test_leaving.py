"""The hourly job of leavings acts on those whose day has come."""

from datetime import timedelta

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.jobs.hourly import leaving
from schoolgate.people.leaving import expected_departure, record_departure
from tests.accounts.conftest import in_force
from tests.cast import someone

DAY = timedelta(days=1)


def test_a_leaving_is_acted_on_once_its_day_has_come(begin_in, at):
    there = begin_in(in_force, at, "wildground")
    federation, cast = there.federation.pk, there.cast
    with scope(federation):
        cara = someone("Cara", "staff")
        record_departure(by=cast.owner, at=at, person=cara, left_on=local_day(at) + 2 * DAY)
    found = []
    for days in (1, 2):
        leaving(at + days * DAY)
        with scope(federation):
            found.append(expected_departure(cara) is None)
    assert found == [False, True]
