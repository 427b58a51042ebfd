"""Where the database is: the embedded server of the home, or the one that was named."""

from typing import Any, Literal

from psycopg.conninfo import conninfo_to_dict

from schoolgate.core.env import Env
from schoolgate.core.postgres import roles
from schoolgate.core.postgres.days import bound_days
from schoolgate.core.postgres.server import server_of
from schoolgate.core.postgres.statements import ASKED_BEFORE, Cursor
from schoolgate.core.surroundings import SurroundingsTrouble


def database_url(env: Env, role: Literal["app", "owner"]) -> str:
    """The address of the database for a role. Raises SurroundingsTrouble where the owner's address is
    missing.
    """
    if env.database_url is None:
        return server_of(env.home).url(roles.OWNER if role == "owner" else roles.APP)
    if role == "app":
        return env.database_url.get_secret_value()
    if env.database_owner_url is None:
        raise SurroundingsTrouble(
            "DATABASE_URL is set, but DATABASE_OWNER_URL is not. A separate role "
            "creates the tables (docs/operations.md explains how to make both)."
        )
    return env.database_owner_url.get_secret_value()


def django_database(env: Env) -> dict[str, Any]:
    """Django's settings for the one database, as the role that this process has chosen."""
    bound_days()
    parts = conninfo_to_dict(database_url(env, env.database_role))
    options: dict[str, Any] = {
        "application_name": f"schoolgate {env.database_role}",
        "server_side_binding": True,
        "cursor_factory": Cursor,
        "prepare_threshold": ASKED_BEFORE,
    }
    found = {name: parts.pop(name, None) for name in ("dbname", "user", "password", "host", "port")}
    options |= {name: value for name, value in parts.items() if value is not None}
    if env.database_pool:
        options["pool"] = {"min_size": 1, "max_size": env.database_pool, "timeout": 10, "max_idle": 300}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": found["dbname"],
        "USER": found["user"] or "",
        "PASSWORD": found["password"] or "",
        "HOST": found["host"] or "",
        "PORT": str(found["port"] or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
