"""Rows are done each by itself: one that fails leaves nothing behind and delays no other."""

from schoolgate.core.each import each_by_itself
from schoolgate.core.events import record
from schoolgate.core.models import LedgerRow, School
from schoolgate.core.tenancy import scope


def fails_at_two(number, at):
    School.objects.create(slug=f"school-{number}", name="North")
    record("school.added", subject=School.objects.get(slug=f"school-{number}"), at=at)
    if number == 2:
        raise ZeroDivisionError


def test_in_a_scope_each_row_is_done_whole_or_not_at_all(federation, at):
    with scope(federation.pk):
        left = each_by_itself([1, 2, 3], lambda number: fails_at_two(number, at), at=at, failed="not done")
    with scope(federation.pk):
        assert left == [2]
        assert sorted(School.objects.values_list("slug", flat=True)) == ["school-1", "school-3"]
        assert LedgerRow.objects.filter(event="school.added").count() == 2


def test_outside_one_each_row_opens_its_own(federation, at):
    def do(number):
        with scope(federation.pk):
            fails_at_two(number, at)

    assert each_by_itself([1, 2, 3], do, at=at, failed="not done") == [2]
    with scope(federation.pk):
        assert School.objects.count() == 2
