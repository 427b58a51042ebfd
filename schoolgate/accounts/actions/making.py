"""From a proposal that may go ahead to an account that waits to be opened.

Called by actions, inside theirs.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from schoolgate.accounts.facts import author_of, create_facts
from schoolgate.accounts.models import Account, ImportedAccount, Proposal, TeamMember
from schoolgate.accounts.states import AccountState, Part
from schoolgate.core.clock import local_day
from schoolgate.core.events import record
from schoolgate.policy.asking import answered, record_decision, require
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce

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
