"""Somebody would like to canvass for something or promote somebody. May they, and where?"""

from typing import ClassVar, Literal

from schoolgate.rulebook.facts import Act, Facts, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

Canvassing = Literal[
    "commercial solicitation",
    "personal solicitation",
    "religious solicitation",
    "political solicitation",
    "promotion of unrelated outside organisation",
]


@moment("promotion.ask", _("Canvassing for something, or promoting somebody"), "canvassing")
class PromotionAsk(Act, asked_of="promoter"):
    """`by` would post it or pass it on. `where`: on an account of the school, over the school's systems, or
    on an account of their own from home. `kind`: what it is; None where nobody has said. `none_of_these`: it
    is no canvassing and no promotion. `linked_to_work`: the outside organisation has to do with the school's
    work."""

    version: ClassVar[int] = 1

    where: Literal["official_account", "school_systems", "own_account"] | None = fact(
        _("where it is to stand"), _("Where would it be?"), need="promotion_where"
    )
    kind: Canvassing | None = fact(
        _("what it is canvassing for, if anything"), _("What is it about?"), need="promotion_kind"
    )
    none_of_these: Tri = None
    linked_to_work: Tri = fact(
        _("whether this organisation has to do with the school's work"),
        _("Does that organisation have to do with the work of the school?"),
    )

    @derived("promotion_kind")
    def kind_meant(self, _facts: Facts) -> Canvassing | Literal["none"] | None:
        """What it is canvassing for; "none" where it is no canvassing and no promotion."""
        return "none" if self.none_of_these else self.kind
