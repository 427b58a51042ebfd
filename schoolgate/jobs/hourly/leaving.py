"""Leavings and long leave whose day has come."""

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.people.actions import act_on_leavings, act_on_long_leaves


def run(at: datetime) -> None:
    """In every federation, in short transactions, until nothing is left."""

    def come_and_go(federation_id: int) -> None:
        for act in (act_on_leavings, act_on_long_leaves):
            more = True
            while more:
                with scope(federation_id):
                    more = act(at=at)

    in_every_federation(come_and_go, failed="acting on a leaving or on long leave failed")
