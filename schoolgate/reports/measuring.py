"""Counts what reached each rule, and knows which decisions of other rooms count in another way."""

from datetime import datetime

from schoolgate.conduct.models import KeptAnswer
from schoolgate.incidents.models import Report
from schoolgate.policy.actions.measuring import measure_decisions

ONLY_TOLD = (KeptAnswer._meta.label_lower,)
"""Saved answers to *May I ...?*: nothing is done with them."""
APART = (Report._meta.label_lower,)
"""Concerns: one number would show to the person concerned that there is one."""


def measure(*, at: datetime) -> bool:
    """Count the next decisions of the federation in scope; return whether more can be counted now."""
    return measure_decisions(at=at, told=ONLY_TOLD, apart=APART)
