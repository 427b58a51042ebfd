"""A proposal for an account lies with whoever decides. How long has it, and whose turn is it?"""

from schoolgate.rulebook.facts import Day, Facts, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.choice import DaysChosen


class AccountAwaits(Facts):
    """`received_on`: the day on which the proposal was handed in. `decided`: whether it has its yes or no.

    `decide_within`: days that the federation chose for it, None where it chose none."""

    received_on: Day | None = None
    decided: Tri = None
    decide_within: DaysChosen | None = None


ACCOUNT_AWAITS = Situation(
    key="account.awaits",
    title=gettext_noop("A proposal waits for its decision"),
    facts=AccountAwaits,
    points=points("decision_owed"),
)
