"""Ask whom the policy binds and was not asked yet; remind those who have not answered; look to training."""

from datetime import datetime

from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.policy.actions.knowing import ask_who_is_bound, end_what_is_over, remind
from schoolgate.policy.actions.training import watch_training


def run(at: datetime) -> None:
    """One federation after the other, in short transactions, until nothing is left."""
    for federation_id in Federation.objects.values_list("pk", flat=True).order_by("pk"):
        following: int | None = 0
        while following is not None:
            with scope(federation_id):
                following = ask_who_is_bound(at=at, after=following)
        more = True
        while more:
            with scope(federation_id):
                more = remind(at=at)
        with scope(federation_id):
            end_what_is_over(at=at)
            watch_training(at=at)
