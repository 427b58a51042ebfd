"""Migrations say what the models say."""

from django.apps import apps
from django.core.management import call_command
from django.db import migrations
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


# --- A release beside the one before ----

NARROWS = (
    migrations.RemoveField, migrations.RenameField, migrations.AlterField, migrations.DeleteModel,
    migrations.RenameModel, migrations.AddConstraint, migrations.RunSQL, migrations.RunPython,
)  # fmt: skip
"""What may break a program that doesn't know of it. What only adds doesn't
(`core/management/commands/migrate.py`)."""
OF_NEW_COLUMNS = "the constraint is about new columns, which the release before leaves empty"
BESIDE_THE_ONE_BEFORE: dict[tuple[str, str], str] = {
    ("inbox", "0005_first_read_by_a_lead"): "0.2.0 shows what leads read first: stop all machines",
    ("incidents", "0002_names_found_in_words"): OF_NEW_COLUMNS,
    ("incidents", "0006_who_was_hurt"): OF_NEW_COLUMNS,
    ("incidents", "0008_hurt_by_their_own_word"): "takes away a column that no release has had",
    ("publishing", "0006_own_details_by_two"): OF_NEW_COLUMNS,
    ("pupils", "0002_settled_consents"): "the release before writes no consent that is settled",
}
"""Migrations since the last release that narrow all the same, and why the release before goes on beside
them, or that it doesn't: the notes then say that all machines are stopped for it. Empty it at a release."""


def narrowing(loader: MigrationLoader) -> set[tuple[str, str]]:
    """The migrations since the last release that take away, rename or narrow what it knew."""
    since = {key: each for key, each in loader.disk_migrations.items() if key[1] != "0001_initial"}
    ours = {key: each for key, each in since.items() if each.__module__.startswith("schoolgate.")}
    new = {
        (key[0], one.name_lower)
        for key, each in ours.items() for one in each.operations if isinstance(one, migrations.CreateModel)
    }  # fmt: skip
    return {
        key for key, each in ours.items() for one in each.operations
        if isinstance(one, NARROWS) and (key[0], getattr(one, "model_name_lower", "")) not in new
    }  # fmt: skip


def test_a_release_only_adds_so_that_machines_are_upgraded_one_after_the_other():
    found = narrowing(MigrationLoader(None))
    expect_none(
        sorted(found ^ BESIDE_THE_ONE_BEFORE.keys()),
        "Add first; take away, rename or narrow a release later (docs/operations/backup.md). Or say in "
        "BESIDE_THE_ONE_BEFORE why the release before goes on beside it.",
    )
