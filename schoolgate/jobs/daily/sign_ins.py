"""Remove what stays of sign-ins that are over."""

from datetime import datetime

from schoolgate.people.forgetting import forget_over


def run(at: datetime) -> None:
    """For the whole installation: a sign-in is no federation's."""
    forget_over(at)
