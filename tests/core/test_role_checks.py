"""The check that the application's role is as powerless as the program relies on."""

import pytest
from django.db import connection

from schoolgate.core.postgres.checks import check_role
from tests.conftest import as_superuser


@pytest.mark.django_db
def test_the_applications_role_has_none_of_the_powers():
    assert check_role(databases=["default"]) == []


def test_without_a_database_nothing_is_asked():
    assert check_role(databases=None) == []


@pytest.mark.parametrize(
    ("power", "back", "number"),
    [
        ("ALTER ROLE schoolgate_app SUPERUSER", "ALTER ROLE schoolgate_app NOSUPERUSER", "schoolgate.E101"),
        ("ALTER ROLE schoolgate_app BYPASSRLS", "ALTER ROLE schoolgate_app NOBYPASSRLS", "schoolgate.E102"),
        (
            "GRANT CREATE ON SCHEMA public TO schoolgate_app",
            "REVOKE CREATE ON SCHEMA public FROM schoolgate_app",
            "schoolgate.E103",
        ),
        (
            "CREATE TABLE mine (id int); ALTER TABLE mine OWNER TO schoolgate_app",
            "DROP TABLE mine",
            "schoolgate.E104",
        ),
        (
            "GRANT schoolgate_owner TO schoolgate_app",
            "REVOKE schoolgate_owner FROM schoolgate_app",
            "schoolgate.E105",
        ),
    ],
)
def test_each_power_is_one_error(own_database, power, back, number):
    with as_superuser() as intruder:
        intruder.execute(power)
    connection.close()
    try:
        found = [error.id for error in check_role(databases=["default"])]
    finally:
        with as_superuser() as intruder:
            intruder.execute(back)
    assert number in found
