"""Search for a request, piece by piece, as the job does: outside any scope, each piece in a transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.rights.requests import gather_some


def gather(federation_id: int, gathering_id: int, *, clock: Callable[[], datetime]) -> None:
    """Search until nothing is left, or someone stops it. Run again after a kill, it goes on from there."""
    more = True
    while more:
        with scope(federation_id):
            more = gather_some(at=clock(), gathering=gathering_id)
