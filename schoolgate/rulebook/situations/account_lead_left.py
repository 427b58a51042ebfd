"""Somebody who runs an account leaves. Who runs the handover, how does it end, and what stays?"""

from datetime import timedelta
from typing import Literal

from schoolgate.rulebook.facts import Act, Day, Facts, Name, Part, Roles, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

Kept = Literal["page", "drafts", "media", "messages"]


class Leader(Part, asked_of="office"):
    """Somebody who runs the account. `roles`: the policy's own. `leaves_on`: the last day; `goes_on`:
    there is none, they go on running it. Neither: not known."""

    key: Name
    roles: Roles = ()
    leaves_on: Day | None = None
    goes_on: Tri = None

    @derived("leaving_day", _("the day of leaving"))
    def stays(self, _facts: Facts) -> bool | None:
        """Whether they go on running it."""
        return self.goes_on if self.leaves_on is None else False


@moment(
    "account.lead_left",
    _("Somebody who runs an account leaves"),
    "handover handover_result looked_after stays_with_school",
)
class AccountLeadLeft(Act, asked_of="office"):
    """`leaver`: the key of the one who leaves; `leaders`: all who run it, with the leaver.

    `ends`: how `by` wants to end the handover ("as it is": nothing changes); `new_lead`: who takes it over;
    `closed_on`: the day of its closing. `successor`: who follows the leaver, None where nobody is named.
    `leaver_keeps`: what the leaver would take along."""

    leaver: Name | None = fact(_("who leaves"))
    leaders: tuple[Leader, ...] | None = fact(_("who leads the account"))
    ends: Literal["close", "transfer", "as it is"] | None = None
    new_lead: Name | None = None
    closed_on: Day | None = None
    successor: Name | None = None
    leaver_keeps: tuple[Kept, ...] | None = fact(
        _("what the one who leaves would take along"), _("What would whoever leaves take along?"), of="runner"
    )

    @derived("leaving_day")
    def last_day(self, _facts: Facts) -> Day | None:
        """The last day of the one who leaves."""
        return next((one.leaves_on for one in self.leaders or () if one.key == self.leaver), None)

    @derived("leaving_day")
    def day_after(self, facts: Facts) -> Day | None:
        """The first day without them."""
        last = self.last_day(facts)
        return None if last is None else last + timedelta(days=1)

    @derived("leaders")
    def others(self, facts: Facts) -> tuple[Leader, ...] | None:
        """Those who run it beside the one who leaves, once that one's last day is known."""
        if self.leaders is None or self.last_day(facts) is None:
            return None
        return tuple(one for one in self.leaders if one.key != self.leaver)

    @derived("leaving_day")
    def left_then(self, facts: Facts) -> int | None:
        """How many of the others run it once the one who leaves is gone."""
        others, last = self.others(facts), self.last_day(facts)
        if others is None or last is None or any(one.stays(facts) is None for one in others):
            return None
        return sum(1 for one in others if one.leaves_on is None or one.leaves_on > last)

    @derived("new_lead", _("who takes the account over"), of="runner")
    def is_done(self, _facts: Facts) -> bool:
        """Whether the account is shut or in new hands."""
        if self.ends == "close":
            return self.closed_on is not None
        return self.ends == "transfer" and self.new_lead is not None
