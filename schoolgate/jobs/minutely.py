"""Sweeps that run each minute. Those with a `clock` judge by the present, not by the scheduled time: they
may run late."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from procrastinate.tasks import Task

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import Account
from schoolgate.core import events, work
from schoolgate.core import heartbeats as beats
from schoolgate.core.actions import each_by_itself
from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import sweep
from schoolgate.inbox import ingesting, seeing
from schoolgate.inbox.models import WithdrawnWords
from schoolgate.inbox.taking_off import take_off, words_left
from schoolgate.inbox.telling import pass_danger_on, pass_quiet_on, tell_what_was_missed
from schoolgate.incidents.handling import ask_leads_of_unfinished, unfinished
from schoolgate.incidents.keeping_out import read_names_again
from schoolgate.incidents.passing_on import AT_ONCE, go_up, tell_dangers_again
from schoolgate.incidents.queries import going_up
from schoolgate.jobs import beating, tasks
from schoolgate.jobs.everywhere import everywhere, row_by_row, together, until_done
from schoolgate.jobs.tasks import WATCHED, look, probe, read_account
from schoolgate.networks.intents import Waiting
from schoolgate.notices import sign_in
from schoolgate.notices.round import tell_now
from schoolgate.policy.readings import go_on_trying
from schoolgate.publishing import queries, sending
from schoolgate.publishing.models import TakeDown
from schoolgate.publishing.sending import accounts_to_look_at
from schoolgate.publishing.starting import begin_sending
from schoolgate.publishing.taking_down import copies_left, forget_withheld, not_withheld_yet, remove
from schoolgate.publishing.withdrawn import acts_of, lately, list_withdrawn, pass_on, to_pass_on
from schoolgate.records.journal import OVERLAP, note
from schoolgate.reports.running import watch
from schoolgate.rota import swapping

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]

SLOW_AFTER = timedelta(minutes=5)
"""An account that could not be read in full for this long is read in the slow lane."""

deliveries = events.sweep
"""Send a new job for every event that has not reached its handler."""

duties = everywhere("looking after duties", until_done(lambda at: sweep(at=at).more))
"""Remind people of duties, mark overdue ones, and pass them on to the second person."""

rota = everywhere("looking after the rota", together(swapping.sweep))
"""Shifts of the rota begin, gaps are reported, and requests expire: a rota has few shifts at a time."""

trials = everywhere("going on with a trial", together(go_on_trying))
"""Continue trials of a reading that have started and lost their job."""


def heartbeats(at: datetime, *, clock: Clock = now) -> None:
    """Record that the worker is alive, and tell the administrators of a federation where something is
    stuck."""
    beating.note(beats.WORKER, at=clock())
    for lane in WATCHED:
        work.defer_once(probe, lane=lane, lock=f"probe-{lane}", once=f"probe-{lane}", which=lane)
    everywhere("looking whether all moves", together(lambda **_: watch(at=clock())))(at)


def journal(at: datetime) -> None:
    """Add to the journal beside the backups what may not be forgotten by a restore, and note which machine
    keeps it. After a time in which it stood still it looks back over all of that."""
    beats.note_keeper(at=at)
    back = OVERLAP + timedelta(seconds=max(0.0, beats.ages(at).get(beats.KEEPING, 0.0)))

    def add(federation_id: int, at: datetime) -> None:
        if not note(federation_id, at=at, back=back):
            beating.trouble()

    everywhere("keeping the journal beside the backups", add)(at)


def live(at: datetime) -> None:
    """Have published posts read back, to notice what was changed on the network: a job for each account. No
    network requests."""

    def defer(federation_id: int, at: datetime) -> None:
        with scope(federation_id):
            accounts = accounts_to_look_at(at)
        for account_id, slow in accounts:
            lane = work.READING_SLOWLY if slow else work.READING
            lock = work.of_account("reading", account_id)
            once = work.of_row(look.name, account_id)
            work.defer_once(
                look, lane=lane, lock=lock, once=once, federation_id=federation_id, account_id=account_id
            )

    everywhere("having published posts read back", defer)(at)


def notices(at: datetime, *, clock: Clock = now) -> None:
    """Tell people what is new, overdue or due soon, and send waiting messages."""
    sign_in.send_waiting(clock=clock)
    everywhere("sending notices", lambda federation_id, _at: tell_now(federation_id, clock=clock))(at)


def poll(at: datetime) -> None:
    """Have every open account read, and what a worker left behind of answers and moderation taken up: a job
    for each. No network requests."""

    def defer(federation_id: int, at: datetime) -> None:
        with scope(federation_id):
            open_ones = open_accounts().filter(network__in=ingesting.networks())
            accounts = [account for account in open_ones if ingesting.its_turn(account, at)]
            left: list[tuple[Task[Any, Any, Any], str, Waiting]] = [
                (tasks.answer, "answer_id", each) for each in seeing.answers_to_advance(at)
            ]
            left += [(tasks.moderate, "moderation_id", each) for each in seeing.moderations_to_advance(at)]
            left += [(tasks.take_reply_down, "removal_id", each) for each in seeing.removals_to_advance(at)]
            left += [(tasks.deal_with_author, "step_id", each) for each in seeing.author_steps_to_advance(at)]
        for account in accounts:
            slow = is_slow(account, at)
            lane = work.READING_SLOWLY if slow else work.READING
            lock = work.of_account("reading", account.pk)
            work.defer_once(
                read_account, lane=lane, lock=lock, once=lock, federation_id=federation_id,
                account_id=account.pk, slow=slow,
            )  # fmt: skip
        for advance, name, each in left:
            _advance_once(advance, each, federation_id=federation_id, **{name: each.pk})

    everywhere("having accounts read", defer)(at)


def is_slow(account: Account, at: datetime) -> bool:
    """Return whether its last full reading is too long ago; one that was never read gets its first try."""
    last = account.last_good_read_at
    return last is not None and at - last > SLOW_AFTER


def _advance_once(task: Task[Any, Any, Any], each: Waiting, **arguments: int) -> None:
    """Start an intent that needs a step by now, once, in the lane that its network has earned."""
    work.defer_once(
        task,
        lane=work.SENDING_SLOWLY if each.slow else work.SENDING,
        lock=work.of_account("sending", each.account_id),
        once=work.of_row(task.name, each.pk),
        **arguments,
    )


def reports(at: datetime) -> None:
    """Pass on reports that no one has taken, and comments of danger that no one has read, and ask the leads
    about reports not finished; before that, keep out the people that one may mean since they came."""

    def trouble_where_one_is_left(*, at: datetime) -> None:
        if going_up(at).exists() or unfinished(at).exists():  # one failed; the others didn't
            beating.trouble()

    everywhere(
        "passing reports on",
        until_done(read_names_again),
        until_done(lambda at: go_up(at=at) == AT_ONCE),
        row_by_row(tell_what_was_missed),
        row_by_row(pass_danger_on),
        row_by_row(pass_quiet_on),
        until_done(lambda at: ask_leads_of_unfinished(at=at) == AT_ONCE),
        together(tell_dangers_again),
        together(trouble_where_one_is_left),
    )(at)


def send_due(at: datetime) -> None:
    """Start approved posts whose time has come, and resume what a worker left behind: each post in its own
    transaction, then a job for each delivery that needs a step. No network requests."""
    everywhere("sending", start_due, drive_waiting)(at)


def start_due(federation_id: int, at: datetime) -> None:
    """Start every post that is due, each in a transaction of its own, so that one cannot hold up another."""
    with scope(federation_id):
        due = sending.due_posts(at)
    for pk in due:
        try:
            with scope(federation_id):
                if sending.still_due(pk, at=at):
                    begin_sending(at=at, post=queries.post(pk))
        except Exception:
            log.exception("a post did not start", federation=federation_id, post=pk)
            beating.trouble()


def drive_waiting(federation_id: int, at: datetime) -> None:
    """Start every delivery that needs a step by now, once."""
    with scope(federation_id):
        waiting = queries.deliveries_to_advance(at)
    for each in waiting:
        _advance_once(tasks.send_post, each, federation_id=federation_id, delivery_id=each.pk)


def withdrawals(at: datetime, *, clock: Clock = now) -> None:
    """Take up copies and replies that must go and that no one removes, tell parents the outcome of their
    withdrawals, withhold the pictures of withdrawals from before there was that, and forget those that may be
    shown again. Each withdrawal and each copy in a transaction of its own."""
    everywhere(
        "looking after withdrawals",
        lambda federation_id, _at: look_after_withdrawals(federation_id, at=clock()),
    )(at)


def look_after_withdrawals(federation_id: int, *, at: datetime) -> None:
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
