"""`schoolgate go`: lift every stop of the installation. Nothing is sent late by that."""

import argparse

from schoolgate.core.clock import now
from schoolgate.core.stops import installation_stops, lift_installation, reason_in_words
from schoolgate.core.typed import typed


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing."""


def run(options: argparse.Namespace) -> int:
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
