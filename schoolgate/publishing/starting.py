"""Start to send an approved post: check everything once more, then write each intent. When one has ended,
update the post; send the rest of a thread; or undo a slip until the post is handed to the sender."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.accounts.connecting import abilities_of
from schoolgate.accounts.opening_facts import check_speaks
from schoolgate.core import work
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.ledger import rows_for_subject
from schoolgate.core.moves import check_may_still_undo, done_before, move
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import Then, cancel, discharge, open_duty, reopen
from schoolgate.duties.models import Basis, Due
from schoolgate.media.words import still_reading
from schoolgate.networks.capabilities import Way
from schoolgate.networks.handshake import LIVE, MOVES, Intent
from schoolgate.networks.port import intent_key
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.policy.asking import require
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.permitting import end_requests
from schoolgate.publishing import queries, rules
from schoolgate.publishing.approving import (
    ask_again,
    ask_for_approval,
    evaluate,
    keep_pictures,
    known_of,
    let_approval_lapse,
)
from schoolgate.publishing.duty_kinds import (
    APPROVE,
    BY_HAND,
    FAILED,
    LOOK,
    LOOK_AGAIN,
    OUT_OF_DATE,
    PUT_RIGHT,
)
from schoolgate.publishing.models import POST_MOVES, Approval, Delivery, Post, PostState, PostTarget, Purpose
from schoolgate.publishing.of_pupils import film_in
from schoolgate.publishing.post_parts import (
    card_for,
    frozen_card,
    frozen_picture,
    is_begun,
    parts_of,
    still_reading_cards,
)
from schoolgate.publishing.rules import check_lead_named, keep_use, waits_for_lead


def lock(post: Post) -> Post:
    """Reread the post's state, and keep others from changing it until this transaction ends.

    Two intents of one post that end at the same moment would each see the other still under way, and the post
    would never be settled.
    """
    post.refresh_from_db(fields=["state"], from_queryset=Post.objects.select_for_update())
    return post


def settle(post: Post, *, at: datetime) -> None:
    """Give the post its next state once none of its deliveries is under way. Safe to call again."""
    lock(post)
    rows = list(post.deliveries.all().prefetch_related("take_downs"))
    if any(row.state in LIVE for row in rows):
        return
    published = [row for row in rows if row.purpose == Purpose.PUBLISH and row.state == Intent.CONFIRMED]
    if post.state == PostState.SENDING:
        to = PostState.PUBLISHED if published else PostState.NOT_SENT
        move(post, to=to, moves=POST_MOVES, at=at)
        record(
            "post.published" if published else "post.not_sent", subject=post, at=at, accounts=len(published)
        )
    if post.state == PostState.PUBLISHED and published and all(row.taken_down for row in published):
        # Each was taken down by itself, the last one now: no one can read the post any more.
        begin_taking_down(post, by=None, at=at, reason="consent")
    if post.state == PostState.TAKING_DOWN and all(
        row.taken_down for row in rows if row.receipt and row.of_id is None
    ):
        move(post, to=PostState.TAKEN_DOWN, moves=POST_MOVES, at=at)
        record("post.taken_down", subject=post, at=at)


def begin_taking_down(post: Post, *, by: Person | None, at: datetime, reason: str) -> None:
    """Mark a whole post as one that must go. Raises NotNow where it isn't out or has been marked already."""
    move(post, to=PostState.TAKING_DOWN, moves=POST_MOVES, at=at)
    discharge(kind=(OUT_OF_DATE, LOOK_AGAIN), subject=post, by=by, at=at, how="taken_down")
    end_failed(post, by=by, at=at, how="taken_down")
    record("post.take_down_asked", subject=post, at=at, actor=by, reason=reason)


def ask_author(
    kind: str, delivery: Delivery, *, at: datetime, due: Due | None = None, then: Then | None = None
) -> None:
    """Open a duty about this delivery for the author of its post; without `due` no time is promised. `then`
    takes over once it is overdue."""
    post = delivery.post
    open_duty(
        kind=kind,
        subject=delivery,
        at=at,
        due=due or Due.none_promised(),
        person=post.author,
        school=post.school,
        account=delivery.account_id,
        then=then,
    )


def ask_to_look(delivery: Delivery, *, at: datetime) -> None:
    """Open the duty of looking on the network: the author's, who is told in plain words on the post's
    page."""
    ask_author(LOOK, delivery, at=at)


def end_failed(post: Post, *, by: Person | None, at: datetime, how: str) -> None:
    """End the duties about what networks refused of a post, because something else was decided about it."""
    for refused in Delivery.objects.filter(post=post, state=Intent.FAILED):
        discharge(kind=FAILED, subject=refused, by=by, at=at, how=how)


def tell_of_failure(delivery: Delivery, *, at: datetime) -> None:
    """Open the duty of deciding what to do about something that the network did not take."""
    ask_author(FAILED, delivery, at=at)


