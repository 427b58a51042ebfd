"""The command line: help, mistakes, and a database that is there when it is needed."""

import argparse

import pytest

from schoolgate.cli.registry import COMMANDS, Needs
from tests import databases
from tests.cli.machine import Machine, wait_for
from tests.environment import a_home

pytestmark = pytest.mark.processes

CURSOR = "from django.db import connection; c = connection.cursor()"


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


@pytest.mark.parametrize("name", sorted(name for name, one in COMMANDS.items() if one.needs is Needs.NOTHING))
def test_a_command_that_needs_nothing_explains_itself(machine, name):
    done = machine.schoolgate(name, "--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"usage: schoolgate {name}")


def test_a_command_that_needs_the_database_explains_itself_without_it():
    done = Machine(a_home("nothing")).schoolgate("backup", "--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("usage: schoolgate backup")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_its_module_and_its_words(name):
    parser = argparse.ArgumentParser(prog=name)
    COMMANDS[name].load(name).arguments(parser)
    assert parser.format_help().startswith(f"usage: {name}")


def test_a_home_in_which_nothing_was_started_is_named_in_one_line():
    machine = Machine(a_home("empty"))
    done = machine.schoolgate("sign-ins")
    assert done.returncode == 1
    assert str(machine.home) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_variable_that_cannot_be_read_is_named(machine, monkeypatch):
    done = Machine(machine.home, port="eighty").schoolgate("check")  # type: ignore[arg-type]
    assert done.returncode == 1
    assert "port" in done.stderr.splitlines()[1]


def test_a_command_brings_the_database_with_it_and_takes_it_away(machine):
    done = machine.schoolgate(
        "shell", "-v", "0", "-c", f"{CURSOR}; c.execute('select user'); print(c.fetchone()[0])"
    )
    assert done.stdout == "schoolgate_app\n", done.stderr
    wait_for(machine.nothing_left, patience=15)


def test_the_application_may_not_make_tables(machine):
    done = machine.schoolgate("shell", "-c", f"{CURSOR}; c.execute('create table mine (id int)')")
    assert done.returncode == 1
    assert "django.db.utils.ProgrammingError: permission denied for schema public" in done.stderr


def test_the_coverage_of_a_federation_is_read_in_a_process_of_its_own(machine):
    done = machine.schoolgate("policy", "coverage", "wildground", "--federation", "atlantis")
    assert (done.returncode, done.stderr) == (2, "schoolgate policy: there is no federation 'atlantis'\n")
