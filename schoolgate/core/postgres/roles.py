"""The two database roles. One owns everything and only migrates; the other reads and writes rows and owns
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the keeper of a server speaks to none, and stays small
    import psycopg

OWNER = "schoolgate_owner"
APP = "schoolgate_app"
DATABASE = "schoolgate"


def prepare_server(maintenance_url: str, database_url: str) -> None:
    """Make the roles and the database on a server of our own. Both addresses name the superuser. Safe to
    repeat.
    """
    import psycopg
    from psycopg import sql

    with psycopg.connect(maintenance_url, autocommit=True) as connection:
        for role in (OWNER, APP):
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE").format(
                        sql.Identifier(role)
                    )
                )
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            return
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
        )
    with psycopg.connect(database_url, autocommit=True) as connection:
        prepare_database(connection, owner=OWNER, app=APP)


def prepare_database(connection: psycopg.Connection, *, owner: str, app: str) -> None:
    """Let `app` read and write the rows of what `owner` makes in this database, and make nothing itself.

    The connection is the superuser's or the owner's. Tables that are only ever added to take some of these
    rights back when they are made.
    """
    from psycopg import sql

    names = {"owner": sql.Identifier(owner), "app": sql.Identifier(app)}
    later = "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
    for statement in (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {app}",
        "GRANT ALL ON SCHEMA public TO {owner}",
        f"{later} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {{app}}",
        f"{later} GRANT USAGE, SELECT ON SEQUENCES TO {{app}}",
    ):
        connection.execute(sql.SQL(statement).format(**names))
