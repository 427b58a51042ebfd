"""Locks the tables down: what the database itself enforces after every `migrate`, whatever the program
forgets.

For each table of a FederationOwned model: forced row security on `schoolgate.federation`, foreign keys
that include the federation, the application's rights and no others, and, on append-only tables, triggers
that refuse everything else even to the owner. Everything here can be run again; existing objects are
left alone, without a lock on their table, which may be in use.

Tables that belong to no federation are a closed list, with what the application's role may do in each. A
table that is neither there nor a FederationOwned model's is closed to that role, and a test that walks
the database's own catalogue fails. Nothing in these tables says what a school does: who signs in, the
directory of federations, jobs (ids only), and Django's own book-keeping.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from schoolgate.core.env import env
from schoolgate.core.models import FederationOwned
from schoolgate.core.postgres.server import database_url

READ: Final = ("SELECT",)
ALL: Final = ("SELECT", "INSERT", "UPDATE", "DELETE")

INSTALLATION_TABLES: Final[dict[str, tuple[str, ...]]] = {
    # The directory. New federations are made by the owner's role (`core.setting_up`).
    "core_federation": ("SELECT", "UPDATE (name, languages)"),
    "core_installationstop": ("SELECT", "INSERT", "UPDATE (until, lifted_at, lifted_by)"),
    # The one address of an empty home's first pages: written by the owner's role, compared by its function.
    "core_setuplink": READ,
    "core_cache": ALL,
    # How the installation is run: backups, rehearsals, a home that came from one (numbers and codes only).
    "core_backup": ("SELECT", "INSERT", "UPDATE (gone_at)"),
    "core_backuprehearsal": ("SELECT", "INSERT"),
    "core_heartbeat": ("SELECT", "INSERT", "UPDATE (last_good)"),
    "core_restoration": ("SELECT", "UPDATE (told, looked_at, released_at, released_by)"),
    # Who signs in, and the hats of each.
    "people_user": ALL,
    "people_membership": ALL,
    "people_invitation": ALL,
    # The installation's operator decides where school accounts come from, as the owner; pages only read it.
    # The application's role reseals the sealed secret with new keys.
    "people_directory": ("SELECT", "UPDATE (sealed_secret)"),
    "people_directoryadmits": READ,
    "people_schoolaccount": ("SELECT", "INSERT", "DELETE"),
    "django_session": ALL,
    "account_emailaddress": ALL,
    "account_emailconfirmation": ALL,
    "mfa_authenticator": ALL,
    "usersessions_usersession": ALL,
    # The mail server (its password sealed), and the mails of the sign-in pages until they are sent (sealed).
    "notices_mailserver": ("SELECT", "INSERT", "UPDATE"),
    "notices_signinmail": ALL,
    # Jobs: ids of rows, never their content.
    "procrastinate_jobs": ALL,
    "procrastinate_events": ALL,
    "procrastinate_periodic_defers": ALL,
    "procrastinate_workers": ALL,
    # Django's own book-keeping.
    "auth_group": READ,
    "auth_group_permissions": READ,
    "auth_permission": READ,
    "django_content_type": READ,
    "django_migrations": READ,
}

INSTALLATION_FUNCTIONS: Final = ("core_add_first_federation(text, text, text, text, text[])",)
"""Functions that act as the owner of the tables; only the application may call these."""


LONGEST_NAME = 63
POLICY = "federation_scope"
IN_SCOPE = "federation_id = nullif(current_setting('schoolgate.federation', true), '')::bigint"
READERS = "only_its_readers"
BY_A_READER = """
AS RESTRICTIVE FOR SELECT USING (current_setting('schoolgate.copying', true) = 'all' OR EXISTS (
    SELECT 1 FROM {readers} reader WHERE reader.federation_id = {t}.federation_id
    AND reader.{column} = {t}.{column}
    AND reader.person_id = nullif(current_setting('schoolgate.person', true), '')::bigint%s))
"""
STILL = " AND reader.ended_at IS NULL"
OWN_ENTRY = "id = nullif(current_setting('schoolgate.federation', true), '')::bigint"
ONLY_ADDED_TO = """
CREATE OR REPLACE FUNCTION core_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = '23514';
END $$
"""
ONLY_DESTROYED = """
CREATE OR REPLACE FUNCTION core_only_destroyed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' AND EXISTS (
        SELECT 1 FROM core_destruction WHERE made_in = pg_current_xact_id()::text::bigint
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is only ever added to, or destroyed with a certificate', TG_TABLE_NAME
    USING ERRCODE = '23514';
