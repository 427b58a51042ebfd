"""Whether the database can be used: if not, one sentence says why, and what to do."""

from __future__ import annotations

from typing import Final, Literal

from schoolgate.core.env import Env
from schoolgate.core.home import home
from schoolgate.core.home_trouble import nothing_yet
from schoolgate.core.postgres.address import database_url
from schoolgate.core.postgres.server import server_of
from schoolgate.core.readable import database_address
from schoolgate.core.surroundings import SurroundingsTrouble

SECONDS: Final = 10
"""For a server that doesn't answer at all; libpq itself waits for two minutes."""
NOWHERE: Final = "where no database answers. Check host and port, and that PostgreSQL listens on that address"
REASONS: Final = (
    ("resolve host", "and no machine has that name. Check the host"),
    ("translate host", "and no machine has that name. Check the host"),
    ("refused", NOWHERE),
    ("no such file", NOWHERE),
    ("unreachable", NOWHERE),
    ("no route", NOWHERE),
    ("timeout", "which doesn't answer. Check host and port, and the firewall between"),
    ("password authentication failed", "which refuses user {user} with that password. Check both"),
    ("no password supplied", "which wants a password for user {user}. Add it"),
    ("pg_hba.conf", "which lets no user {user} in from this machine. Add a line to its pg_hba.conf"),
    ("role ", "which has no user {user}. Check the user, or make the role"),
    ("database ", "which has no database {database}. Check the name, or make the database"),
    ("too many", "which has no connection left. Raise its max_connections"),
)
"""By words of libpq's message, which is never shown: a piece of a password may be in it."""
OTHERWISE: Final = "which takes no connection. Check the address, and that server's log"


def check_database(env: Env, *roles: Literal["app", "owner"], begins: bool = False) -> None:
    """Raise SurroundingsTrouble where the database that was named can't be reached as one of these roles, or
    a home with a server of its own was never started, and this is not what begins one. Makes nothing."""
    if env.embedded_database:
        if not begins and not server_of(env.home).data.exists():
            if env.home.expanduser().exists():
                home()  # what is wrong with the home itself is told first
            raise SurroundingsTrouble(nothing_yet(env.home))
        return
    addresses = [(role, database_url(env, role)) for role in roles]  # a missing one is told before any waits
    for role, url in addresses:
        reach(url, named="DATABASE_OWNER_URL" if role == "owner" else "DATABASE_URL")


def reach(url: str, *, named: str) -> None:
    """Connect once. Raises SurroundingsTrouble, which says what is wrong with the address of this name."""
    import psycopg

    try:
        parts = psycopg.conninfo.conninfo_to_dict(database_address(url))
    except ValueError as error:
        raise SurroundingsTrouble(f"{named} {error}.") from None
    try:
        psycopg.connect(url, connect_timeout=int(parts.get("connect_timeout") or SECONDS)).close()
    except psycopg.Error as error:
        said = str(error).lower()
        why = next((why for words, why in REASONS if words in said), OTHERWISE)
        told = why.format(user=parts.get("user", "(none)"), database=parts["dbname"])
        at = f"{parts.get('host') or 'this machine'}, port {parts.get('port') or 5432}"
        raise SurroundingsTrouble(f"{named} names {at}, {told} (docs/operations.md).") from None
