"""A database that a test has used is given to the next as if it were new, or it isn't given to anybody."""

import psycopg
import pytest
from django.db import connection

from schoolgate.core.models import Federation, LedgerRow, School
from schoolgate.core.tenancy import scope
from tests import databases
from tests.conftest import recorded
from tests.taken_again import TakenAgain
from tests.worlds import enter_federation


@pytest.fixture
def pool(template_database, django_db_setup, django_db_blocker):
    """Databases of this test alone, which Django's connection leaves at its end."""
    made = TakenAgain(template_database)
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        yield made
        databases.connect_to(before)


@pytest.fixture
def elsewhere(pool):
    return connection.settings_dict["NAME"]


def used(pool, at):
    """Take a database and write into it; returns its name and the numbers that were given."""
    name = pool.take()
    databases.connect_to(name)
    federation = enter_federation()
    with scope(federation.pk):
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
        from schoolgate.core import stops
        from tests.cast import someone

        stops.stop(reason="event", by=someone("Sam Slater", "slt"), at=at)
        events = len(recorded())
    return name, (federation.pk, school.pk, events)


def test_rows_and_the_record_are_gone_and_counting_begins_again(pool, elsewhere, at):
    first, given = used(pool, at)
    databases.connect_to(elsewhere)
    pool.give_back(first)

    again, given_again = used(pool, at)

    assert (again, given_again) == (first, given)
    assert (Federation.objects.count(), given[2] > 0) == (1, True)
    with scope(given[0]):
        assert LedgerRow.objects.count() == given[2]


CHANGES = [
    "ALTER TABLE core_school ADD COLUMN more text",
    "ALTER TABLE core_school DISABLE TRIGGER ALL",
    "GRANT DELETE ON core_ledgerrow TO schoolgate_app",
    "ALTER TABLE core_school NO FORCE ROW LEVEL SECURITY",
    "CREATE INDEX more ON core_school (name)",
    "CREATE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ANALYZE core_school",
    "TRUNCATE core_heartbeat",
    "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)",
    "ALTER DATABASE {} SET work_mem = '8MB'",
]


@pytest.mark.parametrize("change", CHANGES)
def test_one_in_which_more_than_rows_has_changed_is_given_to_nobody(pool, change):
    name = pool.take()
    with psycopg.connect(databases.url("superuser", name)) as admin:
        admin.execute(change.format(name))
    pool.give_back(name)
    assert pool.take() != name


def test_who_is_still_in_it_is_put_out(pool):
    name = pool.take()
    with psycopg.connect(databases.url("app", name)) as left:
        left.execute("SELECT 1")
        pool.give_back(name)
        with pytest.raises(psycopg.OperationalError):
            left.execute("SELECT 1")
        left.close()
    assert pool.take() == name
