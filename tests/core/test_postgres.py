"""The embedded server: one a home, gone with its last user, and never mistaken for a dead one."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from schoolgate.core.env import env
from schoolgate.core.postgres.for_django import django_database
from schoolgate.core.postgres.server import (
    LONGEST_SOCKET_PATH,
    MAJOR,
    Server,
    ServerTrouble,
    ensure_server,
    release_server,
    runner,
    server_of,
)
from tests.environment import a_home

pytestmark = [pytest.mark.processes, pytest.mark.timeout(120)]

USE = """
import sys, time
from pathlib import Path
from schoolgate.core.postgres.server import ensure_server
server = ensure_server(Path(sys.argv[1]), durable=False)
print(server.pid(), flush=True)
time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def empty_home():
    """A home without a database yet, whose server ends with the test."""
    home = a_home("postgres")
    yield home
    release_server(home)
    server_of(home).stop()


@pytest.fixture(scope="module")
def used() -> Path:
    """The data folder of a server that was started once, and ended."""
    home = a_home("postgres")
    ensure_server(home, durable=False)
    release_server(home)
    server_of(home).stop()
    return server_of(home).data


@pytest.fixture
def at_home(empty_home, used):
    """A home that was used before: preparing its data folder takes seconds, and copying it none."""
    bring(used, empty_home)
    return empty_home


def bring(used: Path, home: Path) -> None:
    """Copy a data folder into a home."""
    (home / "postgres").mkdir(mode=0o711, parents=True)
    subprocess.run(["cp", "-a", str(used), str(server_of(home).data)], check=True)


def start_user(home: Path, seconds: float) -> "subprocess.Popen[str]":
    """Another process that uses the home's server for a while; it prints the server's process."""
    words = [sys.executable, "-c", USE, str(home), str(seconds)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def end(user: "subprocess.Popen[str]") -> None:
    """Wait for it."""
    user.wait()
    user.stdout.close()


def test_a_closed_folder_above_the_home_is_opened_for_the_server_alone(at_home):
    at_home.chmod(0o700)
    try:
        assert ensure_server(at_home, durable=False).answers()
        assert at_home.stat().st_mode & 0o007 == 0
        release_server(at_home)
        server_of(at_home).stop()
        at_home.chmod(0o700)
        assert ensure_server(at_home, durable=False).answers()
    finally:
        at_home.chmod(0o700)


def gone(server: Server, patience: float = 10.0) -> bool:
    end = time.monotonic() + patience
    while server.pid() is not None and time.monotonic() < end:
        time.sleep(0.05)
    return server.pid() is None


def roles(server: Server) -> dict[str, tuple[bool, bool]]:
    with psycopg.connect(server.url("postgres")) as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname LIKE 'schoolgate_%'"
        ).fetchall()
    return {name: (is_super, bypasses) for name, is_super, bypasses in rows}


