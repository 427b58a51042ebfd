"""Posts in an installation restored from a backup: look up what may have gone out since, and never send it
again blindly."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from schoolgate.core.actions import action
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.networks.handshake import MOVES, Intent
from schoolgate.networks.port import intent_key
from schoolgate.publishing import queries, rules
from schoolgate.publishing.actions.settling import ask_to_look, settle, tell_of_failure
from schoolgate.publishing.actions.starting import PUBLISH, ask_by_hand, named, write_intent
from schoolgate.publishing.models import Approval, Delivery, Post, PostTarget
from schoolgate.publishing.states import POST_MOVES, PostState, Purpose

NOT_THERE, RESTORED, ANEW = "absent", "restored", "restored_anew"
"""Codes: proven absent; written before the backup; written again after it, so that its key is not known."""
MINUTE = timedelta(minutes=1)


@action
def doubt_posts(*, at: datetime, since: datetime) -> int:
    """Put into doubt every post that may have gone out between the backup (`since`) and now; returns how
    many.

    What was written down to be sent counts as sent without an answer. An approved post whose time came gets
    its intents, as it did in the time that was lost; they are looked up by the keys that they must have had.
    """
    doubted = 0
    written = Delivery.objects.filter(state=Intent.WRITTEN, purpose=Purpose.PUBLISH, by_hand=False)
    for delivery in written.select_related("account").order_by("pk"):
        _doubt(delivery, at=at, because=RESTORED)
        doubted += 1
    for pk in _may_have_started(since=since, at=at):
        post = queries.post(pk)
        approval = queries.standing_approval(post)
        if approval is None:
            continue
        move(post, to=PostState.SENDING, moves=POST_MOVES, at=at)
        record("post.started", subject=post, at=at, seen=approval.seen)
        for target in post.targets.all():
            _write_doubted(post, target, approval, at=at)
            doubted += 1
    return doubted


@action
def end_doubt(*, at: datetime, delivery: Delivery, there: bool | None) -> Delivery:
    """Record the result of the look-up for one post in doubt: it is proven absent, or unknown (None), so its
    author is asked to check. A post that was found has been confirmed by the look-up itself."""
    delivery.refresh_from_db()
    if delivery.state not in (Intent.UNKNOWN, Intent.SENT, Intent.WRITTEN) or there:
        return delivery
    if there is None and delivery.state != Intent.WRITTEN:
        move(delivery, to=Intent.ASKED, moves=MOVES, at=at, because="no_proof")
        record("delivery.asked", subject=delivery, at=at, because=RESTORED)
        ask_to_look(delivery, at=at)
    else:
        move(delivery, to=Intent.FAILED, moves=MOVES, at=at, because=NOT_THERE, receipt=None)
        record("delivery.failed", subject=delivery, at=at, because=NOT_THERE)
        tell_of_failure(delivery, at=at)
    settle(delivery.post, at=at)
    return delivery


@action
def take_key(*, at: datetime, delivery: Delivery, key: str) -> Delivery:
    """Give an intent the key under which the network was found to have it."""
    Delivery.objects.filter(pk=delivery.pk).update(intent_key=key, not_before=None)
    delivery.intent_key = key
    return delivery


def keys_it_may_have(delivery: Delivery) -> list[str]:
    """The keys that an approved post's intent can have been given in the time that is lost: posts start in
    the sweep of a full minute, and no later than `rules.LATEST` after their time."""
    post = delivery.post
    approval = queries.standing_approval(post)
    begins = max(post.planned_at or post.created_at, approval.at if approval else post.created_at)
    first = begins.replace(second=0, microsecond=0)
    about = named(post, delivery.account_id, PUBLISH, tries=0)
    minutes = int(rules.LATEST / MINUTE) + 2
    return [intent_key(at=first + number * MINUTE, about=about) for number in range(minutes)]


def written_in_doubt() -> list[int]:
    """Return the ids of the intents that look-ups have still to settle."""
    rows = Delivery.objects.filter(
        state__in=[Intent.SENT, Intent.UNKNOWN], purpose=Purpose.PUBLISH, by_hand=False
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _may_have_started(*, since: datetime, at: datetime) -> list[int]:
    """Approved posts whose time came after the backup, or so shortly before it that they had not started."""
    came = Q(planned_at=None) | Q(planned_at__gt=since - rules.LATEST, planned_at__lte=at)
    rows = Post.objects.filter(came, state=PostState.APPROVED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _write_doubted(post: Post, target: PostTarget, approval: Approval, *, at: datetime) -> Delivery:
    delivery = write_intent(post, target, approval, at=at, written_at=approval.at, what=RESTORED)
    if delivery.by_hand:
        ask_by_hand(delivery, at=at)
    else:
        _doubt(delivery, at=at, because=ANEW)
    return delivery


def _doubt(delivery: Delivery, *, at: datetime, because: str) -> None:
    """Move from written to unknown: only the look-up continues from there."""
    move(delivery, to=Intent.SENT, moves=MOVES, at=at, sent_at=at, attempts=delivery.attempts + 1)
    move(delivery, to=Intent.UNKNOWN, moves=MOVES, at=at, because=because, not_before=None)
    record("delivery.unknown", subject=delivery, at=at, because=because)
