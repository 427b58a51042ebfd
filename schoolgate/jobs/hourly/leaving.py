"""Leavings and long leave whose day has come."""

from datetime import datetime

from schoolgate.jobs.everywhere import in_every_federation, until_nothing_is_left
from schoolgate.people.actions import act_on_extended_absences, act_on_leavings


def run(at: datetime) -> None:
    """Run in every federation, in short transactions, until nothing is left."""

    def come_and_go(federation_id: int) -> None:
        until_nothing_is_left(federation_id, lambda: act_on_leavings(at=at))
        until_nothing_is_left(federation_id, lambda: act_on_extended_absences(at=at))

    in_every_federation(come_and_go, failed="acting on a leaving or on long leave failed")
