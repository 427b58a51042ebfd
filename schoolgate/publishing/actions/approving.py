"""The second person's part: approve exactly what is shown, or send it back with a reason."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.policy.asking import require
from schoolgate.publishing import queries, rules
from schoolgate.publishing.actions.drafting import APPROVE, PUT_RIGHT, check_sendable, clauses_of, evaluate
from schoolgate.publishing.conditions import keep_use
from schoolgate.publishing.facts import Approver
from schoolgate.publishing.models import Approval, Post
from schoolgate.publishing.states import POST_MOVES, PostState

LONGEST_REASON = 2000


@action
def approve_post(*, by: Person, at: datetime, post: Post, seen: str) -> Post:
    """Approve the post as it was shown; `seen` is the value of `queries.seen_now` that the page carried.

    An approval that comes after the planned time approves nothing: the post needs a new time.

    Raises NotAllowed (the author; no right to approve), NotNow (changed since it was shown; stopped), Refused
    (the policy still needs something, for instance another person's approval).
    """
    rules.check_may_approve(by, post, on=local_day(at))
    if post.state != PostState.SUBMITTED:
        raise NotNow(_("This post isn’t waiting for approval."), _("Open it again to see its status."))
    if seen != queries.seen_now(post, at=at):
        raise NotNow(
            _(
                "Something has changed since you opened this: the post, a comment on its "
                "text, a picture check or the policy."
            ),
            _("Read it again, then decide."),
        )
    if post.planned_at is not None and at > post.planned_at:
        return _expire(post, by=by, at=at)
    check_sendable(post, at=at)
    for each in keep_use(post, at=at):
        require(each)
    roles = tuple(roles_of(by, on=local_day(at), school=post.school, about=post.author))
    kept = evaluate(post, at=at, by=by, approvers=(Approver(by, roles, at, of_this_version=True),))
    for each in kept:
        require(each)
    move(post, to=PostState.APPROVED, moves=POST_MOVES, at=at)
    Approval.objects.create(post=post, by=by, roles=list(roles), at=at, seen=seen, decision=kept[0].pk)
    discharge(kind=APPROVE, subject=post, by=by, at=at, how="approved")
    record(
        "post.approved",
        subject=post,
        at=at,
        actor=by,
        clauses=clauses_of(kept),
        decision=kept[0].pk,
        seen=seen,
    )
    return queries.post(post.pk)


@action
def send_back(*, by: Person, at: datetime, post: Post, reason: str) -> Post:
    """Give the post back to its author with a reason. Raises BadInput without one."""
    rules.check_may_approve(by, post, on=local_day(at))
    tidy = reason.strip()
    if not tidy or len(tidy) > LONGEST_REASON:
        raise BadInput({"reason": _("Say what needs to change, in up to 2,000 characters.")})
    move(post, to=PostState.DRAFT, moves=POST_MOVES, at=at, sent_back_because=tidy)
    discharge(kind=APPROVE, subject=post, by=by, at=at, how="sent_back")
    open_duty(
        kind=PUT_RIGHT, subject=post, at=at, due=Due.none_promised(), person=post.author, school=post.school
    )
    record("post.sent_back", subject=post, at=at, actor=by)
    return queries.post(post.pk)


def _expire(post: Post, *, by: Person, at: datetime) -> Post:
    move(post, to=PostState.EXPIRED, moves=POST_MOVES, at=at)
    cancel(kind=APPROVE, subject=post, because="too_late", at=at, by=by)
    open_duty(
        kind=PUT_RIGHT, subject=post, at=at, due=Due.none_promised(), person=post.author, school=post.school
    )
    record("post.expired", subject=post, at=at, actor=by)
    return queries.post(post.pk)
