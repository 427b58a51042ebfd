"""A review of the policy is opened or closed. Who may, and what does it have to say?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Day, Facts, Name, Part, Roles, Text, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


class Looked(Part):
    """What the review looked into: what came out, by whom, on what day, and what it was compared with."""

    by: Name | None = None
    on: Day | None = None
    result: Text | None = None
    compared_with: tuple[Name, ...] | None = None

    @property
    def complete(self) -> bool:
        """Whether it has a name, a day and a result."""
        return bool(self.by and self.on and (self.result or "").strip())


class NewTool(Part, asked_of="policy_owner"):
    """A network or tool that came up since the last review and was not foreseen. `answered`: what the review
    says about it."""

    key: Name
    answered: Text | None = None

    @derived("policy.tool_answered", _("a word about the new tool"))
    def has_answer(self, _facts: Facts) -> bool:
        """Whether the review says anything about it."""
        return bool((self.answered or "").strip())


@moment(
    "policy.review",
    _("A review of the policy is opened or closed"),
    "review_by_need law_met good_practice_met technology",
)
class PolicyReview(Act, asked_of="policy_owner"):
    """`kind`: by the calendar or by need; `set_by`: the roles that set it, `reason` why.

    `new_tools`: empty where none came up."""

    act: Literal["open", "close"] | None = fact(need="policy.act")
    kind: Literal["regular", "by_need"] | None = fact(
        _("whether the review is a regular one or set by need"), need="policy.review_kind"
    )
    set_by: Roles | None = fact(_("who set the review"), need="policy.review_set_by")
    reason: Text | None = None
    law: Looked | None = None
    practice: Looked | None = None
    new_tools: tuple[NewTool, ...] | None = fact(
        _("which tools came up since the last review"), need="policy.new_tools"
    )

    @derived("policy.review_reason", _("the reason for the review"))
    def reason_given(self, _facts: Facts) -> bool:
        """Whether there is a reason for it."""
        return bool((self.reason or "").strip())

    @derived("policy.law_checked", _("whether the policy meets the law, with name and day"))
    def law_checked(self, _facts: Facts) -> bool:
        """Whether it was looked into that the policy meets the law."""
        return self.law is not None and self.law.complete

    @derived("policy.practice_compared", _("what the policy was compared with"))
    def practice_compared(self, _facts: Facts) -> bool:
        """Whether it says what the policy was compared with."""
        return self.practice is not None and bool(self.practice.compared_with)
