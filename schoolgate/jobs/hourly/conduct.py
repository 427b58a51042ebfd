"""Remind leavers about confidentiality, and people to check their own accounts."""

from datetime import datetime

from schoolgate.conduct.answers import forget_leavers_answers
from schoolgate.conduct.leaving import remind_leavers
from schoolgate.conduct.reminding import remind_of_own_accounts
from schoolgate.conduct.wording import ask_for_words
from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import from_the_first, in_every_federation, until_nothing_is_left
from schoolgate.policy.queries import policy_or_none


def run(at: datetime) -> None:
    """Run in every federation, in short transactions; reminders only under a policy in force."""

    def look(federation_id: int) -> None:
        until_nothing_is_left(federation_id, lambda: forget_leavers_answers(at=at))
        with scope(federation_id):
            if policy_or_none(local_day(at)) is None:
                return
        from_the_first(federation_id, lambda after: remind_leavers(at=at, after=after))
        from_the_first(federation_id, lambda after: remind_of_own_accounts(at=at, after=after))
        from_the_first(federation_id, lambda after: ask_for_words(at=at, after=after))

    in_every_federation(look, failed="reminding people about their own accounts failed")
