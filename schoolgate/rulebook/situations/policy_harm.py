"""Something came to harm: is it what the policy is there to prevent?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

Whose = Literal["federation", "school", "staff", "governors", "children", "parents", "others"]


@moment(
    "policy.harm",
    _("Is this harm what the policy is there to prevent?"),
    "legal_risk_met good_name_hurt person_hurt",
)
class PolicyHarm(Facts, asked_of="reporter_of_it"):
    """`harms`: what is at stake, as whoever reports it marks it. `whose`: whom it touches."""

    harms: tuple[Literal["legal risk", "good name", "harm to a person"], ...] | None = fact(
        _("what is at stake"), need="policy.harm_kind"
    )
    whose: tuple[Whose, ...] | None = fact(_("whom it touches"), need="policy.harm_whose")
