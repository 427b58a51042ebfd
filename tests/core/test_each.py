"""Rows are done each by itself: one that fails leaves nothing behind and delays no other."""

from schoolgate.core.actions import all_or_each, each_by_itself
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


def test_all_at_once_is_tried_first_and_what_fails_is_then_done_each_by_itself(federation, at):
    calls = []

    def do(numbers):
        calls.append(list(numbers))
        for number in numbers:
            fails_at_two(number, at)

    with scope(federation.pk):
        assert all_or_each([4, 5], do, at=at, failed="not done") == []
        assert all_or_each([1, 2, 3], do, at=at, failed="not done") == [2]
        assert all_or_each([], do, at=at, failed="not done") == []
    assert calls == [[4, 5], [1, 2, 3], [1], [2], [3]]
    with scope(federation.pk):
        assert School.objects.count() == 4
        assert LedgerRow.objects.filter(event="school.added").count() == 4


def test_rows_that_failed_together_are_as_they_were_when_each_is_tried(federation, at):
    def rename(schools):
        for one in schools:
            assert one.name == "North"
            one.name = "South"
            one.save()
        if len(schools) > 1:
            raise ZeroDivisionError

    with scope(federation.pk):
        rows = [School.objects.create(slug=f"school-{number}", name="North") for number in (1, 2)]
        assert all_or_each(rows, rename, at=at, failed="not done") == []
