"""What is asked again is planned once, and is answered for the values it is asked with."""

import pytest
from django.db import connection, transaction
from django.db.models import Q

from schoolgate.core.models import School
from schoolgate.core.postgres.for_django import ASKED_AT_MOST, VALUES_AT_MOST
from schoolgate.core.tenancy import scope
from tests.conftest import as_owner


def prepared():
    """The statements that the server keeps for this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [one for (one,) in cursor.fetchall()]


@pytest.fixture
def two(scoped):
    return [School.objects.create(name=name, slug=name.lower()) for name in ("Ashdown", "Beacon")]


def test_a_question_is_planned_once_and_answered_for_each_value(two):
    for one in (*two, *two):
        assert School.objects.get(name=one.name) == one
    assert len([said for said in prepared() if '"core_school"."name" = $1' in said]) == 1


def test_a_savepoint_has_another_name_each_time_and_is_not_kept(two):
    with transaction.atomic():
        School.objects.get(pk=two[0].pk)
    assert [said for said in prepared() if said.startswith(("SAVEPOINT", "RELEASE"))] == []


def test_a_list_of_any_length_is_asked_with_and_a_long_one_is_not_kept(two):
    ids = [one.pk for one in two]
    for many in (VALUES_AT_MOST - 2, VALUES_AT_MOST - 1, 70_000):
        assert set(School.objects.filter(pk__in=[*ids, *range(-many, 0)])) == set(two)
    kept = [said.count("$") for said in prepared() if '"core_school"."id" IN' in said]
    assert VALUES_AT_MOST in kept
    assert max(kept) == VALUES_AT_MOST


def test_a_question_of_many_conditions_is_kept_and_one_of_too_many_is_not(two):
    for many in (VALUES_AT_MOST + 1, ASKED_AT_MOST, ASKED_AT_MOST + 1):
        named = Q(name="Ashdown")
        for number in range(many - 1):
            named |= Q(slug=str(number))
        for _time in range(4):
            assert list(School.objects.filter(named)) == [two[0]]
    kept = {said.count("$") for said in prepared() if '"core_school"."slug" = $' in said}
    assert {VALUES_AT_MOST + 1, ASKED_AT_MOST} <= kept
    assert max(kept) == ASKED_AT_MOST


def test_what_a_test_asked_is_not_planned_again_by_the_next(own_database, make_federation):
    here = make_federation().pk
    for _test in range(2):
        with transaction.atomic():
            with scope(here):
                assert School.objects.filter(name="Ashdown").first() is None
            transaction.set_rollback(True)
        with scope(here):
            assert len([said for said in prepared() if '"core_school"."name" = $1' in said]) == 1


def test_a_percent_sign_in_a_long_list_is_a_sign(two):
    two[0].name = "100% Ashdown"
    two[0].save(update_fields=["name"])
    names = [*(f"{number} %s" for number in range(VALUES_AT_MOST)), "100% Ashdown"]
    assert list(School.objects.filter(name__in=names)) == [two[0]]


def test_what_is_kept_is_planned_anew_where_the_table_has_changed(own_database, make_federation):
    here = make_federation().pk
    for change in ("ADD COLUMN later text", "DROP COLUMN later"):
        with scope(here):
            assert not School.objects.filter(name="Ashdown").exists()
        with as_owner() as owner:
            owner.execute(f"ALTER TABLE core_school {change}")
    with scope(here):
        assert not School.objects.filter(name="Ashdown").exists()
