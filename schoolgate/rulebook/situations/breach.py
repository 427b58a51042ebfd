"""A personal data breach: what the law asks of it, and what closing its record needs."""

from datetime import timedelta
from typing import Literal

from schoolgate.rulebook.facts import Facts, Instant, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.working_time import in_utc

BreachRisk = Literal["none", "risk", "high"]
"""How great the risk to people is: unlikely to be any, some, high."""

NotTold = Literal["protected", "averted", "public_notice"]
"""Why the people need not be told one by one: the data can't be read by others, a later step took the high
risk away, or it would be out of proportion and a public notice takes its place."""

_ONE_HOUR = timedelta(hours=1)


@moment(
    "breach.status",
    _("Dealing with a personal data breach"),
    law="breach_risk breach_authority breach_delay breach_people breach_documented breach_content",
    asks=Asks.DUTY,
)
class BreachStatus(Facts, asked_of="incident.handler", prefix="breach."):
    """`aware_at`: when the school knew. `risk`, `authority_told_at`, `people_told_at`, `not_told`: None where
    that has not been done. `described`, `consequences`, `measures`: whether the record has them."""

    aware_at: Instant | None = fact(_("when the school became aware of the breach"))
    risk: BreachRisk | None = None
    authority_told_at: Instant | None = None
    delay_explained: Tri = None
    people_told_at: Instant | None = None
    not_told: NotTold | None = None
    described: Tri = fact(_("what happened, and to what data"))
    consequences: Tri = fact(_("the likely consequences"))
    measures: Tri = fact(_("what was done about the breach"))

    @derived("breach.aware_at")
    def hours_gone(self, _facts: Facts) -> int | None:
        """The elapsed hours begun since the school became aware, until the ICO was told, else until now.
        Seventy-two hours and one minute are seventy-three begun hours, whatever the clocks did."""
        until = self.authority_told_at or self.now
        if self.aware_at is None or until is None:
            return None
        return max(-((in_utc(self.aware_at) - in_utc(until)) // _ONE_HOUR), 0)


@moment(
    "breach.close",
    _("Closing the record of a personal data breach"),
    law="breach_risk breach_authority breach_delay breach_people breach_documented",
    asks=Asks.ACT,
)
class BreachClose(BreachStatus, asked_of="incident.handler", prefix="breach."):
    """As for its status: what was only to be done has to be done before the record is closed."""
