"""Remove expired sign-ins and the counts of sign-ins, each day."""

from __future__ import annotations

from datetime import UTC, datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection


def forget_over(at: datetime) -> None:
    """Remove the expired sign-ins, what was noted of their devices, and expired counts.

    Counts hold network addresses; they are in the table of the cache, where only the next count of the same
    kind would remove them.
    """
    Session.objects.filter(expire_date__lt=at).delete()
    running = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=running).delete()
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [at.astimezone(UTC)])  # noqa: S608
