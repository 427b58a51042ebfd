"""Somebody thinks of an account, before there is a proposal. Whose thought may it be, and what is weighed?"""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Weighed = Literal["school", "community", "legal responsibilities", "reputation"]


class AccountConsidered(Facts):
    """`weighed`: against what the use was weighed, each with something written down for it.

    `network`: the platform that is thought of; `network_is_new`: nobody here has used it before. `from_day`
    and `to_day`: from the planned opening to the planned closing."""

    by: Person | None = None
    weighed: tuple[Weighed, ...] | None = None
    network: Name | None = None
    network_is_new: Tri = None
    from_day: Day | None = None
    to_day: Day | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


ACCOUNT_CONSIDERED = Situation(
    key="account.considered",
    title=gettext_noop("Somebody thinks of an account"),
    facts=AccountConsidered,
    points=points("invitation weighed_against new_platform lasting_work"),
)
