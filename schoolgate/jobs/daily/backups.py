"""Once a week the newest backup is restored by way of trial."""

from datetime import datetime

import structlog

from schoolgate.core.backups.making import is_due, rehearse
from schoolgate.core.clock import now

log = structlog.get_logger(__name__)


def run(at: datetime) -> None:
    """Rehearse a restore where it is due; the hourly check of backups reports the result."""
    if is_due(at):
        row = rehearse(at=at, clock=now)
        log.info("restoring was rehearsed", number=row.number, trouble=row.trouble or "none")
