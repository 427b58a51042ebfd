"""Something is about to be done with an official account. Do the terms of its approval allow it?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Given, Name, Part, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class Condition(Part):
    """What an approval says beside its yes. A "requirement" asks for something, a "restriction" bars
    something.

    `touched`: whether this act is of the kind that it speaks of. `fulfilled`: whether what a requirement asks
    for is there for this act."""

    type: Literal["requirement", "restriction"]
    key: Name
    touched: Annotated[
        Tri, Ask("condition_touched", "whoever_asks", gettext_noop("whether the approval speaks of this"))
    ] = None
    fulfilled: Annotated[
        Tri,
        Ask(
            "condition_fulfilled", "whoever_asks", gettext_noop("whether what the approval asks for is there")
        ),
    ] = None


class AccountUse(Act):
    """`act`: what `by` is about to do; "activity" is something run in the school's name, such as a campaign.

    `conditions`: those of the account's approval. `authority`: authority given for this activity."""

    act: Annotated[
        Literal["post", "message", "answer", "activity"] | None,
        Ask("act_kind", "whoever_asks", gettext_noop("what is about to be done")),
    ] = None
    conditions: Annotated[
        tuple[Condition, ...] | None,
        Ask("conditions", "office", gettext_noop("what the approval asks for and bars")),
    ] = None
    authority: Annotated[tuple[Given, ...] | None, Ask("authority", "office")] = None


ACCOUNT_USE = Situation(
    key="account.use",
    title=gettext_noop("Something is about to be done with an official account"),
    facts=AccountUse,
    points=points("approvals_requirements approvals_limits activity_authority"),
)
