"""Watches, from the web process, whether the rest of the program is working: a dead worker cannot say so
itself."""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.db import connections

from schoolgate.core import heartbeats
from schoolgate.core.clock import now
from schoolgate.core.home import folder
from schoolgate.notices.alarm import tell_administrators
from schoolgate.reports import running

log = structlog.get_logger(__name__)
SECONDS_BETWEEN_LOOKS = 60
SAID_AGAIN_AFTER = timedelta(hours=1)
Tell = Callable[[list[str]], object]


def _tell(what: list[str]) -> object:
    return tell_administrators(what, clock=now)


@dataclass
class Watch:
    """What one process has already logged, so that its log isn't filled with repeats."""

    tell: Tell = _tell
    said: list[str] = field(default_factory=list)
    said_at: datetime | None = None

    def look(self, at: datetime) -> list[str]:
        """Check once: log at ERROR when something new is stuck and each hour while it is, and send a mail
        once a day for each. Return what is stuck."""
        still = heartbeats.said_once(running.of_installation(at))
        what = [found.what for found in still]
        if what and (what != self.said or self.said_at is None or at - self.said_at >= SAID_AGAIN_AFTER):
            since = {found.what: found.since.isoformat() if found.since else "never" for found in still}
            log.error("standing still", since=since)
            self.said_at = at
        elif self.said and not what:
            log.info("everything moves again")
        self.said = what
        if [each for each in what if heartbeats.may_tell(each, at=at)]:
            self.tell(what)
        return what


def start() -> None:
    """Begin to look, in a thread that ends with the process."""
    threading.Thread(target=_forever, name="watching", daemon=True).start()


def _forever() -> None:
    # Several processes serve pages here; one of them watches, and another takes over when it ends.
    with (folder("run") / "watching.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _look_again_and_again()


def _look_again_and_again() -> None:
    watch = Watch()
    begun = False
    while True:
        try:
            if not begun:
                heartbeats.begin(at=now())
                begun = True
            watch.look(now())
        except Exception:
            log.exception("looking whether all moves failed")
        finally:
            connections.close_all()
        time.sleep(SECONDS_BETWEEN_LOOKS)
