"""What follows when one record was erased: its files go, and it is put in the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.core.events import subscribes
from schoolgate.records.destroying import remove_files
from schoolgate.records.journal import note


@subscribes("records.erased")
def finish_erasing(*, federation_id: int, at: datetime, **_ids: Any) -> None:
    """Add it to the journal that a restore reads, and take its files off the disk. Safe to run twice."""
    note(federation_id, at=at)
    remove_files(federation_id, at=at)
