"""Sign a form part by part, or send it back with a reason."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import rules
from schoolgate.accounts.actions.waiting import wait_for_next
from schoolgate.accounts.duty_kinds import PUT_RIGHT, SIGN, SIGN_AGAIN
from schoolgate.accounts.facts import about_to_sign, decide_facts, shown_digest, sign_facts
from schoolgate.accounts.ladders import role_key, steps
from schoolgate.accounts.models import Proposal, SentBack, Signature, SignatureVoided
from schoolgate.accounts.states import ProposalState
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import check_words_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force

COVERED = ("aims", "content", "brand", "logo")
"""What a signer may exclude from the signature."""


@action
def sign_proposal(
    *, proposal: Proposal, by: Person, at: datetime, seen: str, leaves_out: Sequence[str] = ()
) -> Signature:
    """Sign the part of the form that the person's role signs, before the last one.

    `seen`: digest of the proposal as it was shown (`facts.shown_digest`); the signature covers that text.
    `leaves_out`: what it does not approve (of COVERED), which a policy with one declaration for all
    refuses. The program sets the date itself. The last part is signed by deciding. Raises NotAllowed,
    NotNow, Refused (not theirs to sign, out of order, a second time, their own, changed since it was
    shown).
    """
    on = local_day(at)
    policy = in_force(on)
    check_open_for_decision(proposal)
    step, role = rules.part_to_sign(by, proposal, policy.book, on=on)
    if step == len(steps(policy.book)):
        raise NotNow(
            _("The last part of the form is signed when the decision is made."),
            _("The person who decides approves or declines on the same page."),
        )
    kept = ask_to_decide(proposal, policy, by=by, approve=True, role=role, seen=seen, strong=None, at=at)
    rules.check_signs_as(by, proposal, policy.book, role, on=on)
    check_shown(proposal, seen)
    signature = sign(
        proposal, policy, by=by, step=step, role=role, seen=seen, kept=kept, at=at, leaves_out=leaves_out
    )
    discharge(kind=SIGN, subject=proposal, by=by, at=at, how="signed")
    discharge(kind=SIGN_AGAIN, subject=proposal, by=by, at=at, how="signed", person=by)
    if signature.instead_of is not None:  # another person signs in this place now
        before = signature.instead_of.signature.by
        cancel(kind=SIGN_AGAIN, subject=proposal, because="signed", at=at, by=by, person=before)
    wait_for_next(proposal, policy, kept, at=at)
    return signature


@action
def send_back(*, proposal: Proposal, by: Person, at: datetime, words: str) -> SentBack:
    """Refuse to sign, and tell the applicant why. The form stays as it is until the applicant changes it.

    Raises NotAllowed for people who sign no open part of it, NotNow once it is decided, BadInput without
    words.
    """
    on = local_day(at)
    policy = in_force(on)
    check_open_for_decision(proposal)
    _step, role = rules.part_to_sign(by, proposal, policy.book, on=on)
    rules.check_signs_as(by, proposal, policy.book, role, on=on)
    if not words.strip():
        raise BadInput({"words": _("Enter the changes needed.")})
    back = SentBack.objects.create(
        proposal=proposal, by=by, role_key=role_key(policy.book, role), at=at, words=words.strip()
    )
    record("proposal.sent_back", subject=proposal, at=at, actor=by, back=back.pk)
    open_duty(
        kind=PUT_RIGHT, subject=proposal, at=at, due=Due.none_promised(), person=proposal.by,
        school=proposal.school,
    )  # fmt: skip
    return back


def ask_to_decide(
    proposal: Proposal,
    policy: PolicyInForce,
    *,
    by: Person,
    approve: bool,
    role: str,
    seen: str,
    strong: bool | None,
    at: datetime,
) -> DecisionRecord:
    """Return the recorded answer to a signature or a decision by this person. Raises Refused; WordsHeld for a
    yes to words that wait for an answer."""
    if approve:
        check_words_of(proposal, by=by, at=at)
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
    kept = record_decision("account.decide", facts, at=at, by=by, subject=proposal)
    require(kept)
    return kept


def sign(
    proposal: Proposal,
    policy: PolicyInForce,
    *,
    by: Person,
    step: int,
    role: str,
    seen: str,
    kept: DecisionRecord,
    at: datetime,
    leaves_out: Sequence[str] = (),
) -> Signature:
    """Add a signature, in the place of one that was voided where there is one. Raises BadInput, Refused."""
    if set(leaves_out) - set(COVERED):
        raise BadInput({"leaves_out": _("Choose from the list.")})
    standing = proposal.signatures.filter(voided=None).order_by("step")
    adding = about_to_sign(by, role, leaves_out=leaves_out, at=at)
    facts = sign_facts(proposal, policy, standing, by=by, at=at, now_signs=adding)
    looked_at = record_decision("account.sign", facts, at=at, by=by, subject=proposal)
    require(looked_at)
    signature = Signature.objects.create(
        proposal=proposal,
        step=step,
        role_key=role_key(policy.book, role),
        by=by,
        at=at,
        seen_digest=seen,
        edition=proposal.editions.order_by("-number").first(),
        leaves_out=list(leaves_out),
        instead_of=SignatureVoided.objects.select_related("signature__by")
        .filter(signature__proposal=proposal, signature__step=step, given_instead=None)
        .first(),
        round=SignatureVoided.objects.filter(signature__proposal=proposal).count(),
        decision=kept,
    )
    record(
        "proposal.signed",
        subject=proposal,
        at=at,
        actor=by,
        clauses=list(dict.fromkeys((*kept.clauses, *looked_at.clauses))),
        decision=kept.pk,
        step=step,
        seen=seen,
    )
    return signature


def check_open_for_decision(proposal: Proposal) -> None:
    """Lock the proposal, so that of two people who sign or decide at once the second sees what the first
    did."""
    fresh = Proposal.objects.select_for_update().only("state").filter(pk=proposal.pk).first()
    if fresh is None or fresh.state != ProposalState.SUBMITTED or proposal.state != ProposalState.SUBMITTED:
        raise NotNow(_("This proposal isn’t awaiting a decision."), _("Open it again to see its status."))


def check_shown(proposal: Proposal, seen: str) -> None:
    """Raise NotNow where the proposal differs from what was shown."""
    if seen != shown_digest(proposal):
        raise NotNow(_("The proposal has changed since you opened it."), _("Read it again, then decide."))
