"""The cache keeps a value until it is over, and of many who come at once each gets what it should."""

from datetime import timedelta

import pytest
from django.core.cache import cache, caches
from django.db import connection

from schoolgate.core import table_cache
from schoolgate.core.clock import now
from tests.networks.desk import side_by_side

pytestmark = pytest.mark.django_db


def over(monkeypatch, seconds):
    """So many seconds have passed."""
    later = now() + timedelta(seconds=seconds)
    monkeypatch.setattr(table_cache, "_now", lambda: later)


def test_a_value_is_put_by_one_statement_and_replaced_by_another(queries):
    for value in ({"a": 1}, "b"):
        with queries() as seen:
            cache.set("key", value, 60)
        assert len(seen) == 1
        assert cache.get("key") == value
    cache.set("key", "for ever", None)
    assert cache.get("key") == "for ever"
    cache.set("key", "over", 0)
    assert cache.get("key") is None


def test_what_is_counted_is_the_same_however_much_was_put_there_before(queries):
    """Each 50th value that a process puts there has it looked through; that is no one page's."""
    for _each in range(table_cache.CLEARED_EACH + 1):
        with queries() as seen:
            cache.set("key", "value", 60)
        assert len(seen) == 1


def test_what_is_there_is_added_only_once_it_is_over(monkeypatch):
    assert (cache.add("key", "one", 60), cache.add("key", "two", 60), cache.get("key")) == (
        True,
        False,
        "one",
    )
    over(monkeypatch, 90)
    assert cache.add("key", "three", 600) is True
    assert cache.get("key") == "three"


def test_the_same_mark_goes_on_with_its_turn_and_another_begins_one(monkeypatch, queries):
    with queries() as seen:
        first = cache.take_turns(["sender", "thing"], "yes", 60)
    assert len(seen) == 1
    assert cache.take_turns(["sender", "thing"], "yes", 60) == first
    other = cache.take_turns(["other", "thing"], "y", 60)
    assert other[1] != first[1], "a mark that only begins alike is another"
    again = cache.take_turns(["sender", "thing"], "yes", 60)
    assert (again[0] == first[0], again[1] in (first[1], other[1])) == (True, False)
    over(monkeypatch, 90)
    assert cache.take_turns(["sender"], "yes", 60) != first[:1], "it was over"


def test_of_those_who_come_at_once_all_go_on_with_one_turn(own_database):
    turns = []

    def one():
        turns.append(tuple(cache.take_turns(["sender", "thing"], "yes", 60)))

    side_by_side(one, times=4)
    assert (len(turns), len(set(turns))) == (4, 1)


def test_what_is_too_much_is_cleared_after_a_while(monkeypatch):
    monkeypatch.setattr(caches["default"], "_max_entries", 5)  # through `cache` it would be gone afterwards
    for number in range(2 * table_cache.CLEARED_EACH):
        cache.set(f"key-{number}", number, -1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_cache")
        assert cursor.fetchone()[0] <= table_cache.CLEARED_EACH
