"""Somebody is about to say yes or no to a proposal, or to sign it. May this person, now, with this on
record?"""

from typing import Annotated, Any, Literal

from schoolgate.rulebook.facts import (
    Act,
    Ask,
    Attested,
    Facts,
    Given,
    Instant,
    Name,
    Part,
    Person,
    Tri,
    derived,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.case import Case, Runner, platform_named


class Signature(Part):
    """One signature on the form. `role` is the policy's own name of the part it was signed in; `at`: when."""

    role: Name
    by: Name
    at: Annotated[Instant | None, Ask("signed_on", "office")] = None
    of_this_version: Annotated[Tri, Ask("signatures", "office", _("the signatures"))] = None

    @derived("signed_on", "office")
    def signed_after(self, facts: Any) -> tuple[Name, ...] | None:
        """The parts that were signed before this one, as far as those signatures stand."""
        others = [one for one in facts.signatures or () if one is not self]
        others = [one for one in others if one.of_this_version is not False]
        if self.at is None or any(one.at is None for one in others):
            return None
        return tuple(one.role for one in others if one.at is not None and one.at <= self.at)


class AccountDecide(Act):
    """`act` is the answer about to be given. `acting_role`: the role in which `by` signs or decides.

    `signatures`: those already there. `applicant`: who put the proposal in. `opened_by_decider`: whether `by`
    has opened the proposal as it stands. `complete`: it says all that the policy asks
    for. `talks`: what was talked over beforehand, `covers` naming the
    subjects (audience, contributors, purpose, content). `reason_is_strong`: a confirmation by the one who
    decides."""

    by: Annotated[Person | None, Ask("decider", "office")] = None
    act: Annotated[
        Literal["approve", "reject"] | None, Ask("act", "decider", _("whether the answer is yes or no"))
    ] = None
    acting_role: Annotated[
        Name | None, Ask("acting_role", "decider", _("the part in which it is signed"))
    ] = None
    applicant: Annotated[Name | None, Ask("applicant", "office", _("who puts the proposal in"))] = None
    opened_by_decider: Annotated[
        Tri, Ask("opened_by_decider", "decider", _("that whoever decides has opened the proposal"))
    ] = None
    complete: Annotated[
        Tri, Ask("proposal_complete", "applicant", _("a proposal that says all the policy asks for"))
    ] = None
    signatures: Annotated[tuple[Signature, ...] | None, Ask("signatures", "office")] = None
    talks: Annotated[
        tuple[Given, ...] | None, Ask("talks", "applicant", _("an entry of what was talked over"))
    ] = None
    reason_is_strong: Annotated[
        Attested | None,
        Ask(
            "reason_is_strong",
            "decider",
            _("a confirmation that the reason is a strong one"),
            say="decision.reason_unconfirmed",
        ),
    ] = None
    platform: Annotated[Name | None, Ask("network", "applicant")] = None
    case: Case = Case()

    @derived("act", "decider")
    def is_answered(self, _facts: Facts) -> bool:
        """Whether a yes or a no is about to be given."""
        return self.act is not None

    @derived("act", "decider")
    def may_be_yes(self, _facts: Facts) -> bool:
        """Whether the answer is a yes, or may be one."""
        return self.act != "reject"

    @derived("run_by", "applicant")
    def will_run(self, facts: Facts) -> tuple[Runner, ...] | None:
        """Everybody who gets a part in the account by this answer: nobody by a no."""
        return () if self.act == "reject" else self.case.people(facts)

    @derived("network", "applicant")
    def platform_name(self, _facts: Facts) -> str | None:
        """The platform, in small letters without blanks, by the name that rules know."""
        return None if self.platform is None else platform_named(self.platform)


ACCOUNT_DECIDE = Situation(
    key="account.decide",
    title=_("A proposal for an account is decided"),
    facts=AccountDecide,
    points=points(
        """
        decider weighing order signers read understood trained staff_number administrator_number
        moderator_number approved_people talked_over resources strong_reason
        """,
        house="own_proposal",
    ),
)
