"""Tells what a suite left out, from its report: the last words of `make quick`."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests import quick  # noqa: E402

TOGETHER = "\u00a0"
"""A space at which no line ends."""


def notes(name: str, properties: Mapping[str, str], tests: int) -> Iterator[str]:
    """Yield what a suite left, with what to do about it. `tests`: how many it ran."""
    if not_begun := counted(properties, quick.NOT_BEGUN):
        yield _told(
            f"{name}: {tests:,} of {properties[quick.OF]} tests near to your change ran in "
            f"{properties[quick.LIMIT]} s of the processor. Not begun (run them by name, or `make test`)",
            not_begun,
        )
    if slow := counted(properties, quick.SLOW):
        yield _told(f"{name}: {sum(slow.values())} slow tests are left to `make test`", slow)


def nothing(name: str) -> str:
    """What to say where each near test is one that needs a browser, processes or a network."""
    return (
        f"{name}: what is near to your change needs a browser, processes or a network: `make test` runs it."
    )


def counted(properties: Mapping[str, str], key: str) -> dict[str, int]:
    """Return numbers of tests by file."""
    return json.loads(properties.get(key, "{}"))


def _told(said: str, files: Mapping[str, int]) -> str:
    named = ", ".join(f"{file}{TOGETHER}({number})" for file, number in files.items())
    lines = textwrap.wrap(
        named,
        110,
        initial_indent="  ",
        subsequent_indent="  ",
        break_on_hyphens=False,
        break_long_words=False,
    )
    return "\n".join([f"{said}:", *lines]).replace(TOGETHER, " ")
