"""A primary and its standby, of the embedded server's programs."""

from __future__ import annotations

import contextlib
import itertools
import os
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg

from schoolgate.core.postgres import server
from tests.two_machines.networks import DATABASES, NET, inside, move, run


class Databases:
    """A primary whose every commit waits for its standby. Both listen on the address that moves, too."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.programs = folder, server.binaries()
        self.who, self.running = server.runner(), []
        folder.mkdir(mode=0o711)
        server.open_the_way(folder / "x", self.who)
        server.open_the_way(self.programs / "postgres", self.who)

    def begin(self, like: Path) -> None:
        """Begin the primary: empty, or like one that was kept."""
        data = self._folder("primary")
        move("primary")
        if like.exists():
            run("cp", "-a", f"{like}/.", str(data))
            self._serve("primary", data)
            self.until(DATABASES["primary"])
            return
        self._do("initdb", "-D", str(data), "-U", "postgres", "--auth", "trust", "--encoding", "UTF8",
                 "--no-instructions", "--locale", "C", "--locale-provider", "builtin",
                 "--builtin-locale", "C.UTF-8")  # fmt: skip
        with (data / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all,replication all {NET}.0/24 trust\n")
        self._serve("primary", data)
        self.until(DATABASES["primary"])
        server.prepare_server(url("postgres", DATABASES["primary"], "postgres"),
                              url("postgres", DATABASES["primary"]))  # fmt: skip

    def copy(self) -> None:
        """Have the standby follow. From now on each commit waits until it has it too."""
        copy = self._folder("standby")
        self._do("pg_basebackup", "-h", DATABASES["primary"], "-U", "postgres", "-D", str(copy), "-R", "-C",
                 "-S", "standby", "--checkpoint=fast",
                 "-d", "application_name=standby", within="standby")  # fmt: skip
        self._serve("standby", copy)
        self.until(DATABASES["standby"])
        self.say("primary", "ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        self.say("primary", "SELECT pg_reload_conf()")

    def keep(self, like: Path) -> None:
        """Keep the primary as it is, for the next time."""
        server.open_the_way(like, self.who)
        server.own_folder(like, self.who)
        self._do("pg_basebackup", "-h", DATABASES["primary"], "-U", "postgres", "-D", str(like),
                 "--checkpoint=fast")  # fmt: skip

    def say(self, which: str, words: str) -> Any:
        where = url("postgres", DATABASES[which], "postgres")
        with psycopg.connect(where, autocommit=True, connect_timeout=3) as connection:
            return (
                (connection.execute(words)).fetchone()
                if words.startswith("SELECT")
                else connection.execute(words)
            )

    def promote(self) -> None:
        """Make the standby the primary, and give it the database's address."""
        self.say("standby", "SELECT pg_promote(true, 20)")
        move("standby")

    def until(self, address: str) -> None:
        for _try in range(100):
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(url("postgres", address, "postgres"), connect_timeout=3).close()
                return
            time.sleep(0.3)
        raise RuntimeError(f"{address} doesn't answer: {(self.folder / 'log').read_text()[-2000:]}")

    def _serve(self, name: str, data: Path) -> None:
        settings = {"listen_addresses": "*", "max_connections": "200", "wal_level": "replica",
                    "unix_socket_directories": str(data.parent), "shared_buffers": "128MB",
                    "max_locks_per_transaction": "256", "timezone": "UTC"}  # fmt: skip
        words = [f"{key}={value}" for key, value in settings.items()]
        self.running.append(
            self._as(
                "postgres", "-D", str(data), *itertools.chain(*(("-c", each) for each in words)), within=name
            )
        )

    def _folder(self, name: str) -> Path:
        folder = self.folder / name
        server.own_folder(folder, self.who)
        server.own_folder(folder / "data", self.who)
        return folder / "data"

    def _do(self, program: str, *words: str, within: str = "primary") -> None:
        if self._as(program, *words, within=within).wait():
            raise RuntimeError((self.folder / "log").read_text()[-2000:])

    def _as(self, program: str, *words: str, within: str) -> subprocess.Popen[bytes]:
        log = (self.folder / "log").open("ab")
        uid = (
            "setpriv",
            f"--reuid={self.who.uid}",
            f"--regid={self.who.gid}",
            "--clear-groups",
            "--pdeathsig=INT",
        )
        return inside(within, *uid, str(self.programs / program), *words, stdout=log, stderr=log, cwd="/",
                      env={"LC_ALL": "C", "PATH": os.environ["PATH"]})  # fmt: skip

    def end(self) -> None:
        for process in self.running:
            process.kill()


def url(role: str, host: str, database: str = server.DATABASE) -> str:
    return f"postgresql://{role}@{host}/{database}"
