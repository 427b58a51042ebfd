"""`schoolgate leave --federation SLUG --export FILE --identity KEYFILE`: a federation leaves this
installation for good."""

import argparse
import sys
from pathlib import Path

import psycopg
from django.db import connection

from schoolgate.cli.terminal import Words
from schoolgate.cli.up import the_only_one
from schoolgate.core import ledger
from schoolgate.core.backups import restoring
from schoolgate.core.backups.federation import check_export, cut_off, remove_files, remove_rows
from schoolgate.core.backups.shelf import BackupTrouble
from schoolgate.core.clock import now
from schoolgate.core.env import env
from schoolgate.core.home import folder
from schoolgate.core.ledger import Left
from schoolgate.core.models import Federation
from schoolgate.core.postgres.server import ServerTrouble, database_url


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which federation, and the export that has all of it."""
    parser.add_argument("--federation", required=True, metavar="SLUG", help="such as wildground")
    parser.add_argument("--export", type=Path, required=True, metavar="FILE", help="its newest export")
    parser.add_argument(
        "--identity", type=Path, required=True, metavar="KEYFILE", help="the key that opens it"
    )


def run(options: argparse.Namespace) -> int:
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
