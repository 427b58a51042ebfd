"""The two columns that every table of a federation begins with, as migrations write them.

Never change what these make: a migration says what a table was when it was made. New tables may use them, or
name the columns themselves.
"""

from django.db import models

from schoolgate.core.tenancy.scoping import federation_in_scope


def identity() -> tuple[str, models.Field]:  # type: ignore[type-arg]
    """Return the row's own number."""
    return "id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def federation() -> tuple[str, models.Field]:  # type: ignore[type-arg]
    """Return the federation that the row belongs to: the one in scope where none is given."""
    return "federation", models.ForeignKey(
        "core.federation", models.PROTECT, related_name="+", default=federation_in_scope, editable=False
    )
