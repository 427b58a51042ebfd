"""`schoolgate export --federation SLUG --to FILE --key-to KEYFILE`: everything of one federation, in open
formats."""

import argparse
import sys
from pathlib import Path

from schoolgate.cli.terminal import Words
from schoolgate.core.backups import keys
from schoolgate.core.backups.federation import Exported, export_federation
from schoolgate.core.backups.shelf import BackupTrouble
from schoolgate.core.clock import now
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.core.typed import typed
from schoolgate.reports.exporting import note_export


def arguments(parser: argparse.ArgumentParser) -> None:
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


def run(options: argparse.Namespace) -> int:
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
        keys.write_private(options.key_to, private)
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
