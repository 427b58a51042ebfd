"""What the rooms register fits the data map: each period stands there once, each kind says what it needs, and
nothing personal is forgotten."""

from django.apps import apps

from schoolgate.core.data_map import entries
from schoolgate.core.retention import kinds
from schoolgate.web.reports.evidence import KEPT, NOT_BUILT


def test_each_ending_with_a_period_has_its_kind_and_each_kind_its_ending():
    with_period = {name for name, ending in entries.load().endings.items() if ending.months}
    assert sorted(one.endings[0] for one in kinds()) == sorted(with_period)


def test_the_data_map_says_the_period_in_its_sentence_too():
    for one in kinds():
        assert f"{one.months} months" in entries.load().endings[one.endings[0]].says


def test_keys_and_numbers_are_each_kinds_own_and_every_kind_has_tables():
    assert len({one.key for one in kinds()}) == len({one.number for one in kinds()}) == len(kinds())
    assert all(one.tables for one in kinds())
    assert [one.subject for one in kinds()] == [f"records.kind:{one}" for one in range(1, 35)]


def test_what_goes_only_with_a_certificate_goes_with_a_kind():
    """A table that is only destroyed belongs to a kind, and may be deleted from and not changed."""
    of_kinds = {table for one in kinds() for table in one.tables}
    for model in apps.get_models():
        if getattr(model, "only_destroyed", False):
            assert model._meta.label in of_kinds
            assert set(model.app_may) in ({"SELECT", "INSERT", "DELETE"}, {"SELECT", "INSERT", "UPDATE"})


def test_the_page_lists_each_room_that_has_personal_data_without_an_end_and_no_other():
    without = {
        one.table.split(".")[0] for one in entries.load().fields() if one.whose and one.ends == "nothing_yet"
    }
    assert set(NOT_BUILT) == without
    assert all(str(said).partition(": ")[2] for said in NOT_BUILT.values())
    kept = {one.table for one in entries.load().fields() if one.ends == "evidence"}
    assert {table.split(".")[0] for table in kept} == {"policy"}
    assert len(KEPT) == 2


OF_EVERY_KIND = ("destroyed_file", "reason_emptied")
"""What happens with whatever is destroyed, of whichever kind."""


def test_each_ending_that_a_kind_brings_about_is_one_of_its_own():
    for name, ending in entries.load().endings.items():
        if ending.runs == "schoolgate.jobs.daily.records" and name not in OF_EVERY_KIND:
            (kind,) = [one for one in kinds() if name in one.endings]
            assert ending.by == (f"{type(kind).__module__}.{type(kind).__name__}.destroy",)
