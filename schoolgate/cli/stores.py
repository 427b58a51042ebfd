"""`schoolgate vault rotate`: give the vault another key while the program runs; `schoolgate vault status`.

`schoolgate vault secret`: give the program another secret for sessions and links.

`schoolgate move-files --to-bucket` or `--to-folder`: pictures and documents, into the bucket that
`SCHOOLGATE_FILES` names, or back.
"""

import argparse
import sys
import time

from schoolgate.cli.terminal import Words
from schoolgate.core.env import env
from schoolgate.core.files import FILES, PASSING, StoreTrouble, in_the_home, move, the_bucket
from schoolgate.core.home import typed
from schoolgate.core.lasting import drop_old_secrets, renew_secret
from schoolgate.core.vault import AlreadyChanging, Changed, change_key, standing

WAIT = 20
"""Seconds between sealing and dropping: longer than any page takes."""


def vault_arguments(parser: argparse.ArgumentParser) -> None:
    """Two words to choose from, and what each takes."""
    words = parser.add_subparsers(dest="what", required=True, metavar="rotate|status|secret")
    rotate = words.add_parser(
        "rotate", help="make a new key, encrypt everything again, then remove the old keys"
    )
    rotate.add_argument(
        "--keep-old",
        action="store_true",
        help="leave the old keys in the file, because older backups need them",
    )
    rotate.add_argument(
        "--wait", type=float, default=WAIT, metavar="SECONDS",
        help=f"wait this long between encrypting and removing, for pages in progress ({WAIT})",
    )  # fmt: skip
    words.add_parser("status", help="how many keys there are and what still uses an old one")
    secret = words.add_parser("secret", help="make a new secret for sign-ins and links, for the next start")
    secret.add_argument(
        "--drop-old",
        action="store_true",
        help="make none, remove the old ones: who hasn’t been there since has to sign in again",
    )


def run_vault(options: argparse.Namespace) -> int:
    """Print how far it is; 0: done, 1: something could not be opened, or another one is at it."""
    if options.what == "status":
        return _status()
    if options.what == "secret":
        return _secret(drop_old=options.drop_old)
    try:
        changed = change_key(
            _tell, wait=lambda: time.sleep(max(0.0, options.wait)), keep_old=options.keep_old
        )
    except AlreadyChanging:
        print(
            "schoolgate vault: another process is already changing the key. Wait until it finishes",
            file=sys.stderr,
        )
        return 1
    print(f"Encrypted again: {changed.done}. Old keys removed: {changed.dropped}.")
    if changed.cannot:
        print(
            f"No key opens these, so the old keys stay: {', '.join(changed.cannot[:20])}. Put back the "
            "keys from your backup and run this again, or have those access keys entered again.",
            file=sys.stderr,
        )
        return 1
    print("Database backups made before now need the old keys, so don't delete the backup of those keys.")
    return 0


def _secret(*, drop_old: bool) -> int:
    if env().secret_key:
        print(
            "schoolgate vault: the secret is set as SCHOOLGATE_SECRET_KEY. Change it there; everyone then "
            "signs in again.",
            file=sys.stderr,
        )
        return 1
    if drop_old:
        print(f"Old secrets removed: {drop_old_secrets()}. Restart Schoolgate.")
    else:
        renew_secret()
        print(
            "A new secret is there. Restart Schoolgate; everyone stays signed in. After two weeks run "
            f"`{typed('vault', 'secret', '--drop-old')}`, or now where the old one is known to others."
        )
    return 0


def _tell(changed: Changed) -> None:
    print(f"encrypted {changed.done} of {changed.total}", flush=True)


def _status() -> int:
    number, left, under_way = standing()
    print(f"Keys: {number}. Rows not encrypted with the newest: {left}.")
    if under_way:
        print(f"A key change was started but not finished. Run `{typed('vault', 'rotate')}` again.")
    return 0


def move_files_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--to-bucket", action="store_true", help="into the bucket that SCHOOLGATE_FILES names")
    where.add_argument(
        "--to-folder", action="store_true", help="back into this installation, while nothing else runs"
    )


def run_move_files(options: argparse.Namespace) -> int:
    """Move each file and read it again there. 0: all of them, 1: not; what was moved stays moved."""
    if env().files is None:
        print(
            "schoolgate move-files: SCHOOLGATE_FILES names no bucket. Set it, then run this again.",
            file=sys.stderr,
        )
        return 2
    said = Words()
    count = size = 0
    try:
        for which in (FILES, PASSING):
            home, bucket = in_the_home(which), the_bucket(which)
            source, target = (home, bucket) if options.to_bucket else (bucket, home)
            for laid in list(source.laid()):
                count += move(laid.place, source, target, replaces=options.to_folder)
                size += laid.size
                said("files", count)
    except (StoreTrouble, OSError) as trouble:
        said.end()
        why = getattr(trouble, "why", "") or type(trouble).__name__
        print(
            f"schoolgate move-files: {count} files were moved, then the bucket failed ({why}). Run it again.",
            file=sys.stderr,
        )
        return 1
    said.end()
    print(f"Moved: {count} files, {size / 1e6:.1f} MB. Each was read again there.")
    if options.to_folder:
        print("From now on, start it without SCHOOLGATE_FILES.")
    return 0
