"""The command line: help, mistakes, and a database that is there when it is needed."""

import argparse
import subprocess
import sys

import pytest

from schoolgate.cli.registry import COMMANDS, Needs
from tests import databases
from tests.cli.machine import Machine, wait_for
from tests.environment import a_home

pytestmark = pytest.mark.processes

NEED_NOTHING = sorted(name for name, one in COMMANDS.items() if one.needs is Needs.NOTHING)
MAKE_A_TABLE = (
    "from django.db import connection; c = connection.cursor(); c.execute('select user'); "
    "print(c.fetchone()[0]); c.execute('create table mine (id int)')"
)


@pytest.fixture(scope="module")
def machine() -> Machine:
    """A home that nothing runs from, with its tables."""
    machine = Machine(a_home("commands"))
    databases.furnish(machine.home)
    return machine


def test_help_lists_every_command(machine):
    done = machine.schoolgate("help")
    listed = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")]
    assert (done.returncode, listed) == (0, list(COMMANDS))


def test_no_command_at_all_prints_the_help_and_is_a_mistake(machine):
    assert machine.schoolgate().returncode == 2


def test_in_an_empty_home_commands_explain_themselves_and_what_needs_its_tables_names_the_home():
    """First those that need nothing, then one whose help does without the database."""
    machine = Machine(a_home("empty"))
    names = [*NEED_NOTHING, "backup"]
    *explained, (status, _out, err) = machine.in_turn(*([name, "--help"] for name in names), ["sign-ins"])
    assert len(names) > 10
    assert [(told[0], told[1].split("\n")[0].split(" [")[0], told[2]) for told in explained] == [
        (0, f"usage: schoolgate {name}", "") for name in names
    ]
    assert (status, err.count("\n"), str(machine.home) in err) == (1, 1, True), err


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_its_module_and_its_words(name):
    parser = argparse.ArgumentParser(prog=name)
    COMMANDS[name].load(name).arguments(parser)
    assert parser.format_help().startswith(f"usage: {name}")


LOOKED_THROUGH = (
    "import atexit, gc, sys; from schoolgate.__main__ import main; "
    "atexit.register(lambda: print(gc.isenabled(), gc.get_freeze_count(), len(gc.get_objects()))); "
    "sys.argv = ['schoolgate', 'backup', '--help']; main()"
)


def test_what_a_command_read_is_not_looked_through_for_garbage(machine):
    words = [sys.executable, "-c", LOOKED_THROUGH]
    done = subprocess.run(words, env=machine.surroundings, capture_output=True, text=True, check=True)
    on, left_alone, looked_through = done.stdout.split()[-3:]
    assert (on, int(left_alone) > 20 * int(looked_through)) == ("True", True), done.stdout + done.stderr


def test_a_variable_that_cannot_be_read_is_named(machine, monkeypatch):
    done = Machine(machine.home, port="eighty").schoolgate("check")  # type: ignore[arg-type]
    assert (done.returncode, done.stderr) == (1, "schoolgate: PORT has to be a number from 1 to 65535.\n")


def test_a_command_brings_the_database_with_it_as_the_application_that_makes_no_tables_and_takes_it_away(
    machine,
):
    coverage, shell = machine.in_turn(
        ["policy", "coverage", "wildground", "--federation", "atlantis"],
        ["shell", "-v", "0", "-c", MAKE_A_TABLE],
    )
    assert coverage == (2, "", "schoolgate policy: there is no federation 'atlantis'\n")
    assert shell[:2] == (1, "schoolgate_app\n"), shell
    assert "django.db.utils.ProgrammingError: permission denied for schema public" in shell[2]
    wait_for(machine.nothing_left, patience=15)
