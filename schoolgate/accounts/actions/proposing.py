"""A proposal is started, saved as it is written, handed in, and withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import rules
from schoolgate.accounts.actions.making import make_account
from schoolgate.accounts.actions.proofs import ask_for_proofs
from schoolgate.accounts.answers import people_in, read_answers
from schoolgate.accounts.facts import ask_about_deciding, propose_facts
from schoolgate.accounts.ladders import deciders, role_key, steps
from schoolgate.accounts.models import Proposal
from schoolgate.accounts.states import PROPOSAL_MOVES, AccountKind, ProposalState
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, open_duty
from schoolgate.duties.due import Due
from schoolgate.networks.registry import network_keys
from schoolgate.people.models import Person
from schoolgate.policy.asking import keep, require, verdict
from schoolgate.policy.models import Kept
from schoolgate.policy.queries import PolicyInForce, in_force

DECIDE = "accounts.decide"
SIGN = "accounts.sign"
YOUNGEST, OLDEST = 0, 25


@action
def start_proposal(*, by: Person, at: datetime, school: School | None = None) -> Proposal:
    """Begin the case for an account. Raises NotAllowed where none of the person's roles proposes."""
    on = local_day(at)
    rules.check_may_propose(by, school, on=on)
    in_force(on)
    proposal = Proposal.objects.create(by=by, school=school, started_at=at, saved_at=at)
    record("proposal.made", subject=proposal, at=at, actor=by)
    return proposal


@action
def save_proposal(
    *,
    proposal: Proposal,
    by: Person,
    at: datetime,
    answers: Mapping[str, Any] | None = None,
    school: School | None = None,
    name: str | None = None,
    network: str | None = None,
    kind: str | None = None,
    pupils_in_audience: bool | None = None,
    youngest_pupil: int | None = None,
) -> Proposal:
    """Save what was filled in so far, in place of what was there; nothing has to be complete yet.

    `answers`, by the keys of the policy's form, are all answers; None leaves what is there, as it does for
    each other field. Raises NotFound for another's draft, NotNow once it was handed in, BadInput by field.
    """
    rules.check_own_draft(by, proposal)
    if school is not None:
        rules.check_may_propose(by, school, on=local_day(at))
        proposal.school = school
    wrong: dict[str, Any] = {}
    if name is not None:
        proposal.name = name.strip()
        if len(proposal.name) > 120:
            wrong["name"] = _("Keep the name under 120 characters.")
    if network is not None:
        proposal.network = network
        if network and network not in network_keys():
            wrong["network"] = _("Choose the network.")
    if kind is not None:
        proposal.kind = kind
        if kind and kind not in AccountKind.values:
            wrong["kind"] = _("Say what kind of account it is.")
    if youngest_pupil is not None and not YOUNGEST <= youngest_pupil <= OLDEST:
        wrong["youngest_pupil"] = _("Give an age in whole years.")
    if wrong:
        raise BadInput(wrong)
    if pupils_in_audience is not None:
        proposal.pupils_in_audience = pupils_in_audience
        proposal.youngest_pupil = youngest_pupil if pupils_in_audience else None
    if answers is not None:
        form = in_force(local_day(at)).book.proposal_form
        proposal.answers = read_answers(form, answers)
        _check_people(people_in(form, proposal.answers))
    proposal.saved_at = at
    proposal.save()
    return proposal


@action
def submit_proposal(*, proposal: Proposal, by: Person, at: datetime) -> Proposal:
    """Hand the proposal in, when it states what the policy asks for.

    It then waits for the first signature or for the role that decides; where the policy approves no proposal
    it needs neither, and the account can be set up at once. Raises BadInput for what the program needs,
    Refused with the decision that names what is missing and the clause that asks for it.
    """
    rules.check_own_draft(by, proposal)
    rules.check_ready(proposal)
    policy = in_force(local_day(at))
    kept = keep("account.propose", propose_facts(proposal, policy, at=at), at=at, by=by, subject=proposal)
    require(kept)
    move(
        proposal,
        to=ProposalState.SUBMITTED,
        moves=PROPOSAL_MOVES,
        at=at,
        submitted_at=at,
        version=policy.version,
    )
    record("proposal.submitted", subject=proposal, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    if deciders(policy.book):
        wait_for_next(proposal, policy, kept, at=at)
        facts = ask_about_deciding(proposal, policy, at=at)
        decision = verdict("account.decide", facts, on=local_day(at))
        ask_for_proofs(decision, facts.case, policy, kept=kept, school=proposal.school, at=at)
    else:
        move(proposal, to=ProposalState.NOTED, moves=PROPOSAL_MOVES, at=at, decided_at=at)
        make_account(proposal, policy, at=at)
    return proposal


@action
def withdraw_proposal(*, proposal: Proposal, by: Person, at: datetime) -> Proposal:
    """Take a proposal back before it is decided. Raises NotFound for another's, NotNow once it is decided."""
    if proposal.by_id != by.pk:
        raise NotFound
    move(proposal, to=ProposalState.WITHDRAWN, moves=PROPOSAL_MOVES, at=at)
    for kind in (DECIDE, SIGN):
        cancel(kind=kind, subject=proposal, because="withdrawn", at=at, by=by)
    record("proposal.withdrawn", subject=proposal, at=at, actor=by)
    return proposal


def wait_for_next(proposal: Proposal, policy: PolicyInForce, kept: Kept, *, at: datetime) -> None:
    """Open the duty of whoever signs or decides next. No policy gives a time for it, so none is promised."""
    book = policy.book
    in_order = steps(book)
    signed = proposal.signatures.count()
    clauses = [
        clause
        for binding in book.pack.bindings
        if "account.decide" in binding.situations and binding.point in ("decider", "weighing", "order")
        for clause in binding.clauses
    ]
    given: dict[str, Any] = {
        "subject": proposal, "at": at, "due": Due.none_promised(), "school": proposal.school,
        "clauses": list(dict.fromkeys(clauses)), "decision": kept,
    }  # fmt: skip
    if signed < len(in_order) - 1:
        named = proposal.answers.get("line_manager") if signed == 0 else None
        if named:
            open_duty(kind=SIGN, person=Person.objects.get(pk=named), **given)
        else:
            open_duty(kind=SIGN, role=role_key(book, in_order[signed]), **given)
        return
    open_duty(kind=DECIDE, role=role_key(book, deciders(book)[0]), **given)


def _check_people(ids: list[int]) -> None:
    known = set(Person.objects.filter(pk__in=ids).values_list("pk", flat=True))
    if set(ids) - known:
        raise BadInput({"answers": _("One of the people is not known here.")})
