"""One federation's rows, for one transaction."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from schoolgate.core.errors import NotNow
from schoolgate.core.models import School
from schoolgate.core.tenancy import NoScope, WrongScope, current_scope, scope


def database_scope() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('schoolgate.federation', true)")
        return cursor.fetchone()[0] or ""


def names() -> list[str]:
    return list(School.objects.order_by("name").values_list("name", flat=True))


def test_tests_connect_as_the_application(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user::text, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("schoolgate_app", False, False)


def test_without_a_scope_there_are_no_rows(federation):
    with scope(federation.id):
        School.objects.create(name="Juniors", slug="juniors")
        assert names() == ["Juniors"]
    assert names() == []
    assert database_scope() == ""


def test_a_row_takes_its_federation_from_the_scope(scoped):
    assert School.objects.create(name="Juniors", slug="juniors").federation_id == scoped.id


def test_a_row_made_without_a_scope_is_refused(db):
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        School.objects.create(name="Juniors", slug="juniors")


def test_asking_for_the_scope_where_there_is_none_is_a_mistake():
    with pytest.raises(NoScope):
        current_scope()


def test_an_inner_scope_of_the_same_federation_joins_the_outer_one(federation):
    with scope(federation.id) as outer:
        with scope(federation.id, person_id=7) as inner:
            assert inner is outer
            assert inner.person_id == 7
        assert outer.person_id is None
        assert database_scope() == str(federation.id)


def test_an_inner_scope_of_another_federation_or_person_is_a_mistake(federation, make_federation):
    other = make_federation("wootton", "wootton")
    with scope(federation.id, person_id=7):
        with pytest.raises(WrongScope), scope(other.id):
            pass
        with pytest.raises(WrongScope), scope(federation.id, person_id=8):
            pass
        assert database_scope() == str(federation.id)


def test_a_refusal_that_leaves_the_scope_keeps_what_was_written(federation):
    with pytest.raises(NotNow), scope(federation.id):
        School.objects.create(name="Juniors", slug="juniors")
        raise NotNow("too late")
    with scope(federation.id):
        assert names() == ["Juniors"]


def test_a_mistake_that_leaves_the_scope_takes_everything_back(federation):
    with pytest.raises(ZeroDivisionError), scope(federation.id):
        School.objects.create(name="Juniors", slug="juniors")
        raise ZeroDivisionError
    assert database_scope() == ""
    with scope(federation.id):
        assert names() == []


def test_a_refusal_over_a_broken_transaction_keeps_nothing_and_is_still_told(federation):
    with pytest.raises(NotNow, match="no use"), scope(federation.id):
        School.objects.create(name="Juniors", slug="juniors")
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")
        except Exception as error:
            raise NotNow("no use") from error
    with scope(federation.id):
        assert names() == []


def test_steps_before_leaving_run_once_and_inside_the_transaction(federation):
    seen = []

    def note(opened):
        seen.append((opened.federation_id, transaction.get_connection().in_atomic_block))

    with scope(federation.id) as opened:
        opened.before_leaving(note)
        with scope(federation.id) as inner:
            inner.before_leaving(note)
        assert seen == []
    assert seen == [(federation.id, True)]
