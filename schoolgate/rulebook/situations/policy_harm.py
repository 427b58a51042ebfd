"""Something came to harm: is it what the policy is there to prevent?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Whose = Literal["federation", "school", "staff", "governors", "children", "parents", "others"]


class PolicyHarm(Facts):
    """`harms`: what is at stake, as whoever reports it marks it. `whose`: whom it touches."""

    harms: tuple[Literal["legal risk", "good name", "harm to a person"], ...] | None = None
    whose: tuple[Whose, ...] | None = None


POLICY_HARM = Situation(
    key="policy.harm",
    title=gettext_noop("Is this harm what the policy is there to prevent?"),
    facts=PolicyHarm,
    points=points("legal_risk_met good_name_hurt person_hurt"),
)
