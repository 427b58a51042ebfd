"""Somebody is about to say yes or no to a proposal, or to sign it. May this person, now, with this on
record?"""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Facts, Given, Name, Part, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.case import Case


class Signature(Part):
    """One signature on the form. `role` is the policy's own name of the part it was signed in."""

    role: Name
    by: Name
    of_this_version: Tri = None


class AccountDecide(Facts):
    """`act` is the answer about to be given. `acting_role`: the role in which `by` signs or decides.

    `signatures`: those already there. `applicant`: who put the proposal in. `opened_by_decider`: whether `by`
    has opened the proposal as it stands. `talks`: what was talked over beforehand, `covers` naming the
    subjects (audience, contributors, purpose, content). `reason_is_strong`: a confirmation by the one who
    decides."""

    by: Person | None = None
    act: Literal["approve", "reject"] | None = None
    acting_role: Name | None = None
    applicant: Name | None = None
    opened_by_decider: Tri = None
    signatures: tuple[Signature, ...] | None = None
    talks: tuple[Given, ...] | None = None
    reason_is_strong: Attested | None = None
    platform: Name | None = None
    case: Case = Case()

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


ACCOUNT_DECIDE = Situation(
    key="account.decide",
    title=gettext_noop("A proposal for an account is decided"),
    facts=AccountDecide,
    points=points(
        """
        decider weighing order signers read understood trained staff_number administrator_number
        moderator_number approved_people talked_over resources strong_reason
        """,
        house="own_proposal",
    ),
)
