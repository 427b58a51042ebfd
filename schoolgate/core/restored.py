"""A home restored from a backup and not released yet: nothing is sent, read from a network or mailed.

Code that starts anything outgoing checks `awaiting_release`. Only the look-ups that come before the release
go on regardless."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from schoolgate.core.models import InstallationStop, Restoration
from schoolgate.core.subjects import subject_of

PLACED_BY = "restore"
"""Who placed the stop that a restored home starts with."""
_looking: ContextVar[bool] = ContextVar("schoolgate_looking_after_restore", default=False)


def awaiting_release() -> Restoration | None:
    """Return the restore that is not released yet; None in every other home. One query."""
    return Restoration.objects.filter(released_at=None).first()


def may_speak_to_networks() -> bool:
    """Whether a client may be made now: always, but in a restored home only for the look-ups."""
    return _looking.get() or awaiting_release() is None


@contextmanager
def looking_up() -> Iterator[None]:
    """Let the look-ups before a release reach the networks, in this context alone."""
    token = _looking.set(True)
    try:
        yield
    finally:
        _looking.reset(token)


def release(restoration: Restoration, *, by: Model | None, at: datetime) -> bool:
    """Lift what the restore has set; return False if that has been done already. The caller has made all the
    checks that come first."""
    with transaction.atomic():
        done = Restoration.objects.filter(pk=restoration.pk, released_at=None).update(
            released_at=at, released_by=subject_of(by) if by is not None else "command"
        )
        if done:
            InstallationStop.objects.filter(lifted_at=None, placed_by=PLACED_BY).update(lifted_at=at)
    return bool(done)
