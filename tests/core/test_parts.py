"""What belongs to a row is read once, when somebody asks."""

import pickle
from datetime import timedelta

import pytest
from django.db.models import Prefetch

from schoolgate.core.models import School, Term
from schoolgate.core.reading_once import with_all_parts, with_parts
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


FURTHER = {
    "terms": lambda: Prefetch("terms", Term.objects.select_related("school").order_by("-first_day")),
}


@pytest.mark.parametrize("parts", [PARTS, FURTHER])
def test_a_part_of_one_row_has_what_it_has_among_many(schools, at, parts, queries):
    for number in (1, 2):
        day = at.date() + timedelta(days=number)
        for one in schools:
            one.terms.create(name=f"Term {number} of {one.name}", first_day=day, last_day=day)
    rows = list(with_parts(School.objects.order_by("name"), parts))
    for one, among in zip(schools, rows, strict=True):
        for _twice in range(2):  # the second time its statement is known
            (alone,) = with_parts(School.objects.filter(pk=one.pk), parts)
            assert list(alone.terms.all()) == list(among.terms.all())
            with queries() as seen:
                assert [each.school is alone for each in alone.terms.all()] == [True, True]
            assert len(seen) == 0
            assert [each.name for each in alone.terms.filter(name__startswith="Term 1")] == [
                f"Term 1 of {one.name}"
            ]


def test_all_parts_are_read_at_once_and_stay_as_they_were(schools, at, queries):
    (row,) = with_all_parts(School.objects.filter(pk=schools[0].pk), PARTS)
    schools[0].terms.create(name="Spring", first_day=at.date(), last_day=at.date())
    with queries() as seen:
        assert list(row.terms.all()) == []
    assert len(seen) == 0
    assert list(pickle.loads(pickle.dumps(row)).terms.all()) == [], "a copy has what was read"
    assert with_all_parts(School.objects.none(), PARTS) == []


def test_a_part_is_not_read_outside_the_scope(federation):
    with scope(federation.pk):
        School.objects.create(name="Ash", slug="ash")
        (row,) = with_parts(School.objects.all(), PARTS)
    with pytest.raises(NoScope):
        row.terms.all()
