"""`schoolgate stop`: nothing new goes out, in any federation of this installation, until `schoolgate go`."""

import argparse
import sys
from datetime import UTC, datetime

from schoolgate.core.clock import LONDON, now
from schoolgate.core.days import instant_in
from schoolgate.core.errors import BadInput
from schoolgate.core.stops import installation_stops, reason_in_words, stop_installation
from schoolgate.core.typed import typed


def arguments(parser: argparse.ArgumentParser) -> None:
    """Define the arguments: why and until when; `--show` only prints the status."""
    parser.add_argument(
        "--reason", default="", help="a short reason shown to everyone who works here (don't name anyone)"
    )
    parser.add_argument("--until", type=_instant, metavar="YYYY-MM-DDTHH:MM", help="in UK time")
    parser.add_argument("--show", action="store_true", help="only show what is stopped")


def run(options: argparse.Namespace) -> int:
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