def test_a_home_has_a_server_on_its_socket_only_without_names_in_its_log_or_a_role_above_the_policies_of_rows(
    at_home,
):
    server = ensure_server(at_home, durable=False)
    assert roles(server) == {"schoolgate_owner": (False, False), "schoolgate_app": (False, False)}
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert server.socket_folder.stat().st_mode & 0o777 == 0o700
    with psycopg.connect(server.url("schoolgate_owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE people (email text UNIQUE)")
        connection.execute("INSERT INTO people VALUES ('amina@example.org')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO people VALUES (%s)", ["amina@example.org"])
    assert "duplicate key" in server.log.read_text()
    assert "amina" not in server.log.read_text()


def test_a_long_home_gets_a_short_socket_and_data_of_another_major_version_is_refused_in_words(used):
    home = a_home("postgres") / ("long" * 40)
    assert len(str(server_of(home).socket_folder / ".s.PGSQL.5432")) < LONGEST_SOCKET_PATH
    bring(used, home)
    try:
        assert ensure_server(home, durable=False).answers()
    finally:
        release_server(home)
        server_of(home).stop()
    (server_of(home).data / "PG_VERSION").write_text(f"{MAJOR + 1}\n")
    with pytest.raises(
        ServerTrouble, match=rf"written by PostgreSQL {MAJOR + 1}, which is newer than the {MAJOR}"
    ):
        ensure_server(home, durable=False)


def test_two_processes_that_start_together_share_one_server(empty_home):
    users = [start_user(empty_home, 1), start_user(empty_home, 1)]
    pids = {user.stdout.readline() for user in users}
    for user in users:
        end(user)
    assert len(pids) == 1
    assert gone(server_of(empty_home))


def test_the_server_stays_for_the_last_user(at_home):
    first, last = start_user(at_home, 0), start_user(at_home, 3)
    end(first)
    last.stdout.readline()
    time.sleep(1)
    assert server_of(at_home).answers()
    end(last)
    assert gone(server_of(at_home))


def test_the_server_goes_with_a_user_that_is_killed(at_home):
    user = start_user(at_home, 60)
    user.stdout.readline()
    user.kill()
    end(user)
    assert gone(server_of(at_home))


def test_a_killed_server_is_started_again_with_its_data(at_home):
    server = ensure_server(at_home)
    with psycopg.connect(server.url("schoolgate_owner")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        connection.commit()
    killed = server.pid()
    os.kill(killed, signal.SIGKILL)
    assert gone(server)
    again = ensure_server(at_home)
    assert again.pid() != killed
    with psycopg.connect(again.url()) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_a_file_left_by_a_dead_server_is_not_taken_for_one(at_home):
    server = ensure_server(at_home, durable=False)
    left = (server.data / "postmaster.pid").read_text()
    release_server(at_home)
    server.stop()
    # As after a power cut: the number in the file belongs to somebody else now.
    who = runner()
    with subprocess.Popen(["/bin/sleep", "60"], user=who.uid, group=who.gid) as somebody_else:
        now_theirs = left.replace(left.split("\n")[0], str(somebody_else.pid), 1)
        (server.data / "postmaster.pid").write_text(now_theirs)
        (server.socket_folder / ".s.PGSQL.5432.lock").write_text(now_theirs)
        try:
            assert server.pid() is None
            assert ensure_server(at_home, durable=False).answers()
        finally:
            somebody_else.kill()


def test_a_start_that_was_cut_short_is_begun_anew(empty_home):
    data = server_of(empty_home).data
    data.mkdir(parents=True)
    (data / "base").mkdir()
    (data / "base" / "1").write_text("half")
    assert ensure_server(empty_home, durable=False).answers()


def test_a_server_is_ready_where_it_says_so_and_is_there(tmp_path):
    server = server_of(tmp_path)
    server.data.mkdir(parents=True)
    assert not server.is_ready()
    there = subprocess.Popen([sys.executable, "-S", "-c", "input()", str(server.data)], stdin=subprocess.PIPE)
    told = {}
    for status in ("starting", "ready   ", "stopping", "ready   "):
        said = [str(there.pid), str(server.data), "1", "5432", "", "", "1 1", status]
        (server.data / "postmaster.pid").write_text("\n".join([*said, ""]))
        told[status] = server.is_ready()
    there.communicate(b"\n")
    assert told == {"starting": False, "ready   ": True, "stopping": False}
    assert not server.is_ready()


def options_of(told, there):
    told(DATABASE_URL=there)
    return django_database(env())["OPTIONS"]


def test_a_database_elsewhere_that_says_nothing_is_taken_for_gone_and_takes_us_for_gone(told):
    there = "postgresql://app@one.example,two.example/school?target_session_attrs=read-write"
    said = options_of(told, there)
    assert (said["target_session_attrs"], said["tcp_user_timeout"]) == ("read-write", "9000")
    assert "-c tcp_keepalives_idle=5" in said["options"]


def test_what_the_address_says_of_it_is_what_holds(told):
    there = "postgresql://app@db.example/school?connect_timeout=30&options=-c%20tcp_user_timeout%3D1"
    said = options_of(told, there)
    assert said["connect_timeout"] == "30"
    assert said["options"].endswith("-c tcp_user_timeout=1")


@pytest.mark.parametrize("there", ["postgresql:///school", "postgresql://app@/school?host=/run/postgresql"])
def test_a_database_of_this_machine_is_waited_for(told, there):
    assert "options" not in options_of(told, there)
