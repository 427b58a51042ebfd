"""A pack as it is used: read once, checked while read, then never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schoolgate.rulebook.clauses import Clause, PolicyMeta, Role, Tension
from schoolgate.rulebook.kinds import Basis


@dataclass(frozen=True, slots=True)
class Binding:
    """Which control implements which clause. The first clause gives the section that is shown.

    `chosen`: the settings that the policy leaves open and the federation's reading filled; what depends on
    them is shown as its choice. No file says that, only a reading does. `part`: which part of the clause it
    covers, where several rules at one point implement it. `in_full`: the sentences
    of its clauses of which this rule, with the others there, leaves nothing out, as the policy's owner says.
    They are in words, so that it says nothing of a sentence that was changed since."""

    id: str
    clauses: tuple[str, ...]
    control: str
    settings: Any = field(hash=False)
    point: str
    situations: tuple[str, ...]
    overrides: tuple[str, ...] = ()
    tension: str | None = None
    until_ruled: bool = False
    binds: tuple[str, ...] | None = None
    group: str | None = None
    part: str | None = None
    chosen: frozenset[str] = frozenset()
    in_full: tuple[str, ...] = ()


ASIDE = "aside"
"""How a clause is kept of which the policy's owner said that it asks nothing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How clauses are implemented that no control decides.

    `invariant`: in `situation` the answer stays the same while the facts at `varies` change; a scenario
    shows it. `structure` and `record`: the named `tests` fail where the program does not do it, or does not
    save the row. `attested`: only a person's word can tell. `text`: it is shown and nothing follows from it
    in the program; `says` tells why."""

    clauses: tuple[str, ...]
    kind: str
    says: str
    tests: tuple[str, ...] = ()
    varies: tuple[str, ...] = ()
    situation: str | None = None


@dataclass(frozen=True)
class Pack:
    """One pack. `role_words` maps the policy's other wordings of a role to the role's name."""

    meta: PolicyMeta
    basis: Basis
    clauses: Mapping[str, Clause]
    roles: tuple[Role, ...]
    tensions: Mapping[str, Tension]
    bindings: tuple[Binding, ...]
    role_words: Mapping[str, str]
    form: Mapping[str, Any] | None
    kept: tuple[Kept, ...] = ()

    def roles_with(self, capacity: str) -> list[Role]:
        """Return the roles that carry this capacity, in the policy's order."""
        return [role for role in self.roles if capacity in role.capacities]
