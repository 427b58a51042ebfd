"""Something came to harm: is it what the policy is there to prevent?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Ask, Facts
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points

Whose = Literal["federation", "school", "staff", "governors", "children", "parents", "others"]


class PolicyHarm(Facts):
    """`harms`: what is at stake, as whoever reports it marks it. `whose`: whom it touches."""

    harms: Annotated[
        tuple[Literal["legal risk", "good name", "harm to a person"], ...] | None,
        Ask("policy.harm_kind", "reporter_of_it", _("what is at stake")),
    ] = None
    whose: Annotated[
        tuple[Whose, ...] | None, Ask("policy.harm_whose", "reporter_of_it", _("whom it touches"))
    ] = None


POLICY_HARM = Situation(
    key="policy.harm",
    title=_("Is this harm what the policy is there to prevent?"),
    facts=PolicyHarm,
    points=points("legal_risk_met good_name_hurt person_hurt"),
)
