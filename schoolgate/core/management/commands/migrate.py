"""Migrations beside which the release before goes on working: a new column keeps its default in the database,
so that rows can be written by a program that doesn't know it.

Django drops the default once the rows that are there have their value. A machine that hasn't been upgraded
yet would then be refused each row of that table.

`migrate` so that it may be killed at any moment.

Django notes most migrations after the transaction that made their tables. A run that is killed in
between leaves tables that no note speaks of: the next would make them again, and fail for ever. Django's
command takes no other executor, so this one has its steps: check, plan, migrate, signals before and after.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.core.management.base import CommandError, no_translations
from django.core.management.commands import migrate
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connections
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import AmbiguityError, MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django.db.models import Field
from django.db.transaction import atomic

from schoolgate.core.management.commands.makemigrations import TablesOnly


class Expanding(DatabaseSchemaEditor):
    """Leaves defaults of new columns where they are."""

    _adds = False

    def add_field(self, model: Any, field: Any) -> None:
        """Add a column."""
        self._adds = True
        try:
            super().add_field(model, field)
        finally:
            self._adds = False

    def skip_default_on_alter(self, field: Any) -> bool:
        """Return whether the default stays."""
        return self._adds or bool(super().skip_default_on_alter(field))


@contextmanager
def expanding(connection: Any) -> Iterator[None]:
    """Have a connection migrate so while the block runs."""
    before, connection.SchemaEditorClass = connection.SchemaEditorClass, Expanding
    try:
        yield
    finally:
        connection.SchemaEditorClass = before


class GrowingState(ProjectState):
    """Django's picture of the models, in which a model that is new, or changes in what no other asks it for,
    is drawn alone.

    Django draws again all that such a model is related to. Here nearly everything is related by way of the
    federation, and the time would grow by the square of the number of tables. A change to what others refer
    to draws everything again, once, so that they see it; so does what changes rows, before it is run."""

    _some_are_older = False

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        """Draw a model: alone where it is new, or where Django says by `delay` that no other asks for what
        changes in it; else with all others."""
        if "apps" not in self.__dict__:
            return
        if model_name not in self.apps.all_models[app_label]:
            self.apps.render_multiple([self.models[app_label, model_name]])
        elif delay:
            self._draw_alone(app_label, model_name)
        elif self._some_are_older:
            del self.__dict__["apps"]  # drawn when it's next read
            self._some_are_older = False
        else:
            super().reload_model(app_label, model_name, delay)

    def add_field(
        self, app_label: str, model_name: str, name: str, field: Field[Any, Any], preserve_default: bool
    ) -> None:
        """Add a field: the model is drawn alone, whatever the field refers to."""
        apps = self.apps
        del self.__dict__["apps"]  # what is inside finds nothing to draw
        super().add_field(app_label, model_name, name, field, preserve_default)
        self.__dict__["apps"] = apps
        self._draw_alone(app_label, model_name)

    def _draw_alone(self, app_label: str, model_name: str) -> None:
        self.apps.unregister_model(app_label, model_name)
        self.apps.render_multiple([self.models[app_label, model_name]])
        self._some_are_older = self.is_delayed = True


class WholeMigrations(MigrationExecutor):
    """Makes a migration and the note that it was done one transaction; as Django where a migration says
    itself that it is none (`atomic = False`)."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        """Run a migration forwards; returns the state after it."""
        whole = atomic(self.connection.alias) if migration.atomic else nullcontext()
        with expanding(self.connection), whole:
            after: ProjectState = super().apply_migration(state, migration, fake, fake_initial)
        return after

    def state(self) -> ProjectState:
        """Return the models as the migrations that are done have made them."""
        done = [key for key in self.loader.applied_migrations if key in self.loader.graph.nodes]
        drawn = self.loader.project_state(done)
        return GrowingState(drawn.models, drawn.real_apps)


class Command(migrate.Command):
    """Django's command with our executor and our comparison."""

    autodetector = TablesOnly

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Do what `options` say; exits with 1 where `--check` finds something to do."""
        self.verbosity = options["verbosity"]
        connection = connections[options["database"]]
        connection.prepare_database()
        executor = WholeMigrations(connection, self.migration_progress_callback)  # type: ignore[arg-type]
        executor.loader.check_consistent_history(connection)
        targets = _targets(executor.loader, options["app_label"], options["migration_name"])
        plan = executor.migration_plan(targets)
        if options["plan"]:
            self._show(plan)
        if options["check_unapplied"] and plan:
            sys.exit(1)
        if options["plan"] or options["check_unapplied"]:
            return
        if self.verbosity:
            self.stdout.write(f"Migrations to apply: {len(plan)}")
        before = executor.state()
        around: dict[str, Any] = {"stdout": self.stdout, "plan": plan}
        emit_pre_migrate_signal(self.verbosity, False, connection.alias, apps=before.apps, **around)
        after = executor.migrate(targets, plan=plan, state=before, fake=options["fake"])
        after.clear_delayed_apps_cache()
        emit_post_migrate_signal(self.verbosity, False, connection.alias, apps=after.apps, **around)

    def _show(self, plan: list[tuple[Migration, bool]]) -> None:
        for migration, backwards in plan:
            self.stdout.write(str(migration), self.style.MIGRATE_HEADING)
            for operation in migration.operations:
                self.stdout.write(f"    {self.describe_operation(operation, backwards)[0]}")


def _targets(loader: MigrationLoader, app: str | None, name: str | None) -> list[tuple[str, str | None]]:
    """Return the migrations to come to: the newest of each app, or of one, or the one that is named."""
    if app is None:
        return list(loader.graph.leaf_nodes())
    if app not in loader.migrated_apps:
        raise CommandError(f"{app} is no app with migrations.")
    if name is None or name == "zero":
        return [(app, None)] if name else list(loader.graph.leaf_nodes(app))
    try:
        return [(app, loader.get_migration_by_prefix(app, name).name)]
    except (AmbiguityError, KeyError) as error:
        raise CommandError(f"{app} has not just one migration {name}.") from error
