"""The closed list of events, and who listens. Each area declares its own beside its rows and listens in
its `handlers.py`, read when the program starts; an event that wants a handler and has none stops it from
starting.

A name is `<subject>.<what happened>`; `<subject>.refused` is written by `action` itself when the policy
does not let the step happen.

Gathering what happened during a transaction and writing it all at its end; and telling the areas above:
a row and a job for each handler, and a sweep for what got lost on the way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

from django.core.checks import CheckMessage, Error, register
from django.db import transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from schoolgate.core.clock import check_aware
from schoolgate.core.ledger_rows import Entry, Id, append
from schoolgate.core.models import Delivery, Federation, LedgerRow
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.core.tenancy import Scope, current_scope, scope


@dataclass(frozen=True)
class Event:
    """One event.

    `sentence`: what it says to people, as the history shows it: what happened to what, never what was written
    or shown. `brief`: the same on the page of the thing itself; without it that page leaves the event out.
    `look`: whether that page shows it as bad (`no`) or as waiting. `heard`: an area above must listen;
    without a handler the program does not start.
    """

    sentence: Promise
    brief: Promise | str = ""
    look: Literal["", "no", "wait"] = ""
    heard: bool = False


EVENTS: dict[str, Event] = {}
"""By their names. An event that is not in it cannot be recorded, and a handler for one is an error."""


def declare(events: Mapping[str, Event]) -> None:
    """Add an area's events to the list. Raises ValueError where one is there already."""
    double = EVENTS.keys() & events.keys()
    if double:
        raise ValueError(f"declared twice: {', '.join(sorted(double))}")
    EVENTS.update(events)


declare(
    {
        "hold.lifted": Event(_("A ban on deleting was lifted.")),
        "hold.placed": Event(_("A ban on deleting was placed.")),
        "safeguarder.asked": Event(_("A second person was asked to agree to a safeguarding lead or deputy.")),
        "safeguarder.declined": Event(_("A second person didn’t agree to a safeguarding lead or deputy.")),
        "safeguarder.ended": Event(_("A person stopped being safeguarding lead or deputy.")),
        "safeguarder.let_go": Event(_("Two people agreed that a person no longer leads on safeguarding.")),
        "safeguarder.told_role": Event(_("Two people agreed that a role can be told of concerns.")),
        "safeguarder.named": Event(_("A person was named as safeguarding lead or deputy.")),
        "restoration.made": Event(
            _("Schoolgate was restored from a backup. Nothing is posted until it’s released.")
        ),
        "restoration.done_again": Event(
            _("Something that had been ended or taken down after the backup was ended or taken down again.")
        ),
        "restoration.released": Event(_("Schoolgate was released after being restored from a backup.")),
        "school.added": Event(_("A school was added.")),
        "school.changed": Event(_("A school’s name, country or languages were corrected.")),
        "school.calendar_set": Event(_("A school’s calendar was added."), heard=True),
        "school.refused": Event(_("The policy didn’t allow an action for a school.")),
        "stop.lifted": Event(_("A stop on posting was lifted.")),
        "stop.pressed": Event(_("All posting was stopped.")),
        "vaultsecret.kept": Event(_("An account’s keys were stored securely.")),
        "vaultsecret.revealed": Event(_("An account’s keys were used.")),
    }
)


H = TypeVar("H", bound=Callable[..., None])


@dataclass(frozen=True)
class Handler:
    """What listens to an event. `each`: gives the ids of the rows that `call` is for, one after the other."""

    call: Callable[..., None]
    each: Callable[..., Iterable[int]] | None = None


_HANDLERS: dict[str, dict[str, Handler]] = {}


def subscribes(event: str, *, each: Callable[..., Iterable[int]] | None = None) -> Callable[[H], H]:
    """Subscribe a function to `event`, run in a job of its own.

    It is called in the federation's scope, with `federation_id`, `subject_id`, `event_id` (the row's number
    in the record), `at` and the ids that were recorded. It must be safe to run twice. It is known by its area
    and name, such as `publishing.take_down_copy`: a delivery on its way finds it by that key, so renaming
    one needs a migration.

    One that does something to several rows says which with `each`, a function that is called with the same
    and returns their ids. Then it is called for each row by itself, in a job and a transaction of its own,
    with the id as `part`: a row that can't be done now is tried again in seconds and delays none of the
    others.
    """

    def add(handler: H) -> H:
        listening = _HANDLERS.setdefault(event, {})
        listening[key_of(handler)] = Handler(handler, each)
        return handler

    return add


