"""Shifts of the rota begin, gaps are reported, and requests expire."""

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.rota.swapping import sweep


def run(at: datetime) -> None:
    """One federation after the other, each in one transaction: a rota has few shifts at a time."""

    def look(federation_id: int) -> None:
        with scope(federation_id):
            sweep(at=at)

    in_every_federation(look, failed="looking after the rota failed")
