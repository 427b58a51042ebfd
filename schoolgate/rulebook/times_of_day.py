"""Times of day as a school writes them, as numbers: 730 for half past seven in the morning."""

import re

from schoolgate.patterns import lazy_pattern

_TIME = lazy_pattern(
    r"(?<![\w.:])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?(?![:.]?\d)"
    r"(?:\s?(?P<half>[ap]\.?m\b|y[bhp]\b|(?:o’r gloch )?(?:y bore|y prynhawn|yr hwyr|y nos)\b))?",
    re.IGNORECASE,
)
_AFTER_NOON = frozenset({"pm", "yh", "yp", "y prynhawn", "yr hwyr", "y nos"})
NOON = 12


def times_of_day(text: str) -> list[int]:
    """Return the times of day that a text names, in their order: those with minutes, or with am or pm."""
    found = []
    for one in _TIME.finditer(text.replace("'", "’")):
        hour, half = int(one["hour"]), (one["half"] or "").lower().replace(".", "").removeprefix("o’r gloch ")
        if not (half or one["minute"]) or (half and not 1 <= hour <= NOON):
            continue
        hour = hour % NOON + (NOON if half in _AFTER_NOON else 0) if half else hour
        found.append(hour * 100 + int(one["minute"] or 0))
    return found


def shown(time: int) -> str:
    """Return a time of day as a clause writes it: 7:30."""
    return f"{time // 100}:{time % 100:02}"


def is_a_time_of_day(number: int) -> bool:
    """Return whether a number is a time of day."""
    return 0 <= number // 100 < NOON * 2 and 0 <= number % 100 < 60
