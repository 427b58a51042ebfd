"""A situation: a moment of decision with typed facts and a closed list of points."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar, get_args

from schoolgate.rulebook.facts import Ask, Facts, Part
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


# The facts of a situation as they are declared: each with who can tell it.


ON_RECORD = frozenset(
    {
        "account_team", "approver", "federation", "governors_of_policy", "office", "policy_owner", "runner",
        "training_keeper",
    }
)  # fmt: skip
"""Who can tell a fact that the program has in its rows: registers, permissions, checks, training, the
policy's own papers. What others say about a case is their word."""
ASKS_ABOUT_OWN = frozenset(
    {
        "contact_asker", "editor", "message_writer", "picture_owner", "picture_taker", "policy_asker",
        "private_person", "promoter", "recruiter", "watching_person", "who_asks", "whoever_asks",
    }
)  # fmt: skip
"""Who asks about something that they do themselves, outside the program: nothing else knows it."""

ONLY_ANSWERED = frozenset(
    {
        "account.two_step", "comment.write", "policy.covers", "image.of_leaver", "policy.harm",
        "policy.remind", "record.delete", "sharing.considered",
    }
)  # fmt: skip
"""Situations that no action asks: *May I ...?* answers them, or pages show their clauses beside a field. A
test reads the code of the areas for it."""
ANSWERED_AT = {"policy.ask": frozenset({"told", "papers_above", "fits_this_policy", "fits_other_rules"})}
"""Points of a situation that an action asks, which wait for facts that no action fills: a question is put to
a role where no clause answers it, and nothing else is asked. `schoolgate decide` answers the others."""


def declared(model: type[Part], before: str = "") -> Iterator[tuple[str, Ask]]:
    """Yield every fact with a declaration, as its dotted path and the declaration; derived facts included."""
    for name, field in model.model_fields.items():
        yield from ((before + name, one) for one in field.metadata if isinstance(one, Ask))
        for kind in _kinds(field.annotation):
            if isinstance(kind, type) and issubclass(kind, Part):
                yield from declared(kind, f"{before}{name}.")
    for name, one in list(vars(model).items()):
        ask = None if name.startswith("_") else getattr(one, "ask", None)
        if isinstance(ask, Ask):
            yield before + name, ask


def _kinds(annotation: object) -> Iterator[object]:
    inside = get_args(annotation)
    if not inside:
        yield annotation
    for one in inside:
        yield from _kinds(one)
