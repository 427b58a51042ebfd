"""Tell the people who look after the federation when backups have stopped."""

from __future__ import annotations

from datetime import datetime

from schoolgate.core.actions import action
from schoolgate.core.backups.making import BackupStatus
from schoolgate.core.clock import local_day
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.queries import holders_of_capacity
from schoolgate.reports.duty_kinds import BACKUPS


@action
def watch_backups(*, at: datetime, standing: BackupStatus) -> bool:
    """Open the administrator's task while backups have stopped or fail to restore, and close it once they
    work; return whether there is trouble. Example federations are skipped: their data needs no backup."""
    federation = Federation.objects.get(pk=current_scope().federation_id)
    if federation.is_example:
        return False
    if not standing.trouble:
        discharge(kind=BACKUPS, subject=federation, by=None, at=at, how="well")
        return False
    holders = holders_of_capacity("administer", federation=federation, on=local_day(at))
    if holders:
        open_duty(kind=BACKUPS, subject=federation, at=at, due=Due.none_promised(), person=holders[0])
    return True
