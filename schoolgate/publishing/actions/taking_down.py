"""Takes posts down wherever they are live: one, or all of an account or of a day in one act."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.each import each_by_itself
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import done_before, move
from schoolgate.duties.actions import cancel
from schoolgate.people.models import Person
from schoolgate.publishing import queries, rules
from schoolgate.publishing.actions.removing import GOING, remove
from schoolgate.publishing.actions.settling import begin_taking_down, lock, settle
from schoolgate.publishing.actions.submitting import let_approval_lapse
from schoolgate.publishing.actions.withholding import withhold
from schoolgate.publishing.duty_kinds import APPROVE
from schoolgate.publishing.models import Post, TakeDown, TakeDownPost
from schoolgate.publishing.states import POST_MOVES, WITHHELD_AFTER, PostState, Purpose

REASONS = ("mistake", "consent", "safety", "request", "policy", "other")
"""Short codes, because the reason stays in the record for good."""
GONE = (*GOING, PostState.WITHDRAWN)
LONGEST_WORDS = 1000
MOST_AT_ONCE = 100
"""Posts in one act, so that its locks are short; what is left over is taken down by the next one."""


@action
def take_down(*, by: Person, at: datetime, post: Post, reason: str, words: str = "") -> Post:
    """Take a post down from every account on which it is live; cancel what has not been sent yet.

    `reason` is one of REASONS, `words` the person's own. A stop does not prevent a take-down. Where someone
    else was quicker, this reason is recorded too (`standing.began`: who it was). Raises NotAllowed, BadInput
    (`reason`, `words`), AlreadyDone (this person has said the very same before).
    """
    rules.check_may_take_down(by, post, on=local_day(at))
    _check_said(reason, words)
    said = {"by": by, "reason": reason, "words": words.strip()}
    asked = take_whole_down(post, by=by, at=at, reason=reason)
    if not asked and (before := TakeDown.objects.filter(posts__post=post, **said).first()):
        raise done_before(post, made=before)
    act = TakeDown.objects.create(at=at, **said)
    TakeDownPost.objects.create(take_down=act, post=post, asked=asked)
    _withhold([post], reason=reason, at=at)
    return queries.post(post.pk)


@action
def take_down_all(
    *,
    by: Person,
    at: datetime,
    posts: Sequence[Post],
    reason: str,
    words: str = "",
    account: Account | None = None,
    day: date | None = None,
) -> TakeDown:
    """Take several posts down in one act, each with its own outcome; `account` and `day` say which they were.

    A post that is already being taken down is recorded as such and delays none of the others. Raises
    NotAllowed (this person may not take one of them down: then nothing is done), BadInput (`reason`, `words`,
    `posts`).
    """
    _check_said(reason, words)
    if not posts or len(posts) > MOST_AT_ONCE:
        raise BadInput({"posts": _("Choose at least one post, and no more than 100.")})
    for post in posts:
        rules.check_may_take_down(by, post, on=local_day(at))
    act = TakeDown.objects.create(by=by, at=at, reason=reason, words=words.strip(), account=account, day=day)
    for post in posts:
        TakeDownPost.objects.create(
            take_down=act, post=post, asked=_in_turn(post, by=by, at=at, reason=reason)
        )
    _withhold(posts, reason=reason, at=at)
    record("post.taken_down_together", subject=act, at=at, actor=by, reason=reason, posts=len(posts))
    return act


def _withhold(posts: Sequence[Post], *, reason: str, at: datetime) -> None:
    if reason in WITHHELD_AFTER:
        withhold(posts, at=at)


def _in_turn(post: Post, *, by: Person, at: datetime, reason: str) -> bool:
    try:
        return _take_one(by=by, at=at, post=post, reason=reason)
    except NotNow:
        return False


@action
def _take_one(*, by: Person, at: datetime, post: Post, reason: str) -> bool:
    """One of several, in a savepoint of its own."""
    return take_whole_down(post, by=by, at=at, reason=reason)


def _check_said(reason: str, words: str) -> None:
    if reason not in REASONS:
        raise BadInput({"reason": _("Choose why you’re taking the post down.")})
    if len(words) > LONGEST_WORDS:
        raise BadInput({"words": _("Use up to 1,000 characters.")})


def take_whole_down(post: Post, *, by: Person | None, at: datetime, reason: str) -> bool:
    """Take down what is out, and withdraw what only waits for its time; return False where that was done or
    begun before. A copy that can't be taken down at this instant delays none of the others: the sweep of each
    minute takes it up."""
    # Copies before their post: the driver locks them in this order too.
    copies = list(
        post.deliveries.filter(purpose=Purpose.PUBLISH).select_for_update(of=("self",)).order_by("id")
    )
    if lock(post).state in GONE:
        return False
    if post.state == PostState.APPROVED:
        move(post, to=PostState.WITHDRAWN, moves=POST_MOVES, at=at)
        let_approval_lapse(post, at=at)
        cancel(kind=APPROVE, subject=post, because="withdrawn", at=at, by=by)
        record("post.withdrawn", subject=post, at=at, actor=by, reason=reason)
        return True
    begin_taking_down(post, by=by, at=at, reason=reason)
    each_by_itself(
        copies,
        lambda copy: remove(at=at, copy=copy, by=by),
        at=at,
        failed="a copy is taken down later",
    )
    settle(post, at=at)
    return True
