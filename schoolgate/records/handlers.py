"""What follows when one record was erased: its files go, and it is put on the list of erasures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.core.events import subscribes
from schoolgate.records.erasures import list_erasures
from schoolgate.records.sweeping import remove_files


@subscribes("records.erased")
def finish_erasing(*, federation_id: int, at: datetime, **_ids: Any) -> None:
    """Take its files off the disk, and add it to the list that a restore reads. Safe to run twice."""
    remove_files(federation_id, at=at)
    list_erasures(federation_id)
