"""A disk that is full and a database that goes away in the middle of a command are one sentence each."""

import errno
from types import SimpleNamespace

import psycopg
import pytest
from django.db import OperationalError as DatabaseLost

from schoolgate.cli.main import main
from schoolgate.core.env import env
from schoolgate.core.home import unusable_home
from schoolgate.core.postgres.reaching import in_our_words
from schoolgate.core.postgres.server import check_room, ensure_server, server_of
from schoolgate.core.surroundings import SurroundingsTrouble

SECRET = "hunter2-hunter2"


def test_a_full_disk_is_named_with_what_is_free_and_what_is_needed(tmp_path, monkeypatch):
    free = [0]
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free[0]))
    said = "The disk of {} is full ({} MB free): make 1 GB free, then start again."
    written = OSError(errno.ENOSPC, "No space left on device", str(tmp_path / "run" / "up.json"))
    assert unusable_home(written, tmp_path) == said.format(tmp_path, 0)
    server = server_of(tmp_path / "new")
    for free[0] in (0, 120_000_000, 999_999_999):
        with pytest.raises(SurroundingsTrouble) as trouble:
            check_room(server)
        assert str(trouble.value) == said.format(server.home, round(free[0] / 1_000_000))
        with pytest.raises(SurroundingsTrouble, match="is full"):
            ensure_server(server.home)
    assert not server.home.exists()
    free[0] = 1_000_000_000
    check_room(server)
    free[0] = 0
    server.data.mkdir(parents=True)
    (server.data / "PG_VERSION").touch()
    check_room(server)  # what runs already isn't kept from its people
    server.log.parent.mkdir()
    server.log.write_text("ok\nFATAL:  could not write: No space left on device\ninitdb: removing\n")
    assert server.last_words() == said.format(server.home, 0)
    server.log.write_text("FATAL:  something else\n")
    assert server.last_words().endswith("something else")


@pytest.mark.parametrize("own", [False, True])
def test_a_database_lost_in_the_middle_of_a_command_is_one_sentence(told, tmp_path, own):
    lost = DatabaseLost("the connection is closed")
    lost.__cause__ = psycopg.OperationalError("server closed the connection unexpectedly: hunter2")
    full = DatabaseLost("x")
    full.__cause__ = psycopg.errors.DiskFull("could not extend file")
    told(SCHOOLGATE_HOME=str(tmp_path))
    (server_of(tmp_path).data).mkdir(parents=True)
    if own:
        told(DATABASE_URL=f"postgresql://app:{SECRET}@127.0.0.1:1/school")
    cut = "The database was cut off in the middle of this command. Run it again. "
    said = str(in_our_words(lost, env()))
    why = (
        "DATABASE_URL names 127.0.0.1, port 1, where no" if own else f"{tmp_path}/logs/postgres.log says why."
    )
    assert said.startswith(cut + why)
    assert "hunter2" not in said
    assert str(in_our_words(full, env())).startswith(
        "The disk of the database's server is full" if own else f"The disk of {tmp_path} is full"
    )
    for other in (ValueError("x"), psycopg.errors.DeadlockDetected("x"), psycopg.errors.UndefinedTable("x")):
        assert in_our_words(other, env()) is None


def test_a_command_that_loses_its_database_ends_with_that_sentence(told, tmp_path, capsys, monkeypatch):
    told(SCHOOLGATE_HOME=str(tmp_path))

    def loses(*_: object, **__: object) -> int:
        raise psycopg.OperationalError("consuming input failed")

    monkeypatch.setattr("schoolgate.cli.main.run_own", loses)
    assert main(["stop"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(
        "schoolgate: The database was cut off in the middle of this command. Run it again."
    )
    assert said.count("\n") == 1
