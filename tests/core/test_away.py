"""A database that went away in the middle is known by its errors, whoever met them first."""

import pytest
from django.db import OperationalError, ProgrammingError, connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from schoolgate.core.postgres.for_django import is_away
from tests.conftest import as_superuser

pytestmark = pytest.mark.usefixtures("own_database")


@pytest.fixture
def cut_off() -> None:
    """The database ends our connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ours = cursor.fetchone()[0]
    with as_superuser() as superuser:
        superuser.execute("SELECT pg_terminate_backend(%s)", [ours])


def test_a_query_over_a_connection_that_was_cut_off(cut_off):
    with pytest.raises(OperationalError) as met, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    connection.close()
    assert is_away(met.value)


def test_a_job_deferred_over_a_connection_that_was_cut_off(cut_off):
    with pytest.raises(ConnectorException) as met:
        app.configure_task("not-run-here", allow_unknown=True).defer()
    connection.close()
    assert is_away(met.value)


def test_a_mistake_in_a_query_is_none_of_it():
    with pytest.raises(ProgrammingError) as met, connection.cursor() as cursor:
        cursor.execute("SELECT a_column_that_is_not_there")
    assert not is_away(met.value)
    assert not is_away(None)
