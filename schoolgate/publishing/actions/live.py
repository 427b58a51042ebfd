"""What follows from reading a published post back: a change made on the network itself is recorded, and a
person deals with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.care import asked_for, cared_for
from schoolgate.accounts.proposals import actor
from schoolgate.core import sealed_words
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.moves import done_before
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.networks.checks import whole
from schoolgate.networks.handshake import Intent
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import Reactions
from schoolgate.people.models import Person
from schoolgate.policy.asking import answered, record_decision
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force
from schoolgate.publishing import rules
from schoolgate.publishing.actions.upkeep import read_again
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.duty_kinds import CHANGED
from schoolgate.publishing.facts import marks_of
from schoolgate.publishing.live_models import LiveChange, LiveCheck, PostReactions
from schoolgate.publishing.live_words import can_be_read, content_of, words_there
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.states import LiveEnd, Purpose
from schoolgate.rulebook.situations.upkeep import PostUpkeep

SEALED = "live_change"
SOON = (timedelta(minutes=5), timedelta(hours=1), timedelta(days=1))
"""After going out a post is read back at these times, then each day, later each week, at last each month."""
EACH_DAY, EACH_WEEK = timedelta(days=14), timedelta(days=365)
"""Until it is so old."""
NO_PROOF = timedelta(minutes=15)
"""A post that a network without proof of absence doesn't show is looked for again after this time."""
UNREAD = timedelta(minutes=15)
POINTS = ("post_owner", "good_name")
"""What of `post.upkeep` counts here: whether a post is up to date is asked once its day has passed."""
STILL = ("", LiveEnd.STAYS, LiveEnd.NOTED)


def begin_looking(delivery: Delivery, *, at: datetime) -> None:
    """Have a published post read back from now on; one posted by hand can't be."""
    if not delivery.by_hand:
        LiveCheck.objects.get_or_create(delivery=delivery, defaults={"next_at": at + SOON[0]})


def next_look(published: datetime, at: datetime) -> datetime:
    """Return when a post that went out at `published` is read next, after `at`."""
    for step in SOON:
        if published + step > at:
            return published + step
    age = at - published
    if age < EACH_DAY:
        return at + timedelta(days=1)
    return at + (timedelta(days=7) if age < EACH_WEEK else timedelta(days=28))


@action
def note_look(
    *,
    at: datetime,
    check: LiveCheck,
    wanted: NormalPost | None,
    there: NormalPost | None,
    proves_absence: bool,
    reactions: Sequence[Reactions | None] = (),
) -> LiveChange | None:
    """Record what a network showed of a post. `wanted`: what was approved, None where its pictures are lost,
    so that only absence counts. `reactions`: to each of its posts in order, a thread has several; None for
    one that wasn't counted. Returns the change that is new, None if there is none.

    A post that is being taken down, or was, is not looked at again. Safe to call twice: the second time finds
    the check already moved on.
    """
    fresh = LiveCheck.objects.select_for_update().filter(pk=check.pk, next_at=check.next_at).first()
    delivery = check.delivery
    if fresh is None or fresh.next_at is None:
        return None
    if _is_ours_to_remove(delivery):
        stop_looking(delivery, at=at)
        return None
    fresh.looked_at, fresh.unread_since = at, None
    fresh.next_at = next_look(delivery.state_at, at)
    doubted = there is None and not proves_absence and fresh.missing_since is None
    fresh.missing_since = None if there is not None else (fresh.missing_since or at)
    if doubted:
        fresh.next_at = at + NO_PROOF
    fresh.save(update_fields=["next_at", "looked_at", "unread_since", "missing_since"])
    if any(reactions):
        _keep(delivery, reactions, at=at)
    return None if doubted else _compare(delivery, wanted, there, at=at)


