"""A person is about to approve, reject or sign a proposal. May this person, now, with this on record?"""

from typing import Any, Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Attested,
    Dated,
    Facts,
    Given,
    Instant,
    Name,
    Person,
    Tri,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.case import Case, Runner
from schoolgate.rulebook.situations.networks import Network


class Signature(Dated, asked_of="office"):
    """One signature on the form. `role` is the policy's own name of the part it was signed in; `at`: when."""

    role: Name = Field(description=_("the part that was signed"))
    by: Name = Field(description=_("who did it"))
    at: Instant | None = fact(need="signed_on")
    of_this_version: Tri = fact(_("the signatures"), need="signatures")

    @derived("signed_on", label=_("the parts of the form signed before this one"))
    def signed_after(self, facts: Any) -> tuple[Name, ...] | None:
        """The parts that were signed before this one, as far as those signatures are valid."""
        others = [one for one in facts.signatures or () if one is not self]
        others = [one for one in others if one.of_this_version is not False]
        if self.at is None or any(one.at is None for one in others):
            return None
        return tuple(one.role for one in others if one.at is not None and one.at <= self.at)


@moment(
    "account.decide",
    _("Deciding on a proposal for an account"),
    """decider weighing order signers read understood trained staff_number administrator_number
    moderator_number approved_people networks talked_over resources strong_reason""",
    house="own_proposal",
    asks=Asks.ACT,
)
class AccountDecide(Act, asked_of="decider"):
    """`act` is the answer about to be given, `acting_role` the role in which `by` gives it. `talks`: held
    beforehand, `covers` naming the subjects (audience, contributors, purpose, content)."""

    by: Person | None = fact(need="decider", of="office")
    act: Literal["approve", "reject"] | None = fact(_("whether the answer is yes or no"))
    acting_role: Name | None = fact(_("the part being signed"))
    applicant: Name | None = fact(_("who is submitting the proposal"), of="office")
    opened_by_decider: Tri = fact(_("that the person deciding has opened the proposal"), row=True)
    complete: Tri = fact(
        _("a proposal that states everything the policy asks for"), need="proposal_complete", of="applicant"
    )
    signatures: tuple[Signature, ...] | None = fact(of="office")
    talks: tuple[Given, ...] | None = fact(_("a record of what was discussed"), of="applicant")
    reason_is_strong: Attested | None = fact(
        _("confirmation that the reason is strong"), say="decision.reason_unconfirmed"
    )
    platform: Network | None = fact(need="network", of="applicant")
    case: Case = Field(Case(), description=_("the case for the account"))

    @derived("act", label=_("whether the decision is about to be a yes or a no"))
    def is_answered(self, _facts: Facts) -> bool:
        """Whether a yes or a no is about to be given."""
        return self.act is not None

    @derived("act", label=_("whether the proposal may be approved"))
    def may_be_yes(self, _facts: Facts) -> bool:
        """Whether the answer is a yes, or may be one."""
        return self.act != "reject"

    @derived("run_by", of="applicant", label=_("everyone who gets a part in the account"))
    def will_run(self, facts: Facts) -> tuple[Runner, ...] | None:
        """Everyone who gets a part in the account by this answer: no one by a no."""
        return () if self.act == "reject" else self.case.people(facts)

    @derived("network", of="applicant", label=_("the network’s name"))
    def platform_name(self, _facts: Facts) -> Network | None:
        """The platform, by the word that rules know."""
        return self.platform
