"""Limits without a request for each time that is counted: what used one up came before."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from allauth.core.internal import ratelimit

_apply_rate = ratelimit.apply_rate


@contextmanager
def counted_as(times: int) -> Iterator[None]:
    """Each request within is counted as this many that came at that instant."""

    def apply_rate(history: list[float], now: float, *args: Any, **kwargs: Any) -> tuple[bool, list[float]]:
        before = len(history)
        allowed, history = _apply_rate(history, now, *args, **kwargs)
        return allowed, [now] * (times - 1) + history if allowed and len(history) > before else history

    with patch.object(ratelimit, "apply_rate", apply_rate):
        yield
