"""A database for the network on the program's embedded server, in a home of its own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from schoolgate.core.postgres.server import Server, binaries, ensure_server, release_server
from tests.network.node import Missing

STAND_IN = Path(__file__).with_name("pg_trgm")


def start(folder: Path) -> Server:
    """A running server below `folder` with the database `bluesky` of a role `bluesky`, which may do nothing
    else."""
    server = ensure_server(folder / "home", durable=False)
    extension = build_pg_trgm(folder / "pg_trgm")
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE bluesky LOGIN NOSUPERUSER")
        connection.execute("CREATE DATABASE bluesky OWNER bluesky")
    with psycopg.connect(server.url("postgres", "bluesky"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("SET extension_control_path = {}").format(sql.Literal(f"{extension}:$system"))
        )
        connection.execute("CREATE EXTENSION pg_trgm SCHEMA public")
    return server


def build_pg_trgm(folder: Path) -> Path:
    """Compile the stand-in against the headers of the server's own wheel; gives the folder for the server to
    look in.

    Raises Missing with the compiler's words.
    """
    (folder / "extension").mkdir(parents=True)
    headers = binaries().parent / "include" / "postgresql" / "server"
    words = ["gcc", "-O1", "-fPIC", "-shared", f"-I{headers}", str(STAND_IN / "pg_trgm.c"), "-o"]
    done = subprocess.run([*words, str(folder / "pg_trgm.so")], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing(f"The stand-in for pg_trgm could not be compiled.\n{done.stderr[-2000:]}")
    shutil.copy(STAND_IN / "pg_trgm--1.0.sql", folder / "extension")
    control = f"default_version = '1.0'\nmodule_pathname = '{folder / 'pg_trgm'}'\nrelocatable = true\n"
    (folder / "extension" / "pg_trgm.control").write_text(control)
    return folder


def end(folder: Path) -> None:
    """Say that nobody needs the server any more, and end it."""
    release_server(folder / "home")
    Server(folder / "home").stop()
