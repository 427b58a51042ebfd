"""Ask people who come under the policy and were not asked yet; remind those who have not answered; check
training, guides, the programme, and what everyone must know."""

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import from_the_first, in_every_federation, until_nothing_is_left
from schoolgate.policy.actions.briefing import watch_briefings, watch_untold
from schoolgate.policy.actions.knowing import ask_who_is_bound, end_what_is_over, remind
from schoolgate.policy.actions.roles_trained import watch_roles
from schoolgate.policy.actions.training import watch_training
from schoolgate.policy.actions.watching_guides import watch_guides, watch_programme


def run(at: datetime) -> None:
    """Run in every federation, in short transactions, until nothing is left."""

    def ask_and_remind(federation_id: int) -> None:
        from_the_first(federation_id, lambda after: ask_who_is_bound(at=at, after=after))
        until_nothing_is_left(federation_id, lambda: remind(at=at))
        with scope(federation_id):
            end_what_is_over(at=at)
            watch_training(at=at)
        with scope(federation_id):
            watch_guides(at=at)
            watch_programme(at=at)
            watch_roles(at=at)
        from_the_first(federation_id, lambda after: watch_briefings(at=at, after=after))
        with scope(federation_id):
            watch_untold(at=at)

    in_every_federation(ask_and_remind, failed="asking who knows the policy failed")
