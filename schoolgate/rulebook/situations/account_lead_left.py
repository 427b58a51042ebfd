"""Somebody who runs an account leaves. Who runs the handover, how does it end, and what stays?"""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Person, Roles
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Kept = Literal["page", "drafts", "media", "messages"]


class Leader(Part):
    """Somebody who runs the account. `roles`: the policy's own. `leaves_on`: the last day, None where they
    stay."""

    key: Name
    roles: Roles = ()
    leaves_on: Day | None = None


class AccountLeadLeft(Facts):
    """`leaver`: the key of the one who leaves; `leaders`: all who run it, with the leaver.

    `ends`: how `by` wants to end the handover ("as it is": nothing changes); `new_lead`: who takes it over;
    `closed_on`: the day of its closing. `successor`: who follows the leaver, None where nobody is named.
    `leaver_keeps`: what the leaver would take along."""

    by: Person | None = None
    leaver: Name | None = None
    leaders: tuple[Leader, ...] | None = None
    ends: Literal["close", "transfer", "as it is"] | None = None
    new_lead: Name | None = None
    closed_on: Day | None = None
    successor: Name | None = None
    leaver_keeps: tuple[Kept, ...] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


ACCOUNT_LEAD_LEFT = Situation(
    key="account.lead_left",
    title=gettext_noop("Somebody who runs an account leaves"),
    facts=AccountLeadLeft,
    points=points("handover handover_result looked_after stays_with_school"),
)