def key_of(handler: Callable[..., None]) -> str:
    """Return the short name stored with a delivery: the area and the function's name."""
    module = handler.__module__.removeprefix("schoolgate.")
    return f"{module.partition('.')[0]}.{handler.__name__}"


def handlers_of(event: str) -> dict[str, Handler]:
    """Return everything that listens to `event`, by its key."""
    return _HANDLERS.get(event, {})


def mistakes() -> list[str]:
    """Return what is wrong with the registry: unknown names, and handlers that are wanted but missing."""
    found = [
        f"a handler listens to {event}, which is not in the list"
        for event in _HANDLERS
        if event not in EVENTS
    ]
    found += [
        f"{event} needs a handler and has none"
        for event, each in EVENTS.items()
        if each.heard and not handlers_of(event)
    ]
    return sorted(found)


@register
def events_have_their_handlers(**_: Any) -> list[CheckMessage]:
    """One error for each mistake in the registry."""
    return [Error(mistake, id="schoolgate.E001") for mistake in mistakes()]


TASK = "deliveries.deliver"
PATIENCE = timedelta(minutes=5)
"""How long a job may take to come before the sweep sends another."""
WAITS = tuple(timedelta(seconds=each) for each in (1, 3, 10, 30, 60, 120, 300, 900))
"""How long a delivery waits after its first, second ... failure; after the last as long each time. A row that
changed at that moment, or a lock, is gone in seconds, and a child may wait for what follows."""
SWEEP_AT_ONCE = 500
A_MINUTE = timedelta(minutes=1)


def make_deliveries(federation_id: int, entries: Sequence[Entry], first: int) -> None:
    """Write one delivery for each handler of each entry, and defer their jobs in this same transaction.

    Args:
        first: the number that the first entry has in the record.
    """
    deliveries = [
        Delivery(
            federation_id=federation_id,
            number=number,
            handler=key,
            made_at=entry.at,
            next_try_at=entry.at + PATIENCE,
        )
        for number, entry in enumerate(entries, first)
        for key in handlers_of(entry.event)
    ]
    if deliveries:
        Delivery.objects.bulk_create(deliveries, batch_size=2000)
        _defer(federation_id, deliveries)


def deliver(federation_id: int, delivery_id: int, at: datetime) -> bool:
    """Call the handler of one delivery and mark it done, in one transaction; returns False if there is
    nothing to do.

    A handler for several rows gets a delivery for each of them instead. One that raises leaves the delivery
    waiting, seconds at first and longer each time, and the error is raised again for the job.

    Raises:
        LookupError: no handler has that key any more.
    """
    try:
        with scope(federation_id):
            found = (
                Delivery.objects.select_for_update(skip_locked=True)
                .filter(pk=delivery_id, done_at=None)
                .first()
            )
            if found is None:
                return False
            _call(found, at=at)
            found.done_at = at
            found.save(update_fields=["done_at"])
    except Exception as error:
        with scope(federation_id):
            _note_trouble(delivery_id, error, at)
        raise
    return True


def sweep(at: datetime) -> int:
    """Send a new job for every delivery that should have been done by now; returns how many."""
    sent = 0
    for federation_id in Federation.objects.values_list("pk", flat=True).order_by("pk"):
        with scope(federation_id):
            late = list(
                Delivery.objects.select_for_update(skip_locked=True)
                .filter(done_at=None, next_try_at__lte=at)
                .order_by("next_try_at", "pk")[:SWEEP_AT_ONCE]
            )
            Delivery.objects.filter(pk__in=[one.pk for one in late]).update(next_try_at=at + PATIENCE)
            _defer(federation_id, late)
            sent += len(late)
    return sent


def _call(delivery: Delivery, *, at: datetime) -> None:
    row = LedgerRow.objects.get(number=delivery.number)
    handler = handlers_of(row.event).get(delivery.handler)
    if handler is None:
        raise LookupError(f"no handler {delivery.handler} for {row.event}")
    told: dict[str, Any] = {
        "federation_id": row.federation_id,
        "subject_id": number_of(row.subject),
        "event_id": row.number,
        "at": row.at,
        **json.loads(bytes(row.stored))["ids"],
    }
    if handler.each is None:
        handler.call(**told)
    elif delivery.part:
        handler.call(**told, part=delivery.part)
    else:
        _share_out(delivery, dict.fromkeys(handler.each(**told)), at=at)


