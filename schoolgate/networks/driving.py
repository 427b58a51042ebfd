"""Drives an intent to its end: the only place where outgoing content meets a network.

Each step is a short transaction, then the network outside of any, then a short transaction again. A worker
that dies in between leaves a row that says how far it came; the next worker looks on the network before
anything is sent again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.core.tenancy import scope
from schoolgate.networks import handshake
from schoolgate.networks.capabilities import Capabilities, Pace, all_capabilities
from schoolgate.networks.handshake import MOVES, Change, Intent, Step
from schoolgate.networks.intents import IntentRow
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import Network, NetworkError, PublishedPost, Receipt, Ref

R = TypeVar("R", bound=IntentRow)
Clock = Callable[[], datetime]
MOST_STEPS = 6
LONGEST = timedelta(seconds=60)
"""Steps in one go, and how long they may take before no other is begun; the sweep continues a row that needs
more."""
_MOVES_ON = ("state", "attempts", "sent_at", "not_before", "receipt")
"""What a driver changes of a row, and so what it reads under the lock."""


def _ours_is_there(row: IntentRow, network: Network) -> bool:
    ref = row.ref
    return ref is not None and network.read_back(ref) is not None


@dataclass(frozen=True)
class DeliverySpec(Generic[R]):
    """What an app provides for its rows.

    `load` (in a scope) reads one, or raises NotFound. `may_start` (in a scope) says whether it may be sent at
    this instant. `network_of` and `event` name the network's key and the first half of the events. `connect`,
    `send`, `wanted` and `still_there` run outside any transaction. `removes`: the row changes what is there
    already (takes it down, hides it, shows it), which may be sent again safely; `still_there` then reads
    whether that has yet to happen. `follow` (in a scope) does what a new state means for people and for what
    depends on the row. `has_film`: what is sent has a film, and may take longer; `parts_of`: it is a thread
    of so many posts.
    """

    load: Callable[[int], R]
    may_start: Callable[[R, datetime], bool]
    network_of: Callable[[R], str]
    event: str
    connect: Callable[[R], Network]
    send: Callable[[R, Network], Receipt | None]
    wanted: Callable[[R], NormalPost]
    removes: Callable[[R], bool]
    follow: Callable[[R, datetime], None]
    still_there: Callable[[R, Network], bool] = _ours_is_there
    has_film: Callable[[R], bool] = lambda _row: False
    parts_of: Callable[[R], int] = lambda _row: 1


@dataclass(frozen=True)
class _Task(Generic[R]):
    federation_id: int
    row: R
    step: Step
    capabilities: Capabilities
    pace: Pace


def advance(spec: DeliverySpec[R], federation_id: int, row_id: int, *, clock: Clock) -> None:
    """Advance the intent as far as possible now. May run twice, side by side, or be killed at any point.

    `clock` gives the instant of each step. Raises what is not a NetworkError: the row stays unchanged, and
    the sweep continues it after the look-up time; if that lasts for `handshake.PATIENCE`, a person is asked.
    """
    began = clock()
    for _ in range(MOST_STEPS):
        at = clock()
        task = _take(spec, federation_id, row_id, at=at) if at - began <= LONGEST else None
        if task is None:
            return
        try:
            _step(spec, task, clock=clock)
        except Exception:
            change = handshake.after_mistake(task.row.known(), at=clock())
            if change is not None:
                _apply(spec, task, change, at=clock())
            raise


def _step(spec: DeliverySpec[R], task: _Task[R], *, clock: Clock) -> None:
    if spec.removes(task.row):
        _remove(spec, task, clock=clock)
    elif task.step.name == "send":
        _send(spec, task, clock=clock)
    else:
        _look(spec, task, clock=clock)


def _take(spec: DeliverySpec[R], federation_id: int, row_id: int, *, at: datetime) -> _Task[R] | None:
    """The next thing to do, claimed where it is a send; None where there is nothing to do now."""
    with scope(federation_id):
        try:
            row = _locked(spec, row_id)
        except NotFound:
            return None
        if row.by_hand:
            return None
        found = all_capabilities()[spec.network_of(row)]
        pace = found.pace.with_parts(spec.parts_of(row))
        pace = pace.with_film() if spec.has_film(row) else pace
        step = handshake.next_step(row.known(), at=at, pace=pace)
        if step.name in ("wait", "ask_person", "nothing"):
            return None
        if step.name == "send":
            if not spec.may_start(row, at) or not _claim(row, at=at):
                return None
            record(f"{spec.event}.sent", subject=row, at=at, attempt=row.attempts)
        return _Task(federation_id, row, step, found, pace)


def _locked(spec: DeliverySpec[R], row_id: int) -> R:
    """Return the row, locked until this transaction ends: without the lock a whole attempt of another driver
    could come and go between reading and moving it. Raises NotFound."""
    row = spec.load(row_id)
    row.refresh_from_db(fields=_MOVES_ON, from_queryset=_rows(row).select_for_update())
    return row


def _claim(row: IntentRow, *, at: datetime) -> bool:
    """Move the row to SENT; False where another worker was quicker."""
    try:
        move(row, to=Intent.SENT, moves=MOVES, at=at, attempts=row.attempts + 1, sent_at=at, not_before=None)
    except NotNow:
        return False
    return True


def _send(spec: DeliverySpec[R], task: _Task[R], *, clock: Clock) -> None:
    answer: Receipt | NetworkError
    known, pace = task.row.known(), task.pace
    try:
        network = spec.connect(task.row)
        _check_claim(task, at=clock())
        sent = spec.send(task.row, network)
        if sent is None:
            raise TypeError("what is sent gives a receipt")
        answer = sent
    except NetworkError as error:
        answer = error
    at = clock()
    result = handshake.after_send(known, answer, at=at, pace=pace)
    if isinstance(result, Ref):
        with scope(task.federation_id):
            this_attempt = _rows(task.row).filter(
                pk=task.row.pk, state=Intent.SENT, attempts=task.row.attempts
            )
            this_attempt.update(receipt=result.to_json())
    else:
        _apply(spec, task, result, at=at)


def _check_claim(task: _Task[R], *, at: datetime) -> None:
    """Raise NetworkError where the claim is too old for the call to begin now."""
    if not handshake.may_still_send(task.row.known(), at=at, pace=task.pace):
        raise NetworkError("too_slow", what_next="try_again")


def _look(spec: DeliverySpec[R], task: _Task[R], *, clock: Clock) -> None:
    """Read back by address, or look up by our own key, and compare."""
    row, wanted, pace = task.row, spec.wanted(task.row), task.pace
    by_address = task.step.name == "read_back"
    outcome: PublishedPost | NetworkError | None
    try:
        network, ref = spec.connect(row), row.ref
        outcome = (
            network.read_back(ref)
            if by_address and ref
            else _looked_up(task, network, row.intent_key, wanted)
        )
    except NetworkError as error:
        outcome = error
    at = clock()
    if by_address:
        result = handshake.after_read_back(row.known(), wanted, outcome, at=at, pace=pace)
    else:
        proves = task.capabilities.proves_absence
        result = handshake.after_look_up(row.known(), wanted, outcome, at=at, proves_absence=proves)
    if isinstance(result, Step):
        with scope(task.federation_id):
            same = _rows(row).filter(pk=row.pk, state=row.state, attempts=row.attempts)
            same.update(not_before=result.not_before)
    else:
        _apply(spec, task, result, at=at)


def _looked_up(task: _Task[R], network: Network, key: str, wanted: NormalPost) -> PublishedPost | None:
    """What the network has under this key. Raises NetworkError, also where that is known to be another row's:
    a network that is asked for equal words can't tell the two apart, so a person looks."""
    found = network.look_up(key, wanted)
    if found is not None:
        with scope(task.federation_id):
            others = _rows(task.row).exclude(pk=task.row.pk).exclude(intent_key=key)
            if others.filter(receipt__network=found.ref.network, receipt__id=found.ref.id).exists():
                raise NetworkError("not_offered", what_next="give_up", detail="another row's")
    return found


