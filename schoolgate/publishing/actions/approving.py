"""Approve exactly what is shown, as the second person, or send it back with a reason."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import done_before, move
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.assignments import give_permission
from schoolgate.people.models import Person
from schoolgate.policy.asking import answered, require
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing import queries, rules
from schoolgate.publishing.actions.submitting import ask_for_approval, check_sendable, clauses_of, evaluate
from schoolgate.publishing.conditions import keep_use
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.duty_kinds import APPROVE, PUT_RIGHT
from schoolgate.publishing.lacking import counts_beside_others, discusses_as, policy_needs
from schoolgate.publishing.models import Approval, Post
from schoolgate.publishing.own_word import check_not_on_own_word
from schoolgate.publishing.pair import last_reading
from schoolgate.publishing.record import TALK
from schoolgate.publishing.states import POST_MOVES, PostState

LONGEST_REASON = 2000


APPROVED_BEFORE = (PostState.APPROVED, PostState.SENDING, PostState.PUBLISHED)


@action
def approve_post(*, by: Person, at: datetime, post: Post, seen: str, discussed: bool = False) -> Post:
    """Approve the post as it was shown; `seen` is the value of `queries.seen_now` that the page carried.
    `discussed`: they say as well that its content was discussed with them first, where the policy asks it.

    Where the policy still waits for other roles alone, the approval is kept and the post goes on once they
    have said yes to the same content. An approval that comes after the planned time approves nothing: the
    post needs a new time.

    Raises NotAllowed (the author; no right to approve), BadInput (`screening`), NotNow (changed since it was
    shown; approved by this person already; stopped), Refused (the policy still needs something else).
    """
    rules.check_may_approve(by, post, on=local_day(at))
    if post.state in APPROVED_BEFORE:
        raise done_before(post, _("This post has already been approved."), state__in=APPROVED_BEFORE)
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
    check_not_on_own_word(by, post, on=local_day(at))
    rules.check_words_answered(post, on=local_day(at))
    for each in keep_use(post, at=at):
        require(each)
    if discussed:
        _note_discussion(by, post, at=at)
    me, others = queries.as_if(by, post, at=at), queries.approvers_of(post, at=at)
    before = [each.decision for each in queries.judged(post, at=at)]
    kept = evaluate(post, at=at, by=by, approvers=(*others, me))
    complete = all(each.outcome in GOES_AHEAD for each in kept)
    standing = [each for each in post.approvals.all() if each.lapsed_at is None and each.by_id == by.pk]
    mine = next((each for each in standing if each.seen == seen), None)
    if not complete and mine is not None:
        raise done_before(
            post,
            _("You’ve already approved this version."),
            _("Open it again to see its status."),
            made=mine,
        )
    if not complete and not counts_beside_others(before, [answered(each) for each in kept]):
        for each in kept:
            require(each)
    Approval.objects.filter(pk__in=[each.pk for each in standing]).update(lapsed_at=at)
    Approval.objects.create(
        post=post,
        by=by,
        roles=list(me.roles),
        at=at,
        seen=seen,
        decision=kept[0].pk,
        welsh=last_reading(post),
    )
    if complete:
        return _go_on(post, by=by, at=at, kept=kept, seen=seen)
    discharge(kind=APPROVE, subject=post, by=by, at=at, how="approved")
    if any(need.what == "approval" for each in kept for need in policy_needs(answered(each))):
        ask_for_approval(post, at=at, kept=kept)
    record(
        "post.approved_in_part",
        subject=post,
        at=at,
        actor=by,
        clauses=clauses_of(kept),
        decision=kept[0].pk,
        seen=seen,
    )
    return queries.post(post.pk)


def _note_discussion(by: Person, post: Post, *, at: datetime) -> None:
    """Record that exactly this content was discussed with this person, in the role that the policy names."""
    on = local_day(at)
    role = discusses_as(by, post, (each.decision for each in queries.judged(post, at=at)), on=on)
    if role is None:
        return
    give_permission(
        by=by,
        at=at,
        role_key=role,
        written=True,
        covers=f"{TALK}:{content_digest(post)}",
        subject=subject_of(post),
        from_day=on,
    )


@action
def approve_if_complete(*, by: Person, at: datetime, post: Post) -> Post:
    """Approve a post whose approvers have said yes to the current content, now that another role's yes was
    given. `by`: the person who gave it. Without an approval, or while something is missing, nothing
    changes."""
    approval = queries.standing_approval(post)
    if post.state != PostState.SUBMITTED or approval is None:
        return post
    if approval.seen != queries.seen_now(post, at=at) or rules.problems_of(post, on=local_day(at)):
        return post
    if rules.words_to_answer(post, on=local_day(at)):
        return post
    if post.planned_at is not None and at > post.planned_at:
        return _expire(post, by=by, at=at)
    kept = [*evaluate(post, at=at, by=by), *keep_use(post, at=at)]
    if any(each.outcome not in GOES_AHEAD for each in kept):
        return post
    return _go_on(post, by=by, at=at, kept=kept, seen=approval.seen)


def _go_on(post: Post, *, by: Person, at: datetime, kept: Sequence[DecisionRecord], seen: str) -> Post:
    move(post, to=PostState.APPROVED, moves=POST_MOVES, at=at)
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
