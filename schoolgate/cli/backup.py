"""`schoolgate backup`: everything but the keys, sealed; `backup key-new` and `backup keys`: the keys,
apart.
"""

import argparse
import sys
from pathlib import Path

from schoolgate.cli.terminal import Words, passphrase
from schoolgate.core.backups import sealing
from schoolgate.core.backups.making import Made, backup_folder, make_backup, seal_whole_keys
from schoolgate.core.backups.sealing import BackupTrouble
from schoolgate.core.clock import now
from schoolgate.core.env import env
from schoolgate.core.home import typed


def backup_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and where to."""
    parser.add_argument(
        "--to", type=Path, metavar="FOLDER", help="write to this folder instead of the configured one"
    )
    parser.add_argument("--keep", type=int, metavar="N", help="then delete all but the newest N backups")
    words = parser.add_subparsers(dest="what", metavar="[key-new|keys]")
    new = words.add_parser(
        "key-new", help="make the key that encrypts backups, and put its private part in the safe"
    )
    new.add_argument(
        "--to",
        dest="file",
        type=Path,
        metavar="FILE",
        help="write it to this file instead of printing it once",
    )
    apart = words.add_parser(
        "keys", help="write the installation's keys to a separate file, encrypted with a passphrase"
    )
    apart.add_argument("--to", dest="file", type=Path, metavar="FILE", required=True)
    apart.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="read the passphrase from here instead of asking for it",
    )


def run_backup(options: argparse.Namespace) -> int:
    """Do it; 0: done, 1: not done, and the reason in a line."""
    try:
        match options.what:
            case "key-new":
                return _key_new(options.file)
            case "keys":
                return _keys(options.file, options.passphrase_file)
            case _:
                return _backup(options)
    except (BackupTrouble, OSError) as trouble:
        print(f"schoolgate backup: {trouble}", file=sys.stderr)
        return 1


def _backup(options: argparse.Namespace) -> int:
    said = Words()
    made = make_backup(
        at=now(), to=options.to.absolute() if options.to else None, keep=options.keep, tell=said, clock=now
    )
    said.end()
    print("\n".join(lines(made)))
    return 0


def lines(made: Made) -> list[str]:
    """Return what to print about a backup that was made."""
    row = made.row
    told = [
        f"Backup {row.number}: {made.on.path}",
        (
            f"  {row.rows} rows and {row.files} files, {row.size / 1e6:.1f} MB. Written, read back and "
            "verified."
        ),
        f"  The keys are not included. Back them up separately: {typed('backup', 'keys', '--to')} FILE",
    ]
    if env().backup_folder is None and made.on.path.parent == backup_folder():
        told.append(
            "  It is on the same disk as the installation. Copy it elsewhere, or set "
            "SCHOOLGATE_BACKUP_FOLDER."
        )
    if made.gone:
        told.append(f"  Older backups deleted: {', '.join(map(str, made.gone))}")
    if made.clock_behind is not None:
        told.append(
            f"  THE CLOCK IS WRONG: this machine's clock is {made.clock_behind} behind the last row of "
            "the record. The backup is sound, and its number makes it the newest. Set the clock."
        )
    return told


def _key_new(file: Path | None) -> int:
    if file is not None and file.exists():
        raise BackupTrouble("not_empty", f"{file} already exists. Choose another name.")
    private, public = sealing.new_key(now())
    if file is None:
        print(private)
        print(
            "This is shown only once and is not stored here. Print it or write it "
            "down, and put it in the safe."
        )
    else:
        sealing.write_private(file, private)
        print(f"Written to {file}. Put it in the safe, and delete it from this machine.")
    print(f"Backups are now encrypted to {public}. Earlier backups open with the key they were encrypted to.")
    return 0


def _keys(file: Path, passphrase_file: Path | None) -> int:
    sealed = seal_whole_keys(passphrase(passphrase_file, twice=True))
    sealing.write_private(file, sealed)
    print(
        f"Written to {file}. Store it away from the backups: anyone with both, the key in the safe and "
        "this passphrase has everything. Repeat this after `vault rotate`."
    )
    return 0
