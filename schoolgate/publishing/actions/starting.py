"""Start to send an approved post: check everything once more, then write each intent."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.accounts.connecting import abilities_of
from schoolgate.accounts.opening_facts import check_speaks
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import done_before, move
from schoolgate.core.work import lanes
from schoolgate.duties.actions import Then, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.duties.states import Basis
from schoolgate.media.words import still_reading
from schoolgate.networks.capabilities import Way
from schoolgate.networks.handshake import MOVES, Intent
from schoolgate.networks.port import intent_key
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.policy.actions.permitting import end_requests
from schoolgate.policy.asking import require
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing import queries, rules, standing
from schoolgate.publishing.actions.settling import ask_author, end_failed, lock, settle
from schoolgate.publishing.actions.submitting import ask_again, evaluate, known_of, let_approval_lapse
from schoolgate.publishing.conditions import keep_use
from schoolgate.publishing.duty_kinds import BY_HAND, FAILED, PUT_RIGHT
from schoolgate.publishing.first_post import check_lead_named, waits_for_lead
from schoolgate.publishing.frozen import frozen_picture
from schoolgate.publishing.link_cards import card_for, frozen_card, still_reading_cards
from schoolgate.publishing.models import Approval, Delivery, Post, PostTarget
from schoolgate.publishing.of_pupils import film_in
from schoolgate.publishing.picture_use import keep_pictures
from schoolgate.publishing.states import POST_MOVES, PostState, Purpose
from schoolgate.publishing.threads import parts_of

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
    if delivery.pk in standing.sent_again(Delivery.objects.filter(post=post)):
        raise done_before(post, _("It has already been sent again."), made=delivery)
    if not standing.may_go_again(delivery):
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
    if not standing.may_be_left(delivery):
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
    lock, once = lanes.of_account("sending", delivery.account_id), lanes.of_row(ADVANCE, delivery.pk)
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
