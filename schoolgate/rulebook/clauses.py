"""What a policy is made of: clauses, the roles it names, and what its wording leaves open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from schoolgate.rulebook.kinds import Enforce, Modality
from schoolgate.rulebook.splitting import split

PRINTED_NUMBER = "printed_number"
"""The parameter of a clause that has its number in the document."""
READ_AT = "read_at"
"""The parameter of a clause with the subjects of *May I ...?* at whose questions it's read, whatever its
words are."""
MOST_OF_ONE = 4
"""So many clauses of one number are the sentences of a paragraph; more are the items of a list."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One obligation, ban, permission or promise of a policy, restated by us in one plain sentence.

    `wording`: the sentence as the policy prints it, where the federation has pasted it; never part of a pack.
    """

    id: str
    section: str
    says: str
    modality: Modality
    actor: str
    area: str
    enforce: Enforce
    parameters: Mapping[str, Any] = field(hash=False)
    wording: str = ""

    @property
    def sentences(self) -> list[str]:
        """The sentences that people read: of the printed text where it was pasted, else of ours."""
        return split(self.wording or self.says)

    @property
    def number(self) -> str:
        """Its number in the document, such as "2.1"; empty where that isn't known."""
        return str(self.parameters.get(PRINTED_NUMBER, ""))

    @property
    def read_at(self) -> tuple[str, ...]:
        """The subjects of questions at which its owner said it's to be read."""
        return tuple(self.parameters.get(READ_AT) or ())

    @property
    def heading(self) -> str:
        """Where people find it: its number, and the heading that it is under."""
        return f"{self.number} {self.section}".strip()


def paragraphs(clauses: Iterable[Clause]) -> Mapping[str, tuple[str, ...]]:
    """Return for each clause that shares its paragraph with others all of that paragraph, in their order:
    what the document says under one number, as *4.4*, where no two sentences begin alike. Items of a list do,
    and each says all that it means."""
    found: dict[str, tuple[str, ...]] = {}
    for (_section, number), group in groupby(clauses, key=lambda one: (one.section, one.number)):
        parts = list(group)
        begun = {" ".join((one.wording or one.says).split()[:2]) for one in parts}
        if "." in number and len(begun) == len(parts) and 1 < len(parts) <= MOST_OF_ONE:
            found |= dict.fromkeys((one.id for one in parts), tuple(one.id for one in parts))
    return found


@dataclass(frozen=True, slots=True)
class Role:
    """A role as the policy names it, with what its holder may do here (our closed list of capacities)."""

    name: str
    key: str
    capacities: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tension:
    """Two sentences that clash, or words that do not decide. `ruled_by` is a role of the policy, or None."""

    id: str
    clauses: tuple[str, ...]
    what: str
    ruled_by: str | None


@dataclass(frozen=True, slots=True)
class PolicyMeta:
    """The front page of a policy. Dates are as the policy gives them; None where it gives none."""

    key: str
    title: str
    federation: str
    schools: tuple[str, ...]
    version: str
    reading: int
    adopted: str | None
    ratified: str | None
    review_due: str | None
    review_every_months: int | None
    owner: str | None
