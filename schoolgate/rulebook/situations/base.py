"""A situation: a moment of decision with typed facts and a closed list of points."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.kinds import Basis


@dataclass(frozen=True, slots=True)
class Situation:
    """`points` maps each point to whose rules may speak there: the policy's, the law's or the house's."""

    key: str
    title: str
    facts: type[Facts]
    points: Mapping[str, Basis]

    def to_json(self) -> dict[str, Any]:
        """Key, title, points with their basis, and the JSON Schema of the facts."""
        return {
            "situation": self.key,
            "title": self.title,
            "facts_schema_version": self.facts.version,
            "points": {point: str(basis) for point, basis in self.points.items()},
            "facts": self.facts.model_json_schema(),
        }


def points(policy: str, *, law: str = "", house: str = "") -> Mapping[str, Basis]:
    """Points from names with blanks between them, by whose rules may speak there."""
    named = dict.fromkeys(policy.split(), Basis.POLICY)
    named |= dict.fromkeys(law.split(), Basis.LAW)
    named |= dict.fromkeys(house.split(), Basis.HOUSE)
    return named
