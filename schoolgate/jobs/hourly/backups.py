"""The daily backup, at its hour; and a message to the administrators when there is none."""

from datetime import datetime

import structlog

from schoolgate.core.backups import BackupTrouble, keys
from schoolgate.core.backups.making import make_backup, standing
from schoolgate.core.clock import LONDON, local_day, now
from schoolgate.core.env import env
from schoolgate.core.models import Backup
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.reports.backups import watch_backups

log = structlog.get_logger(__name__)


def run(at: datetime) -> None:
    """Make it where it is due, then check its status."""
    if is_due(at):
        try:
            made = make_backup(at=at, keep=env().backup_keep, clock=now)
        except BackupTrouble as trouble:
            log.error("no backup was made", why=trouble.code)
        else:
            log.info("backup made", number=made.row.number, size=made.row.size)
    found = standing(at)

    def watch(federation_id: int) -> None:
        with scope(federation_id):
            watch_backups(at=at, standing=found)

    in_every_federation(watch, failed="looking after backups failed")


def is_due(at: datetime) -> bool:
    """Return whether a backup is due: once a day in London, from the chosen hour on, and only once there is a
    key to encrypt it for."""
    try:
        keys.recipient()
    except BackupTrouble:
        return False
    last = Backup.objects.filter(trouble="").order_by("-number").first()
    made_today = last is not None and local_day(last.began_at) >= local_day(at)
    return at.astimezone(LONDON).hour >= env().backup_hour and not made_today
