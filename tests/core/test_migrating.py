"""Migrating makes each table, may be killed at any moment, and refuses homes that it can't upgrade."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState
from django.db.models.signals import post_migrate, pre_migrate

from schoolgate.cli.database import bring_up_to_date
from schoolgate.core.management.commands.makemigrations import TablesOnly
from schoolgate.core.management.commands.migrate import GrowingState, WholeMigrations
from schoolgate.core.migrations import ONLY_BEFORE
from schoolgate.core.postgres.server import ServerTrouble
from tests import databases


class Killed(Exception):
    """The process ends here."""


@pytest.fixture
def as_owner(own_database) -> Iterator[None]:
    databases.connect_to(own_database, role="schoolgate_owner")
    yield
    databases.connect_to(own_database)


@pytest.fixture
def killed(as_owner, monkeypatch) -> None:
    """Killed whenever a migration is to be noted."""

    def note(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(MigrationExecutor, "record_migration", note)


def a_migration(*, atomic: bool = True) -> migrations.Migration:
    made = migrations.Migration("0001_bed", "garden")
    key, name = models.BigAutoField(primary_key=True), models.CharField(max_length=9, db_index=True)
    made.operations = [migrations.CreateModel("Bed", [("id", key), ("name", name)])]
    made.atomic = atomic
    return made


def stands_after(executor: type[MigrationExecutor], migration: migrations.Migration) -> bool:
    with pytest.raises(Killed):
        executor(connection).apply_migration(ProjectState(), migration)
    return "garden_bed" in connection.introspection.table_names()


def test_what_was_not_noted_was_not_made(killed):
    assert not stands_after(WholeMigrations, a_migration())


def test_django_alone_would_have_left_a_table_that_the_next_run_makes_again(killed):
    assert stands_after(MigrationExecutor, a_migration())


def test_what_says_itself_that_it_is_no_transaction_is_none(killed):
    assert stands_after(WholeMigrations, a_migration(atomic=False))


def _columns(table: str) -> dict[str, tuple[str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [f'"{table}"'],
        )
        return {name: (kind, not_null) for name, kind, not_null in cursor.fetchall()}


def test_every_model_has_its_table_with_its_columns_indexes_and_constraints(db):
    wrong = []
    for model in apps.get_models():
        table = model._meta.db_table
        wanted = {
            # Django says of no computed column that it is never empty.
            str(field.column): (str(field.db_type(connection)), not field.null and not field.generated)
            for field in model._meta.local_concrete_fields
        }
        there = {
            name: (kind.replace("character varying", "varchar").removesuffix(" without time zone"), not_null)
            for name, (kind, not_null) in _columns(table).items()
        }
        if there != wanted and model._meta.managed:
            wrong.append((table, sorted(set(there.items()) ^ set(wanted.items()))))
        with connection.cursor() as cursor:
            named = set(connection.introspection.get_constraints(cursor, table))
        kept = {each.name for each in [*model._meta.indexes, *model._meta.constraints]}
        wrong += [(table, name) for name in kept - named]
    assert wrong == []


def _drawn(*extra: migrations.operations.base.Operation) -> ProjectState:
    """Two models, the second referring to the first, and then what `extra` does, as a migration would."""
    state = GrowingState()
    key = ("id", models.BigAutoField(primary_key=True))
    state.add_model(ModelState("garden", "Bed", [key]))
    _ = state.apps
    bean = ModelState("garden", "Bean", [key, ("bed", models.ForeignKey("garden.Bed", models.CASCADE))])
    state.add_model(bean)
    for operation in extra:
        operation.state_forwards("garden", state)
    return state


def test_a_new_model_knows_the_one_that_it_refers_to():
    state = _drawn()
    bed, bean = (state.apps.get_model("garden", name) for name in ("Bed", "Bean"))
    assert bean._meta.get_field("bed").related_model is bed
    assert [each.related_model for each in bed._meta.related_objects] == [bean]


def test_what_changes_a_key_is_seen_by_those_that_refer_to_it():
    key = migrations.AlterField("Bed", "id", models.UUIDField(primary_key=True))
    state = _drawn(key)
    bean = state.apps.get_model("garden", "Bean")
    assert isinstance(bean._meta.get_field("bed").target_field, models.UUIDField)


CHANGED = [
    migrations.AddField("Bed", "name", models.CharField(max_length=9, default="")),
    migrations.AddField("Bed", "first", models.ForeignKey("garden.Bean", models.CASCADE, null=True)),
    migrations.AddConstraint("Bed", models.UniqueConstraint(fields=["name"], name="one_name")),
    migrations.AddIndex("Bed", models.Index(fields=["name"], name="by_name")),
    migrations.AddConstraint("Bed", models.UniqueConstraint(fields=["name"], name="no_longer")),
    migrations.RemoveConstraint("Bed", "no_longer"),
    migrations.AlterField("Bed", "name", models.CharField(max_length=10, default="")),
    migrations.AddField("Bed", "old", models.TextField(null=True)),
    migrations.RemoveField("Bed", "old"),
]


def test_what_no_other_asks_a_model_for_draws_it_alone():
    before = _drawn()
    bean = before.apps.get_model("garden", "Bean")
    for operation in CHANGED:
        operation.state_forwards("garden", before)
    bed = before.apps.get_model("garden", "Bed")
    assert before.apps.get_model("garden", "Bean") is bean
    assert {field.name for field in bed._meta.get_fields()} >= {"id", "name", "first"}
    assert bed._meta.get_field("first").related_model is bean
    assert bed._meta.get_field("name").max_length == 10
    assert "old" not in {field.name for field in bed._meta.get_fields()}
    assert [each.name for each in (*bed._meta.constraints, *bed._meta.indexes)] == ["one_name", "by_name"]


def test_a_change_after_something_was_drawn_alone_is_seen_by_those_that_refer_to_it():
    key = migrations.AlterField("Bed", "id", models.UUIDField(primary_key=True))
    state = _drawn(*CHANGED, key)
    bed, bean = (state.apps.get_model("garden", name) for name in ("Bed", "Bean"))
    assert bean._meta.get_field("bed").related_model is bed
    assert isinstance(bean._meta.get_field("bed").target_field, models.UUIDField)
    assert [each.related_model for each in bed._meta.related_objects] == [bean]


def test_those_who_listen_are_told_before_and_after(as_owner):
    told = []

    def before(**_: object) -> None:
        told.append("before")

    def after(**_: object) -> None:
        told.append("after")

    pre_migrate.connect(before, sender=apps.get_app_config("core"))
    post_migrate.connect(after, sender=apps.get_app_config("core"))
    try:
        call_command("migrate", verbosity=0)
    finally:
        pre_migrate.disconnect(before, sender=apps.get_app_config("core"))
        post_migrate.disconnect(after, sender=apps.get_app_config("core"))
    assert told == ["before", "after"]


def test_one_app_can_be_taken_back_and_brought_again(as_owner):
    """The one that comes last: Django draws all tables again for each operation that follows."""
    call_command("migrate", "usersessions", "zero", verbosity=0)
    assert "usersessions_usersession" not in connection.introspection.table_names()
    with pytest.raises(SystemExit):
        call_command("migrate", check_unapplied=True, verbosity=0)
    call_command("migrate", "usersessions", verbosity=0)
    call_command("migrate", check_unapplied=True, verbosity=0)


@pytest.mark.parametrize("words", [("garden",), ("core", "0999")])
def test_what_is_not_there_is_refused(as_owner, words):
    with pytest.raises(CommandError):
        call_command("migrate", *words, verbosity=0)


@pytest.mark.parametrize("early", ONLY_BEFORE)
def test_a_home_from_before_the_first_release_is_refused_in_words(as_owner, early):
    MigrationRecorder(connection).record_applied(*early)
    with pytest.raises(ServerTrouble, match="can't be upgraded"):
        bring_up_to_date(verbosity=0)


def test_a_home_of_a_newer_release_is_refused_in_words(as_owner):
    MigrationRecorder(connection).record_applied("core", "0999_from_the_future")
    with pytest.raises(ServerTrouble, match="newer release"):
        bring_up_to_date(verbosity=0)


@pytest.mark.parametrize(
    ("changed", "found"), [({"verbose_name": "Title"}, False), ({"max_length": 10}, True)]
)
def test_a_reworded_field_needs_no_migration_and_a_longer_one_does(changed, found):
    def state(**kwargs: object) -> ProjectState:
        made = ProjectState()
        key, name = models.BigAutoField(primary_key=True), models.CharField(**{"max_length": 9, **kwargs})
        made.add_model(ModelState("garden", "Bed", [("id", key), ("name", name)]))
        return made

    changes = TablesOnly(state(), state(**changed))._detect_changes()
    assert bool(changes) == found


def a_column_that_the_release_before_does_not_know() -> migrations.Migration:
    made = migrations.Migration("0002_colour", "garden")
    made.operations = [migrations.AddField("Bed", "colour", models.CharField(max_length=9, default="green"))]
    return made


@pytest.mark.parametrize(("executor", "goes_on"), [(WholeMigrations, True), (MigrationExecutor, False)])
def test_the_release_before_goes_on_writing_rows_beside_a_new_column(as_owner, executor, goes_on):
    """Django alone would refuse it each row: then two machines couldn't be upgraded one after the other."""
    steps = executor(connection)
    state = steps.apply_migration(ProjectState(), a_migration())
    steps.apply_migration(state, a_column_that_the_release_before_does_not_know())
    with connection.cursor() as cursor:
        with nullcontext() if goes_on else pytest.raises(IntegrityError):
            cursor.execute("INSERT INTO garden_bed (name) VALUES ('roses')")
        cursor.execute("SELECT colour FROM garden_bed")
        assert cursor.fetchall() == ([("green",)] if goes_on else [])
