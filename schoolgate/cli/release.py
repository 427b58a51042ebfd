"""`schoolgate release`: let a home go that was made from a backup."""

import argparse
import sys

from schoolgate.core import restored
from schoolgate.core.clock import now
from schoolgate.core.errors import NotNow
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.reports import after_restore


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to look only, or to release without having looked."""
    parser.add_argument(
        "--look", action="store_true", help="check the networks and report, but release nothing"
    )
    parser.add_argument(
        "--without-looking", action="store_true",
        help="release even if a network can't be checked: people must check anything "
             "in doubt",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Ask the networks what went out since the backup, then release; 0: done, 1: not yet, 2: nothing
    waits."""
    restoration = restored.awaiting_release()
    if restoration is None:
        print("Nothing here needs to be released.")
        return 2
    print(
        f"This installation was restored from backup {restoration.number}, made on "
        f"{restoration.backup_at:%d.%m.%Y, %H:%M} UTC."
    )
    left = 0 if options.without_looking else after_restore.look(clock=now)
    for line in _found():
        print(line)
    if options.look:
        return 0
    if left and not options.without_looking:
        print(
            f"{left} not settled yet: a network isn't answering, or must show it first. Run this again "
            "in a few minutes, or use --without-looking: people then check them, and nothing is sent.",
            file=sys.stderr,
        )
        return 1
    try:
        after_restore.release(by=None, at=now(), without_looking=options.without_looking)
    except NotNow as trouble:
        print(f"schoolgate release: {trouble}", file=sys.stderr)
        return 1
    print("Released. People must check anything in doubt. The program sends none of it.")
    return 0


def _found() -> list[str]:
    restoration = restored.awaiting_release()
    told: list[str] = []
    if restoration is None:
        return told
    for federation in Federation.objects.order_by("slug"):
        with scope(federation.pk):
            found = after_restore.to_look_at(restoration)
        told.append(
            f"  {federation.slug}: {found.in_doubt} still in doubt, {found.asked} for people to check, "
            f"{found.by_hand} that may have been posted by hand, {found.unapproved} that needed "
            f"approval, {found.open_items} comments that were open, {len(found.keys)} accounts whose "
            "keys can't be opened"
        )
    return told
