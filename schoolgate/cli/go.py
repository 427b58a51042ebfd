"""`schoolgate go`: lift every stop of the installation. Nothing is sent late by that."""

import argparse

from schoolgate.core.clock import now
from schoolgate.core.stops import installation_stops, lift_installation, reason_in_words


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing."""


def run(options: argparse.Namespace) -> int:
    """Lift what `schoolgate stop` has stopped. 0: nothing stands any more, 1: something else still does."""
    at = now()
    lifted = lift_installation(at=at)
    left = installation_stops(at)
    for row in left:
        print(f"Still stopped: {reason_in_words(row.reason)}. `schoolgate help` names what releases it.")
    if not lifted:
        print("Nothing was stopped by `schoolgate stop`.")
        return 1 if left else 0
    print(
        "Lifted. What waited for more than half an hour does not go out by itself: it waits for a new time."
    )
    print("What a school or a federation has stopped stays stopped until they lift it.")
    return 1 if left else 0
