"""Sends something to a network without ever sending it twice. Pure: what is known goes in, the next step
comes out.

Publishing and inbox store one row for each intent and apply what is decided here with `core.moves.move` and
`MOVES`:

1. the row is written with its key (`port.intent_key`) and committed: WRITTEN;
2. it is moved to SENT and committed, and only then the network is asked; a worker that loses that move sends
   nothing;
3. the answer moves it on (`after_send`), what was published is read back and compared (`after_read_back`):
   CONFIRMED;
4. no answer, or a worker that died in between: after the send's time-out and the network's own delay the row
   is looked up (`after_look_up`). There: CONFIRMED. Proven absent: WRITTEN again, under the same key. No
   proof: a person decides (ASKED).

There is at most one standing intent for each post, account and purpose (`STANDING`, enforced by constraints
in the database): what is there can't be sent once more by a button on an old page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from schoolgate.networks.capabilities import Pace
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import NetworkError, PublishedPost, Receipt, Ref


class Intent(StrEnum):
    """The status of something that is being sent."""

    WRITTEN = "written"  # nothing was sent under this key, or its absence was proven
    SENT = "sent"  # the call has begun: from here on the network may have it
    CONFIRMED = "confirmed"  # read back, and the same in normal form
    DIFFERENT = "different"  # it is there, but not as it was approved: a person looks
    UNKNOWN = "unknown"  # no answer; to be looked up
    ASKED = "asked"  # nothing can prove it either way: a person checks on the network and says
    FAILED = "failed"  # nothing is there, and nothing will be sent under this key
    CANCELLED = "cancelled"  # taken back before anything was sent, or left after it failed


MOVES: Mapping[Intent, frozenset[Intent]] = {
    # To "asked": a person was to do it by hand, and may have done so before they were told not to.
    Intent.WRITTEN: frozenset({Intent.SENT, Intent.ASKED, Intent.CANCELLED, Intent.FAILED}),
    Intent.SENT: frozenset(
        {Intent.CONFIRMED, Intent.DIFFERENT, Intent.UNKNOWN, Intent.ASKED, Intent.WRITTEN, Intent.FAILED}
    ),
    Intent.UNKNOWN: frozenset(
        {Intent.CONFIRMED, Intent.DIFFERENT, Intent.WRITTEN, Intent.ASKED, Intent.FAILED}
    ),
    # To "cancelled": it isn't there, and must not be.
    Intent.ASKED: frozenset(
        {Intent.CONFIRMED, Intent.DIFFERENT, Intent.WRITTEN, Intent.FAILED, Intent.CANCELLED}
    ),
    # Back to "written": a person has the rest of a thread sent.
    Intent.DIFFERENT: frozenset({Intent.CONFIRMED, Intent.FAILED, Intent.WRITTEN}),
    Intent.CONFIRMED: frozenset(),
    # A person decided that it needn't be sent.
    Intent.FAILED: frozenset({Intent.CANCELLED}),
    # A person had done it by hand before they were told not to.
    Intent.CANCELLED: frozenset({Intent.CONFIRMED}),
}
LIVE = frozenset({Intent.WRITTEN, Intent.SENT, Intent.UNKNOWN, Intent.ASKED, Intent.DIFFERENT})
STANDING = LIVE | {Intent.CONFIRMED}
"""The network has it, or may have it, or will get it."""

# After the first, second ... attempt that the network put off; after the last one the intent fails. House
# rule.
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))

WAITS_TO_REMOVE = (
    timedelta(seconds=5),
    timedelta(seconds=25),
    timedelta(minutes=5),
    timedelta(minutes=30),
)
"""The same for what is to go: it may be asked for again safely, and a child may be seen meanwhile."""

PATIENCE = timedelta(hours=6)
"""House rule: what was sent and could not be looked up for this long goes to a person, who can."""

StepName = Literal["send", "read_back", "look_up", "wait", "ask_person", "nothing"]


@dataclass(frozen=True, slots=True)
class IntentSnapshot:
    """What the row knows. `attempts` counts the times it was SENT; `receipt` is what the network answered, if
    it did; `not_before` is the instant set by the last change."""

    state: Intent
    attempts: int = 0
    sent_at: datetime | None = None
    receipt: Ref | None = None
    not_before: datetime | None = None

    @property
    def begun(self) -> Ref | None:
        """Return the first parts of a thread whose others aren't there yet."""
        return None if self.receipt is None or self.receipt.whole else self.receipt


