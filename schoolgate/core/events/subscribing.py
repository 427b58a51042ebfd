"""Who listens. One registry, filled by the areas' `handlers.py` when the program starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from schoolgate.core.events.names import EVENTS

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
