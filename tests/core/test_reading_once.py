"""In a request that changes nothing, a thing is read once; inside and after an action it is read again."""

import pytest

from schoolgate.core.actions import action
from schoolgate.core.errors import NotNow
from schoolgate.core.models import School
from schoolgate.core.reading_once import read_once, remember_reads
from schoolgate.core.tenancy import scope


def names() -> list[str]:
    return read_once("names", lambda: sorted(School.objects.values_list("name", flat=True)))


@action
def add(*, at, name, fails=False):
    seen = names()
    School.objects.create(name=name, slug=name.lower())
    if fails:
        raise NotNow("no", "no")
    return seen, names()


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
    School.objects.create(name="Behind", slug="behind")
    assert names() == [], "this is what was read before"
    assert add(at=at, name="Juniors") == (["Behind"], ["Behind", "Juniors"])
    assert names() == ["Behind", "Juniors"]


def test_after_an_action_that_failed_everything_is_read_again_too(scoped, at):
    remember_reads()
    assert names() == []
    School.objects.create(name="Behind", slug="behind")
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
