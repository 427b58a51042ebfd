"""For how long a slip of the finger is undone by one touch. Afterwards there are the ordinary ways."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotNow

UNDO_FOR = timedelta(minutes=10)
"""Ours, not a policy's. Both the act and its undoing stay on record."""


def check_may_still_undo(done_at: datetime, *, at: datetime) -> None:
    """Raise NotNow once the act lies longer ago than UNDO_FOR."""
    if at - done_at > UNDO_FOR:
        raise NotNow(
            _("It’s too late to undo this."),
            _("Open it again to see its status and what you can do now."),
        )
