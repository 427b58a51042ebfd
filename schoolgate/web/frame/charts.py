"""Bars drawn as SVG by a template, beside a table with the same data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

ROW = 44
WIDTH = 360


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its value, and where it lies in the drawing (in units of the view box)."""

    label: str
    value: int
    width: float
    y: int

    @property
    def text_y(self) -> int:
        """The base line of the words beside the bar."""
        return self.y - 6


@dataclass(frozen=True)
class BarChart:
    """A chart for `<c-chart>`."""

    title: str | Promise
    description: str | Promise
    label_head: str | Promise
    value_head: str | Promise
    bars: Sequence[Bar]

    @property
    def height(self) -> int:
        """Height of the view box."""
        return max(1, len(self.bars)) * ROW


def bar_chart(
    values: Sequence[tuple[str, int]],
    *,
    title: str | Promise,
    description: str | Promise,
    label_head: str | Promise,
    value_head: str | Promise,
    full: int | None = None,
) -> BarChart:
    """Horizontal bars for (label, value) pairs. `full`: the value that fills its track, else the longest one.

    Raises ValueError for a value below zero.
    """
    if any(value < 0 for _, value in values):
        raise ValueError("a bar cannot be shorter than nothing")
    longest = full or max((value for _, value in values), default=0) or 1
    bars = [
        Bar(label, value, round(WIDTH * value / longest, 1), row * ROW + 22)
        for row, (label, value) in enumerate(values)
    ]
    return BarChart(title, description, label_head, value_head, bars)