def note_unread(*, at: datetime, checks: list[LiveCheck]) -> None:
    """Record that a network couldn't be read: that says nothing about the posts, which are read later."""
    for check in checks:
        row = LiveCheck.objects.select_for_update().get(pk=check.pk)
        if row.next_at is not None and row.next_at == check.next_at:
            row.unread_since, row.next_at = row.unread_since or at, at + UNREAD
            row.save(update_fields=["unread_since", "next_at"])


def stop_looking(delivery: Delivery, *, at: datetime) -> None:
    """End the checks of a post that was taken down here, and forget what had been changed in it."""
    LiveCheck.objects.filter(delivery=delivery).update(next_at=None, missing_since=None)
    for change in delivery.live_changes.all():
        if change.ended_at is None:
            _end(change, LiveEnd.TAKEN_DOWN, at=at)
            cancel(kind=CHANGED, subject=delivery, because="taken_down", at=at)
        _forget(change)


@action
def settle_change(*, by: Person, at: datetime, change: LiveChange) -> LiveChange:
    """Accept what a network shows now, or note that the post is gone there.

    Accepting other words is an approval: it takes an approver who isn't the author. Raises NotAllowed, NotNow
    (dealt with already; captions that can't be read), WordsHeld.
    """
    post = change.delivery.post
    check = rules.check_may_take_down if change.gone else rules.check_may_approve
    check(by, post, on=local_day(at))
    locked = LiveChange.objects.select_for_update().filter(pk=change.pk, ended_at=None).first()
    if locked is None:
        raise done_before(
            change,
            _("Someone has already dealt with this change."),
            _("Open the post again."),
            otherwise=NotNow(_("This change was undone or has been dealt with."), _("Open the post again.")),
            how=LiveEnd.NOTED if change.gone else LiveEnd.STAYS,
        )
    if not locked.gone and locked.words_ref is not None:
        content = sealed_words.opened(locked.words_ref)
        if not can_be_read(change.delivery, content):
            raise NotNow(
                _("Schoolgate can’t read the words that are there now, such as captions."),
                _("Put back what was approved, or take the post down."),
            )
        check_leaving(
            Door.CHANGE, words_there(content), about=change.delivery, by=by,
            at=at, network=change.delivery.account.network, school=post.school,
        )  # fmt: skip
    _end(locked, LiveEnd.NOTED if locked.gone else LiveEnd.STAYS, at=at, by=by)
    if locked.gone:
        _forget(locked)
    read_again(post, by=by, at=at)
    discharge(kind=CHANGED, subject=change.delivery, by=by, at=at, how=locked.how)
    record(
        "delivery.change_settled", subject=change.delivery, at=at, actor=by, post=post.pk, how=str(locked.how)
    )
    return locked


def _is_ours_to_remove(delivery: Delivery) -> bool:
    removals = Delivery.objects.filter(of=delivery, purpose=Purpose.TAKE_DOWN)
    return removals.exclude(state=Intent.CANCELLED).exists()


def _keep(delivery: Delivery, told: Sequence[Reactions | None], *, at: datetime) -> None:
    """Keep the counts of the day if they are others than before: of a thread all parts together, and each."""
    together = sum((each for each in told if each is not None), Reactions())
    now: dict[str, Any] = {name: whole(number) for name, number in asdict(together).items()} | {
        "parts": [asdict(each) if each else None for each in told] if len(told) > 1 else []
    }
    day = local_day(at)
    before = PostReactions.objects.filter(delivery=delivery, day__lte=day).order_by("-day").first()
    if before is None or {name: getattr(before, name) for name in now} != now:
        PostReactions.objects.update_or_create(delivery=delivery, day=day, defaults=now)