EMERGENCY_BY_HAND = timedelta(minutes=10)
"""House rule: families look at every page of the school at once."""
ADVANCE = "sending.advance"
PUBLISH = "publish"
"""The job that takes the next step for one intent; known by name, because jobs are a layer above this app."""


@action
def begin_sending(*, at: datetime, post: Post) -> list[Delivery]:
    """Start an approved post that is due; return the intents written, none if it did not start.

    A stop leaves it unchanged. A post that changed since its approval, or that the policy no longer allows,
    goes back for review; one that is long overdue waits for a new time.
    """
    if post.state != PostState.APPROVED or rules.stopped(post.school_id, at=at):
        return []
    approval = queries.standing_approval(post)
    if approval is None or approval.seen != queries.seen_now(post, at=at):
        ask_again(post, at=at)
        return []
    if at - (post.planned_at or approval.at) > rules.LATEST:
        return _too_late(post, at=at)
    if still_reading(post.pictures, at=at) or still_reading_cards(post, at=at):
        return []  # their words come within minutes; the next sweep starts it
    facts = known_of(post, at=at)
    kept = evaluate(post, at=at, by=None, facts=facts)
    waiting = rules.waits_for_order(post, on=local_day(at))  # permission to continue may have ended meanwhile
    used = [*keep_use(post, at=at), *keep_pictures(post, at=at, facts=facts)]  # a condition may be new
    found = rules.words_to_answer(
        post, on=local_day(at)
    )  # a pupil may have come to the school's list meanwhile
    if (
        waiting
        or found
        or waits_for_lead(on=local_day(at))
        or any(each.outcome not in GOES_AHEAD for each in (*kept, *used))
    ):
        ask_again(post, at=at)
        return []
    move(post, to=PostState.SENDING, moves=POST_MOVES, at=at)
    end_failed(post, by=None, at=at, how="sent_again")
    end_requests(at=at, about=post)
    written = [_write(post, target, approval, at=at) for target in post.targets.all()]
    clauses = list(dict.fromkeys(clause for each in kept for clause in each.clauses))
    record("post.started", subject=post, at=at, clauses=clauses, decision=kept[0].pk, seen=approval.seen)
    return written


@action
def send_again(*, by: Person, at: datetime, delivery: Delivery) -> Delivery:
    """Send again what a network refused, unchanged and under the same approval, as a new intent.

    Raises NotAllowed, NotNow (nothing failed; it was sent again already; stopped; the approval no longer
    holds), Refused (the policy of today).
    """
    post = queries.post(delivery.post_id)
    lock(post)  # of two who press it at once, the second sees what the first has written
    if delivery.pk in queries.sent_again(Delivery.objects.filter(post=post)):
        raise done_before(post, _("It has already been sent again."), made=delivery)
    if not queries.may_go_again(delivery):
        raise NotNow(_("There is nothing to send again."), _("Open it again to see its status."))
    approval, kept = judge_again(by=by, at=at, post=post, delivery=delivery)
    if post.state != PostState.SENDING:
        move(post, to=PostState.SENDING, moves=POST_MOVES, at=at)
    discharge(kind=FAILED, subject=delivery, by=by, at=at, how="sent_again")
    target = next(each for each in post.targets.all() if each.account_id == delivery.account_id)
    record("post.sent_again", subject=post, at=at, actor=by, decision=kept.pk, delivery=delivery.pk)
    return _write(post, target, approval, at=at)


@action
def leave_unsent(*, by: Person, at: datetime, delivery: Delivery) -> Delivery:
    """Leave a post off the account whose network refused it: it went out on another.

    Raises NotAllowed, NotNow (nothing failed there, or it is nowhere else: then it is changed or withdrawn).
    """
    post = queries.post(delivery.post_id)
    if not can(rules.check_may_change, by, post, on=local_day(at)):
        rules.check_may_approve(by, post, on=local_day(at))
    Delivery.objects.select_for_update().get(pk=delivery.pk)  # before its post: the driver's order
    lock(post)
    if not queries.may_be_left(delivery):
        raise NotNow(_("There is nothing left to decide here."), _("Open it again to see its status."))
    move(delivery, to=Intent.CANCELLED, moves=MOVES, at=at, because="left", done_by=by)
    discharge(kind=FAILED, subject=delivery, by=by, at=at, how="left")
    record("delivery.left", subject=delivery, at=at, actor=by, post=post.pk)
    settle(post, at=at)
    return delivery


def judge_again(
    *, by: Person, at: datetime, post: Post, delivery: Delivery
) -> tuple[Approval, DecisionRecord]:
    """Check all that what was approved once needs today to go on being sent; return the approval and the
    policy's first answer. Raises NotAllowed, NotNow, Refused."""
    if not can(rules.check_may_change, by, post, on=local_day(at)):
        rules.check_may_approve(by, post, on=local_day(at))
    rules.check_not_stopped(post, at=at)
    check_speaks(delivery.account, on=local_day(at))
    check_lead_named(on=local_day(at))
    approval = queries.standing_approval(post)
    if approval is None or approval.seen != queries.seen_now(post, at=at):
        raise NotNow(
            _("This is no longer the version that was approved."),
            _("Change the post and send it for approval again."),
        )
    if rules.words_to_answer(post, on=local_day(at)):
        raise NotNow(
            _("What was found in the text and pictures must be answered first."),
            _("Change the post and send it for approval again."),
        )
    kept = evaluate(post, at=at, by=by)
    for each in kept:
        require(each)
    return approval, kept[0]


