"""The sessions of browsers, as Django keeps them: the question for one, which every page asks, is written
once."""

from __future__ import annotations

from functools import cache

from django.contrib.sessions.backends.db import SessionStore as DjangoSessionStore
from django.contrib.sessions.models import Session

from schoolgate.core.clock import now
from schoolgate.core.reading_once import A_TEXT, AN_INSTANT, FixedQuery


class SessionStore(DjangoSessionStore):
    """Reads a session that hasn't expired; one that isn't there gets another key."""

    def load(self) -> dict[str, object]:
        """Return what is in the session: nothing where it isn't there, or has expired. One query."""
        for found in _asked().ask({A_TEXT: self.session_key, AN_INSTANT: now()}):
            return dict(self.decode(found.session_data))
        self._session_key = None
        return {}


@cache
def _asked() -> FixedQuery[Session]:
    return FixedQuery(Session.objects.filter(session_key=A_TEXT, expire_date__gt=AN_INSTANT))
