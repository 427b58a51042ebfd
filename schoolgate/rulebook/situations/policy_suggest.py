"""Somebody comments on the policy, or suggests something better. May they, and to whom does it go?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Roles
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class PolicySuggest(Act):
    """`sent_to`: the roles that it goes to; empty where it is not sent yet."""

    kind: Annotated[
        Literal["comment", "suggestion"] | None,
        Ask(
            "policy.suggestion_kind", "policy_asker", gettext_noop("whether it is a comment or a suggestion")
        ),
    ] = None
    sent_to: Annotated[
        Roles | None, Ask("policy.suggestion_sent_to", "policy_asker", gettext_noop("to whom it goes"))
    ] = None


POLICY_SUGGEST = Situation(
    key="policy.suggest",
    title=gettext_noop("Somebody comments on the policy or suggests a change"),
    facts=PolicySuggest,
    points=points("comment_on_policy suggestion_for_policy suggestion_to"),
)
