"""Django's settings for the one database: apart, so that the supervisor reads neither Django nor psycopg."""

from typing import Any, Final

from psycopg.conninfo import conninfo_to_dict

from schoolgate.core.env import Env
from schoolgate.core.postgres.address import database_url
from schoolgate.core.postgres.days import bound_days
from schoolgate.core.postgres.statements import ASKED_BEFORE, Cursor

GONE: Final = {
    "connect_timeout": "3", "keepalives_idle": "5", "keepalives_interval": "2", "keepalives_count": "2",
    "tcp_user_timeout": "9000",
}  # fmt: skip
"""When a database elsewhere that says nothing is taken for gone: after nine seconds. The system itself would
wait a quarter of an hour for a machine that was pulled away, and so would each page."""
GONE_FOR_IT: Final = {
    "tcp_keepalives_idle": "5", "tcp_keepalives_interval": "2", "tcp_keepalives_count": "2",
    "tcp_user_timeout": "9000", "client_connection_check_interval": "5000",
}  # fmt: skip
"""The same for the server: otherwise what a machine that was pulled away has locked, such as a federation's
record, stays locked for two hours."""


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
    if found["host"] and not str(found["host"]).startswith(("/", "@")):
        asked = " ".join(f"-c {name}={value}" for name, value in GONE_FOR_IT.items())
        options = GONE | options | {"options": f"{asked} {options.get('options', '')}".rstrip()}
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
