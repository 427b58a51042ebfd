"""Somebody would like to canvass for something or promote somebody. May they, and where?"""

from typing import Annotated, ClassVar, Literal

from schoolgate.rulebook.facts import Act, Ask, Facts, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Canvassing = Literal[
    "commercial solicitation",
    "personal solicitation",
    "religious solicitation",
    "political solicitation",
    "promotion of unrelated outside organisation",
]


class PromotionAsk(Act):
    """`by` would post it or pass it on. `where`: on an account of the school, over the school's systems, or
    on an account of their own from home. `kind`: what it is; None where nobody has said. `none_of_these`: it
    is no canvassing and no promotion. `linked_to_work`: the outside organisation has to do with the school's
    work."""

    version: ClassVar[int] = 1

    where: Annotated[
        Literal["official_account", "school_systems", "own_account"] | None,
        Ask(
            "promotion_where",
            "promoter",
            gettext_noop("where it is to stand"),
            gettext_noop("Where would it be?"),
        ),
    ] = None
    kind: Annotated[
        Canvassing | None,
        Ask(
            "promotion_kind",
            "promoter",
            gettext_noop("what it is canvassing for, if anything"),
            gettext_noop("What is it about?"),
        ),
    ] = None
    none_of_these: Tri = None
    linked_to_work: Annotated[
        Tri,
        Ask(
            "linked_to_work",
            "promoter",
            gettext_noop("whether this organisation has to do with the school's work"),
            gettext_noop("Does that organisation have to do with the work of the school?"),
        ),
    ] = None

    @derived("promotion_kind", "promoter")
    def kind_meant(self, _facts: Facts) -> Canvassing | Literal["none"] | None:
        """What it is canvassing for; "none" where it is no canvassing and no promotion."""
        return "none" if self.none_of_these else self.kind


PROMOTION_ASK = Situation(
    key="promotion.ask",
    title=gettext_noop("Canvassing for something, or promoting somebody"),
    facts=PromotionAsk,
    points=points("canvassing"),
)
