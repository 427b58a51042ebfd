"""The powers that the application's role must not have, by the database's own catalogue.

Whether the database can be used: if not, one sentence says why, and what to do.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from schoolgate.core.env import Env
from schoolgate.core.home import full_disk, home, nothing_yet
from schoolgate.core.postgres.server import database_url, server_of
from schoolgate.core.surroundings import SurroundingsTrouble, database_address

if TYPE_CHECKING:
    import psycopg


ASKED: Final = """
SELECT r.rolsuper, r.rolbypassrls, has_schema_privilege(r.oid, 'public', 'CREATE'),
       EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p')),
       EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = r.oid)
FROM pg_roles r WHERE r.rolname = current_user
"""
UNBOUND: Final = {
    "is a superuser, so row security does not apply to it": (
        "Make a role for the program alone, and name that one"
    ),
    "has BYPASSRLS, so row security does not apply to it": "Run: ALTER ROLE {role} NOBYPASSRLS",
}
"""With one of these every federation's rows are open to all, so nothing is done with such a role: what to do
instead."""
WRONG: Final = (
    *UNBOUND,
    "may create tables",
    "owns tables, so it can remove their protection",
    "is a member of another role and has that role's rights",
)


def wrong_with(answers: Sequence[bool]) -> list[tuple[int, str]]:
    """Return what is wrong with a role by what the database answered to ASKED, each with its number."""
    return [(number, wrong) for number, (wrong, so) in enumerate(zip(WRONG, answers, strict=True), 1) if so]


def unbound(answers: Sequence[bool], role: str) -> str:
    """Return why row security doesn't apply to a role, and what to do; empty where it does."""
    for _number, wrong in wrong_with(answers):
        if wrong in UNBOUND:
            return f"user {role} {wrong}. {UNBOUND[wrong].format(role=role)}"
    return ""


Role = Literal["app", "owner"]
OLDEST: Final = 15
"""The first version of PostgreSQL that has what the tables need."""
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

CUT: Final = "The database was cut off in the middle of this command. Run it again."
FULL_ELSEWHERE: Final = "The disk of the database's server is full: make room there, then start again."
ABOUT: Final = """
SELECT current_user, pg_is_in_recovery(), current_setting('server_encoding'),
       coalesce(has_schema_privilege(to_regnamespace('public')::oid, 'CREATE'), false),
       d.datname, d.oid FROM pg_database d WHERE d.datname = current_database()
"""


@dataclass(frozen=True)
class Reached:
    """What an address led to: a user and a database. `wrong`: why it can't be used."""

    named: str
    at: str
    user: str
    database: str
    server: str
    """Its own number; empty where it keeps it to itself."""
    wrong: str = ""

    def is_of(self, other: Reached) -> bool:
        """Whether both are in one database."""
        one_server = not self.server or not other.server or self.server == other.server
        return one_server and self.database == other.database


def check_database(env: Env, *roles: Role, begins: bool = False, examines: bool = False) -> None:
    """Raise SurroundingsTrouble where the database that was named can't be reached as one of these roles or
    isn't what the program needs, or a home with a server of its own was never started, and this is not what
    begins one. Makes nothing. `examines`: only looks, so that a role with too many powers will do."""
    if env.embedded_database:
        if not begins and not server_of(env.home).data.exists():
            if env.home.expanduser().exists():
                home()  # what is wrong with the home itself is told first
            raise SurroundingsTrouble(nothing_yet(env.home))
        return
    addresses = [(role, database_url(env, role)) for role in roles]  # a missing one is told before any waits
    named = {"app": "DATABASE_URL", "owner": "DATABASE_OWNER_URL"}
    check_reached(*(reach(url, role, named=named[role], examines=examines) for role, url in addresses))


def check_reached(*reached: Reached) -> None:
    """Raise SurroundingsTrouble where these are not different roles of one database, or one can't be used."""
    for one, other in pairwise(reached):
        both = f"{one.named} and {other.named} name"
        if not one.is_of(other):
            raise SurroundingsTrouble(
                f"{both} different databases. Name the same one in both (docs/operations.md)."
            )
        if one.user == other.user:
            raise SurroundingsTrouble(
                f"{both} the same user, {one.user}. Make two: one owns the tables, and the program works as "
                "the other (docs/operations.md)."
            )
    for one in reached:
        if one.wrong:
            raise SurroundingsTrouble(f"{one.at}, {one.wrong} (docs/operations.md).")


def reach(url: str, role: Role, *, named: str, examines: bool = False) -> Reached:
    """Connect once, and return what is there. Raises SurroundingsTrouble, which says what is wrong with the
    address of this name."""
    import psycopg

    try:
        parts = psycopg.conninfo.conninfo_to_dict(database_address(url))
    except ValueError as error:
        raise SurroundingsTrouble(f"{named} {error}.") from None
    at = f"{named} names {parts.get('host') or 'this machine'}, port {parts.get('port') or 5432}"
    patience = int(parts.get("connect_timeout") or SECONDS)
    try:
        with psycopg.connect(url, connect_timeout=patience, autocommit=True) as connection:
            version = connection.info.server_version // 10_000
            if version < OLDEST:
                older = f"which is PostgreSQL {version}. Use version {OLDEST} or newer"
                raise SurroundingsTrouble(f"{at}, {older} (docs/operations.md).")
            return _looked_at(connection, role, named, at, examines=examines)
    except psycopg.Error as error:
        said = str(error).lower()
        why = next((why for words, why in REASONS if words in said), OTHERWISE)
        told = why.format(user=parts.get("user", "(none)"), database=parts["dbname"])
        raise SurroundingsTrouble(f"{at}, {told} (docs/operations.md).") from None


def in_our_words(error: BaseException, env: Env) -> str | None:
    """Return what happened to the database in the middle of a command, and what to do; None: something else
    broke."""
    from schoolgate.core.postgres.for_django import has_no_room, is_lost  # only when something has happened

    here = env.home.expanduser().absolute()
    if has_no_room(error):
        return full_disk(here) if env.embedded_database else FULL_ELSEWHERE
    if not is_lost(error):
        return None
    try:
        check_database(env, "app", examines=True)
    except SurroundingsTrouble as trouble:
        return f"{CUT} {trouble}"
    return f"{CUT} {server_of(here).log} says why." if env.embedded_database else CUT


def _looked_at(connection: psycopg.Connection, role: Role, named: str, at: str, *, examines: bool) -> Reached:
    import psycopg

    user, copied, encoding, may_create, name, number = connection.execute(ABOUT).fetchone() or ()
    server = ""
    with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
        server = str(connection.execute("SELECT system_identifier FROM pg_control_system()").fetchone())
    wrong = ""
    if copied:
        wrong = "which is a read-only copy. Name the server that it's copied from"
    elif encoding != "UTF8":
        wrong = f"where the database {name} is in {encoding}. Make one with ENCODING 'UTF8'"
    elif role == "owner" and not may_create:
        wrong = (
            f"where user {user} may not create tables. As a superuser, run: "
            f"ALTER DATABASE {name} OWNER TO {user}"
        )
    elif role == "app" and not examines:
        why = unbound(connection.execute(ASKED).fetchone() or (), user)
        wrong = f"where {why}" if why else ""
    return Reached(named, at, user, f"{name} {number}", server, wrong)
