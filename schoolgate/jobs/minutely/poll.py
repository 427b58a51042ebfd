"""Have every open account read, and what a worker left behind of answers and moderation taken up: a job
for each."""

from datetime import datetime, timedelta
from typing import Any

from procrastinate.tasks import Task

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import Account
from schoolgate.core.tenancy import scope
from schoolgate.core.work import lanes
from schoolgate.inbox import polling, queries
from schoolgate.jobs import steps
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.jobs.reading import read
from schoolgate.networks.intents import Waiting

SLOW_AFTER = timedelta(minutes=5)
"""An account that could not be read in full for this long is read in the slow lane."""


def run(at: datetime) -> None:
    """Run in every federation, without network requests."""

    def defer(federation_id: int) -> None:
        with scope(federation_id):
            open_ones = open_accounts().filter(network__in=polling.networks())
            accounts = [account for account in open_ones if polling.its_turn(account, at)]
            left: list[tuple[Task[Any, Any, Any], str, Waiting]] = [
                (steps.answer, "answer_id", each) for each in queries.answers_to_advance(at)
            ]
            left += [(steps.moderate, "moderation_id", each) for each in queries.moderations_to_advance(at)]
            left += [(steps.take_reply_down, "removal_id", each) for each in queries.removals_to_advance(at)]
            left += [
                (steps.deal_with_author, "step_id", each) for each in queries.author_steps_to_advance(at)
            ]
        for account in accounts:
            slow = is_slow(account, at)
            lane = lanes.READING_SLOWLY if slow else lanes.READING
            lock = lanes.of_account("reading", account.pk)
            lanes.defer_once(
                read, lane=lane, lock=lock, once=lock, federation_id=federation_id, account_id=account.pk,
                slow=slow,
            )  # fmt: skip
        for advance, name, each in left:
            lanes.defer_once(
                advance,
                lane=lanes.SENDING_SLOWLY if each.slow else lanes.SENDING,
                lock=lanes.of_account("sending", each.account_id),
                once=lanes.of_row(advance.name, each.pk),
                federation_id=federation_id,
                **{name: each.pk},
            )

    in_every_federation(defer, failed="having accounts read failed")


def is_slow(account: Account, at: datetime) -> bool:
    """Return whether its last full reading is too long ago; one that was never read gets its first try."""
    last = account.last_good_read_at
    return last is not None and at - last > SLOW_AFTER
