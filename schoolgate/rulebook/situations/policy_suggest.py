"""Somebody comments on the policy, or suggests something better. May they, and to whom does it go?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Person, Roles
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class PolicySuggest(Facts):
    """`sent_to`: the roles that it goes to; empty where it is not sent yet."""

    kind: Literal["comment", "suggestion"] | None = None
    by: Person | None = None
    sent_to: Roles | None = None

    @property
    def actor(self) -> Person | None:
        """Whose comment it is."""
        return self.by


POLICY_SUGGEST = Situation(
    key="policy.suggest",
    title=gettext_noop("Somebody comments on the policy or suggests a change"),
    facts=PolicySuggest,
    points=points("comment_on_policy suggestion_for_policy suggestion_to"),
)
