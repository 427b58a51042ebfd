"""What the rows show of the steps of first walks: True or False, or None where rows cannot tell."""

from __future__ import annotations

from schoolgate.accounts.models import Account, Look, Proposal, TeamMember
from schoolgate.accounts.states import AccountState, ProposalState
from schoolgate.core.errors import NotNow
from schoolgate.core.models import Safeguarder, School, Term
from schoolgate.inbox.models import Answer, Item
from schoolgate.inbox.states import ItemState
from schoolgate.people.models import Holding
from schoolgate.people.queries import held_on, holders_of_capacity
from schoolgate.policy.models import Asking, Attestation
from schoolgate.policy.queries import in_force
from schoolgate.policy.states import Attested
from schoolgate.publishing.models import Approval, Post
from schoolgate.publishing.states import PostState
from schoolgate.web.frame.doors import Visit

SAFEGUARDS = ("see_incidents",)


def is_told(visit: Visit) -> bool:
    """Who sees reports under the policy, and who leads on safeguarding here, whatever the policy calls it."""
    if visit.capacities & set(SAFEGUARDS):
        return True
    return Safeguarder.objects.filter(person_id=visit.person.pk, ended_at=None).exists()


def said_it(visit: Visit) -> bool | None:
    """Whether somebody who was asked to read the policy has said so; None for those whom nobody asked."""
    version = in_force(visit.on).version
    if not Asking.objects.filter(person=visit.person, version=version).exists():
        return None
    return Attestation.objects.filter(
        by=visit.person, kind=Attested.POLICY_READ, subject=f"policy.policyversion:{version.pk}"
    ).exists()


def wrote(visit: Visit) -> bool:
    """Whether they have written a post."""
    return Post.objects.filter(author=visit.person).exists()


def handed_in(visit: Visit) -> bool:
    """Whether a post of theirs was handed in."""
    rows = Post.objects.filter(author=visit.person)
    return rows.exclude(state__in=[PostState.DRAFT, PostState.WITHDRAWN]).exists()


def looked_in(visit: Visit) -> bool | None:
    """None for those who run no account: there is nothing to look in on."""
    if Look.objects.filter(by=visit.person).exists():
        return True
    return False if TeamMember.objects.filter(person=visit.person, to_day=None).exists() else None


def answered(visit: Visit) -> bool | None:
    """None while nothing waits and nothing was answered: then a look at the inbox is all there is."""
    if Answer.objects.filter(by=visit.person).exists():
        return True
    return False if Item.objects.filter(state=ItemState.OPEN).exists() else None


def approved(visit: Visit) -> bool | None:
    """None while no post waits."""
    if Approval.objects.filter(by=visit.person).exists():
        return True
    return (
        False
        if Post.objects.filter(state=PostState.SUBMITTED).exclude(author=visit.person).exists()
        else None
    )


def decided(visit: Visit) -> bool | None:
    """None while no proposal waits."""
    if Proposal.objects.filter(decided_by=visit.person).exists():
        return True
    return False if Proposal.objects.filter(state=ProposalState.SUBMITTED).exists() else None


def terms(visit: Visit) -> bool:
    """Whether the terms of every school are known."""
    known = Term.objects.filter(last_day__gte=visit.on).values("school")
    return School.objects.exists() and not School.objects.exclude(pk__in=known).exists()


def roles(visit: Visit) -> bool:
    """Whether anybody else has a role."""
    return Holding.objects.filter(held_on(visit.on)).exclude(person=visit.person).exists()


def two_administrators(visit: Visit) -> bool:
    """Whether two people look after people."""
    found = holders_of_capacity("administer", federation=visit.federation, on=visit.on, anywhere=True)
    return len(found) > 1


def account_open(_visit: Visit) -> bool:
    """Whether an account is open."""
    return Account.objects.filter(state=AccountState.OPEN).exists()


def policy_adopted(visit: Visit) -> bool:
    """Whether a policy is in force."""
    try:
        in_force(visit.on)
    except NotNow:
        return False
    return True
