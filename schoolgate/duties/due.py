"""When a duty is due: at an instant, on a day, or with no time promised. Plain values, no rows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.days import NEVER
from schoolgate.duties.states import DueKind
from schoolgate.rulebook import findings

_SMALLEST = timedelta(microseconds=1)


@dataclass(frozen=True)
class Due:
    """A duty's time in the policy's own terms.

    Build it with `Due.at(instant)`, `Due.day(date)` or `Due.none_promised()`.
    """

    kind: DueKind
    instant: datetime | None = None
    on: date | None = None
    days_before: int = 0
    """How many days before its day it reminds; 0: that morning."""

    @classmethod
    def at(cls, instant: datetime) -> Self:
        """Due at an instant (aware; stored in UTC). Raises ValueError for a time without a zone."""
        if instant.tzinfo is None:
            raise ValueError("a due time needs its time zone")
        return cls(DueKind.INSTANT, instant=instant.astimezone(UTC))

    @classmethod
    def day(cls, on: date, *, days_before: int = 0) -> Self:
        """Due on a day; the whole of that day in Europe/London counts as in time."""
        return cls(DueKind.DAY, on=on, days_before=days_before)

    @classmethod
    def none_promised(cls) -> Self:
        """No deadline: the policy asks for it and names none, so it waits, and is never overdue."""
        return cls(DueKind.NONE_PROMISED)

    @classmethod
    def of(cls, found: findings.Due) -> Self:
        """Return the time of a duty that a decision names."""
        if found.instant is not None:
            return cls.at(found.instant)
        return cls.day(found.day) if found.day is not None else cls.none_promised()

    @property
    def last_instant(self) -> datetime:
        """Return the last instant (UTC) that is still in time; NEVER where none is promised."""
        if self.instant is not None:
            return self.instant
        if self.on is not None:
            # Midnight in London, not in UTC: in summer the two are an hour apart.
            return _midnight(self.on + timedelta(days=1)) - _SMALLEST
        return NEVER

    def warn_from(self, opened_at: datetime) -> datetime | None:
        """Return when to remind: with a quarter of the time left, or from the morning of the due day, or of
        one some days before it.

        Ours, not a policy's: a reminder creates no obligation. None where there is no deadline.
        """
        if self.instant is not None:
            return max(opened_at, self.instant - max(self.instant - opened_at, timedelta()) / 4)
        if self.on is not None:
            return max(opened_at, _midnight(self.on - timedelta(days=self.days_before)))
        return None

    def is_late(self, at: datetime) -> bool:
        """Return whether the deadline has passed; never where there is none."""
        return self.kind != DueKind.NONE_PROMISED and at > self.last_instant

    def day_in_london(self) -> date | None:
        """Return the day it falls on, for showing; None where none is promised."""
        return self.on if self.instant is None else local_day(self.instant)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=LONDON).astimezone(UTC)
