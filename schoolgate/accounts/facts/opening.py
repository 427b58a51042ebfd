"""From rows to the facts of account.open."""

from collections.abc import Iterable
from datetime import date, datetime

from schoolgate.accounts.facts.proposals import (
    actor,
    author_of,
    case_for,
    departures,
    permission_on,
    placed,
    role_names,
    runners,
    signature_facts,
)
from schoolgate.accounts.facts.seen import standing
from schoolgate.accounts.models import Account, Proposal
from schoolgate.accounts.states import ProposalState
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.people.models import Permission, Person
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook import Book
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.situations.account_open import AccountOpen, DecisionTaken, Notice, Profile
from schoolgate.rulebook.situations.case import Case


def open_facts(account: Account, policy: PolicyInForce, *, by: Person, at: datetime) -> AccountOpen:
    """Return the facts of opening an account, with the profile checks that still count."""
    on = local_day(at)
    proposal = account.proposal
    seen = standing(account, policy.book)
    profile = Profile.model_validate({key: seen[key] for key in seen if key in Profile.model_fields})
    setup = {key: seen[key] for key in seen if key in AccountOpen.model_fields}
    case = case_for(proposal, policy, on=on) if proposal else Case()
    if not case.run_by and not case.administrators:
        team = [member.person for member in account.team.filter(to_day=None).select_related("person")]
        people = tuple(runners(team, policy.version, on=on).values())
        case = case.model_copy(update={"run_by": people, "administrators": (), "moderators": ()})
    return AccountOpen(
        now=at,
        on=on,
        by=actor(by, policy.book, on=on, school=account.school),
        decision=_decision(proposal, policy.book),
        signatures=signature_facts(proposal, policy.book) if proposal else (),
        kind=account.kind or None,
        placed=placed(account),
        case=case,
        profile=profile,
        permissions=_permissions(account, policy.book, on=on),
        notices=_notices(account, policy.book),
        leaves=departures(account, policy.book, on=on),
        **setup,
    )


def _permissions(account: Account, book: Book, *, on: date) -> tuple[known.Given, ...]:
    names = book.role_names
    rows: Iterable[Permission] = permission_on(on).filter(
        subject=subject_of(account), covers__in=["name", "logo", "account"]
    )
    return tuple(
        known.Given(
            by=person_key(row.given_by_id),
            roles=(names[row.role_key],),
            at=row.at,
            written=row.written,
            covers=(row.covers,),
        )
        for row in rows
        if row.role_key in names
    )


def _notices(account: Account, book: Book) -> tuple[Notice, ...]:
    names = book.role_names
    return tuple(
        Notice.model_validate(
            {
                "to_roles": (names[row.to_role_key],),
                "covers": tuple(
                    what for what, said in (("address", row.address), ("identity", row.identity)) if said
                ),
                "at": row.at,
            }
        )
        for row in account.notices.order_by("id")
        if row.to_role_key in names
    )


def _decision(proposal: Proposal | None, book: Book) -> DecisionTaken | None:
    if proposal is None:
        return None
    if proposal.decided_by is None or proposal.decided_at is None:
        return DecisionTaken(outcome="waiting")
    on = local_day(proposal.decided_at)
    return DecisionTaken(
        outcome="approved" if proposal.state == ProposalState.APPROVED else "rejected",
        by=person_key(proposal.decided_by.pk),
        roles=role_names(proposal.decided_by, book, on=on, school=proposal.school, about=author_of(proposal)),
        at=proposal.decided_at,
    )
