"""Instants as the networks write them in their downloads; None for what is none."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime

from schoolgate.core.days import check_instant, instant_in

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LONG = re.compile(r"\w{3} (\w{3}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) \+0000 (\d{4})")
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""No network is older, and nothing is written after this."""


def from_seconds(value: object) -> datetime | None:
    """Seconds since 1970, as Facebook and Instagram count."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return datetime.fromtimestamp(value, UTC) if FIRST.timestamp() <= value < LAST.timestamp() else None


def from_iso(value: object) -> datetime | None:
    """As Mastodon and Bluesky write it; without a zone it is none."""
    if not isinstance(value, str) or len(value) > 50:
        return None
    try:
        return _sane(check_instant(instant_in(value)))
    except ValueError:
        return None


def from_words(value: object) -> datetime | None:
    """`Sat Feb 18 12:33:11 +0000 2023`, as X writes it, whatever language the machine speaks."""
    found = _LONG.fullmatch(value) if isinstance(value, str) else None
    if found is None or found[1] not in _MONTHS:
        return None
    try:
        year, month = int(found[6]), _MONTHS.index(found[1]) + 1
        day, hour, minute, second = (int(found[n]) for n in (2, 3, 4, 5))
        return _sane(datetime(year, month, day, hour, minute, second, tzinfo=UTC))
    except ValueError:
        return None


def _sane(at: datetime) -> datetime | None:
    return at if FIRST <= at < LAST else None
