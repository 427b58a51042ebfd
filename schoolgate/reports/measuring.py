"""Counts what reached each rule, and knows which decisions only answer a person."""

from datetime import datetime

from schoolgate.conduct.models import KeptAnswer
from schoolgate.policy.measuring import measure_decisions

ONLY_TOLD = (KeptAnswer._meta.label_lower,)
"""Saved answers to *May I ...?*: nothing is done with them."""


def measure(*, at: datetime) -> bool:
    """Count the next decisions of the federation in scope; return whether more can be counted now."""
    return measure_decisions(at=at, told=ONLY_TOLD)
