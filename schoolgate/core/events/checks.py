"""An event that wants a handler and has none stops the program from starting."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from schoolgate.core.events.subscribing import mistakes


@register
def events_have_their_handlers(**_: Any) -> list[CheckMessage]:
    """One error for each mistake in the registry."""
    return [Error(mistake, id="schoolgate.E001") for mistake in mistakes()]
