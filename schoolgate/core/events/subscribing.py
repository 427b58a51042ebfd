"""Who listens. One registry, filled by the areas' `handlers.py` when the program starts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from schoolgate.core.events.names import EVENTS

Handler = Callable[..., None]
H = TypeVar("H", bound=Handler)

_HANDLERS: dict[str, dict[str, Handler]] = {}


def subscribes(event: str) -> Callable[[H], H]:
    """Subscribe a function to `event`, run in a job of its own.

    It is called in the federation's scope, with `federation_id`, `subject_id`, `event_id` (the row's number
    in the record), `at` and the ids that were recorded. It must be safe to run twice. It is known by its area
    and name, such as `publishing.take_down_posts`: a delivery on its way finds it by that key, so renaming
    one needs a migration.
    """

    def add(handler: H) -> H:
        listening = _HANDLERS.setdefault(event, {})
        listening[key_of(handler)] = handler
        return handler

    return add


def key_of(handler: Handler) -> str:
    """Return the short name stored with a delivery: the area and the function's name."""
    module = handler.__module__.removeprefix("schoolgate.")
    return f"{module.partition('.')[0]}.{handler.__name__}"


def handlers_of(event: str) -> dict[str, Handler]:
    """Key and function of everything that listens to `event`."""
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