def _compare(
    delivery: Delivery, wanted: NormalPost | None, there: NormalPost | None, *, at: datetime
) -> LiveChange | None:
    newest = delivery.live_changes.order_by("-id").first()
    waits = newest if newest is not None and newest.ended_at is None else None
    parts = [] if wanted is None or there is None else list(wanted.differences(there))
    if there is not None and not parts:
        if waits is not None and wanted is not None:
            _back(waits, delivery, at=at)
        return None
    seen = {} if there is None else content_of(there)
    if newest is not None and newest.how in STILL and _is_same(newest, seen):
        return None
    if newest is None and there is not None and delivery.done_by is not None and delivery.differences:
        # A person saw this difference when the post went out, and let it stay.
        return _accepted_at_first(delivery, parts, seen, at=at)
    if waits is not None:
        _end(waits, LiveEnd.CHANGED, at=at)
        _forget(waits)
    return _open(delivery, parts, seen, at=at)


def _open(delivery: Delivery, parts: list[str], seen: Mapping[str, Any], *, at: datetime) -> LiveChange:
    kept = _asked(delivery, gone=not seen, at=at)
    change = LiveChange.objects.create(
        delivery=delivery,
        at=at,
        gone=not seen,
        parts=parts,
        words_ref=sealed_words.seal(SEALED, seen, about=delivery) if seen else None,
        decision=kept,
    )
    found = answered(kept).findings if kept is not None else ()
    clauses = tuple(dict.fromkeys(one for each in found if each.point in POINTS for one in each.clauses))
    people = asked_for(cared_for(delivery.account_id, on=local_day(at)), CHANGED)
    open_duty(
        kind=CHANGED,
        subject=delivery,
        at=at,
        due=Due.none_promised(),
        person=people[0] if people else delivery.post.author,
        then=people[1] if people else None,
        school=delivery.post.school,
        account=delivery.account_id,
        clauses=clauses,
        decision=kept,
    )
    record(
        "delivery.changed" if seen else "delivery.gone", subject=delivery, at=at, post=delivery.post_id,
        change=change.pk, clauses=clauses, decision=kept.pk if kept else None,
    )  # fmt: skip
    return change


def _accepted_at_first(
    delivery: Delivery, parts: list[str], seen: Mapping[str, Any], *, at: datetime
) -> LiveChange | None:
    LiveChange.objects.create(
        delivery=delivery, at=at, gone=False, parts=parts, how=LiveEnd.STAYS, ended_at=at,
        ended_by=delivery.done_by, words_ref=sealed_words.seal(SEALED, seen, about=delivery),
    )  # fmt: skip
    return None


def _asked(delivery: Delivery, *, gone: bool, at: datetime) -> DecisionRecord | None:
    """Ask the policy about the post as a live one, where it says who looks after it. None where it is
    silent."""
    policy, post = in_force(local_day(at)), delivery.post
    if not policy.book.at("post.upkeep", *POINTS):
        return None
    facts = PostUpkeep(
        now=at,
        owner=actor(post.author, policy.book, on=local_day(at), school=post.school),
        taken_down=gone,
        marks=marks_of(post, seen=content_digest(post)),
    )
    return record_decision("post.upkeep", facts, at=at, by=None, subject=post)


def _back(change: LiveChange, delivery: Delivery, *, at: datetime) -> None:
    _end(change, LiveEnd.AS_APPROVED, at=at)
    _forget(change)
    discharge(kind=CHANGED, subject=delivery, by=None, at=at, how="as_approved")
    record("delivery.as_approved_again", subject=delivery, at=at, post=delivery.post_id)


def _end(change: LiveChange, how: LiveEnd, *, at: datetime, by: Person | None = None) -> None:
    change.how, change.ended_at, change.ended_by = how, at, by
    change.save(update_fields=["how", "ended_at", "ended_by"])


def _forget(change: LiveChange) -> None:
    if change.words_ref is not None:
        sealed_words.wipe(change.words_ref)
        change.words_ref = None
        change.save(update_fields=["words_ref"])


def _is_same(change: LiveChange, seen: Mapping[str, Any]) -> bool:
    return change.gone == (not seen) and (change.gone or sealed_words.opened(change.words_ref) == dict(seen))
