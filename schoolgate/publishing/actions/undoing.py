"""Undo a slip: a post that was sent for approval, approved or withdrawn a moment ago."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.ledger import rows_for_subject
from schoolgate.core.moves import move
from schoolgate.core.subjects import subject_of
from schoolgate.core.undo import check_may_still_undo
from schoolgate.duties.actions import cancel
from schoolgate.duties.undoing import reopen
from schoolgate.people.models import Person
from schoolgate.publishing import queries, rules
from schoolgate.publishing.actions.drafting import ask_again
from schoolgate.publishing.duty_kinds import APPROVE, PUT_RIGHT
from schoolgate.publishing.models import Post
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
    """Undo the person's own approval while nothing has been sent: the post needs approval again.

    Raises NotAllowed (another person's approval), NotNow (on its way already; too long ago).
    """
    rules.check_may_approve(by, post, on=local_day(at))
    _just_done(post, PostState.APPROVED, at=at)
    given = queries.standing_approval(post)
    if given is None or given.by_id != by.pk:
        raise NotAllowed(
            _("Only the person who approved this post can undo that."),
            _("If it must not be posted, stop posting or ask the author to withdraw it."),
        )
    given.lapsed_at = at
    given.save(update_fields=["lapsed_at"])
    record("post.approval_taken_back", subject=post, at=at, actor=by)
    ask_again(post, at=at)
    return queries.post(post.pk)


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
    if post.state != state:
        raise NotNow(
            _("This has already moved on, so you can’t take this step."),
            _("Open it again to see its status."),
        )
    check_may_still_undo(post.state_at, at=at)
    return post.state_at
