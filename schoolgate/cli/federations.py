"""`schoolgate export --federation SLUG --to FILE --key-to KEYFILE`: everything of one federation, in open
formats.

`schoolgate leave --federation SLUG --export FILE --identity KEYFILE`: a federation leaves this
installation for good.
"""

import argparse
import sys
from pathlib import Path

import psycopg
from django.db import connection

from schoolgate.cli.terminal import Words
from schoolgate.cli.up import the_only_one
from schoolgate.core import ledger
from schoolgate.core.backups import restoring, sealing
from schoolgate.core.backups.federation import (
    Exported,
    check_export,
    cut_off,
    export_federation,
    remove_files,
    remove_rows,
)
from schoolgate.core.backups.sealing import BackupTrouble
from schoolgate.core.clock import now
from schoolgate.core.env import env
from schoolgate.core.home import folder, typed
from schoolgate.core.ledger import Left
from schoolgate.core.models import Federation
from schoolgate.core.postgres.server import ServerTrouble, database_url
from schoolgate.core.tenancy import scope
from schoolgate.reports.evidence import note_export


def export_arguments(parser: argparse.ArgumentParser) -> None:
    """Which federation, and where to."""
    parser.add_argument("--federation", required=True, metavar="SLUG", help="such as wildground")
    parser.add_argument(
        "--to", type=Path, required=True, metavar="FILE", help="write the export to this file"
    )
    parser.add_argument(
        "--key-to",
        type=Path,
        required=True,
        metavar="KEYFILE",
        help="write the key that opens it to this file",
    )


def run_export(options: argparse.Namespace) -> int:
    """Export; 0: done, 1: not done, and the reason in a line, 2: there is no such federation."""
    federation = Federation.objects.filter(slug=options.federation).first()
    if federation is None:
        print(
            f"schoolgate export: there is no federation {options.federation!r}. Use the name in its page "
            "addresses.",
            file=sys.stderr,
        )
        return 2
    said, at = Words(), now()
    try:
        for path in (options.to, options.key_to):
            if path.exists():
                raise BackupTrouble("not_empty", f"{path} already exists. Choose another name.")
        with scope(federation.pk):
            note_export(at=at)
        private, made = export_federation(federation, options.to.absolute(), at=at, tell=said)
        sealing.write_private(options.key_to, private)
    except (BackupTrouble, OSError) as trouble:
        print(f"schoolgate export: {trouble}", file=sys.stderr)
        return 1
    said.end()
    print("\n".join(lines(made, options.to, options.key_to)))
    return 0


def lines(made: Exported, to: Path, key: Path) -> list[str]:
    """Return what to print about an export."""
    written = made.written
    told = [
        f"Exported to {to}. Read back and verified.",
        f"  {sum(written.rows.values())} rows, {written.words} sealed texts, {written.files} files",
        f"  SHA-256: {made.digest}",
        f"  The key that opens it is in {key}. Send file and key by different routes.",
        f"  To read it: age -d -i {key} {to} | tar xz",
        f"  To use it:  {typed('restore', str(to), '--identity', str(key))} --into FOLDER",
    ]
    if written.left_out:
        told.append(
            f"  {written.left_out} keys to networks and devices are not included: enter them again in the "
            "new installation."
        )
    return told


def leave_arguments(parser: argparse.ArgumentParser) -> None:
    """Which federation, and the export that has all of it."""
    parser.add_argument("--federation", required=True, metavar="SLUG", help="such as wildground")
    parser.add_argument("--export", type=Path, required=True, metavar="FILE", help="its newest export")
    parser.add_argument(
        "--identity", type=Path, required=True, metavar="KEYFILE", help="the key that opens it"
    )


def run_leave(options: argparse.Namespace) -> int:
    """Remove it; 0: done, 1: not done, and the reason in a line, 2: there is no such federation."""
    slug = options.federation
    try:
        with the_only_one(folder("run")):
            unfinished = cut_off(slug)
            federation = Federation.objects.filter(slug=slug).first()
            if federation is None and unfinished is None:
                print(
                    f"schoolgate leave: there is no federation {slug!r}. Use the name in its page addresses.",
                    file=sys.stderr,
                )
                return 2
            left = unfinished if federation is None else _remove_rows(federation, options)
            assert left is not None
            remove_files(left)
    except (BackupTrouble, ServerTrouble, OSError, psycopg.Error) as trouble:
        print(f"schoolgate leave: {str(trouble).strip()}", file=sys.stderr)
        return 1
    print(f"{slug} has left: {left.rows} rows and all its files are deleted.")
    print(
        "  Backups from before still contain it. Make a new backup, and delete the older ones when your "
        "agreement with the school says so."
    )
    print("  What it published stays on the networks. Ending our access there is up to the school.")
    return 0


def _remove_rows(federation: Federation, options: argparse.Namespace) -> Left:
    said = Words()
    found = restoring.read_sealed(options.export, options.identity.read_text(), said)
    restoring.check_signature(found, ledger.public_key())
    said.end()
    url = psycopg.conninfo.make_conninfo(
        database_url(env(), "owner"), dbname=connection.settings_dict["NAME"]
    )
    check_export(found, url, federation=federation.pk, slug=federation.slug)
    return remove_rows(url, federation=federation.pk, slug=federation.slug, at=now())
