"""Migrating so that it may be killed at any moment.

Django notes most migrations after the transaction that made their tables. Whoever is killed in between leaves
tables that no note speaks of: the next run would make them again, and fail for ever.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from unittest.mock import patch

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django.db.transaction import atomic

_apply = MigrationExecutor.apply_migration


@contextmanager
def whole_migrations() -> Iterator[None]:
    """While this lasts, what a migration does and the note that it was done are one transaction. Where a
    migration says itself that it is none (`atomic = False`), all is as in Django."""
    with patch.object(MigrationExecutor, "apply_migration", _apply_whole):
        yield


def _apply_whole(
    executor: MigrationExecutor,
    state: ProjectState,
    migration: Migration,
    fake: bool = False,
    fake_initial: bool = False,
) -> ProjectState:
    with atomic(executor.connection.alias) if migration.atomic else nullcontext():
        done: ProjectState = _apply(executor, state, migration, fake=fake, fake_initial=fake_initial)
    return done
