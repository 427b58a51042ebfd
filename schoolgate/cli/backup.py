"""`schoolgate backup`: everything but the keys, sealed; `backup key-new` and `backup keys`: the keys,
apart."""

import argparse
import sys
from pathlib import Path

from schoolgate.cli.terminal import Words, passphrase
from schoolgate.core.backups import BackupTrouble, keys
from schoolgate.core.backups.making import Made, backup_folder, make_backup, seal_whole_keys
from schoolgate.core.clock import now
from schoolgate.core.env import env


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and where to."""
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="the folder, instead of the chosen one")
    parser.add_argument("--keep", type=int, metavar="N", help="remove all but the newest N afterwards")
    words = parser.add_subparsers(dest="what", metavar="[key-new|keys]")
    new = words.add_parser(
        "key-new", help="make the key that backups are sealed to; its private part is for the safe"
    )
    new.add_argument(
        "--to", dest="file", type=Path, metavar="FILE", help="write it there, instead of printing it once"
    )
    apart = words.add_parser(
        "keys", help="write the home's keys as a file of their own, sealed with a passphrase"
    )
    apart.add_argument("--to", dest="file", type=Path, metavar="FILE", required=True)
    apart.add_argument("--passphrase-file", type=Path, metavar="FILE", help="instead of asking for it")


def run(options: argparse.Namespace) -> int:
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
    """What is said of a backup that was made."""
    row = made.row
    told = [
        f"Backup {row.number}: {made.on.path}",
        (
            f"  {row.rows} rows and {row.files} files, {row.size / 1e6:.1f} MB; written, read "
            "again and found whole."
        ),
        "  The keys are not in it. Keep them apart: schoolgate backup keys --to FILE",
    ]
    if env().backup_folder is None and made.on.path.parent == backup_folder():
        told.append(
            "  It lies in the home, on the same disk. Copy it elsewhere, or set SCHOOLGATE_BACKUP_FOLDER."
        )
    if made.gone:
        told.append(f"  Older ones removed: {', '.join(map(str, made.gone))}")
    if made.clock_behind is not None:
        told.append(
            f"  THE CLOCK IS WRONG: this machine's is {made.clock_behind} before the last "
            "row of the record. The "
            "backup is in order, and counts as the newest by its number. Set the clock."
        )
    return told


def _key_new(file: Path | None) -> int:
    if file is not None and file.exists():
        raise BackupTrouble("not_empty", f"{file} is there already. Choose another name.")
    private, public = keys.new_key(now())
    if file is None:
        print(private)
        print("This is shown once and is not kept here. Print it or write it down, and put it into the safe.")
    else:
        keys.write_private(file, private)
        print(f"Written to {file}. Put it into the safe, and remove it from this machine.")
    print(
        f"Backups are sealed to {public} from now on. Those made before open with the key "
        "they were sealed to."
    )
    return 0


def _keys(file: Path, passphrase_file: Path | None) -> int:
    sealed = seal_whole_keys(passphrase(passphrase_file, twice=True))
    keys.write_private(file, sealed)
    print(
        f"Written to {file}. Keep it elsewhere than the backups: who has both, and the "
        "key in the safe and this "
        "passphrase, has everything. Do it again after `vault rotate`."
    )
    return 0
