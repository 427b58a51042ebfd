"""A proposal that was signed and then changed: the signature is no longer valid, and must be given again."""

from schoolgate.accounts.deciding import sign_proposal
from schoolgate.accounts.models import Proposal
from schoolgate.accounts.proposals import shown_digest
from schoolgate.accounts.proposing import change_proposal, would_change
from schoolgate.cli.demo.stage import Stage

AIM = "To show families what Year 4 learns each week, and to ask what they would like to see."


def thinks_again(stage: Stage, proposal: Proposal) -> None:
    """Where the policy asks for signatures: the first is given, then the author changes the aim."""
    if not stage.cast.signers:
        return
    first, author = stage.people[stage.cast.signers[0]], stage.who("proposer")
    sign_proposal(proposal=proposal, by=first, at=stage.later(1), seen=shown_digest(proposal))
    given = {"answers": {**proposal.answers, "aim": AIM}}
    at = stage.later(1)
    told = would_change(proposal=proposal, by=author, at=at, given=given)
    change_proposal(proposal=proposal, by=author, at=at, falling=[one.pk for one in told.falling], **given)
