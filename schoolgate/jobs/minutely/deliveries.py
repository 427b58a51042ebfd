"""Send a new job for every event that has not reached its handler."""

from datetime import datetime

from schoolgate.core.events import recording


def run(at: datetime) -> None:
    """Check every federation."""
    recording.sweep(at)
