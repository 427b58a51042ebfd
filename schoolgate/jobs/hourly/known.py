"""Ask whom the policy binds and was not asked yet; remind those who have not answered; look to training."""

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.policy.actions.knowing import ask_who_is_bound, end_what_is_over, remind
from schoolgate.policy.actions.training import watch_training


def run(at: datetime) -> None:
    """In every federation, in short transactions, until nothing is left."""

    def ask_and_remind(federation_id: int) -> None:
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

    in_every_federation(ask_and_remind, failed="asking who knows the policy failed")
