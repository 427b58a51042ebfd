"""The closed list of events, and who listens. Each area declares its own in its `events.py` and listens in
its `handlers.py`, read when the program starts; an event that wants a handler and has none stops it from
starting.

A name is `<subject>.<what happened>`; `<subject>.refused` is written by `action` itself when the policy
does not let the step happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from django.core.checks import CheckMessage, Error, register
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


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
