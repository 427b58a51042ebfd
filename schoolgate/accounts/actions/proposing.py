"""Start, save, submit and withdraw a proposal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import rules
from schoolgate.accounts.actions.making import make_account
from schoolgate.accounts.actions.proofs import ask_for_proofs
from schoolgate.accounts.actions.waiting import stop_waiting, wait_for_next
from schoolgate.accounts.answers import LONGEST, asked, people_in, read_answers
from schoolgate.accounts.editions import said_of
from schoolgate.accounts.facts import ask_about_deciding, considered_facts, propose_facts
from schoolgate.accounts.ladders import deciders, weighed_against
from schoolgate.accounts.models import Proposal, ProposalEdition
from schoolgate.accounts.states import PROPOSAL_MOVES, AccountKind, ProposalState
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.events import record
from schoolgate.core.leaving import check_words_of
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.networks.registry import network_keys
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, require, verdict
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force

YOUNGEST, OLDEST = 0, 25
CARRIED_OVER = (
    "name", "network", "kind", "pupils_in_audience", "youngest_pupil", "answers", "considered",
)  # fmt: skip
"""What a second try begins with."""


@action
def start_proposal(
    *, by: Person, at: datetime, school: School | None = None, second_try_of: Proposal | None = None
) -> Proposal:
    """Begin the case for an account. Raises NotAllowed where none of the person's roles proposes.

    `second_try_of`: a refused proposal of the same person, whose words the new one begins with; raises
    NotFound for another's, NotNow for one that was not refused.
    """
    on = local_day(at)
    if second_try_of is not None:
        rules.check_own_refused(by, second_try_of)
        school = school or second_try_of.school
    rules.check_may_propose(by, school, on=on)
    in_force(on)
    proposal = Proposal(by=by, school=school, started_at=at, saved_at=at)
    if second_try_of is not None:
        proposal.second_try_of = second_try_of
        for field in (
            "name",
            "network",
            "kind",
            "pupils_in_audience",
            "youngest_pupil",
            "answers",
            "considered",
        ):
            setattr(proposal, field, getattr(second_try_of, field))
    proposal.save()
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
    considered: Mapping[str, str] | None = None,
) -> Proposal:
    """Save the fields filled in so far, in place of the earlier ones; nothing has to be complete yet.

    `answers`, by the keys of the policy's form, are all answers; None leaves what is there, as it does for
    each other field. `considered`: the text for each thing against which the policy wants the idea weighed.
    Raises NotFound for another's draft, NotNow once it was submitted, BadInput by field.
    """
    rules.check_own_draft(by, proposal)
    fill_in(
        proposal,
        by=by,
        at=at,
        answers=answers,
        school=school,
        name=name,
        network=network,
        kind=kind,
        pupils_in_audience=pupils_in_audience,
        youngest_pupil=youngest_pupil,
        considered=considered,
    )
    proposal.saved_at = at
    proposal.save()
    return proposal


def fill_in(
    proposal: Proposal,
    *,
    by: Person,
    at: datetime,
    answers: Mapping[str, Any] | None = None,
    school: School | None = None,
    name: str | None = None,
    network: str | None = None,
    kind: str | None = None,
    pupils_in_audience: bool | None = None,
    youngest_pupil: int | None = None,
    considered: Mapping[str, str] | None = None,
) -> None:
    """Put what was filled in on the proposal, unsaved; as in `save_proposal`. Raises NotAllowed, BadInput."""
    if school is not None:
        rules.check_may_propose(by, school, on=local_day(at))
        proposal.school = school
    wrong = _put_own(proposal, name=name, network=network, kind=kind)
    if youngest_pupil is not None and not YOUNGEST <= youngest_pupil <= OLDEST:
        wrong["youngest_pupil"] = _("Enter an age in whole years.")
    if wrong:
        raise BadInput(wrong)
    if pupils_in_audience is not None:
        proposal.pupils_in_audience = pupils_in_audience
        proposal.youngest_pupil = youngest_pupil if pupils_in_audience else None
    book = in_force(local_day(at)).book
    if answers is not None:
        proposal.answers = read_answers(book.proposal_form, answers)
        _check_people(people_in(book.proposal_form, proposal.answers))
    if considered is not None:
        proposal.considered = _read_considered(weighed_against(book), considered)


@action
def submit_proposal(*, proposal: Proposal, by: Person, at: datetime) -> Proposal:
    """Submit the proposal, when it states what the policy asks for.

    It then waits for the first signature or for the role that decides; where the policy approves no proposal
    it needs neither, and the account can be set up at once. Raises BadInput for what the program needs,
    Refused with the decision that names what is missing and the clause that asks for it; WordsHeld.
    """
    rules.check_own_draft(by, proposal)
    rules.check_ready(proposal)
    check_words_of(proposal, by=by, at=at)
    policy = in_force(local_day(at))
    leave_out_what_is_not_asked(proposal, policy)
    proposal.save(update_fields=["answers"])
    thought = record_decision(
        "account.considered", considered_facts(proposal, policy, at=at), at=at, by=by, subject=proposal
    )
    kept = record_decision(
        "account.propose", propose_facts(proposal, policy, at=at), at=at, by=by, subject=proposal
    )
    require(kept)
    move(
        proposal,
        to=ProposalState.SUBMITTED,
        moves=PROPOSAL_MOVES,
        at=at,
        submitted_at=at,
        version=policy.version,
    )
    add_edition(proposal, by=by, at=at)
    clauses = list(dict.fromkeys((*kept.clauses, *thought.clauses)))
    record("proposal.submitted", subject=proposal, at=at, actor=by, clauses=clauses, decision=kept.pk)
    if deciders(policy.book):
        wait_for_next(proposal, policy, kept, at=at)
        ask_those_who_run_it(proposal, policy, kept, at=at)
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
    stop_waiting(proposal, because="withdrawn", by=by, at=at)
    record("proposal.withdrawn", subject=proposal, at=at, actor=by)
    return proposal


def leave_out_what_is_not_asked(proposal: Proposal, policy: PolicyInForce) -> None:
    """Remove the details of a choice that was not made: they are never shown, so no one signs them."""
    form = asked(policy.book.proposal_form, proposal.answers)
    proposal.answers = {
        point.key: proposal.answers[point.key] for point in form if point.key in proposal.answers
    }


def add_edition(proposal: Proposal, *, by: Person, at: datetime) -> ProposalEdition:
    """Save what the proposal says now, as its next edition."""
    number = proposal.editions.count() + 1
    return ProposalEdition.objects.create(
        proposal=proposal, number=number, said=said_of(proposal), by=by, at=at
    )


def ask_those_who_run_it(
    proposal: Proposal, policy: PolicyInForce, kept: DecisionRecord, *, at: datetime
) -> None:
    """Open the duties of those who are to run it and have not read, understood or been trained yet."""
    facts = ask_about_deciding(proposal, policy, at=at)
    decision = verdict("account.decide", facts, on=local_day(at))
    ask_for_proofs(decision, facts.case, policy, kept=kept, school=proposal.school, at=at)


def _put_own(
    proposal: Proposal, *, name: str | None, network: str | None, kind: str | None
) -> dict[str, Any]:
    """Put the program's own fields on the proposal; return what is wrong, by field."""
    wrong: dict[str, Any] = {}
    if name is not None:
        proposal.name = name.strip()
        if len(proposal.name) > 120:
            wrong["name"] = _("The name must be under 120 characters.")
    if network is not None:
        proposal.network = network
        if network and network not in network_keys():
            wrong["network"] = _("Choose a network.")
    if kind is not None:
        proposal.kind = kind
        if kind and kind not in AccountKind.values:
            wrong["kind"] = _("Choose the kind of account.")
    return wrong


def _read_considered(wanted: tuple[str, ...], given: Mapping[str, str]) -> dict[str, str]:
    wrong: dict[str, Any] = {
        key: _("This policy doesn’t ask for this. Leave it blank.") for key in given if key not in wanted
    }
    wrong |= {
        key: _("This is too long. Use fewer than 20,000 characters.")
        for key, words in given.items()
        if len(words) > LONGEST
    }
    if wrong:
        raise BadInput(wrong)
    return {key: given[key].strip() for key in wanted if given.get(key, "").strip()}


def _check_people(ids: list[int]) -> None:
    known = set(Person.objects.filter(pk__in=ids).values_list("pk", flat=True))
    if set(ids) - known:
        raise BadInput({"answers": _("We don’t recognise one of these people. Choose from the list.")})
