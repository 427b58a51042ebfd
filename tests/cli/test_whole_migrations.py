"""A migration that is killed before it is noted has made nothing."""

from collections.abc import Iterator

import pytest
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from schoolgate.cli.whole_migrations import whole_migrations
from tests import databases


class Killed(Exception):
    """The process ends here."""


@pytest.fixture
def executor(own_database, monkeypatch) -> Iterator[MigrationExecutor]:
    """As the owner; killed whenever a migration is to be noted."""

    def note(*_: object) -> None:
        raise Killed

    databases.connect_to(own_database, role="schoolgate_owner")
    monkeypatch.setattr(MigrationExecutor, "record_migration", note)
    yield MigrationExecutor(connection)
    databases.connect_to(own_database)


def a_migration(*, atomic: bool = True) -> migrations.Migration:
    made = migrations.Migration("0001_bed", "garden")
    key, name = models.BigAutoField(primary_key=True), models.CharField(max_length=9, db_index=True)
    made.operations = [migrations.CreateModel("Bed", [("id", key), ("name", name)])]
    made.atomic = atomic
    return made


def stands_after(executor: MigrationExecutor, migration: migrations.Migration) -> bool:
    with pytest.raises(Killed):
        executor.apply_migration(ProjectState(), migration)
    return "garden_bed" in connection.introspection.table_names()


def test_what_was_not_noted_was_not_made(executor):
    with whole_migrations():
        assert not stands_after(executor, a_migration())


def test_django_alone_would_have_left_a_table_that_the_next_run_makes_again(executor):
    assert stands_after(executor, a_migration())


def test_what_says_itself_that_it_is_no_transaction_is_none(executor):
    with whole_migrations():
        assert stands_after(executor, a_migration(atomic=False))
