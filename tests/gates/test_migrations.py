"""Migrations say what the models say."""

from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from schoolgate.core.management.commands.makemigrations import TablesOnly
from tests.gates.files import expect_none


def missing(models: ProjectState) -> dict[str, list[object]]:
    """What `schoolgate makemigrations` would write for these models, by app."""
    loader = MigrationLoader(None)
    expect_none(loader.detect_conflicts(), "Two migrations follow the same one: let one follow the other.")
    return TablesOnly(loader.project_state(), models).changes(graph=loader.graph)


def test_migrations_are_in_step_with_the_models():
    expect_none(
        missing(ProjectState.from_apps(apps)), "Run `schoolgate makemigrations` and commit what it writes."
    )


def test_a_model_that_changed_is_missing_in_them():
    changed = ProjectState.from_apps(apps)
    del changed.models["core", "school"].fields["slug"]
    assert set(missing(changed)) == {"core"}


def test_the_settings_are_sound():
    call_command("check", fail_level="WARNING")
