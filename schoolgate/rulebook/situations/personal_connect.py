"""A connection on a private account is asked for or offered."""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Person, Relation, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class PersonalConnect(Facts):
    """`act`: `by` asks the other, or accepts. `other_relation`: what the other is to the school. `wanted`:
    whether `by` really wants to be linked to them."""

    by: Person | None = None
    act: Literal["ask", "accept"] | None = None
    other_relation: Relation | None = None
    wanted: Tri = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


PERSONAL_CONNECT = Situation(
    key="personal.connect",
    title=gettext_noop("A connection on a private account"),
    facts=PersonalConnect,
    points=points("own_connection_wanted own_connection_colleague"),
)
