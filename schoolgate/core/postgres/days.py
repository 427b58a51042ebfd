"""Days as the database has them: what is out of bounds is read as the nearest day within.

Forms and lists refuse such days. A row that an older version accepted must break no page: what is counted
from it would overflow.
"""

from __future__ import annotations

from datetime import date

from psycopg import adapters
from psycopg.abc import Buffer
from psycopg.errors import DataError
from psycopg.types.datetime import DateLoader

from schoolgate.core.days import FIRST_DAY, LAST_DAY, nearest_day


class NearestDay(DateLoader):
    """Reads a date; also one that Python can't hold."""

    def load(self, data: Buffer) -> date:
        """Return the day, or the nearest within bounds."""
        try:
            return nearest_day(super().load(data))
        except DataError:
            return FIRST_DAY if bytes(data).endswith(b"BC") or bytes(data).startswith(b"-") else LAST_DAY


def bound_days() -> None:
    """Read days so on every connection that is made from now on."""
    adapters.register_loader("date", NearestDay)
