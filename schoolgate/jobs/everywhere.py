"""One federation after the other, so that trouble in one keeps no other from its turn."""

from collections.abc import Callable

import structlog

from schoolgate.core.models import Federation

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
