"""A proposal for an account lies with whoever decides. How long has it, and whose turn is it?"""

from datetime import date, timedelta

from schoolgate.rulebook.facts import Ask, Day, Facts, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.choice import DaysChosen


@moment("account.awaits", _("A proposal waits for its decision"), "decision_owed")
class AccountAwaits(Facts, asked_of="office"):
    """`received_on`: the day on which the proposal was handed in. `decided`: whether it has its yes or no.

    `decide_within`: days that the federation chose for it, None where it chose none."""

    received_on: Day | None = fact(
        _("the day on which the proposal was handed in"), need="proposal_received_on"
    )
    decided: Tri = fact(need="decision")
    decide_within: DaysChosen | None = None

    @derived("proposal_received_on")
    def days_waited(self, facts: Facts) -> int | Ask | None:
        """How many days ago it was handed in."""
        if self.received_on is None:
            return None
        return (facts.day - self.received_on).days if facts.day is not None else Ask("day", "office")

    @derived("day")
    def time_chosen(self, facts: Facts) -> bool | None:
        """Whether the federation chose within how many days it is decided."""
        return self.decide_within is not None and self.decide_within.counts_on(facts.day)

    @derived("proposal_received_on")
    def decide_by(self, _facts: Facts) -> date | None:
        """By which day, where the federation chose."""
        if self.received_on is None or self.decide_within is None:
            return None
        return self.received_on + timedelta(days=self.decide_within.days)
