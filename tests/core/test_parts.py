"""What belongs to a row is read once, when somebody asks."""

import pytest

from schoolgate.core.models import School
from schoolgate.core.parts import with_parts
from schoolgate.core.tenancy import NoScope, scope

PARTS = {"terms": lambda: "terms"}


@pytest.fixture
def schools(scoped):
    return [School.objects.create(name=name, slug=name.lower()) for name in ("Ash", "Birch")]


def test_a_part_is_read_for_all_rows_when_the_first_asks(schools, queries):
    with queries() as seen:
        rows = with_parts(School.objects.order_by("name"), PARTS)
    assert len(seen) == 1
    with queries() as seen:
        assert [list(row.terms.all()) for row in rows for _twice in range(2)] == [[], [], [], []]
    assert len(seen) == 1


def test_what_was_added_since_is_there_once_the_row_is_read_again(schools, at):
    rows = with_parts(School.objects.order_by("name"), PARTS)
    assert not rows[0].terms.all()
    rows[0].terms.create(name="Spring", first_day=at.date(), last_day=at.date())
    assert not rows[0].terms.all()
    rows[0].refresh_from_db()
    assert [each.name for each in rows[0].terms.all()] == ["Spring"]


def test_what_is_no_part_is_asked_of_the_database_as_ever(schools, queries):
    rows = with_parts(School.objects.order_by("name"), {})
    with queries() as seen:
        assert [list(row.terms.all()) for row in rows] == [[], []]
    assert len(seen) == 2


def test_a_part_is_not_read_outside_the_scope(federation):
    with scope(federation.pk):
        School.objects.create(name="Ash", slug="ash")
        (row,) = with_parts(School.objects.all(), PARTS)
    with pytest.raises(NoScope):
        row.terms.all()
