"""A situation: a moment of decision with typed facts and a closed list of points."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.kinds import Basis

Asked = TypeVar("Asked", bound=Facts)


class Asks(StrEnum):
    """What a question of a situation is about: an act that may be done or not, something that happened and
    has to be dealt with, a matter that the policy explains, or a state that is in order or not. Only an act
    is ever answered with *allowed*."""

    ACT = "act"
    DUTY = "duty"
    MATTER = "matter"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Situation:
    """`points` maps each point to the source of its rules: the policy's, the law's or the house's."""

    key: str
    title: str
    facts: type[Facts]
    points: Mapping[str, Basis]
    asks: Asks = Asks.STATE

    def to_json(self) -> dict[str, Any]:
        """Key, title, points with their basis, and the JSON Schema of the facts."""
        return {
            "situation": self.key,
            "title": self.title,
            "facts_schema_version": self.facts.version,
            "points": {point: str(basis) for point, basis in self.points.items()},
            "facts": self.facts.model_json_schema(),
        }


FOUND: dict[str, Situation] = {}
"""Every situation of the modules that were imported so far."""


def moment(
    key: str,
    title: str,
    policy: str = "",
    *,
    law: str = "",
    house: str = "",
    asks: Asks = Asks.STATE,
) -> Callable[[type[Asked]], type[Asked]]:
    """Make a class of facts a situation: its key, its title, and its points separated by blanks, by whose
    rules may speak there."""
    whose = {Basis.POLICY: policy, Basis.LAW: law, Basis.HOUSE: house}
    points = {point: basis for basis, names in whose.items() for point in names.split()}

    def found(facts: type[Asked]) -> type[Asked]:
        FOUND[key] = Situation(key, title, facts, points, asks)
        return facts

    return found
