"""Ask the policy before a step. Here, unlike elsewhere, a policy that says nothing lets no step through:
looking at what people do needs a clause that allows it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import Refused
from schoolgate.policy.asking import require
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force

PERMITTED = "permitted"
POINT_OF = {
    "record": "copies", "retain": "copies", "print": "copies", "disclose": "passing_on",
    "intercept": "interception", "log keystrokes": "keystrokes", "watch the network": "network_watching",
}  # fmt: skip
"""The point at which a policy has to allow an act besides the check itself."""


def speaks_of(situation: str, *points: str, on: date) -> bool:
    """Return whether the policy in force has a clause of its own at one of these points."""
    book = in_force(on).book
    return any(book.clauses_at(situation, point) for point in points)


def require_permitted(kept: DecisionRecord, *points: str) -> None:
    """Raise Refused unless a clause allows the step at each of these points and no other point stops it."""
    require(kept)
    if any(kept.points[point] != PERMITTED for point in points):
        raise Refused(
            kept,
            _("Nothing in your policy allows this."),
            _("Suggest a change to your policy."),
        )


def require_private_life_respected(kept: DecisionRecord) -> None:
    """Raise Refused unless the policy says where private life begins and this check stays outside it.

    A clause that only protects doesn't permit: the check itself has to be allowed by one as well."""
    require(kept)
    book = in_force(local_day(kept.at)).book
    if not book.clauses_at("personal.watch", "private_life"):
        raise Refused(
            kept,
            _("Your policy doesn’t allow looking at a person’s own account."),
            _("Your policy doesn’t say where private life begins. Leave the account alone."),
        )
