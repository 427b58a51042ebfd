"""An entry of the catalogue: a question as people put it, and what it asks of the rulebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ConfigDict


@dataclass(frozen=True, slots=True)
class Hat:
    """The capacity a person acts in: their relation to the school, with which of the policy's roles.

    `school`: the key of the school, where that makes a difference."""

    key: str
    relation: str
    roles: tuple[str, ...] = ()
    school: str = ""


@dataclass(frozen=True)
class Entry:
    """`title`: the question in plain words. `words`, `cy`: more words to find it by, English and Welsh.
    `said`: how schools tell it; told in Welsh it's found by the same phrases (`alike.yaml`).

    `facts`: what the question itself says; "$now", "$today" mean the moment, "$yes", "$no" a person's
    judgment. `staff`: for anyone with a place here, `public`: for parents and pupils. `acts_as`: what the
    asker can be, where that is in the question; `not_asked`: facts that stay open, by path. `point`: only a
    policy with a rule at this point is asked it. `assumed`: what the question takes for granted and a person
    would judge, by path: an own policy's rules ask it. `shared`: all that is taken as
    usual, by path, and that the question itself doesn't say. `urgent`: a child may be in danger, so that the
    page says first where to go."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    key: str
    subject: str
    title: str
    situation: str
    words: str
    cy: str
    said: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    staff: bool = True
    public: bool = False
    acts_as: tuple[str, ...] = ()
    not_asked: frozenset[str] = frozenset()
    point: str = ""
    assumed: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    urgent: bool = False

    def hats(self, hats: Sequence[Hat]) -> tuple[Hat, ...]:
        """Return those of these hats that fit the question; all where it names none."""
        fitting = tuple(hat for hat in hats if not self.acts_as or hat.relation in self.acts_as)
        return fitting or tuple(Hat(one, one) for one in self.acts_as)
