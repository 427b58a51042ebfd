"""`schoolgate move-files --to-bucket` or `--to-folder`: pictures and documents, into the bucket that
`SCHOOLGATE_FILES` names, or back."""

import argparse
import sys

from schoolgate.cli.terminal import Words
from schoolgate.core.env import env
from schoolgate.core.places import StoreTrouble
from schoolgate.core.store import FILES, PASSING, in_the_home, move, the_bucket


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--to-bucket", action="store_true", help="into the bucket that SCHOOLGATE_FILES names")
    where.add_argument(
        "--to-folder", action="store_true", help="back into this installation, while nothing else runs"
    )


def run(options: argparse.Namespace) -> int:
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
