"""`schoolgate makemigrations`: Django's command, which here looks at tables and not at the words of pages."""

from typing import Any

from django.core.management.commands import makemigrations
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.models import Field

WORDS = ("verbose_name", "choices", "help_text")
"""What a field says to people: no table knows it, and a sentence may be reworded without a migration."""


class TablesOnly(MigrationAutodetector):
    """Finds what changed in tables."""

    def deep_deconstruct(self, obj: object) -> Any:
        """Return what `obj` is made of, without the words of a field."""
        found = super().deep_deconstruct(obj)
        if isinstance(obj, Field):
            path, positional, named = found
            return path, positional, {name: value for name, value in named.items() if name not in WORDS}
        return found


class Command(makemigrations.Command):
    """Django's command with our comparison."""

    autodetector = TablesOnly
