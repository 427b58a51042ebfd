"""`schoolgate upgrade`: a backup, then the tables of this release, then a check of the record.

A note in the home says how far it came. A run that was cut off continues from there: each migration is a
transaction of its own, and completed steps are not repeated. While the note exists, `up` starts nothing."""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from schoolgate.cli.up import NOTE, read_note, the_only_one
from schoolgate.core.env import env, for_a_child
from schoolgate.core.home import folder, home
from schoolgate.core.postgres.reaching import check_database
from schoolgate.core.postgres.server import ensure_server
from schoolgate.core.typed import typed

STEPS = ("backup", "migrate", "verify")


def arguments(parser: argparse.ArgumentParser) -> None:
    """How to do without the backup."""
    parser.add_argument(
        "--without-backup",
        action="store_true",
        help="skip the backup, if you already have one: without a backup you can't go back",
    )


def run(options: argparse.Namespace) -> int:
    """Do what is left to do; 0: done, 1: not, and how to go on or back."""
    check_database(env(), "app", "owner")
    with the_only_one(folder("run")):
        if env().embedded_database:
            ensure_server(home())
        note = folder("run") / NOTE
        said = read_note(note)
        if said:
            print(f"An upgrade was interrupted at this step: {said['step']}. Continuing.")
        if said.get("step", "backup") == "backup":
            planned = _schoolgate("migrate", "--plan", "--verbosity", "0", capture=True)
            if planned.returncode != 0:
                print(planned.stderr.strip(), file=sys.stderr)
                return 1
            said = {"step": "backup", "backup": said.get("backup", "")}
            _write(note, said)
            if not options.without_backup and not _backup(said):
                note.unlink()
                return 1
        return _bring_up(note, said)


def _backup(said: dict[str, Any]) -> bool:
    print("1 of 3: backup", flush=True)
    done = _schoolgate("backup", capture=True)
    if done.returncode != 0:
        print(
            f"{done.stderr.strip()}\nNothing was changed. Fix this, or make your own backup and use "
            "--without-backup.",
            file=sys.stderr,
        )
        return False
    print(done.stdout.rstrip())
    first = done.stdout.splitlines()[0]
    said["backup"] = first.partition(": ")[2]
    return True


def _bring_up(note: Path, said: dict[str, Any]) -> int:
    for number, (step, words, failed) in enumerate(
        (
            ("migrate", ("migrate", "--verbosity", "0"), "The database migrations failed."),
            ("verify", ("audit", "verify"), "The record has changed."),
        ),
        2,
    ):
        if STEPS.index(said["step"]) > STEPS.index(step):
            continue
        said["step"] = step
        _write(note, said)
        print(f"{number} of 3: {'migrations' if step == 'migrate' else 'verifying the record'}", flush=True)
        if _schoolgate(*words).returncode != 0:
            print(f"{failed} {_way_back(said)}", file=sys.stderr)
            return 1
    note.unlink()
    print(f"Done. Start it with: {typed('up')}")
    return 0


def _way_back(said: dict[str, Any]) -> str:
    if not said.get("backup"):
        return f"Fix the problem above and run `{typed('upgrade')}` again."
    return (
        f"Fix the problem above and run `{typed('upgrade')}` again. Or go back: reinstall the previous "
        f"release and run\n  {typed('restore', said['backup'])} --identity KEY-FROM-THE-SAFE --into "
        "ANOTHER-HOME"
    )


def _schoolgate(*words: str, capture: bool = False) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "schoolgate", *words],
        env=for_a_child(),
        text=True,
        capture_output=capture,
        check=False,
    )


def _write(note: Path, said: dict[str, Any]) -> None:
    draft = note.with_suffix(".draft")
    draft.write_text(json.dumps(said))
    draft.replace(note)
