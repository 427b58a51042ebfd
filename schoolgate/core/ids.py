"""Numbers for rows that are not written yet, so that what points to them can be written first."""

from django.db import connection
from django.db.models import Model


def reserve(model: type[Model], count: int) -> list[int]:
    """Reserve `count` ids from the model's own sequence, in rising order."""
    return reserve_for(count, model)[0]


def reserve_for(count: int, *models: type[Model]) -> list[list[int]]:
    """Do the same for each of these models, with one question."""
    if count == 0:
        return [[] for _model in models]
    each = ", ".join("nextval(pg_get_serial_sequence(%s, %s))" for _model in models)
    named = [name for model in models for name in (model._meta.db_table, model._meta.pk.column)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {each} FROM generate_series(1, %s)", [*named, count])  # noqa: S608 - no names in it
        return [sorted(numbers) for numbers in zip(*cursor.fetchall(), strict=True)]
