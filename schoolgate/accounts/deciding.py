"""A proposal is signed part by part, discussed and decided on; each day it has a duty for who comes next;
what may go ahead becomes an account that waits to be opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import proposals
from schoolgate.accounts.duty_kinds import DECIDE, PUT_RIGHT, SIGN, SIGN_AGAIN
from schoolgate.accounts.models import (
    PROPOSAL_MOVES,
    Account,
    AccountKind,
    AccountState,
    ImportedAccount,
    Part,
    Proposal,
    ProposalState,
    SentBack,
    Signature,
    SignatureVoided,
    Talk,
    TeamMember,
)
from schoolgate.accounts.opening import open_duties
from schoolgate.accounts.proposal_form import deciders, steps, still_says
from schoolgate.accounts.proposals import actor, author_of, decide_facts, departures, shown_digest
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import check_words_of
from schoolgate.core.moves import move
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.duties import queries as duties
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.policy.asking import answered, record_decision, record_decisions, require, verdict, verdicts
from schoolgate.policy.models import Attested, DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.policy.saying import attest
from schoolgate.rulebook import Decision
from schoolgate.rulebook.situations.accounts import (
    AccountAwaits,
    AccountConsidered,
    AccountCreate,
    AccountSign,
    Signed,
)


def considered_facts(proposal: Proposal, policy: PolicyInForce, *, at: datetime) -> AccountConsidered:
    """Return the facts of considering an account. A network is new where the register never had an account
    there."""
    on = local_day(at)
    network = proposal.network or None
    return AccountConsidered.model_validate(
        {
            "now": at,
            "on": on,
            "by": actor(proposal.by, policy.book, on=on, school=proposal.school),
            "weighed": tuple(key for key, words in proposal.considered.items() if words),
            "network": network,
            "network_is_new": not Account.objects.filter(network=network).exists() if network else None,
            "from_day": _day(proposal.answers.get("go_live_date")),
            "to_day": _day(proposal.answers.get("closure_date")),
            "leaves": departures(proposal, policy.book, on=on),
        }
    )


def awaits_facts(proposal: Proposal, *, at: datetime) -> AccountAwaits:
    """Return the facts of a proposal that waits for a person. A number of days that the federation chose is
    part of its interpretation, so none is given beside it."""
    return AccountAwaits(
        now=at,
        on=local_day(at),
        received_on=local_day(proposal.submitted_at) if proposal.submitted_at else None,
        decided=proposal.state not in (ProposalState.DRAFT, ProposalState.SUBMITTED),
    )


def create_facts(
    account: Account, proposal: Proposal, policy: PolicyInForce, *, at: datetime
) -> AccountCreate:
    """Return the facts of entering an account in the register from its proposal: its kind and its form. What
    only its page shows (sign-in, name, practices) is not known yet."""
    on = local_day(at)
    form = "approved" if proposal.state == ProposalState.APPROVED else "complete"
    return AccountCreate.model_validate(
        {
            "now": at,
            "on": on,
            "by": actor(proposal.by, policy.book, on=on, school=proposal.school),
            "registered_as": "school-sanctioned",
            "teaching": account.kind == AccountKind.TEACHING,
            "run_by": person_key(author_of(proposal).pk),
            "speaks_for_school": True,
            "form": form,
        }
    )


def _day(said: Any) -> date | None:
    return stored_day(said) if said else None


EVERY = (DECIDE, SIGN, SIGN_AGAIN, PUT_RIGHT)


def wait_for_next(proposal: Proposal, policy: PolicyInForce, kept: DecisionRecord, *, at: datetime) -> None:
    """Open the duty of the next signer or decider. It has a deadline only where the policy gives one, or
    where the federation chose a number of days."""
    book = policy.book
    in_order = steps(book)
    signed = set(proposal.signatures.filter(voided=None).values_list("step", flat=True))
    open_steps = [number for number in range(1, len(in_order) + 1) if number not in signed]
    clauses = [
        clause
        for binding in book.pack.bindings
        if "account.decide" in binding.situations and binding.point in ("decider", "weighing", "order")
        for clause in binding.clauses
    ]
    given: dict[str, Any] = {
        "subject": proposal, "at": at, "school": proposal.school, "decision": kept,
        "about": author_of(proposal),
    }  # fmt: skip
    if open_steps and open_steps[0] < len(in_order):
        step = open_steps[0]
        if _asked_to_sign_again(proposal, policy, step, at=at):
            return
        given |= {"due": Due.none_promised(), "clauses": list(dict.fromkeys(clauses))}
        named = proposal.answers.get("line_manager") if step == 1 else None
        if named:
            open_duty(kind=SIGN, person=Person.objects.get(pk=named), **given)
        else:
            open_duty(kind=SIGN, role=book.role(in_order[step - 1]).key, **given)
        return
    owed = verdict("account.awaits", awaits_facts(proposal, at=at), on=local_day(at))
    given |= {"due": due_of_decision(owed), "clauses": list(dict.fromkeys((*owed.clauses, *clauses)))}
    open_duty(kind=DECIDE, role=book.role(deciders(book)[0]).key, **given)


def due_of_decision(owed: Decision) -> Due:
    """Return the deadline for the decision from the answer to account.awaits: a day, or no deadline."""
    for duty in owed.duties:
        return Due.of(duty.due)
    return Due.none_promised()


def stop_waiting(
    proposal: Proposal, *, because: str, by: Person | None, at: datetime, kinds: Sequence[str] = EVERY
) -> None:
    """Cancel the open duties: no one has to act any more. `because`: a short code."""
    cancel(kind=kinds, subject=proposal, because=because, at=at, by=by)


def _asked_to_sign_again(proposal: Proposal, policy: PolicyInForce, step: int, *, at: datetime) -> bool:
    """Return whether the last signer of this step has been asked to sign it again, and still may."""
    last: Signature | None = proposal.signatures.filter(step=step).order_by("-id").first()
    if last is None:
        return False
    named = proposal.answers.get("line_manager") if step == 1 else None
    role = steps(policy.book)[step - 1]
    still_may = can(proposals.check_signs_as, last.by, proposal, policy.book, role, on=local_day(at))
    if named not in (None, last.by_id) or not still_may:
        return False
    standing = duties.standing(SIGN_AGAIN, [proposal]).popitem()[1]
    return any(duty.person_id == last.by_id for duty in standing)


AT_ONCE = 200


@action
def chase_proposals(*, at: datetime, after: int = 0) -> int | None:
    """Give each undecided proposal a duty for those who decide, due on the day that the policy gives or the
    federation has chosen since. Duties that are right already are left alone.

    `after`: the id of the last one seen; returns the id to continue after, None when all are seen. The
    number of queries does not grow with proposals that are in order.
    """
    policy = in_force(local_day(at))
    if not deciders(policy.book) or steps(policy.book):
        return None
    rows = list(
        Proposal.objects.filter(state=ProposalState.SUBMITTED, pk__gt=after)
        .select_related("by", "school")
        .order_by("pk")[:AT_ONCE]
    )
    facts = [awaits_facts(row, at=at) for row in rows]
    answers = verdicts("account.awaits", facts, on=local_day(at))
    standing = duties.standing(DECIDE, rows) if rows else {}
    wrong = [
        (row, fact)
        for row, fact, answer in zip(rows, facts, answers, strict=True)
        if [duty.due for duty in standing[subject_of(row)]] != [due_of_decision(answer)]
    ]
    kept = (
        record_decisions("account.awaits", [(fact, row) for row, fact in wrong], at=at, by=None)
        if wrong
        else []
    )
    for (row, _fact), owed in zip(wrong, kept, strict=True):
        cancel(kind=DECIDE, subject=row, because="another_day", at=at)
        wait_for_next(row, policy, owed, at=at)
    return rows[-1].pk if len(rows) == AT_ONCE else None


OF_THE_FORM = ("account_kind", "form_approved", "form_filled_in")
"""The points of account.create that a proposal answers."""

_PARTS = (("run_by", Part.LEAD), ("administrators", Part.ADMINISTRATOR), ("moderators", Part.MODERATOR))


def make_account(proposal: Proposal, policy: PolicyInForce, *, at: datetime) -> Account:
    """Create the account that a proposal asks for, with the people it names; it is not open yet.

    Where the proposal is for an account that existed before Schoolgate, that account gets the proposal's
    values.
    """
    answers = proposal.answers
    groups = answers.get("audience") or []
    labels = {key: label for point in policy.book.proposal_form for key, label in point.options}
    said = {
        "proposal": proposal,
        "kind": proposal.kind,
        "purpose": answers.get("aim") or answers.get("purpose_reason") or "",
        "audience": answers.get("intended_audience") or ", ".join(labels.get(one, one) for one in groups),
        "visibility": answers.get("visibility") or "",
        "pupils_in_audience": proposal.pupils_in_audience,
        "youngest_pupil": proposal.youngest_pupil,
    }
    account = _there_before(proposal, said) or Account.objects.create(
        school=proposal.school, name=proposal.name, network=proposal.network, made_at=at, **said
    )
    day = local_day(at)
    there = set(account.team.filter(to_day=None).values_list("person_id", "part"))
    TeamMember.objects.bulk_create(
        TeamMember(account=account, person_id=person, part=part, from_day=day)
        for person, part in _team(proposal)
        if (person, part) not in there
    )
    entered = record_decision(
        "account.create",
        create_facts(account, proposal, policy, at=at),
        at=at,
        by=proposal.by,
        subject=account,
    )
    require(entered, *OF_THE_FORM)
    record(
        "account.made", subject=account, at=at, clauses=_rests_on(entered), decision=entered.pk,
        proposal=proposal.pk,
    )  # fmt: skip
    return account


def _there_before(proposal: Proposal, said: Mapping[str, Any]) -> Account | None:
    """Return the existing account that this proposal is for, with the proposal's values.

    Values that the proposal does not give stay as they were.
    """
    before = ImportedAccount.objects.filter(proposal=proposal).select_related("account__school").first()
    if before is None or before.account.state == AccountState.CLOSED:
        return None
    account = before.account
    for field, value in said.items():
        if value not in ("", None):
            setattr(account, field, value)
    account.save(update_fields=list(said))
    return account


def _rests_on(entered: DecisionRecord) -> list[str]:
    """Return the clauses that speak of the form and of the kind: the rest is not known before the page is
    seen."""
    found = (finding.clauses for point in OF_THE_FORM for finding in answered(entered).at(point))
    return list(dict.fromkeys(clause for clauses in found for clause in clauses))


def _team(proposal: Proposal) -> Iterator[tuple[int, Part]]:
    """Return the people the form names, with their parts; the proposed lead, where the form does not
    ask for leads."""
    if not proposal.answers.get("run_by"):
        yield author_of(proposal).pk, Part.LEAD
    for key, part in _PARTS:
        for person in proposal.answers.get(key) or []:
            yield person, part


def sign_facts(
    proposal: Proposal,
    policy: PolicyInForce,
    signatures: Iterable[Signature],
    *,
    by: Person | None,
    at: datetime,
    changed: Collection[str] = (),
    now_signs: Signed | None = None,
) -> AccountSign:
    """Return the facts of checking these signatures, or of adding one.

    `changed`: keys of the fields that differ from what was signed, or will. The date of a signature is the
    day on which the program took it: no one types it.
    """
    names = policy.book.role_names
    signed = [
        Signed.model_validate(
            {
                "role": names[row.role_key],
                "by": person_key(row.by_id),
                "dated": local_day(row.at),
                "on": local_day(row.at),
                "leaves_out": tuple(row.leaves_out),
                "aims_unchanged": still_says("aims", changed),
                "content_unchanged": still_says("content", changed),
            }
        )
        for row in signatures
        if row.role_key in names
    ]
    on = local_day(at)
    return AccountSign(
        now=at,
        on=on,
        by=actor(by, policy.book, on=on, school=proposal.school) if by else None,
        signed=(*signed, *([now_signs] if now_signs else ())),
    )


def about_to_sign(by: Person, role: str, *, leaves_out: Sequence[str], at: datetime) -> Signed:
    """Return the signature about to be given, as a fact: dated by the program, covering what is shown."""
    day = local_day(at)
    return Signed.model_validate(
        {
            "role": role,
            "by": person_key(by.pk),
            "dated": day,
            "on": day,
            "leaves_out": tuple(leaves_out),
            "aims_unchanged": True,
            "content_unchanged": True,
        }
    )


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
    step, role = proposals.part_to_sign(by, proposal, policy.book, on=on)
    if step == len(steps(policy.book)):
        raise NotNow(
            _("The last part of the form is signed when the decision is made."),
            _("The person who decides approves or declines on the same page."),
        )
    kept = ask_to_decide(proposal, policy, by=by, approve=True, role=role, seen=seen, strong=None, at=at)
    proposals.check_signs_as(by, proposal, policy.book, role, on=on)
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
    _step, role = proposals.part_to_sign(by, proposal, policy.book, on=on)
    proposals.check_signs_as(by, proposal, policy.book, role, on=on)
    if not words.strip():
        raise BadInput({"words": _("Enter the changes needed.")})
    back = SentBack.objects.create(
        proposal=proposal, by=by, role_key=policy.book.role(role).key, at=at, words=words.strip()
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
        role_key=policy.book.role(role).key,
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
    proposals.check_may_talk_over(by, proposal, on=local_day(at))
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
    role = proposals.check_may_decide(by, proposal, policy.book, on=on)
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
