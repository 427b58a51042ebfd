"""Django's settings for the one database: apart, so that the supervisor reads neither Django nor psycopg."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from schoolgate.core.env import Env
from schoolgate.core.postgres.address import database_url
from schoolgate.core.postgres.days import bound_days
from schoolgate.core.postgres.statements import ASKED_BEFORE, Cursor


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
