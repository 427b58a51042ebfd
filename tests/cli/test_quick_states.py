"""Migrating with a picture of the models that is drawn no oftener than needed makes the same tables."""

from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.state import ModelState, ProjectState

from schoolgate.cli.quick_states import quick_states


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
    state = ProjectState()
    key = ("id", models.BigAutoField(primary_key=True))
    state.add_model(ModelState("garden", "Bed", [key]))
    _ = state.apps
    bean = ModelState("garden", "Bean", [key, ("bed", models.ForeignKey("garden.Bed", models.CASCADE))])
    state.add_model(bean)
    for operation in extra:
        operation.state_forwards("garden", state)
    return state


def test_a_new_model_knows_the_one_that_it_refers_to():
    with quick_states():
        state = _drawn()
    bed, bean = (state.apps.get_model("garden", name) for name in ("Bed", "Bean"))
    assert bean._meta.get_field("bed").related_model is bed
    assert [each.related_model for each in bed._meta.related_objects] == [bean]


def test_an_operation_in_python_gets_models_that_know_each_other():
    index = migrations.AddIndex("Bed", models.Index(fields=["id"], name="bed_by_id"))
    with quick_states():
        state = _drawn(index)
        assert state.is_delayed
        state.clear_delayed_apps_cache()
    bed, bean = (state.apps.get_model("garden", name) for name in ("Bed", "Bean"))
    assert bean._meta.get_field("bed").related_model is bed
    assert [each.name for each in bed._meta.indexes] == ["bed_by_id"]


def test_what_changes_a_key_is_seen_by_those_that_refer_to_it():
    key = migrations.AlterField("Bed", "id", models.UUIDField(primary_key=True))
    with quick_states():
        state = _drawn(key)
    bean = state.apps.get_model("garden", "Bean")
    assert isinstance(bean._meta.get_field("bed").target_field, models.UUIDField)


def test_afterwards_django_draws_as_it_always_does():
    before = ProjectState.add_model, ProjectState.reload_model, ProjectState.reload_models
    with quick_states():
        assert ProjectState.add_model is not before[0]
    assert (ProjectState.add_model, ProjectState.reload_model, ProjectState.reload_models) == before
