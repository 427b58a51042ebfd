"""Where the database is: the embedded server of the home, or the one that was named."""

from typing import Literal

from schoolgate.core.env import Env
from schoolgate.core.postgres import server
from schoolgate.core.postgres.server import server_of
from schoolgate.core.surroundings import SurroundingsTrouble


def database_url(env: Env, role: Literal["app", "owner"]) -> str:
    """The address of the database for a role. Raises SurroundingsTrouble where the owner's address is
    missing.
    """
    if env.database_url is None:
        return server_of(env.home).url(server.OWNER if role == "owner" else server.APP)
    if role == "app":
        return env.database_url.get_secret_value()
    if env.database_owner_url is None:
        raise SurroundingsTrouble(
            "DATABASE_URL is set, but DATABASE_OWNER_URL is not. A separate role "
            "creates the tables (docs/operations.md explains how to make both)."
        )
    return env.database_owner_url.get_secret_value()