def defer_drive(delivery: Delivery) -> None:
    """Have a worker take the first step for a new intent, once the present transaction is committed."""
    lock, once = work.of_account("sending", delivery.account_id), work.of_row(ADVANCE, delivery.pk)
    first = delivery.purpose == Purpose.TAKE_DOWN
    job = app.configure_task(ADVANCE, lock=lock, queueing_lock=once, priority=int(first))
    job.defer(federation_id=delivery.federation_id, delivery_id=delivery.pk)


def _write(post: Post, target: PostTarget, approval: Approval, *, at: datetime) -> Delivery:
    delivery = write_intent(post, target, approval, at=at)
    if delivery.by_hand:
        ask_by_hand(delivery, at=at)
    else:
        defer_drive(delivery)
    return delivery


def write_intent(
    post: Post, target: PostTarget, approval: Approval, *, at: datetime,
    written_at: datetime | None = None, what: str = PUBLISH,
) -> Delivery:  # fmt: skip
    """Write down that a post is to go out on an account, as it was approved; this sends nothing yet.

    `written_at`: another instant than `at`. `what`: see `named`.
    """
    able = abilities_of(target.account)
    by_hand = able.way("publish") is Way.HAND or (film_in(post) is not None and not able.films)
    tries = post.deliveries.filter(account=target.account, purpose=Purpose.PUBLISH).count()
    delivery = Delivery.objects.create(
        post=post,
        account=target.account,
        purpose=Purpose.PUBLISH,
        by_hand=by_hand,
        intent_key=intent_key(at=at, about=named(post, target.account_id, what, tries)),
        text=target.text,
        language=target.language,
        parts=[] if by_hand else list(parts_of(target)),
        pictures=[frozen_picture(each) for each in post.pictures],
        card={} if by_hand else frozen_card(card_for(post, target)),
        seen=approval.seen,
        written_at=written_at or at,
        state_at=at,
    )
    record(
        "delivery.written", subject=delivery, at=at, post=post.pk, account=target.account_id, by_hand=by_hand
    )
    return delivery


def named(post: Post, account_id: int, what: str, tries: int) -> str:
    """Return what an intent's key is made from, besides its instant; a later look-up on a network derives it
    again. `tries`: how often it was written before."""
    return f"{post.federation_id}:{post.pk}:{account_id}:{what}:{tries}"


def ask_by_hand(delivery: Delivery, *, at: datetime) -> None:
    """Open the author's duty to do this on the network's own pages. An emergency text has to be there within
    `EMERGENCY_BY_HAND`; after that its approver is asked too."""
    version = delivery.post.emergency_text
    if version is None:
        ask_author(BY_HAND, delivery, at=at)
        return
    others = (
        each.by for each in version.approvals.select_related("by") if each.by_id != delivery.post.author_id
    )
    second = next(others, None)
    ask_author(
        BY_HAND,
        delivery,
        at=at,
        due=Due.at(at + EMERGENCY_BY_HAND),
        then=Then(Basis.HOUSE, person=second) if second else None,
    )


def _too_late(post: Post, *, at: datetime) -> list[Delivery]:
    move(post, to=PostState.EXPIRED, moves=POST_MOVES, at=at)
    let_approval_lapse(post, at=at)
    open_duty(
        kind=PUT_RIGHT, subject=post, at=at, due=Due.none_promised(), person=post.author, school=post.school
    )
    record("post.expired", subject=post, at=at)
    return []


@action
def send_rest(*, by: Person, at: datetime, delivery: Delivery) -> Delivery:
    """Go on with a thread, unchanged and under the same approval and keys: what is there isn't sent again.

    Raises NotAllowed, NotNow (nothing is left to send; stopped; the approval no longer counts), Refused (the
    policy of today).
    """
    post = queries.post(delivery.post_id)
    if not is_begun(delivery) or lock(post).state != PostState.SENDING:
        raise NotNow(_("There is nothing left to send."), _("Open it again to see its status."))
    _approval, kept = judge_again(by=by, at=at, post=post, delivery=delivery)
    # Its waiting begins now: what was written days ago would count as overdue.
    move(
        delivery, to=Intent.WRITTEN, moves=MOVES, at=at, written_at=at, not_before=None, because="",
        what_next="", differences=[],
    )  # fmt: skip
    discharge(kind=LOOK, subject=delivery, by=by, at=at, how="rest_sent")
    record("delivery.rest_asked", subject=delivery, at=at, actor=by, post=post.pk, decision=kept.pk)
    return delivery  # the next sweep takes it: a job for this row may still be queued


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
