"""A page and an action read a thing once, until something is written or waited for."""

from unittest.mock import patch

import pytest

from schoolgate.core.actions import action
from schoolgate.core.errors import NotNow
from schoolgate.core.holds import one_at_a_time
from schoolgate.core.models import School
from schoolgate.core.reading_once import read_once, remember_reads
from schoolgate.core.tenancy import Scope, only_reads, scope
from tests.worlds import tried_alone


def names() -> list[str]:
    return read_once("names", lambda: sorted(School.objects.values_list("name", flat=True)))


@action
def add(*, at, name, fails=False):
    seen = names()
    School.objects.create(name=name, slug=name.lower())
    if fails:
        raise NotNow("no", "no")
    return seen, names()


def add_behind():
    """A school is entered by another transaction: the scope notices nothing."""
    with patch.object(Scope, "wrote"):
        School.objects.create(name="Behind", slug="behind")


def test_a_thing_is_read_once_where_nothing_changes(federation, queries):
    with scope(federation.id):
        remember_reads()
        with queries() as seen:
            assert names() == names() == []
    assert len(seen) == 1


def test_each_thing_is_read_for_itself(scoped):
    remember_reads()
    assert [read_once(("one", number), lambda number=number: number) for number in (1, 2, 1)] == [1, 2, 1]


def test_nothing_is_remembered_where_no_one_asked_for_it(scoped, queries):
    with queries() as seen:
        assert names() == names() == []
    assert len(seen) == 2


def test_nothing_is_remembered_outside_a_scope():
    found = iter([1, 2])
    assert [read_once("number", lambda: next(found)) for _ in range(2)] == [1, 2]


def test_inside_an_action_and_after_it_everything_is_read_again(scoped, at):
    remember_reads()
    assert names() == []
    add_behind()
    assert names() == [], "this is what was read before"
    assert add(at=at, name="Juniors") == (["Behind"], ["Behind", "Juniors"])
    assert names() == ["Behind", "Juniors"]


def test_after_an_action_that_failed_everything_is_read_again_too(scoped, at):
    remember_reads()
    assert names() == []
    add_behind()
    with pytest.raises(NotNow):
        add(at=at, name="Juniors", fails=True)
    assert names() == ["Behind"]


def test_an_action_leaves_a_scope_that_remembers_nothing_as_it_is(scoped, at, queries):
    add(at=at, name="Juniors")
    with queries() as seen:
        assert names() == names() == ["Juniors"]
    assert len(seen) == 2


def test_the_next_scope_knows_nothing_of_the_last(federation, queries):
    for _ in range(2):
        with scope(federation.id):
            remember_reads()
            with queries() as seen:
                names()
        assert len(seen) == 1


@action
def look(*, at, between=lambda: None):
    first = names()
    between()
    add_behind()
    return first, names()


WRITES = {
    "a row is added": lambda: School.objects.create(name="Infants", slug="infants"),
    "rows are changed, if there are any": lambda: School.objects.update(name="Infants"),
    "a row may have been waited for": lambda: list(School.objects.select_for_update().filter(slug="x")),
    "a lock may have been": one_at_a_time,
}


def test_inside_an_action_a_thing_is_read_once_until_something_is_written_or_waited_for(scoped, at):
    with tried_alone():
        assert look(at=at) == ([], []), "nothing was written that the scope knows of"
    for what, between in WRITES.items():
        with tried_alone():
            first, then = look(at=at, between=between)
            assert (first, "Behind" in then) == ([], True), what


def test_an_action_knows_nothing_of_what_its_page_read(scoped, at):
    remember_reads()
    assert names() == []
    add_behind()
    assert peek(at=at) == ["Behind"]


def test_after_an_action_that_only_looked_the_page_knows_what_it_knew(scoped, at, queries):
    remember_reads()
    names()
    peek(at=at)
    with queries() as seen:
        names()
    assert len(seen) == 0


@action
def peek(*, at):
    return names()


READS = [
    'SELECT "a"."b" FROM "a"',
    '(SELECT "a" FROM "a") UNION (SELECT "b" FROM "b")',
    "SELECT COUNT(*) FROM a",
    "SELECT count(*) FROM a",
    'SAVEPOINT "x"',
    'RELEASE SAVEPOINT "x"',
]
MAY_DO_MORE = [
    'ROLLBACK TO SAVEPOINT "x"',
    'SELECT "a" FROM "a" FOR UPDATE',
    'SELECT "a" FROM "a" FOR NO KEY UPDATE OF "a" SKIP LOCKED',
    "SELECT pg_advisory_xact_lock(1)",
    "SELECT set_config('schoolgate.person', '1', true)",
    "WITH a AS (DELETE FROM b RETURNING c) SELECT c FROM a",
    "\nSELECT unnest(procrastinate_defer_jobs_v1(%(jobs)s))",
    'INSERT INTO "a" DEFAULT VALUES',
    "",
    b'SELECT "a"',
]


def test_only_what_certainly_reads_counts_as_reading():
    assert [one for one in READS if not only_reads(one)] == []
    assert [one for one in MAY_DO_MORE if only_reads(one)] == []
