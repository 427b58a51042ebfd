"""Comments that were locked to the safeguarding leads, and may not be read by others after a restore."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.again import Columns
from schoolgate.inbox.actions.locking import end_tasks_of_others
from schoolgate.inbox.models import Item


class Locked(Columns):
    """Comments and messages that were locked."""

    key, model, when = "inbox.locked", Item, "locked_at"
    undone = _(
        "A comment was locked after the backup. A safeguarding lead must lock it again: number {number}."
    )

    def afterwards(self, row: Any, *, at: datetime) -> None:
        """End everyone else’s tasks about it."""
        end_tasks_of_others(Item.every.get(pk=row.pk), at=at)