@dataclass(frozen=True, slots=True)
class Step:
    """What to do now; for `wait` not before that instant."""

    name: StepName
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """The move to make. `because` is a short code for the record (`answered`, a NetworkError code, `absent`
    ...), `differences` the parts that came back otherwise, `ref` its address now, `what_next` the error's,
    if one."""

    to: Intent
    because: str
    not_before: datetime | None = None
    ref: Ref | None = None
    differences: tuple[str, ...] = ()
    what_next: str = ""
    said: str = ""
    """The network's own words, where it gave some."""


def next_step(known: IntentSnapshot, *, at: datetime, pace: Pace) -> Step:
    """Return what to do with an intent that no worker has at this instant; safe to ask again and again.

    A SENT row with a receipt is read back. One without, or with that of a thread's first parts alone, is a
    call still under way, or a worker that died: it waits until the call must have ended and the network must
    show it, and is looked up then; if that failed, only after the wait that followed.
    """
    match known.state:
        case Intent.WRITTEN:
            return _wait_or("send", known.not_before, at)
        case Intent.SENT if known.receipt is not None and known.begun is None:
            return _wait_or("read_back", known.not_before, at)
        case Intent.SENT:
            told = settled(known.sent_at or at, pace)
            return _wait_or("look_up", max(told, known.not_before or told), at)
        case Intent.UNKNOWN:
            return _wait_or("look_up", known.not_before, at)
        case Intent.ASKED | Intent.DIFFERENT:
            return Step("ask_person")
        case _:
            return Step("nothing")


def settled(sent_at: datetime, pace: Pace) -> datetime:
    """From this instant on a look-up tells the truth about a call that began at `sent_at`."""
    return sent_at + timedelta(seconds=pace.time_out_seconds + pace.settles_in_seconds)


def may_still_send(known: IntentSnapshot, *, at: datetime, pace: Pace) -> bool:
    """Whether the claim at `sent_at` is recent enough for the call to begin.

    `settled` counts from the claim: a call that began later than the time-out allows (a machine that was put
    to sleep) could reach the network after another worker had proven that nothing is there.
    """
    return known.sent_at is None or at <= known.sent_at + timedelta(seconds=pace.time_out_seconds)


def after_send(
    known: IntentSnapshot, answer: Receipt | NetworkError, *, at: datetime, pace: Pace
) -> Change | Ref:
    """Return what the answer to a send means. A Receipt gives its Ref: store it in the row (still SENT) and
    read back.

    An error that leaves the outcome open gives UNKNOWN, to be looked up; "try again" without effect gives
    WRITTEN until the attempts are used up; "reconnect" and "give up" give FAILED (nothing is there: a person
    starts again). Of a thread that began the first parts are there: where it would fail, a person looks.
    """
    if isinstance(answer, Receipt):
        return answer.ref
    begun = answer.there or known.begun
    if answer.outcome_unknown:
        return Change(
            Intent.UNKNOWN,
            answer.code,
            not_before=settled(max(at, known.sent_at or at), pace),
            ref=begun,
            what_next=answer.what_next,
            said=answer.words,
        )
    if answer.what_next == "try_again":
        return _goes_on(_put_off(known, answer, at=at), begun)
    return _goes_on(_given_up(answer), begun)


def after_read_back(
    known: IntentSnapshot,
    wanted: NormalPost,
    found: PublishedPost | NetworkError | None,
    *,
    at: datetime,
    pace: Pace,
) -> Change | Step:
    """Return what reading back means, for a row whose receipt is stored.

    Not there yet: wait until the network must show it; then UNKNOWN, so that the look-up decides. An error
    while reading changes nothing: wait a minute and read again; after PATIENCE a person is asked.
    """
    if isinstance(found, NetworkError):
        return _wait_to_look(known, found, WAITS[0], at=at)
    if found is not None:
        return _compared(wanted, found)
    shown_from = settled(known.sent_at or at, pace)
    if at < shown_from:
        return Step("wait", shown_from)
    return Change(Intent.UNKNOWN, "not_shown", not_before=at)


