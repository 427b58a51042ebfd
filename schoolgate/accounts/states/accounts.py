"""States of proposals and accounts, and their allowed transitions."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProposalState(TextChoices):
    """From draft to approval or refusal."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Awaiting decision")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    NOTED = "noted", _("Sent. No rule asks for approval")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PROPOSAL_MOVES: Mapping[ProposalState, frozenset[ProposalState]] = {
    ProposalState.DRAFT: frozenset({ProposalState.SUBMITTED, ProposalState.WITHDRAWN}),
    ProposalState.SUBMITTED: frozenset(
        {ProposalState.APPROVED, ProposalState.REFUSED, ProposalState.NOTED, ProposalState.WITHDRAWN}
    ),
    ProposalState.APPROVED: frozenset(),
    ProposalState.REFUSED: frozenset(),
    ProposalState.NOTED: frozenset(),
    ProposalState.WITHDRAWN: frozenset(),
}

LEADS_TO_AN_ACCOUNT = (ProposalState.APPROVED, ProposalState.NOTED)


class AccountState(TextChoices):
    """An account exists once approved, posts once it is open, and stays on the register when closed."""

    WAITING = "waiting", _("Not open yet")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


ACCOUNT_MOVES: Mapping[AccountState, frozenset[AccountState]] = {
    AccountState.WAITING: frozenset({AccountState.OPEN, AccountState.CLOSED}),
    AccountState.OPEN: frozenset({AccountState.CLOSED}),
    AccountState.CLOSED: frozenset(),
}


class Part(TextChoices):
    """A person's part in running an account."""

    LEAD = "lead", _("account lead")
    ADMINISTRATOR = "administrator", _("administrator")
    MODERATOR = "moderator", _("moderator")
    RUNNER = "runner", _("helper")


class AccountKind(TextChoices):
    """In whose name an account speaks; some rules hold for teaching accounts only."""

    SCHOOL = "school", _("In the name of a school or the federation")
    TEACHING = "teaching", _("For teaching pupils")
    OTHER = "other", _("Something else")
