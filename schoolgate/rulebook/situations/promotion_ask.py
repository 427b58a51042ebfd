"""Somebody would like to canvass for something or promote somebody. May they, and where?"""

from typing import ClassVar, Literal

from schoolgate.rulebook.facts import Facts, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Canvassing = Literal[
    "commercial solicitation",
    "personal solicitation",
    "religious solicitation",
    "political solicitation",
    "promotion of unrelated outside organisation",
]


class PromotionAsk(Facts):
    """`by` would post it or pass it on. `where`: on an account of the school, over the school's systems, or
    on an account of their own from home. `kind`: what it is; None where nobody has said. `none_of_these`: it
    is no canvassing and no promotion. `linked_to_work`: the outside organisation has to do with the school's
    work."""

    version: ClassVar[int] = 1

    by: Person | None = None
    where: Literal["official_account", "school_systems", "own_account"] | None = None
    kind: Canvassing | None = None
    none_of_these: Tri = None
    linked_to_work: Tri = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


PROMOTION_ASK = Situation(
    key="promotion.ask",
    title=gettext_noop("Canvassing for something, or promoting somebody"),
    facts=PromotionAsk,
    points=points("canvassing"),
)