def _remove(spec: DeliverySpec[R], task: _Task[R], *, clock: Clock) -> None:
    """Take something away and see that it is gone. This may be sent again: what is gone cannot go twice."""
    still_there: bool | NetworkError
    try:
        network = spec.connect(task.row)
        if task.step.name == "send":
            _check_claim(task, at=clock())
            spec.send(task.row, network)
        still_there = spec.still_there(task.row, network)
    except NetworkError as error:
        still_there = error
    at = clock()
    _apply(spec, task, handshake.after_removal(task.row.known(), still_there, at=at), at=at)


def _apply(spec: DeliverySpec[R], task: _Task[R], change: Change, *, at: datetime) -> None:
    with scope(task.federation_id):
        row = _locked(spec, task.row.pk)
        if (row.state, row.attempts) != (task.row.state, task.row.attempts):
            return  # a later attempt is under way: the outcome of an earlier one must not end it
        try:
            move(
                row,
                to=change.to,
                moves=MOVES,
                at=at,
                because=change.because,
                not_before=change.not_before,
                what_next=change.what_next,
                said=change.said,
                receipt=change.ref.to_json() if change.ref else row.receipt,
                differences=list(change.differences),
            )
        except NotNow:  # another driver moved it meanwhile
            return
        if change.to is not Intent.WRITTEN:  # put off, to be sent later: nothing happened that a record needs
            record(f"{spec.event}.{change.to}", subject=row, at=at, because=change.because)
        spec.follow(row, at)


def _rows(row: IntentRow) -> QuerySet[Any]:
    return type(row)._default_manager.all()
