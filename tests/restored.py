"""A database as a restore leaves it: stopped, noted, and put into doubt."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from schoolgate.core.backups import restoring
from schoolgate.core.backups.snapshot import Loaded
from schoolgate.core.models import Restoration
from schoolgate.reports import after_restore
from tests import databases
from tests.conftest import as_owner


def restore_here(
    *, backup_at: datetime, at: datetime, sound: bool = True, lost: dict[str, int] | None = None
) -> Restoration:
    """Have this test's own database be that of a home that was just made from a backup. Outside any scope."""
    with as_owner() as owner:
        owner.execute(restoring.STOP, [restoring.REASON, at])
    url = databases.url("owner", connection.settings_dict["NAME"])
    found = Loaded(head={"number": 7, "at": backup_at.isoformat()})
    row = Restoration(pk=restoring.note_restoration(url, found, at=at, sound=sound, lost=lost or {}))
    row.refresh_from_db()
    after_restore.begin(row, at=at)
    return row
