"""Discuss a proposal and decide on it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import rules
from schoolgate.accounts.actions.making import make_account
from schoolgate.accounts.actions.opening import open_duties
from schoolgate.accounts.actions.signing import ask_to_decide, check_open_for_decision, check_shown, sign
from schoolgate.accounts.actions.waiting import stop_waiting
from schoolgate.accounts.duty_kinds import DECIDE
from schoolgate.accounts.ladders import steps
from schoolgate.accounts.models import Proposal, Talk
from schoolgate.accounts.states import PROPOSAL_MOVES, ProposalState
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import discharge
from schoolgate.people.models import Person
from schoolgate.policy.actions import attest
from schoolgate.policy.queries import in_force
from schoolgate.policy.states import Attested

SUBJECTS = ("audience", "contributors", "purpose", "content")
"""What a policy may want discussed before a decision."""


@action
def record_talk(*, proposal: Proposal, by: Person, at: datetime, covers: Sequence[str]) -> Talk:
    """Record that this person discussed the proposal with its author, on their own sign-in.

    `covers`: which subjects. Whether the policy counts a discussion with this person is decided when it is
    asked. Raises NotAllowed, NotNow once it is decided, BadInput without a subject.
    """
    if proposal.state not in (ProposalState.DRAFT, ProposalState.SUBMITTED):
        raise NotNow(_("This proposal has been decided or withdrawn."), _("Open it again to see its status."))
    rules.check_may_talk_over(by, proposal, on=local_day(at))
    told = [subject for subject in SUBJECTS if subject in covers]
    if not told:
        raise BadInput({"covers": _("Tick what you discussed.")})
    talk = Talk.objects.create(proposal=proposal, by=by, covers=told, at=at)
    record("proposal.talked_over", subject=proposal, at=at, actor=by, talk=talk.pk)
    return talk


@action
def decide_proposal(
    *,
    proposal: Proposal,
    by: Person,
    at: datetime,
    approve: bool,
    seen: str,
    reason: str = "",
    reason_is_strong: bool | None = None,
) -> Proposal:
    """Approve or refuse a proposal, in the role that this policy lets decide.

    `seen`: digest of the proposal as it was shown. `reason` is compulsory for a refusal and is shown to the
    applicant. `reason_is_strong`: the decider's own judgement of it, where the policy asks for one. An
    approval creates the account, which then waits for what opening requires. Raises NotAllowed, NotNow,
    BadInput, Refused.
    """
    on = local_day(at)
    policy = in_force(on)
    check_open_for_decision(proposal)
    role = rules.check_may_decide(by, proposal, policy.book, on=on)
    in_order = steps(policy.book)
    if not in_order:  # a signature on another text is refused by the policy's own clause
        check_shown(proposal, seen)
    if not approve and not reason.strip():
        raise BadInput({"reason": _("Give a reason, so the applicant can do better next time.")})
    strong = reason_is_strong if approve else None
    kept = ask_to_decide(proposal, policy, by=by, approve=approve, role=role, seen=seen, strong=strong, at=at)
    check_shown(proposal, seen)
    if strong is not None:
        attest(kind=Attested.STRONG_REASON, about=proposal, by=by, at=at, seen=seen, answer=strong)
    if approve and in_order:
        sign(proposal, policy, by=by, step=len(in_order), role=role, seen=seen, kept=kept, at=at)
    move(
        proposal,
        to=ProposalState.APPROVED if approve else ProposalState.REFUSED,
        moves=PROPOSAL_MOVES,
        at=at,
        decided_at=at,
        decided_by=by,
        decision=kept,
        reason="" if approve else reason.strip(),
    )
    event = "proposal.accepted" if approve else "proposal.declined"
    record(event, subject=proposal, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    discharge(kind=DECIDE, subject=proposal, by=by, at=at, how="approved" if approve else "refused")
    stop_waiting(proposal, because="decided", by=by, at=at)
    if approve:
        account = make_account(proposal, policy, at=at)
        open_duties(account, policy, by=by, at=at)
    return proposal
