"""Facts with many persons, materials or marks are judged in work that grows with their number and no faster.

Work is counted in lines of Python that are run, not by the clock: it is the same on every machine."""

import sys
from collections.abc import Iterator
from functools import cache

import pytest

from schoolgate.rulebook import SITUATIONS, Book, book, books, decide
from schoolgate.rulebook.book import CompiledRule
from schoolgate.rulebook.controls.base import forbids, permits, unknown
from schoolgate.rulebook.facts import Facts, Part
from tests.policies.scenarios import each_policy, scenarios

FEW, MANY = 20, 160
TWICE_AS_FAST = 2 * MANY / FEW
"""Work that grows with the square would grow 64 times here; with the number, 8 times."""
FOR_A_START = 3_000
"""Lines that a first question may take whatever its facts."""


def lists_in(part: Part, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The way to each list of parts in these facts that has something in it."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, tuple) and value and isinstance(value[0], Part):
            yield (*way, name)
        elif isinstance(value, Part):
            yield from lists_in(value, (*way, name))


def with_many(part: Part, way: tuple[str, ...], number: int) -> Part:
    """The same facts with that list's things over and over."""
    name, *rest = way
    value = getattr(part, name)
    if rest:
        return part.model_copy(update={name: with_many(value, tuple(rest), number)})
    return part.model_copy(update={name: (value * number)[:number]})


def lines(under: Book, situation: str, facts: Facts | dict) -> int:
    """How many lines of Python one decision takes."""
    count = 0

    def trace(frame, event, arg):
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        decide(under, situation, facts)
    finally:
        sys.settrace(before)
    return count


@cache
def cases() -> list[tuple[str, str, tuple[str, ...], Facts]]:
    """For each policy and each list of each situation, the first scenario that has something there."""
    found = {}
    for key in books():
        for scenario in scenarios(key):
            for way in lists_in(scenario.facts):
                found.setdefault((key, scenario.situation, way), scenario.facts)
    return [(*where, facts) for where, facts in found.items()]


@pytest.mark.parametrize("key", each_policy())
def test_the_work_grows_with_the_number_and_no_faster(key):
    slow = []
    for policy, situation, way, facts in cases():
        if policy == key:
            few = lines(book(key), situation, with_many(facts, way, FEW))
            many = lines(book(key), situation, with_many(facts, way, MANY))
            if many > FOR_A_START + TWICE_AS_FAST * few:
                slow.append(f"{situation} {'.'.join(way)}: {few} lines for {FEW}, {many} for {MANY}")
    assert slow == []


def test_ten_thousand_persons_of_whom_each_is_excepted_forbidden_and_permitted():
    """Exceptions and clashes are looked for among what is said of the same person alone."""

    def bound(clause, evaluate, **more):
        usual = {
            "may_depart": False,
            "leave_from": frozenset(),
            "leave_of": frozenset(),
            "is_advice": False,
            "overrides": frozenset(),
            "tension": None,
            "until_ruled": False,
        }
        of = {"id": clause, "clauses": (clause,), "control": clause, "evaluate": evaluate, "point": "naming"}
        basis = SITUATIONS["post.publish"].points["naming"]
        return CompiledRule(
            **{**usual, **of, "basis": basis, "section": "", "settings": None, "binds": None, **more}
        )

    def saying(say):
        return lambda facts: [say(f"people[{n}]") for n in range(len(facts.people))]

    rules = (
        bound("a", saying(lambda about: forbids("kernel.clash", about, role="x"))),
        bound("b", saying(lambda about: permits("kernel.met", about))),
        bound("c", saying(lambda about: unknown("day", "office", about)), overrides=frozenset({"a"})),
    )
    under = Book(book("wildground").packs, {"post.publish": rules})
    few, many = ({"people": [{"relation": "pupil"}] * number} for number in (FEW, MANY))
    assert lines(under, "post.publish", many) < FOR_A_START + TWICE_AS_FAST * lines(
        under, "post.publish", few
    )
    decided = decide(under, "post.publish", {"people": [{"relation": "pupil"}] * 10_000})
    assert len(decided.findings) == 3 * 10_000
    assert {str(one.kind) for one in decided.findings} == {"requires", "permits"}


def test_impossible_facts_are_refused_however_many_there_are():
    people = [{"relation": "pupil"}] * 10_000 + [{"relation": "king"}]
    with pytest.raises(ValueError, match=r"people\.10000\.relation"):
        decide(book("wildground"), "post.publish", {"people": people})
