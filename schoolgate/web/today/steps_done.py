"""What rows show of the steps of getting started, as questions that one query answers for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, Value

from schoolgate.accounts.models import Account, AccountState, Look, Proposal, ProposalState, TeamMember
from schoolgate.core.models import School, Term
from schoolgate.inbox.models import Answer, Item
from schoolgate.inbox.states import ItemState
from schoolgate.people.models import RoleAssignment
from schoolgate.people.queries import Where, assignments_at, book_of, held_on
from schoolgate.policy.knowing import askings, words_on
from schoolgate.policy.queries import policy_or_none
from schoolgate.publishing.models import Approval, Post
from schoolgate.publishing.states import PostState
from schoolgate.web.frame.doors import Visit


@dataclass(frozen=True)
class Shown:
    """Whether rows show that a step was done. `asked`: whether there was anything to do; if not, rows can't
    tell, and opening the page counts."""

    done: Any
    asked: Any = None


Done = Callable[[Visit], Shown | None]


def questions(steps: Iterable[Done], visit: Visit) -> dict[str, Any]:
    """Return what to ask the rows about these steps."""
    asked: dict[str, Any] = {}
    for step in steps:
        shown = step(visit)
        if shown is not None:
            asked[f"done_{step.__name__}"] = shown.done
            if shown.asked is not None:
                asked[f"wanted_{step.__name__}"] = shown.asked
    return asked


def answer(found: Mapping[str, Any], step: Done) -> bool | None:
    """Return whether a step was done, from the answers to `questions`; None where rows can't tell."""
    done: bool | None = found.get(f"done_{step.__name__}")
    if done is None or done:
        return done
    return False if found.get(f"wanted_{step.__name__}", True) else None


def opened(_visit: Visit) -> None:
    """Rows can't tell: opening its page counts."""


def said_it(visit: Visit) -> Shown | None:
    """Return whether they declared that they read the policy in force. Rows can't tell if no one asked."""
    policy = policy_or_none(visit.on)
    if policy is None:
        return None
    version = policy.version
    asked = askings(version).filter(person=visit.person)
    said = words_on(version).filter(about_person=visit.person)
    return Shown(Exists(asked) & Exists(said), Exists(asked))


def wrote(visit: Visit) -> Shown:
    """Return whether they have written a post."""
    return Shown(Exists(Post.objects.filter(author=visit.person)))


def handed_in(visit: Visit) -> Shown:
    """Return whether a post by this person was sent for approval."""
    rows = Post.objects.filter(author=visit.person)
    return Shown(Exists(rows.exclude(state__in=[PostState.DRAFT, PostState.WITHDRAWN])))


def looked_in(visit: Visit) -> Shown:
    """Return whether they have checked an account; people who run none have nothing to check."""
    runs = TeamMember.objects.filter(person=visit.person, to_day=None)
    return Shown(Exists(Look.objects.filter(by=visit.person)), Exists(runs))


def answered(visit: Visit) -> Shown:
    """Return whether they have replied. While nothing is open, visiting the inbox is enough."""
    waits = Item.objects.filter(state=ItemState.OPEN)
    return Shown(Exists(Answer.objects.filter(by=visit.person)), Exists(waits))


def approved(visit: Visit) -> Shown:
    """Return whether they have approved a post. Rows can't tell while none waits."""
    waits = Post.objects.filter(state=PostState.SUBMITTED).exclude(author=visit.person)
    return Shown(Exists(Approval.objects.filter(by=visit.person)), Exists(waits))


def decided(visit: Visit) -> Shown:
    """Return whether they have decided on a proposal. Rows can't tell while none waits."""
    waits = Proposal.objects.filter(state=ProposalState.SUBMITTED)
    return Shown(Exists(Proposal.objects.filter(decided_by=visit.person)), Exists(waits))


def terms(visit: Visit) -> Shown:
    """Return whether the terms of every school are known."""
    known = Term.objects.filter(last_day__gte=visit.on).values("school")
    return Shown(Exists(School.objects.all()) & ~Exists(School.objects.exclude(pk__in=known)))


def roles(visit: Visit) -> Shown:
    """Return whether another person has a role."""
    return Shown(Exists(RoleAssignment.objects.filter(held_on(visit.on)).exclude(person=visit.person)))


def two_administrators(visit: Visit) -> Shown:
    """Return whether a second person manages people."""
    keys = [role.key for role in book_of(visit.federation).pack.roles_with("administer")]
    held = assignments_at(Where(anywhere=True), on=visit.on).filter(role_key__in=keys)
    return Shown(Exists(held.exclude(person=visit.person)))


def account_open(_visit: Visit) -> Shown:
    """Return whether an account is open."""
    return Shown(Exists(Account.objects.filter(state=AccountState.OPEN)))


def policy_adopted(visit: Visit) -> Shown:
    """Return whether a policy is in force."""
    return Shown(Value(policy_or_none(visit.on) is not None, output_field=BooleanField()))
