"""Undo a slip: a post that was sent for approval or withdrawn a moment ago; and an approval, until the post
is handed to the sender."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.ledger.verifying import rows_for_subject
from schoolgate.core.moves import move
from schoolgate.core.subjects import subject_of
from schoolgate.core.undo import check_may_still_undo
from schoolgate.duties.actions import cancel, reopen
from schoolgate.people.models import Person
from schoolgate.publishing import queries, rules
from schoolgate.publishing.actions.settling import lock
from schoolgate.publishing.actions.submitting import ask_for_approval, evaluate
from schoolgate.publishing.duty_kinds import APPROVE, PUT_RIGHT
from schoolgate.publishing.models import Approval, Post
from schoolgate.publishing.states import POST_MOVES, PostState


@action
def take_back_post(*, by: Person, at: datetime, post: Post) -> Post:
    """Turn a post that was sent for approval a moment ago, and is undecided, back into a draft.

    Raises NotAllowed (not its author), NotNow.
    """
    rules.check_may_change(by, post, on=local_day(at))
    handed_in_at = _just_done(post, PostState.SUBMITTED, at=at)
    move(post, to=PostState.DRAFT, moves=POST_MOVES, at=at)
    cancel(kind=APPROVE, subject=post, because="taken_back", at=at, by=by)
    reopen(subjects=[post], ended_at=handed_in_at, by=by, at=at, kinds=[PUT_RIGHT])
    record("post.taken_back", subject=post, at=at, actor=by)
    return queries.post(post.pk)


@action
def take_back_approval(*, by: Person, at: datetime, post: Post) -> Post:
    """Withdraw an approval until the post is handed to the sender.

    An approver withdraws their own; what other roles said yes to stays. Someone else who approves posts here
    ends all of them. The post then needs approval again. Its author turns it back into a draft.

    Raises NotAllowed, NotNow (handed over already; nothing of theirs to withdraw).
    """
    lock(post)
    now = queries.post(post.pk)
    if now.author_id == by.pk:
        rules.check_may_change(by, now, on=local_day(at))
        _check_not_handed_over(now)
        return _back_to_draft(now, by=by, at=at)
    rules.check_may_approve(by, now, on=local_day(at))
    _check_not_handed_over(now)
    standing = [each for each in now.approvals.all() if each.lapsed_at is None]
    own = [each for each in standing if each.by_id == by.pk]
    if now.state == PostState.SUBMITTED and not own:
        raise NotNow(_("You haven’t approved this post."), _("Open it again to see its status."))
    Approval.objects.filter(pk__in=[each.pk for each in own or standing]).update(lapsed_at=at)
    record("post.approval_taken_back", subject=now, at=at, actor=by)
    if now.state == PostState.APPROVED:
        move(now, to=PostState.SUBMITTED, moves=POST_MOVES, at=at)
    again = queries.post(now.pk)
    ask_for_approval(again, at=at, kept=evaluate(again, at=at, by=None))
    return queries.post(now.pk)


def _back_to_draft(post: Post, *, by: Person, at: datetime) -> Post:
    if post.state != PostState.APPROVED:
        raise _moved_on()
    move(post, to=PostState.DRAFT, moves=POST_MOVES, at=at)
    Approval.objects.filter(post=post, lapsed_at=None).update(lapsed_at=at)
    record("post.taken_back", subject=post, at=at, actor=by)
    return queries.post(post.pk)


def _check_not_handed_over(post: Post) -> None:
    """Raise NotNow unless the post waits for approvals or has them and has not been handed to the sender."""
    if post.state in (PostState.SENDING, PostState.PUBLISHED):
        raise NotNow(
            _("This post has been handed over for sending, so its approval can’t be withdrawn."),
            _("Take the post down instead."),
        )
    if post.state not in (PostState.SUBMITTED, PostState.APPROVED):
        raise _moved_on()


@action
def take_up_withdrawn_post(*, by: Person, at: datetime, post: Post) -> Post:
    """Turn a post that its author withdrew a moment ago back into a draft, which needs approval again.

    Raises NotAllowed (not its author; taken down by another person before it went out), NotNow.
    """
    rules.check_may_change(by, post, on=local_day(at))
    withdrawn_at = _just_done(post, PostState.WITHDRAWN, at=at)
    if not _withdrew_it(by, post):
        raise NotAllowed(
            _("You can’t undo this, because someone asked for the post to be taken down."),
            _("Ask the person who requested that."),
        )
    move(post, to=PostState.DRAFT, moves=POST_MOVES, at=at)
    reopen(subjects=[post], ended_at=withdrawn_at, by=by, at=at, kinds=[PUT_RIGHT])
    record("post.taken_up", subject=post, at=at, actor=by)
    return queries.post(post.pk)


def _withdrew_it(by: Person, post: Post) -> bool:
    """Return whether, by the record, this person withdrew it without asking for its removal with a reason."""
    last = next((row for row in rows_for_subject(post) if row.event == "post.withdrawn"), None)
    return last is not None and last.actor == subject_of(by) and "reason" not in last.details


def _just_done(post: Post, state: PostState, *, at: datetime) -> datetime:
    """Return when the post came into this state; raise NotNow unless it is in it, and came to it a moment
    ago."""
    if post.state != state or post.destroyed_at is not None:
        raise _moved_on()
    check_may_still_undo(post.state_at, at=at)
    return post.state_at


def _moved_on() -> NotNow:
    return NotNow(
        _("Someone has already moved this on, so you can’t take this step."),
        _("Open it again to see its status."),
    )
