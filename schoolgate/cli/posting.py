"""`schoolgate stop`: nothing new goes out, in any federation of this installation, until `schoolgate go`.

`schoolgate go`: lift every stop of the installation. Nothing is sent late by that.

`schoolgate release`: let a home go that was made from a backup.
"""

import argparse
import sys
from datetime import UTC, datetime

from schoolgate.core import restored
from schoolgate.core.clock import LONDON, now
from schoolgate.core.days import instant_in
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.home import typed
from schoolgate.core.models import Federation
from schoolgate.core.stops import installation_stops, lift_installation, reason_in_words, stop_installation
from schoolgate.core.tenancy import scope
from schoolgate.reports import after_restore


def stop_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the arguments: why and until when; `--show` only prints the status."""
    parser.add_argument(
        "--reason", default="", help="a short reason shown to everyone who works here (don't name anyone)"
    )
    parser.add_argument("--until", type=_instant, metavar="YYYY-MM-DDTHH:MM", help="in UK time")
    parser.add_argument("--show", action="store_true", help="only show what is stopped")


def run_stop(options: argparse.Namespace) -> int:
    """Stop the installation, or tell what is stopped. 0: done, 2: asked wrongly."""
    if options.show:
        return show()
    try:
        stop_installation(reason=options.reason, at=now(), until=options.until)
    except BadInput as error:
        for sentence in error.fields.values():
            print(f"schoolgate stop: {sentence}", file=sys.stderr)
        print(f'For example: {typed("stop", "--reason")} "The network is down"', file=sys.stderr)
        return 2
    print("Posting is stopped in every federation. Anything already being sent will still arrive,")
    print(f"and posts can still be taken down. Resume posting with `{typed('go')}`.")
    return 0


def show() -> int:
    """Print the current stops of the installation; return 0."""
    standing = installation_stops(now())
    for row in standing:
        until = row.until.astimezone(LONDON).isoformat(" ", "minutes") if row.until else f"`{typed('go')}`"
        since = row.placed_at.astimezone(LONDON).isoformat(" ", "minutes")
        print(f"Stopped since {since}, until {until}: {reason_in_words(row.reason)}")
    if not standing:
        print(
            "Posting is not stopped for this installation. Schools and federations "
            "may have stopped posting themselves."
        )
    return 0


def _instant(words: str) -> datetime:
    try:
        read = instant_in(words)
    except ValueError:
        raise argparse.ArgumentTypeError("use the form 2026-11-20T18:00") from None
    return (read if read.tzinfo else read.replace(tzinfo=LONDON)).astimezone(UTC)


def go_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing."""


def run_go(options: argparse.Namespace) -> int:
    """Lift what `schoolgate stop` has stopped. 0: no stop is left, 1: another one is."""
    at = now()
    lifted = lift_installation(at=at)
    left = installation_stops(at)
    for row in left:
        print(
            f"Posting is still stopped: {reason_in_words(row.reason)}. Run `{typed('help')}` to see "
            "how to release it."
        )
    if not lifted:
        print("Posting was not stopped with `stop`.")
        return 1 if left else 0
    print(
        "Posting has resumed. Anything that waited more than half an hour is not "
        "sent automatically: it needs a new time."
    )
    print("Anything stopped by a school or federation stays stopped until they lift it.")
    return 1 if left else 0


def release_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to look only, or to release without having looked."""
    parser.add_argument(
        "--look", action="store_true", help="check the networks and report, but release nothing"
    )
    parser.add_argument(
        "--without-looking", action="store_true",
        help="release even if a network can't be checked: people must check anything "
             "in doubt",
    )  # fmt: skip


def run_release(options: argparse.Namespace) -> int:
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
