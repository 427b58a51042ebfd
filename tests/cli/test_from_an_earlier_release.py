"""A home of two releases ago is brought to this one, killed on the way; its backup is restored by the very
command of a real restore, killed on the way too; what comes back sends nothing until it is released."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg import sql

from schoolgate.core.home import typed
from schoolgate.core.postgres.server import SUPERUSER, ensure_server, release_server, server_of
from tests.cli.machine import Machine, wait_for
from tests.environment import a_home

pytestmark = [pytest.mark.faults, pytest.mark.timeout(400)]
GROWS = {"auth_permission", "django_content_type", "django_migrations", "core_backup"}
"""Django's own lists of what there is in a release, and the backup that an upgrade makes first."""
REHEARSE = """
import shutil, sys
from schoolgate.core.backups import making
from schoolgate.core.clock import now
from schoolgate.jobs.daily import backups

class Kept:
    def rmtree(self, path, **how):
        if (path / "home").exists():
            (path / "home").rename({kept!r})
        shutil.rmtree(path, **how)

making.shutil = Kept()
assert making.is_due(now())
backups(now())
assert not making.is_due(now())
done = making.BackupRehearsal.objects.latest("pk")
print("rehearsed", done.number, done.trouble or "well", done.rows)
"""


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    """A home in an earlier state, with a key for backups."""
    machine = Machine(a_home("earlier"))
    made = subprocess.run(
        [sys.executable, "-m", "tests.cli.earlier", str(safe(machine))],
        env=machine.surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    yield machine
    machine.schoolgate("down")


def safe(machine: Machine) -> Path:
    return machine.home.parent / "safe.key"


def rows(home: Path, columns: dict[str, list[str]] | None = None) -> dict[str, tuple[list[str], list[str]]]:
    """Every table's columns and rows; only the columns that are given, where they are."""
    server = ensure_server(home)
    found = {}
    with psycopg.connect(server.url(SUPERUSER)) as reader:
        for table, name in reader.execute(
            "SELECT table_name, array_agg(column_name::text ORDER BY column_name::text) "
            "FROM information_schema.columns WHERE table_schema = 'public' AND table_name IN "
            "(SELECT tablename FROM pg_tables WHERE schemaname = 'public') GROUP BY 1"
        ).fetchall():
            if columns is not None and table not in columns:
                continue
            wanted = columns[table] if columns else name
            select = sql.SQL("SELECT {} FROM {}").format(
                sql.SQL(", ").join(map(sql.Identifier, wanted)), sql.Identifier(table)
            )
            found[table] = (wanted, sorted(map(repr, reader.execute(select).fetchall())))
    release_server(home)
    return found


def begin(machine: Machine, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "schoolgate", *words], env=machine.surroundings,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip


def applied(machine: Machine) -> int:
    """How many migrations the home has behind it; whoever upgrades it has its server run."""
    with psycopg.connect(server_of(machine.home).url(SUPERUSER)) as reader:
        return len(reader.execute("SELECT 1 FROM django_migrations").fetchall())


def killed_at(machine: Machine, words: str, *, with_what_it_runs: bool, midway: bool = False) -> None:
    """An upgrade that is killed once it has said these words; `midway`: and has brought one migration."""
    process = begin(machine, "upgrade")
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            break
    else:
        raise AssertionError(f"it never said {words}")
    wait_for(lambda: psutil.Process(process.pid).children())
    running = psutil.Process(process.pid).children()
    before = applied(machine) if midway else 0
    wait_for(lambda: not midway or applied(machine) > before)
    process.kill()
    process.wait()
    for each in running if with_what_it_runs else []:
        each.kill()
    process.stdout.close()


def test_an_upgrade_that_is_killed_at_each_step_goes_on_and_loses_no_row(machine):
    before = rows(machine.home)
    killed_at(machine, "1 of 3", with_what_it_runs=True)
    refused = machine.schoolgate("up")
    goes_on = f"Run `{typed('upgrade', home=machine.home)}` to continue. It was"
    said = f"An upgrade of this installation was interrupted. {goes_on}"
    assert (refused.returncode, refused.stderr.count(said)) == (1, 1)

    killed_at(machine, "2 of 3", with_what_it_runs=False, midway=True)  # and what it began goes on

    done = machine.schoolgate("upgrade")
    assert done.returncode == 0, done.stderr
    assert "An upgrade was interrupted at this step:" in done.stdout
    assert "wildground: sound, 3 rows" in done.stdout
    assert not (machine.home / "run" / "upgrade.json").exists()

    after = rows(machine.home, {table: columns for table, (columns, _) in before.items()})
    assert set(before) == set(after)
    assert {table for table in before if before[table] != after[table]} <= GROWS
    assert len(before["people_membership"][1]) == 3


def test_a_restore_that_is_killed_leaves_no_home_and_can_be_run_again(machine):
    newest = max((machine.home / "backups").glob("*.age"))
    into = machine.home.parent / "back"
    draft = into.with_name(".back.restoring")
    process = begin(machine, "restore", str(newest), "--identity", str(safe(machine)), "--into", str(into))
    assert process.stdout is not None
    wait_for((draft / "postgres" / "data" / "postmaster.pid").exists)
    process.kill()
    process.wait()
    process.stdout.close()
    assert not into.exists()


def test_what_was_backed_up_before_the_upgrade_comes_back_in_a_rehearsal_and_is_stopped(machine):
    """The rehearsal runs the very command; what it makes is kept here, to be looked at as a restored home."""
    kept = machine.home.parent / "kept"
    done = machine.schoolgate("shell", "-v", "0", "-c", REHEARSE.format(kept=str(kept)))
    assert "rehearsed 1 well" in done.stdout, done.stdout + done.stderr
    assert not (machine.home / "run" / "rehearsal").exists()
    back = Machine(kept)
    worked, released = back.in_turn(["worker", "--until-idle"], ["release"])
    assert worked[0] == 1
    assert "schoolgate release" in worked[2]
    assert released[0] == 0, released[2]
    assert "1 accounts whose keys can't be opened" in released[1]
    assert "Released." in released[1]