def _share_out(delivery: Delivery, parts: Iterable[int], *, at: datetime) -> None:
    """Write a delivery for each row that a handler is for, and defer their jobs in this same transaction."""
    federation_id = current_scope().federation_id
    shares = [
        Delivery(
            federation_id=federation_id,
            number=delivery.number,
            handler=delivery.handler,
            part=part,
            made_at=at,
            next_try_at=at + PATIENCE,
        )
        for part in parts
    ]
    Delivery.objects.bulk_create(shares, batch_size=2000)
    _defer(federation_id, shares)


def _note_trouble(delivery_id: int, error: Exception, at: datetime) -> None:
    """Have it tried again. A wait of seconds is the job's own; the sweep of each minute ends a longer one,
    and takes up a job that got lost."""
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
        delivery.tries += 1
        delivery.trouble = type(error).__name__
        wait = WAITS[min(delivery.tries, len(WAITS)) - 1]
        delivery.next_try_at = at + wait
        if wait < A_MINUTE:
            delivery.next_try_at += A_MINUTE
            job = app.configure_task(TASK, schedule_in={"seconds": int(wait.total_seconds())})
            job.defer(federation_id=delivery.federation_id, delivery_id=delivery_id)
        delivery.save(update_fields=["tries", "trouble", "next_try_at"])


def _defer(federation_id: int, deliveries: Sequence[Delivery]) -> None:
    if deliveries:
        jobs: list[dict[str, JSONValue]] = [
            {"federation_id": federation_id, "delivery_id": one.pk} for one in deliveries
        ]
        app.configure_task(TASK).batch_defer(*jobs)


CODE = re.compile(r"[A-Za-z0-9._:+/-]{0,128}")
CLAUSE = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


class UnknownEvent(ValueError):
    """No area has declared the name."""


def record(
    event: str,
    *,
    subject: Model | str,
    at: datetime,
    actor: Model | str | None = None,
    clauses: Sequence[str] = (),
    decision: int | None = None,
    **ids: Id,
) -> None:
    """Say that `event` happened: a row of the record, and a delivery for each area that subscribes.

    Args:
        event: a name from `EVENTS`.
        subject: the row it happened to, saved.
        at: the aware instant of the act.
        actor: the person who did it; None where the program itself acted.
        clauses: ids of the clauses of the policy that it rests on.
        decision: id of the kept decision behind it.
        ids: further ids, short codes or keyed digests. Free text is refused: the record cannot be erased.

    Raises:
        UnknownEvent: the name is not listed.
        ValueError: something that is no id, code or digest.
        NoScope: outside `with scope(...)`.
    """
    if event not in EVENTS:
        raise UnknownEvent(f"{event!r} is not declared in its area")
    scope = current_scope()
    entry = Entry(
        event=event,
        subject=subject_of(subject),
        at=check_aware(at),
        actor="" if actor is None else subject_of(actor),
        clauses=tuple(_clause(clause) for clause in dict.fromkeys(clauses)),
        decision=decision,
        ids={name: _code(name, value) for name, value in sorted(ids.items())},
    )
    scope.before_leaving(write_pending)
    scope.pending.append(entry)


def write_pending(scope: Scope) -> None:
    """Append what was gathered to the federation's record in one batch, with its deliveries."""
    entries = [entry for entry in scope.pending if isinstance(entry, Entry)]
    scope.pending.clear()
    if entries:
        first = append(scope.federation_id, entries)
        scope.wrote()
        make_deliveries(scope.federation_id, entries, first)


def _code(name: str, value: Id) -> Id:
    """The value, where it can be no more than an id, a code or a digest; raises ValueError otherwise."""
    if value is None or isinstance(value, int):
        return value
    if CODE.fullmatch(value):
        return value
    raise ValueError(f"{name}: the record accepts only ids, short codes and keyed digests")


def _clause(clause: str) -> str:
    if not CLAUSE.fullmatch(clause):
        raise ValueError("a clause must be named by its id, such as wildground-accounts-3")
    return clause
