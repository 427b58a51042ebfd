"""Somebody puts in a proposal for an official account. Is it complete under this policy, and where does it
go?"""

from schoolgate.rulebook.facts import Act, Facts, Roles, derived
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.case import Case, Placed


@moment(
    "account.propose",
    _("An official account is proposed"),
    """recipient aim purpose content intended_audience audience promotion visibility team run_by
    staff_number administrators administrator_number moderators moderator_number vetter contributors
    contributor_rights contributor_advertising parent_information consent_plan security host
    opening_date closing_date effort time ending evaluation under_age_plan intervention_plan
    audience_age form_filled_in""",
    law="network_age",
)
class AccountPropose(Act, asked_of="applicant"):
    """`addressed_to`: the roles it is sent to, by the policy's own names."""

    addressed_to: Roles | None = None
    placed: Placed = Placed()
    case: Case = Case()

    @derived("recipient", _("whom the proposal is addressed to"))
    def to_roles(self, _facts: Facts) -> Roles | None:
        """The roles it is sent to."""
        return self.addressed_to

    @derived("act", of="decider")
    def may_be_yes(self, _facts: Facts) -> bool:
        """Whether the answer may be a yes, as in `account.decide`: nobody has answered a proposal yet."""
        return True