END $$
"""
NOT_WHILE_HELD = """
CREATE OR REPLACE FUNCTION core_not_while_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM gone JOIN core_hold h
               ON h.federation_id = gone.federation_id AND h.subject = TG_ARGV[0] || ':' || gone.id
               WHERE h.lifted_at IS NULL) THEN
        RAISE EXCEPTION 'a hold stands on a row of %', TG_TABLE_NAME USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$
"""


@dataclass(frozen=True)
class Table:
    """A federation's table as the models describe it."""

    name: str
    label: str
    rights: tuple[str, ...]
    has_id: bool
    references: tuple[tuple[str, str], ...]
    """Column and table of each foreign key to another federation's table."""
    only_read_by: tuple[str, str] | None
    """Table of its readers, and the column that both have; None: anyone in the federation's scope."""
    only_destroyed: bool
    """Whether a row goes, or is emptied, only in a transaction with a certificate of destruction."""

    @property
    def only_added_to(self) -> bool:
        """Whether the application may neither change nor remove a row."""
        return set(self.rights) <= {"SELECT", "INSERT"}


def federation_tables() -> list[Table]:
    """The tables of all FederationOwned models, in the order of the installed apps."""
    return [_table(model) for model in _models()]


def app_role() -> str:
    """The name of the role that web, worker and commands connect as."""
    return str(conninfo_to_dict(database_url(env(), "app"))["user"])


def protect_after_migrate(*, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Handler of `post_migrate`."""
    protect(using)


def protect(using: str = DEFAULT_DB_ALIAS) -> None:
    """Close all tables that exist by now. To be run by the role that owns them; safe to repeat."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        existing = set(_column(cursor, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        tables = [table for table in federation_tables() if table.name in existing]
        _run(cursor, ONLY_ADDED_TO)
        _run(cursor, ONLY_DESTROYED)
        _run(cursor, NOT_WHILE_HELD)
        _rights(cursor, tables, existing)
        _reference_with_federation(cursor, tables)
        for table in tables:
            _row_security(cursor, table.name)
        for table in tables:
            _readers(cursor, table)
        _triggers(cursor, tables)
        if "core_federation" in existing:
            _directory(cursor)


def _models() -> Iterator[type[FederationOwned]]:
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, FederationOwned) and model._meta.managed and not model._meta.proxy:
            yield model


def _table(model: type[FederationOwned]) -> Table:
    references = tuple(
        (field.column, field.related_model._meta.db_table)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, FederationOwned)
    )
    has_id = any(field.column == "id" for field in model._meta.concrete_fields)
    return Table(
        model._meta.db_table,
        model._meta.label_lower,
        model.app_may,
        has_id,
        references,
        model.only_read_by,
        model.only_destroyed,
    )


def _run(cursor: CursorWrapper, statement: str, **names: str) -> None:
    """Run a statement with quoted names put in."""
    composed = sql.SQL(statement).format(**{key: sql.Identifier(name) for key, name in names.items()})
    cursor.execute(composed.as_string(cursor.connection))


def _column(cursor: CursorWrapper, query: str, *values: str) -> list[Any]:
    cursor.execute(query, list(values))
    return [row[0] for row in cursor.fetchall()]


def _rights(cursor: CursorWrapper, tables: Iterable[Table], existing: set[str]) -> None:
    """Give the application's role what models and the installation's list say, and nothing else."""
    role = app_role()
    wanted = {table.name: table.rights for table in tables} | INSTALLATION_TABLES
    for name in sorted(existing):
        _run(cursor, "REVOKE ALL ON TABLE {table} FROM {role}, PUBLIC", table=name, role=role)
        if name in wanted:
            _run(
                cursor,
                f"GRANT {', '.join(wanted[name])} ON TABLE {{table}} TO {{role}}",
                table=name,
                role=role,
            )
    _run(cursor, "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}", role=role)
    for function in INSTALLATION_FUNCTIONS:
        if _column(cursor, "SELECT 1 WHERE to_regprocedure(%s) IS NOT NULL", f"public.{function}"):
            _run(cursor, f"REVOKE ALL ON FUNCTION public.{function} FROM PUBLIC")
            _run(cursor, f"GRANT EXECUTE ON FUNCTION public.{function} TO {{role}}", role=role)


