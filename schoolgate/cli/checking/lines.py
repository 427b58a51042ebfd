"""One check's line, and the registry of checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection

from schoolgate.core.postgres.away import is_lost
from schoolgate.core.typed import typed


@dataclass(frozen=True)
class Line:
    """The result of one check: `ok`, or what to look at and what to do. `what` is a short, stable name."""

    what: str
    ok: bool
    says: str
    to_do: str = ""
    last: bool = False
    """Whether nothing else can be checked after it."""

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {name: value for name, value in asdict(self).items() if name != "last"}


Look = Callable[[datetime], Line]
LOOKS: dict[str, Look] = {}
T = TypeVar("T")
ORDER = (
    "database", "settings", "parts", "policies", "protection", "record", "keeping", "files", "disk",
    "folders", "keys", "clock", "address", "examples", "mail", "backups", "heartbeats",
)  # fmt: skip
"""What the rest rests on comes first."""


def looks_at(what: str) -> Callable[[Look], Look]:
    """Register a function as the check of `what`; it has its place in ORDER."""

    def enter(look: Look) -> Look:
        LOOKS[what] = look
        return look

    return enter


def well(what: str, says: str) -> Line:
    """Nothing to do."""
    return Line(what, ok=True, says=says)


def look_at_this(what: str, says: str, to_do: str) -> Line:
    """Something to do."""
    return Line(what, ok=False, says=says, to_do=to_do)


def if_database_answers(ask: Callable[[], T], otherwise: T) -> T:
    """Return what a check asks the database besides, or `otherwise` where that's gone: it hides no more than
    that."""
    try:
        return ask()
    except Exception as error:
        if not is_lost(error):
            raise
        connection.close()
        return otherwise


def all_lines(clock: Callable[[], datetime]) -> Iterator[Line]:
    """Run the checks one after the other, each with its own instant: all of them take a while.

    A check that fails is itself something to look at; only the kind of the error is told, because its text
    may quote a row. Checks that need a database that has gone are one line, at the end.
    """
    without = []
    for what in ORDER:
        try:
            line = LOOKS[what](clock())
        except Exception as error:  # noqa: BLE001 - one that breaks hides nothing of the others
            if is_lost(error):
                without.append(what)
                connection.close()  # the next one connects anew, if it can
                continue
            line = look_at_this(
                what,
                f"this could not be checked ({type(error).__name__})",
                "Fix the problems above first.",
            )
        yield line
        if line.last:
            return
    if without:
        yield look_at_this(
            "database",
            f"it stopped responding, so these weren't checked: {', '.join(without)}",
            f"Start it, then run {typed('check')} again.",
        )
