"""Somebody thinks of an account, before there is a proposal. Whose thought may it be, and what is weighed?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Day, Facts, Name, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.case import weeks_between

Weighed = Literal["school", "community", "legal responsibilities", "reputation"]


@moment(
    "account.considered",
    _("Somebody thinks of an account"),
    "invitation weighed_against new_platform lasting_work",
)
class AccountConsidered(Act, asked_of="applicant"):
    """`weighed`: against what the use was weighed, each with something written down for it.

    `network`: the platform that is thought of; `network_is_new`: nobody here has used it before. `from_day`
    and `to_day`: from the planned opening to the planned closing."""

    weighed: tuple[Weighed, ...] | None = fact(_("against what the use was weighed"))
    network: Name | None = None
    network_is_new: Tri = fact(
        question=_("Is it a network that nobody here has used before?"), need="network"
    )
    from_day: Day | None = None
    to_day: Day | None = fact(_("Planned closing date"), need="closure_date")

    @derived("closure_date")
    def weeks_planned(self, _facts: Facts) -> int | None:
        """How many weeks it is to last."""
        return weeks_between(self.from_day, self.to_day)

    @derived("closure_date")
    def has_time_planned(self, _facts: Facts) -> bool:
        """Whether it is said from when to when."""
        return weeks_between(self.from_day, self.to_day) is not None
