"""The scenarios of the five policies, and how they are put to a book."""

from collections.abc import Iterable, Iterator
from functools import cache

import pytest

from schoolgate.rulebook import BadPack, books
from schoolgate.rulebook.packs import FOLDER
from schoolgate.rulebook.scenarios import (
    EXAMPLES,
    Scenario,
    ask,
    failures,
    read_file,
    scenarios_of,
    unexpected,
)

__all__ = [
    "Scenario",
    "all_scenarios",
    "ask",
    "by_file",
    "each_policy",
    "failures",
    "scenarios",
    "unexpected",
    "unreadable",
]

LARGEST = "wootton"
"""It takes as long as the other four together."""


def each_policy() -> list[object]:
    """The policies, for a test that takes seconds with all: `make quick` leaves the largest to `make test`,
    unless its pack or its scenarios are changed."""
    return [pytest.param(key, marks=pytest.mark.slow) if key == LARGEST else key for key in books()]


@cache
def scenarios(policy: str) -> tuple[Scenario, ...]:
    """All scenarios of one policy, in the order of files and of their text."""
    return scenarios_of(policy)


def all_scenarios() -> Iterator[Scenario]:
    for policy in books():
        yield from scenarios(policy)


def by_file(given: Iterable[Scenario]) -> dict[str, list[Scenario]]:
    """Scenarios by the file that they stand in: a test for each is six times the work of asking it."""
    found: dict[str, list[Scenario]] = {}
    for one in given:
        found.setdefault(f"{one.policy}/{one.file}", []).append(one)
    return found


@cache
def readable() -> tuple[tuple[Scenario, ...], tuple[BadPack, ...]]:
    """The scenarios of every file that can be read, and why the others cannot."""
    found: list[Scenario] = []
    bad: list[BadPack] = []
    for policy in books():
        for path in sorted((FOLDER / policy / EXAMPLES).glob("*.yaml")):
            try:
                found += read_file(path, policy)
            except BadPack as error:
                bad.append(error)
    return tuple(found), tuple(bad)


def unreadable() -> tuple[BadPack, ...]:
    """What is wrong with the files that cannot be read."""
    return readable()[1]
