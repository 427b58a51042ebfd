"""Send a post for approval, and ask the approvers again where it changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, Refused
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.policy.asking import answered, record_decisions, require
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing import queries, rules
from schoolgate.publishing.conditions import keep_use
from schoolgate.publishing.duty_kinds import APPROVE, PUT_RIGHT
from schoolgate.publishing.facts import Asked, facts_of
from schoolgate.publishing.models import Approval, Post
from schoolgate.publishing.own_business import raise_declared
from schoolgate.publishing.picture_use import keep_pictures
from schoolgate.publishing.states import POST_MOVES, PostState
from schoolgate.rulebook.clauses import Role
from schoolgate.rulebook.kinds import REFUSED


@action
def submit_post(*, by: Person, at: datetime, post: Post) -> Post:
    """Send a post for approval.

    Raises Refused if the policy does not allow it in its present form, or still needs an answer that only the
    author can give; what others have to give (an approval, a consent check, a ruling) may come later.
    """
    rules.check_may_change(by, post, on=local_day(at))
    check_sendable(post, at=at)
    if raise_declared(post, at=at):
        post = queries.post(post.pk)
    for each in keep_use(post, at=at):
        require(each)
    facts = known_of(post, at=at)
    kept = evaluate(post, at=at, by=by, facts=facts)
    pictures = keep_pictures(post, at=at, facts=facts)
    for each in (*kept, *pictures):
        if each.outcome in REFUSED or queries.author_still_owes(answered(each)):
            raise Refused(
                each,
                _("You can’t send this post for approval yet."),
                _("See below what the policy requires, change the post and send it for approval again."),
            )
    clauses = clauses_of([*kept, *pictures])
    move(post, to=PostState.SUBMITTED, moves=POST_MOVES, at=at, sent_back_because="")
    discharge(kind=PUT_RIGHT, subject=post, by=by, at=at)
    ask_for_approval(post, at=at, kept=kept)
    record("post.submitted", subject=post, at=at, actor=by, clauses=clauses, decision=kept[0].pk)
    return queries.post(post.pk)


def known_of(post: Post, *, at: datetime, approvers: Any = None) -> Asked:
    """Return the facts of the post on each account. `approvers`: None for those whose approval stands."""
    given = queries.approvers_of(post, at=at) if approvers is None else approvers
    return facts_of(post, at=at, approvers=given)


def evaluate(
    post: Post, *, at: datetime, by: Person | None, approvers: Any = None, facts: Asked | None = None
) -> list[DecisionRecord]:
    """Ask the policy in force about the post on each account, and save the answers. `facts`: as `known_of`
    gave them at this instant, where another question needs them too."""
    known = known_of(post, at=at, approvers=approvers) if facts is None else facts
    return record_decisions("post.publish", [(each, post) for _target, each in known], at=at, by=by)


def clauses_of(kept: Sequence[DecisionRecord]) -> list[str]:
    """Every clause that these answers rest on, once."""
    return list(dict.fromkeys(clause for each in kept for clause in each.clauses))


def check_sendable(post: Post, *, at: datetime) -> None:
    """Raise BadInput, with everything that is wrong, if a network could not take the post in its present
    form."""
    wrong = rules.problems_of(post, on=local_day(at))
    if wrong:
        raise BadInput(wrong)


def ask_for_approval(post: Post, *, at: datetime, kept: Sequence[DecisionRecord]) -> None:
    """Open the approver's task for each role that approves this post."""
    due = Due.at(post.planned_at) if post.planned_at else Due.none_promised()
    for role in approving_roles(post.author, kept):
        open_duty(
            kind=APPROVE,
            subject=post,
            at=at,
            due=due,
            role=role.key,
            school=post.school,
            about=post.author,
            clauses=_why_approved(kept),
            decision=kept[0],
        )


def approving_roles(author: Person, kept: Sequence[DecisionRecord]) -> list[Role]:
    """Return the roles that these decisions name for the approval, otherwise those that approve here, in the
    order of the author's policy."""
    named = {
        need.source
        for each in kept
        for finding in answered(each).at("approval")
        if finding.stands
        for need in finding.needs
    }
    of_this_policy = book_for(author).roles
    return [role for role in of_this_policy if role.name in named] or [
        role for role in of_this_policy if "approve_post" in role.capacities
    ]


def ask_again(post: Post, *, at: datetime) -> None:
    """Ask the approvers of an approved post again: it is no longer what they approved."""
    move(post, to=PostState.SUBMITTED, moves=POST_MOVES, at=at)
    let_approval_lapse(post, at=at)
    again = queries.post(post.pk)
    ask_for_approval(again, at=at, kept=evaluate(again, at=at, by=None))
    record("post.asked_again", subject=again, at=at)


def _why_approved(kept: Sequence[DecisionRecord]) -> list[str]:
    """Return the clauses that require an approval: the policy's own first, then the house's."""
    decisions = [answered(each) for each in kept]
    found = [one for point in ("approval", "second_person") for d in decisions for one in d.at(point)]
    return list(dict.fromkeys(clause for finding in found for clause in finding.clauses))


def let_approval_lapse(post: Post, *, at: datetime) -> None:
    """Withdraw the approval of changed content: it needs approval again."""
    if Approval.objects.filter(post=post, lapsed_at=None).update(lapsed_at=at):
        record("post.approval_lapsed", subject=post, at=at)
