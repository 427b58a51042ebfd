"""Instants are aware, days are London's, and only the doors look at the clock."""

import ast
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from django.db import connection

import schoolgate
from schoolgate.core import clock

DOORS = ("web", "api", "cli", "jobs", "config")
BY_THE_MOMENT = ("core/clock.py", "core/table_cache.py")
"""The clock itself, and the cache, whose values end by the moment, whatever is kept in them."""
PACKAGE = Path(schoolgate.__file__).parent


def test_now_is_aware_and_in_utc():
    assert clock.now().utcoffset() == timedelta(0)


def test_the_database_tells_the_same_time(db):
    before = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (told,) = cursor.fetchone()
    assert before <= told <= clock.now()


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2027, 1, 19, 23, 59, 59, tzinfo=UTC), date(2027, 1, 19)),
        (datetime(2027, 1, 20, 0, 0, tzinfo=UTC), date(2027, 1, 20)),
        (datetime(2027, 6, 19, 22, 59, 59, tzinfo=UTC), date(2027, 6, 19)),
        (datetime(2027, 6, 19, 23, 0, tzinfo=UTC), date(2027, 6, 20)),
        (datetime(2027, 1, 20, 3, 0, tzinfo=timezone(timedelta(hours=5))), date(2027, 1, 19)),
    ],
)
def test_a_day_is_londons(at, day):
    assert clock.local_day(at) == day


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        clock.local_day(datetime(2027, 1, 19))


def looks_at_the_clock(source: str) -> list[int]:
    """Lines that ask what time it is."""
    asking = {"now", "utcnow", "today"}
    if not any(f".{word}" in source for word in asking):
        return []  # most files: parsing all takes two seconds
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in asking
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "timezone", "clock"}
    ]


def test_only_the_doors_look_at_the_clock():
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).parts[0] not in DOORS
        and path.relative_to(PACKAGE).as_posix() not in BY_THE_MOMENT
        for line in looks_at_the_clock(path.read_text())
    ]
    assert found == []
