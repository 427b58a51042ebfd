"""A proposal is talked over, signed part by part, and decided."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import rules
from schoolgate.accounts.actions.making import make_account
from schoolgate.accounts.actions.opening import open_duties
from schoolgate.accounts.actions.proposing import DECIDE, SIGN, wait_for_next
from schoolgate.accounts.facts import decide_facts, shown_digest
from schoolgate.accounts.ladders import role_key, steps
from schoolgate.accounts.models import Proposal, Signature, Talk
from schoolgate.accounts.states import PROPOSAL_MOVES, ProposalState
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, discharge
from schoolgate.people.models import Person
from schoolgate.policy.actions import attest
from schoolgate.policy.asking import keep, require
from schoolgate.policy.models import Kept
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.policy.states import Attested

SUBJECTS = ("audience", "contributors", "purpose", "content")
"""What a policy may ask to be talked over before a decision."""


@action
def record_talk(*, proposal: Proposal, by: Person, at: datetime, covers: Sequence[str]) -> Talk:
    """Keep that this person talked the proposal over with its author; said by their own sign-in.

    `covers`: which subjects. Whether the policy counts a talk with this person is decided when it is asked.
    Raises NotAllowed, NotNow once it is decided, BadInput without a subject.
    """
    if proposal.state not in (ProposalState.DRAFT, ProposalState.SUBMITTED):
        raise NotNow(_("This proposal is decided already."))
    rules.check_may_talk_over(by, proposal, on=local_day(at))
    told = [subject for subject in SUBJECTS if subject in covers]
    if not told:
        raise BadInput({"covers": _("Mark what you talked over.")})
    talk = Talk.objects.create(proposal=proposal, by=by, covers=told, at=at)
    record("proposal.talked_over", subject=proposal, at=at, actor=by, talk=talk.pk)
    return talk


@action
def sign_proposal(*, proposal: Proposal, by: Person, at: datetime, seen: str) -> Signature:
    """Sign the part of the form that the person's role signs, before the last one.

    `seen`: digest of the proposal as it was shown (`facts.shown_digest`); the signature covers that text. The
    last part is signed by deciding. Raises NotAllowed, NotNow, Refused (out of order, a second time, one's
    own).
    """
    on = local_day(at)
    policy = in_force(on)
    _check_open_for_decision(proposal)
    step, role = rules.part_to_sign(by, proposal, policy.book, on=on)
    if step == len(steps(policy.book)):
        raise NotNow(_("The last part of the form is signed by deciding."))
    _check_shown(proposal, seen)
    kept = _asked(proposal, policy, by=by, approve=True, role=role, seen=seen, strong=None, at=at)
    signature = _sign(proposal, policy, by=by, step=step, role=role, seen=seen, kept=kept, at=at)
    discharge(kind=SIGN, subject=proposal, by=by, at=at, how="signed")
    wait_for_next(proposal, policy, kept, at=at)
    return signature


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
    """Say yes or no to a proposal, in the role that this policy lets decide.

    `seen`: digest of the proposal as it was shown. `reason` is compulsory for a no and is shown to the
    applicant. `reason_is_strong`: the decider's own word on it, where the policy asks for one. A yes makes
    the account, which then waits for what opening asks. Raises NotAllowed, NotNow, BadInput, Refused.
    """
    on = local_day(at)
    policy = in_force(on)
    _check_open_for_decision(proposal)
    role = rules.check_may_decide(by, proposal, policy.book, on=on)
    _check_shown(proposal, seen)
    if not approve and not reason.strip():
        raise BadInput({"reason": _("Say why, so that the applicant can do better next time.")})
    strong = reason_is_strong if approve else None
    kept = _asked(proposal, policy, by=by, approve=approve, role=role, seen=seen, strong=strong, at=at)
    if strong is not None:
        attest(kind=Attested.STRONG_REASON, about=proposal, by=by, at=at, seen=seen, answer=strong)
    in_order = steps(policy.book)
    if approve and in_order:
        _sign(proposal, policy, by=by, step=len(in_order), role=role, seen=seen, kept=kept, at=at)
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
    cancel(kind=SIGN, subject=proposal, because="decided", at=at, by=by)
    if approve:
        account = make_account(proposal, policy, at=at)
        open_duties(account, policy, by=by, at=at)
    return proposal


def _asked(
    proposal: Proposal,
    policy: PolicyInForce,
    *,
    by: Person,
    approve: bool,
    role: str,
    seen: str,
    strong: bool | None,
    at: datetime,
) -> Kept:
    facts = decide_facts(
        proposal,
        policy,
        by=by,
        act="approve" if approve else "reject",
        acting_role=role,
        seen=seen,
        reason_is_strong=strong,
        at=at,
    )
    kept = keep("account.decide", facts, at=at, by=by, subject=proposal)
    require(kept)
    return kept


def _sign(
    proposal: Proposal,
    policy: PolicyInForce,
    *,
    by: Person,
    step: int,
    role: str,
    seen: str,
    kept: Kept,
    at: datetime,
) -> Signature:
    signature = Signature.objects.create(
        proposal=proposal,
        step=step,
        role_key=role_key(policy.book, role),
        by=by,
        at=at,
        seen_digest=seen,
        decision=kept,
    )
    record(
        "proposal.signed",
        subject=proposal,
        at=at,
        actor=by,
        clauses=kept.clauses,
        decision=kept.pk,
        step=step,
        seen=seen,
    )
    return signature


def _check_open_for_decision(proposal: Proposal) -> None:
    """Lock the proposal, so that of two who sign or decide at once the second sees what the first did."""
    fresh = Proposal.objects.select_for_update().only("state").filter(pk=proposal.pk).first()
    if fresh is None or fresh.state != ProposalState.SUBMITTED or proposal.state != ProposalState.SUBMITTED:
        raise NotNow(
            _("This proposal does not wait for a decision."), _("Open it again to see where it stands.")
        )


def _check_shown(proposal: Proposal, seen: str) -> None:
    if seen != shown_digest(proposal):
        raise NotNow(
            _("The proposal has changed since it was shown to you."), _("Read it again, then decide.")
        )
