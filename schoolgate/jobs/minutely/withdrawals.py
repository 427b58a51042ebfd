"""Take up copies and replies that must go and that no one removes, tell parents the outcome of their
withdrawals, withhold the pictures of withdrawals from before there was that, and forget those that may be
shown again."""

from collections.abc import Callable
from datetime import datetime

from schoolgate.core.clock import now
from schoolgate.core.each import each_by_itself
from schoolgate.core.tenancy import scope
from schoolgate.inbox.actions.taking_off import take_off, words_left
from schoolgate.inbox.models import WithdrawnWords
from schoolgate.jobs import beating
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.publishing import queries
from schoolgate.publishing.actions.removing import copies_left, remove
from schoolgate.publishing.actions.withdrawing import acts_of, lately, list_withdrawn, pass_on, to_pass_on
from schoolgate.publishing.actions.withholding import forget_withheld, not_withheld_yet
from schoolgate.publishing.models import TakeDown

Clock = Callable[[], datetime]


def run(at: datetime, *, clock: Clock = now) -> None:
    """Run in every federation, by the clock: a late run judges by the present. Each withdrawal and each copy
    in a transaction of its own."""
    in_every_federation(
        lambda federation_id: look(federation_id, at=clock()), failed="looking after withdrawals failed"
    )


def look(federation_id: int, *, at: datetime) -> None:
    """Do so in one federation."""

    def list_one(pk: int) -> None:
        with scope(federation_id):
            act = TakeDown.objects.select_related("withdrawal").get(pk=pk)
            if act.withdrawal is not None:
                list_withdrawn(at=at, withdrawal=act.withdrawal)

    def remove_one(pk: int) -> None:
        with scope(federation_id):
            remove(at=at, copy=queries.delivery(pk))

    def take_one_off(pk: int) -> None:
        with scope(federation_id):
            take_off(at=at, words=WithdrawnWords.objects.get(pk=pk))

    def tell_one(pk: int) -> None:
        with scope(federation_id):
            act = TakeDown.objects.select_related("withdrawal__pupil__school").get(pk=pk)
            pass_on(at=at, act=act)

    with scope(federation_id):
        acts = list(dict.fromkeys([*lately(at=at), *acts_of(not_withheld_yet(at=at))]))
    left: list[int] = each_by_itself(acts, list_one, at=at, failed="copies of a withdrawal were not listed")
    with scope(federation_id):
        copies, words, waiting = copies_left(), words_left(), to_pass_on()
    left += each_by_itself(copies, remove_one, at=at, failed="a copy was not taken down")
    left += each_by_itself(words, take_one_off, at=at, failed="a reply or comment was not taken down")
    left += each_by_itself(waiting, tell_one, at=at, failed="a parent was not told")
    with scope(federation_id):
        forget_withheld(at=at)
    if left:
        beating.trouble()
