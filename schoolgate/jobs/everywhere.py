"""One federation after another, so that trouble in one doesn't stop the others."""

from collections.abc import Callable

import structlog

from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.jobs import beating

log = structlog.get_logger(__name__)


def in_every_federation(look: Callable[[int], None], *, failed: str) -> None:
    """Call `look` with the id of each federation; what it raises is logged in the words `failed`.

    `look` opens the scopes that it needs.
    """
    for federation_id in Federation.objects.values_list("pk", flat=True).order_by("pk"):
        try:
            look(federation_id)
        except Exception:
            log.exception(failed, federation=federation_id)
            beating.trouble()


def until_nothing_is_left(federation_id: int, step: Callable[[], bool]) -> None:
    """Call `step` in transactions of its own for as long as it says that there is more."""
    more = True
    while more:
        with scope(federation_id):
            more = step()


def from_the_first(federation_id: int, step: Callable[[int], int | None]) -> None:
    """Call `step` in transactions of its own, first with 0 and then with the key that it gave, until None."""
    following: int | None = 0
    while following is not None:
        with scope(federation_id):
            following = step(following)
