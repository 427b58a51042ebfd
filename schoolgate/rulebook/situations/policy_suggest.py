"""Somebody comments on the policy, or suggests something better. May they, and to whom does it go?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Roles, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment(
    "policy.suggest",
    _("Somebody comments on the policy or suggests a change"),
    "comment_on_policy suggestion_for_policy suggestion_to",
)
class PolicySuggest(Act, asked_of="policy_asker"):
    """`sent_to`: the roles that it goes to; empty where it is not sent yet."""

    kind: Literal["comment", "suggestion"] | None = fact(
        _("whether it is a comment or a suggestion"), need="policy.suggestion_kind"
    )
    sent_to: Roles | None = fact(_("to whom it goes"), need="policy.suggestion_sent_to")