def _reference_with_federation(cursor: CursorWrapper, tables: list[Table]) -> None:
    """Make every foreign key between federations' tables say which federation.

    PostgreSQL checks foreign keys without row security, so a plain one would let a row point across.
    """
    standing = set(
        _column(cursor, "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace")
    )
    for target in sorted({referred for table in tables for _, referred in table.references}):
        name = _name(target, "with_federation")
        if name not in standing:
            _run(cursor, "ALTER TABLE {t} ADD CONSTRAINT {c} UNIQUE (federation_id, id)", t=target, c=name)
    for table in tables:
        for column, target in table.references:
            name = _name(table.name, column, "same_federation")
            if name in standing:
                continue
            for each in (table.name, target):  # rows hidden by forced row security would not be checked
                _run(cursor, "ALTER TABLE {t} NO FORCE ROW LEVEL SECURITY", t=each)
            _run(
                cursor,
                "ALTER TABLE {t} ADD CONSTRAINT {c} FOREIGN KEY (federation_id, {column}) "
                "REFERENCES {target} (federation_id, id) DEFERRABLE INITIALLY IMMEDIATE",
                t=table.name, c=name, column=column, target=target,
            )  # fmt: skip


def _row_security(cursor: CursorWrapper, table: str) -> None:
    if _secured(cursor, table) != (True, True):
        _run(cursor, "ALTER TABLE {t} ENABLE ROW LEVEL SECURITY", t=table)
        _run(cursor, "ALTER TABLE {t} FORCE ROW LEVEL SECURITY", t=table)
    _policy(cursor, table, POLICY, f"FOR ALL USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE})")


def _secured(cursor: CursorWrapper, table: str) -> tuple[bool, bool]:
    """Whether the table has row security, and whether its owner is bound by it too."""
    cursor.execute(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass",
        [f'public."{table}"'],
    )
    has, forced = cursor.fetchone()
    return has, forced


def _readers(cursor: CursorWrapper, table: Table) -> None:
    """Create the second policy of a table that only some people in the federation may read.

    It narrows the first one, which alone governs inserts: so a visitor can add a row that only its readers
    then see. Access that ended, where the table of readers has `ended_at`, counts no more. A backup copies
    rows that it has no right to read: it says so with `schoolgate.copying`.
    """
    if table.only_read_by is not None:
        readers, column = table.only_read_by
        ends = _column(
            cursor,
            "SELECT 1 FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'ended_at'",
            f"public.{readers}",
        )
        what = BY_A_READER % (STILL if ends else "")
        _policy(cursor, table.name, READERS, what, readers=readers, column=column)


def _policy(cursor: CursorWrapper, table: str, name: str, what: str, **names: str) -> None:
    if not _column(
        cursor,
        "SELECT 1 FROM pg_policies WHERE schemaname = 'public' AND tablename = %s AND policyname = %s",
        table,
        name,
    ):
        _run(cursor, f"CREATE POLICY {{p}} ON {{t}} {what}", p=name, t=table, **names)


def _directory(cursor: CursorWrapper) -> None:
    """The directory may be read by all; a federation changes its own entry only.

    The owner is not bound by it.
    """
    if not _secured(cursor, "core_federation")[0]:
        _run(cursor, "ALTER TABLE core_federation ENABLE ROW LEVEL SECURITY")
    _policy(cursor, "core_federation", "open_to_all", "FOR SELECT USING (true)")
    _policy(
        cursor, "core_federation", "own_entry", f"FOR UPDATE USING ({OWN_ENTRY}) WITH CHECK ({OWN_ENTRY})"
    )


def _triggers(cursor: CursorWrapper, tables: list[Table]) -> None:
    for table in tables:
        if table.only_added_to:
            when = "BEFORE UPDATE OR DELETE OR TRUNCATE ON {t}"
            _trigger(cursor, table.name, "only_added_to", when, "core_only_added_to()")
        if table.only_destroyed:
            when = "BEFORE UPDATE OR DELETE OR TRUNCATE ON {t}"
            _trigger(cursor, table.name, "only_destroyed", when, "core_only_destroyed()")
        if "DELETE" in table.rights and table.has_id:
            when = "AFTER DELETE ON {t} REFERENCING OLD TABLE AS gone"
            _trigger(cursor, table.name, "not_while_held", when, f"core_not_while_held('{table.label}')")


def _trigger(cursor: CursorWrapper, table: str, name: str, when: str, does: str) -> None:
    standing = _column(
        cursor,
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s",
        f'public."{table}"',
        name,
    )
    if not any(each.endswith(does) for each in standing):
        _run(
            cursor,
            f"CREATE OR REPLACE TRIGGER {{n}} {when} FOR EACH STATEMENT EXECUTE FUNCTION {does}",
            n=name,
            t=table,
        )


def _name(*parts: str) -> str:
    """A constraint's name within PostgreSQL's 63 bytes, the same each time."""
    joined = "_".join(parts)
    if len(joined) <= LONGEST_NAME:
        return joined
    return f"{hashlib.sha256(joined.encode()).hexdigest()[:12]}_{parts[-1]}"
