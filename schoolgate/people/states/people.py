"""Values of this app: relations, scopes, moves of a factor reset, and how long a session may last. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON


class Relation(TextChoices):
    """What a person is to the federation."""

    STAFF = "staff", _("Member of staff")
    GOVERNOR = "governor", _("Governor")
    VOLUNTEER = "volunteer", _("Volunteer")
    PARENT = "parent", _("Parent or carer")
    FRIEND = "friend", _("Member of a Friends group")
    CONTRACTOR = "contractor", _("Contractor or agency")


class ScopeKind(TextChoices):
    """How far a role reaches."""

    FEDERATION = "federation", _("The whole federation")
    SCHOOL = "school", _("One school")
    ACCOUNT = "account", _("One account")
    ITEM = "item", _("One thing only")
    LINE_MANAGER_OF = "line_manager_of", _("Line manager of one person")


class ResetState(TextChoices):
    """The status of resetting a lost second step."""

    ASKED = "asked", _("Needs confirming by a second person")
    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("No one confirmed it in time")


RESET_MOVES: Mapping[ResetState, frozenset[ResetState]] = {
    ResetState.ASKED: frozenset({ResetState.DONE, ResetState.WITHDRAWN, ResetState.LAPSED}),
    ResetState.DONE: frozenset(),
    ResetState.WITHDRAWN: frozenset(),
    ResetState.LAPSED: frozenset(),
}
"""A reset is asked for once and ends once."""

RESET_LASTS = timedelta(hours=24)
"""How long a first person's request waits for a second one (house rule, docs/how-to/people.md)."""

INVITATION_LASTS = timedelta(days=7)
"""How long the link for choosing a password is good (house rule)."""

FACTOR_COMPULSORY = frozenset(
    {
        "decide_account",
        "approve_post",
        "attest_pictures",
        "moderate",
        "answer",
        "second_person",
        "see_incidents",
        "own_policy",
        "administer",
    }
)
"""People who decide, approve, attest, moderate, answer, see incidents or administer need a second step at
sign-in; so do the second person asked for an overdue answer, and people who sign an interpretation."""


class SignedInWith(TextChoices):
    """How a session began."""

    PASSKEY = "passkey", _("Passkey")
    TWO_STEPS = "two_steps", _("Password and two-step verification")
    PASSWORD = "password", _("Password")


PASSKEY_LASTS = timedelta(hours=10)
"""A school day: from the bell to the end of the afternoon without being asked again."""

IDLE_AFTER = timedelta(minutes=60)
"""A session that began with a password ends when nothing was done with it for this long."""


def session_ends_at(signed_in_at: datetime) -> datetime:
    """Return the instant at which any session that began at `signed_in_at` (aware) ends, regardless of use.

    Ten hours later, or at the end of that day in London, whichever comes first: no one is still signed in on
    the next morning. The hours are counted in UTC, so a change of clocks makes them neither more nor fewer.
    """
    local = signed_in_at.astimezone(LONDON)
    midnight = datetime.combine(local.date() + timedelta(days=1), time.min, tzinfo=LONDON)
    return min((signed_in_at.astimezone(UTC) + PASSKEY_LASTS), midnight.astimezone(UTC))


def session_is_over(*, signed_in_with: str, ends_at: datetime, seen_at: datetime, at: datetime) -> bool:
    """Return whether a session that was last used at `seen_at` has ended at `at` (all aware).

    A passkey session is not ended for being idle: the device's own lock guards it, and an approval on a phone
    stays one touch all day.
    """
    if at >= ends_at:
        return True
    return signed_in_with != SignedInWith.PASSKEY and at - seen_at >= IDLE_AFTER
