"""Remove what is left of sign-ins that have ended."""

from datetime import datetime

from schoolgate.people.forgetting import forget_over


def run(at: datetime) -> None:
    """Run for the whole installation, because sign-ins belong to no federation."""
    forget_over(at)
