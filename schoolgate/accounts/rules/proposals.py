"""Check who may propose, discuss, sign and decide; and whether it may happen now."""

from collections.abc import Sequence
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.facts import author_of
from schoolgate.accounts.ladders import deciders, role_key, steps
from schoolgate.accounts.models import Proposal
from schoolgate.accounts.states import ProposalState
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.leaving import Leaving, read_by_two
from schoolgate.core.models import School
from schoolgate.networks.registry import network_keys
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, capacities, role_keys
from schoolgate.people.rules import check_capacity
from schoolgate.rulebook import Book


def check_may_propose(by: Person, school: School | None, *, on: date) -> None:
    """Raise NotAllowed unless one of the person's roles lets them propose, there or, without a school,
    anywhere."""
    check_capacity(by, "propose_account", on=on, school=school, anywhere=school is None)


def check_own_draft(by: Person, proposal: Proposal) -> None:
    """Raise NotFound for another person's draft, which only its writer sees; NotNow once it was submitted."""
    if proposal.by_id != by.pk:
        raise NotFound
    if proposal.state != ProposalState.DRAFT:
        raise NotNow(
            _("This proposal has been sent for approval and can’t be changed."),
            _("Withdraw it, or ask the person who decides to request changes."),
        )


def check_ready(proposal: Proposal) -> None:
    """Raise BadInput for what the program needs to know of any account, whatever the policy asks."""
    missing: dict[str, Text] = {}
    if not proposal.name:
        missing["name"] = _("Enter a name for the account.")
    if proposal.network not in network_keys():
        missing["network"] = _("Choose a network.")
    if not proposal.kind:
        missing["kind"] = _("Choose the kind of account.")
    if missing:
        raise BadInput(missing)


def _leaving(proposal: Proposal) -> Leaving:
    """Return the words of a proposal that the register shows once there is an account."""
    said = {name: str(proposal.answers.get(name) or "") for name in ("aim", "purpose_reason")}
    words = {"name": proposal.name, **said}
    return Leaving(Door.REGISTER, words, about=proposal, school=proposal.school)


read_by_two("accounts.proposal", _leaving)


def part_to_sign(by: Person, proposal: Proposal, book: Book, *, on: date) -> tuple[int, str]:
    """Return the step and the policy's role in which this person signs: their first open one, else the next
    step in turn.

    The policy says whether it is that step's turn, and whether this person may take it: a person who holds
    none of the roles, signs a second time or has left is refused by the clause. Raises NotNow where
    everything is signed.
    """
    signed = set(proposal.signatures.filter(voided=None).values_list("step", flat=True))
    still_open = [(number, name) for number, name in enumerate(steps(book), start=1) if number not in signed]
    if not still_open:
        raise NotNow(_("Every part of the form is already signed."), _("Open it again to see its status."))
    held = _roles_held(by, proposal, on=on)
    mine = [(number, name) for number, name in still_open if role_key(book, name) in held]
    return (mine or still_open)[0]


def check_signs_as(by: Person, proposal: Proposal, book: Book, role: str, *, on: date) -> None:
    """Raise NotAllowed unless the person holds this role of the policy there: the final check, for a policy
    that would let anyone sign."""
    if role_key(book, role) not in _roles_held(by, proposal, on=on):
        raise NotAllowed(
            format_lazy(_("This form must be signed by: {roles}."), roles=", ".join(steps(book))),
            _("If one of these roles is yours, ask the person who manages people here."),
        )


def check_own_waiting(by: Person, proposal: Proposal) -> None:
    """Raise NotFound for another person's proposal; NotNow unless it waits for its decision."""
    if proposal.by_id != by.pk:
        raise NotFound
    if proposal.state != ProposalState.SUBMITTED:
        raise NotNow(
            _("Only a proposal awaiting a decision can be changed."),
            _("Open it again to see its status."),
        )


def check_own_refused(by: Person, proposal: Proposal) -> None:
    """Raise NotFound for another person's proposal; NotNow unless it was refused."""
    if proposal.by_id != by.pk:
        raise NotFound
    if proposal.state != ProposalState.REFUSED:
        raise NotNow(_("You can only try again after a refusal."), _("Start a new proposal instead."))


def check_may_decide(by: Person, proposal: Proposal, book: Book, *, on: date) -> str:
    """Return the policy's role in which the person decides; raise NotAllowed where none of theirs may.

    The capacity must come from the deciding role itself: a person who may approve other things does not
    decide here.
    """
    check_capacity(by, "decide_account", on=on, school=proposal.school, about=author_of(proposal))
    held = _roles_held(by, proposal, on=on)
    for name in deciders(book):
        if role_key(book, name) in held:
            return name
    raise NotAllowed(
        format_lazy(
            _("Under this policy, proposals are decided by: {roles}."), roles=", ".join(deciders(book))
        ),
        _("Ask one of them."),
    )


def check_may_allow(by: Person, proposal: Proposal, person: Person, book: Book, *, on: date) -> str:
    """Return the policy's role in which someone lets a person who isn't employed take a part; raise
    NotAllowed unless they decide on the proposal and it is someone else, NotNow while it isn't sent or was
    refused."""
    role = check_may_decide(by, proposal, book, on=on)
    if by.pk == person.pk:
        raise NotAllowed(
            _("You can’t give yourself permission."), _("Ask someone else who decides on accounts.")
        )
    if proposal.state not in (ProposalState.SUBMITTED, ProposalState.APPROVED):
        raise NotNow(
            _("Only people in a proposal that was sent or approved can be given permission."),
            _("Open it again to see its status."),
        )
    return role


def may_see_proposal(by: Person, proposal: Proposal, *, on: date) -> bool:
    """Return whether a person may see the proposal: a draft only its writer; once submitted, also those who
    decide, sign, oversee or advise."""
    if proposal.by_id == by.pk:
        return True
    if proposal.state == ProposalState.DRAFT:
        return False
    held = capacities(by, on=on, school=proposal.school, about=author_of(proposal))
    return bool(held & {"decide_account", "oversee", "open_account", "administer", "advise"})


def check_may_talk_over(by: Person, proposal: Proposal, *, on: date) -> None:
    """Raise NotAllowed for the applicant and the author, and for people who neither decide nor advise
    there."""
    if by.pk in (proposal.by_id, author_of(proposal).pk):
        raise NotAllowed(
            _("Only the person you talked to can confirm this."),
            _("Ask them to sign in and say so themselves."),
        )
    held = capacities(by, on=on, school=proposal.school, about=author_of(proposal))
    if not held & {"decide_account", "advise"}:
        check_capacity(by, "advise", on=on, school=proposal.school, about=author_of(proposal))


def _roles_held(by: Person, proposal: Proposal, *, on: date) -> Sequence[str]:
    where = Where(school=proposal.school, about=author_of(proposal))
    return role_keys(by, where, on=on)
