"""The record's row that everything of a federation was exported."""

from __future__ import annotations

from datetime import datetime

from schoolgate.core.actions import action
from schoolgate.core.events import record
from schoolgate.core.tenancy import current_scope


@action
def note_export(*, at: datetime) -> None:
    """Record that the operator of the installation begins to export the federation in scope: before, so
    that the export has this row too, and so that one that was cut off is seen."""
    record("federation.exported", subject=f"core.federation:{current_scope().federation_id}", at=at)
