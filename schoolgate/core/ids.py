"""Numbers for rows that are not written yet, so that what points to them can be written first."""

from django.db import connection
from django.db.models import Model


def reserve(model: type[Model], count: int) -> list[int]:
    """Reserve `count` ids from the model's own sequence, in rising order."""
    if count == 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return sorted(row[0] for row in cursor.fetchall())
