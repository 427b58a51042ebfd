"""Something is about to be done with an official account. Do the terms of its approval allow it?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Given, Name, Part, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


class Condition(Part, asked_of="whoever_asks"):
    """What an approval says beside its yes. A "requirement" asks for something, a "restriction" bars
    something.

    `touched`: whether this act is of the kind that it speaks of. `fulfilled`: whether what a requirement asks
    for is there for this act."""

    type: Literal["requirement", "restriction"]
    key: Name
    touched: Tri = fact(_("whether the approval speaks of this"), need="condition_touched")
    fulfilled: Tri = fact(_("whether what the approval asks for is there"), need="condition_fulfilled")


@moment(
    "account.use",
    _("Something is about to be done with an official account"),
    "approvals_requirements approvals_limits activity_authority",
)
class AccountUse(Act, asked_of="office"):
    """`act`: what `by` is about to do; "activity" is something run in the school's name, such as a campaign.

    `conditions`: those of the account's approval. `authority`: authority given for this activity."""

    act: Literal["post", "message", "answer", "activity"] | None = fact(
        _("what is about to be done"), need="act_kind", of="whoever_asks"
    )
    conditions: tuple[Condition, ...] | None = fact(_("what the approval asks for and bars"))
    authority: tuple[Given, ...] | None = fact()
