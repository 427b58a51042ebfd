"""A review of the policy is opened or closed. Who may, and what does it have to say?"""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Person, Roles, Text
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class Looked(Part):
    """What the review looked into: what came out, by whom, on what day, and what it was compared with."""

    by: Name | None = None
    on: Day | None = None
    result: Text | None = None
    compared_with: tuple[Name, ...] | None = None


class NewTool(Part):
    """A network or tool that came up since the last review and was not foreseen. `answered`: what the review
    says about it."""

    key: Name
    answered: Text | None = None


class PolicyReview(Facts):
    """`kind`: by the calendar or by need; `set_by`: the roles that set it, `reason` why.

    `new_tools`: empty where none came up."""

    act: Literal["open", "close"] | None = None
    by: Person | None = None
    kind: Literal["regular", "by_need"] | None = None
    set_by: Roles | None = None
    reason: Text | None = None
    law: Looked | None = None
    practice: Looked | None = None
    new_tools: tuple[NewTool, ...] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


POLICY_REVIEW = Situation(
    key="policy.review",
    title=gettext_noop("A review of the policy is opened or closed"),
    facts=PolicyReview,
    points=points("review_by_need law_met good_practice_met technology"),
)
