"""Strong Kleene logic of tests: an unknown fact counts only where it makes a difference; the question is
for the first missing fact, in the order written."""

from collections.abc import Callable, Sequence
from typing import Any

from schoolgate.rulebook.rules.reading import Missing

Answer = bool | Missing
Test = Callable[[Any, Any], Answer]
"""Takes the situation's facts, and the current part (the facts themselves where there is none)."""


def all_of(tests: Sequence[Test]) -> Test:
    """Whether every test is true: False where one is not, whatever else is unknown."""
    both = tuple(tests)

    def test(facts: Any, item: Any) -> Answer:
        answer: Answer = True
        for one in both:
            said = one(facts, item)
            if said is False:
                return False
            if said is not True and answer is True:
                answer = said
        return answer

    return test


def any_of(tests: Sequence[Test]) -> Test:
    """Whether one test is true: True where one is, whatever else is unknown."""
    either = tuple(tests)

    def test(facts: Any, item: Any) -> Answer:
        answer: Answer = False
        for one in either:
            said = one(facts, item)
            if said is True:
                return True
            if said is not False and answer is False:
                answer = said
        return answer

    return test


def not_so(test: Test) -> Test:
    """Return the opposite; what can't be told stays so."""

    def turned(facts: Any, item: Any) -> Answer:
        said = test(facts, item)
        return not said if said is True or said is False else said

    return turned
