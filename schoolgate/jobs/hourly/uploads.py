"""Delete the uploads that were begun and never used."""

from datetime import datetime

from schoolgate.core.pieces import sweep


def run(at: datetime) -> None:
    """Delete those to which nothing has come for a day."""
    sweep(at)
