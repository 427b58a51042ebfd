"""The check that the application's role is as powerless as the program relies on."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from schoolgate.cli import checking
from schoolgate.cli.main import main
from schoolgate.core.env import env
from schoolgate.core.postgres import reaching
from schoolgate.core.postgres.checks import check_role
from schoolgate.core.surroundings import SurroundingsTrouble
from tests import databases
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


# --- What two addresses have to be, before anything is done


@pytest.fixture
def named(monkeypatch, own_database, tmp_path):
    """Name addresses by the roles of this test's own database, or of another; return what is said of them."""
    monkeypatch.setenv("SCHOOLGATE_HOME", str(tmp_path))

    def name(app: str, owner: str, *, owners: str = "") -> str:
        here = connection.settings_dict["NAME"]
        monkeypatch.setenv("DATABASE_URL", address(app, here))
        monkeypatch.setenv("DATABASE_OWNER_URL", address(owner, owners or here))
        env.cache_clear()
        try:
            reaching.check_database(env(), "app", "owner")
        except SurroundingsTrouble as trouble:
            return str(trouble)
        return ""

    yield name
    env.cache_clear()


def address(role: str, database: str) -> str:
    """The address of a database for one of the tests' roles, or for another."""
    known = databases.url(role if role in databases.ROLES else "superuser", database)
    return known if role in databases.ROLES else known.replace("//postgres@", f"//{role}@")


@contextmanager
def while_it_has(power: str, back: str) -> Iterator[None]:
    """For a while the application's role has a power."""
    with as_superuser() as intruder:
        intruder.execute(power)
    connection.close()
    try:
        yield
    finally:
        with as_superuser() as intruder:
            intruder.execute(back)


BYPASSES = ("ALTER ROLE schoolgate_app BYPASSRLS", "ALTER ROLE schoolgate_app NOBYPASSRLS")
A_READER = ("CREATE ROLE reader LOGIN", "DROP ROLE reader")


def test_two_roles_of_one_database_are_taken_and_what_else_is_named_is_one_sentence(named, monkeypatch):
    assert named("app", "owner") == ""
    for twice in ("app", "owner", "superuser"):
        said = named(twice, twice)
        assert said.startswith("DATABASE_URL and DATABASE_OWNER_URL name the same user, "), twice
        assert "Make two: one owns the tables" in said
    assert named("app", "owner", owners="postgres").startswith(
        "DATABASE_URL and DATABASE_OWNER_URL name different databases. Name the same one in both"
    )
    assert "where user postgres is a superuser, so row security does not" in named("superuser", "owner")
    with while_it_has(*A_READER):
        said = named("app", "reader")
        assert "where user reader may not create tables. As a superuser, run: ALTER DATABASE " in said
    with while_it_has(*BYPASSES):
        assert "Run: ALTER ROLE schoolgate_app NOBYPASSRLS (docs/operations.md)." in named("app", "owner")
    monkeypatch.setattr(reaching, "OLDEST", 99)
    assert "which is PostgreSQL 18. Use version 99 or newer" in named("app", "owner")


def test_a_database_that_cannot_hold_every_word_is_refused(named):
    with psycopg.connect(databases.url("superuser", "postgres"), autocommit=True) as superuser:
        superuser.execute(
            "CREATE DATABASE old_words TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc"
        )
        try:
            reached = reaching.reach(address("owner", "old_words"), "owner", named="--owner-url")
        finally:
            superuser.execute("DROP DATABASE old_words")
    with pytest.raises(
        SurroundingsTrouble, match=r"--owner-url names .* is in LATIN1\. Make one with ENCODING"
    ):
        reaching.check_reached(reached)


@pytest.mark.parametrize("command", ["up", "web", "worker", "stop", "migrate"])
def test_nothing_is_done_with_a_role_that_row_security_does_not_bind(named, capsys, command):
    named("superuser", "owner")
    assert main([command]) == 1
    said = capsys.readouterr().err
    assert said.startswith("schoolgate: DATABASE_URL names ")
    assert said.endswith("Make a role for the program alone, and name that one (docs/operations.md).\n")
    assert said.count("\n") == 1


def test_a_check_says_it_in_sentences_and_protection_is_not_in_order(own_database, at):
    assert checking.protection(at).ok
    assert checking.settings(at).ok
    with while_it_has(*BYPASSES):
        protection, settings = checking.protection(at), checking.settings(at)
    why = "user schoolgate_app has BYPASSRLS, so row security does not apply to it"
    assert (protection.ok, protection.says) == (False, why)
    assert "NOBYPASSRLS" in protection.to_do
    assert (settings.ok, settings.says) == (False, f"the database role {why.removeprefix('user ')}")
    assert settings.to_do == "docs/operations.md explains how to make the two roles."