def after_look_up(
    known: IntentSnapshot,
    wanted: NormalPost,
    found: PublishedPost | NetworkError | None,
    *,
    at: datetime,
    proves_absence: bool,
) -> Change | Step:
    """What a look-up by our own key means. Ask only after `settled`.

    Found: as in reading back. Not found: with proof it may be sent again under the same key (at once where a
    worker died over it, with a wait where the network lost the answer), else a person is asked, and also
    where the network once said that it has it: then it was removed there, which sending again would undo.
    Found the first parts of a thread: the others may be sent, unless more of it was known to be there.
    "Not offered" means that the network has no look-up: a person is asked. Other errors: wait and look
    again; after PATIENCE a person is asked.
    """
    if isinstance(found, NetworkError):
        if found.code == "not_offered":
            return Change(Intent.ASKED, "no_proof")
        return _wait_to_look(known, found, WAITS[1], at=at)
    if found is not None and found.ref.whole:
        return _compared(wanted, found)
    if found is not None:
        if known.receipt is not None and len(found.ref.rest) < len(known.receipt.rest):
            return Change(Intent.ASKED, "no_proof")
        return _goes_on(_at_once(known, _again(known, "begun", at=at)), found.ref)
    if not proves_absence or known.receipt is not None:
        return Change(Intent.ASKED, "no_proof")
    return _at_once(known, _again(known, "absent", at=at))


def after_removal(known: IntentSnapshot, still_there: bool | NetworkError, *, at: datetime) -> Change:
    """What is left to do for something that is to go (take down, hide, remove): these may be sent again
    safely.

    `still_there`: read from the network after the call, or the error of the call or of the reading. Gone:
    CONFIRMED. Still there, or an error that passes: sent again later, until the attempts are used up; then,
    and for "reconnect" and "give up", FAILED: a person is asked, for it is still to be seen.
    """
    if isinstance(still_there, NetworkError):
        again = still_there.what_next == "try_again"
        return _put_off(known, still_there, at=at, waits=WAITS_TO_REMOVE) if again else _given_up(still_there)
    if not still_there:
        return Change(Intent.CONFIRMED, "gone")
    return _again(known, "still_there", at=at, waits=WAITS_TO_REMOVE)


def after_mistake(known: IntentSnapshot, *, at: datetime) -> Change | None:
    """What follows when the program itself went wrong over a row that was sent: nothing for PATIENCE, because
    the next round may go well; then a person is asked."""
    if known.state not in (Intent.SENT, Intent.UNKNOWN) or not _out_of_patience(known, at):
        return None
    return Change(Intent.ASKED, "mistake")


def _out_of_patience(known: IntentSnapshot, at: datetime) -> bool:
    return known.sent_at is not None and at - known.sent_at >= PATIENCE


def _wait_to_look(
    known: IntentSnapshot, error: NetworkError, wait: timedelta, *, at: datetime
) -> Change | Step:
    if _out_of_patience(known, at):
        return Change(Intent.ASKED, error.code, what_next=error.what_next, said=error.words)
    return Step("wait", at + max(wait, timedelta(seconds=error.retry_after or 0)))


def _compared(wanted: NormalPost, found: PublishedPost) -> Change:
    differences = wanted.differences(found.normal)
    if differences:
        return Change(Intent.DIFFERENT, "different", ref=found.ref, differences=differences)
    return Change(Intent.CONFIRMED, "same", ref=found.ref)


def _at_once(known: IntentSnapshot, again: Change) -> Change:
    """Without a wait where there was no answer because the worker died: no network needs time."""
    died = known.state is Intent.SENT and again.to is Intent.WRITTEN
    return replace(again, not_before=None) if died else again


def _goes_on(change: Change, begun: Ref | None) -> Change:
    """Keep the first parts of a thread; where nothing more will be sent, a person decides about them."""
    if begun is None or change.to is not Intent.FAILED:
        return replace(change, ref=begun)
    return replace(change, to=Intent.DIFFERENT, ref=begun, differences=("parts",))


def _put_off(
    known: IntentSnapshot, error: NetworkError, *, at: datetime, waits: Sequence[timedelta] = WAITS
) -> Change:
    return replace(
        _again(known, error.code, at=at, at_least=error.retry_after, waits=waits), said=error.words
    )


def _given_up(error: NetworkError) -> Change:
    return Change(Intent.FAILED, error.code, what_next=error.what_next, said=error.words)


def _again(
    known: IntentSnapshot,
    because: str,
    *,
    at: datetime,
    at_least: float | None = None,
    waits: Sequence[timedelta] = WAITS,
) -> Change:
    """Back to WRITTEN with a wait, or FAILED when the attempts are used up."""
    if known.attempts > len(waits):
        return Change(Intent.FAILED, because, what_next="give_up")
    wait = waits[max(known.attempts, 1) - 1] if known.attempts <= len(waits) else waits[-1]
    return Change(
        Intent.WRITTEN,
        because,
        not_before=at + max(wait, timedelta(seconds=at_least or 0)),
        what_next="try_again",
    )


def _wait_or(name: StepName, not_before: datetime | None, at: datetime) -> Step:
    return Step(name) if not_before is None or at >= not_before else Step("wait", not_before)
