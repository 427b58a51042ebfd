"""Takes posts down because consent was withdrawn, and passes on the outcome of each copy."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core import bulk, ids
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events import record
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.policy.choices import withdrawn_within
from schoolgate.publishing.actions.taking_down import take_whole_down, write_take_down
from schoolgate.publishing.duty_kinds import RING
from schoolgate.publishing.models import Delivery, TakeDown, TakeDownPost, WithdrawnCopy
from schoolgate.publishing.states import POST_MOVES, PostState
from schoolgate.publishing.withdrawn import Gone, copies_of, outcomes_of
from schoolgate.pupils.actions.linking import write_mail
from schoolgate.pupils.models import ParentLink, Pupil, Withdrawal
from schoolgate.pupils.rules import check_may_keep

AT_ONCE = 100
REASON = "consent"
ENDED = (
    _("We have taken down the posts that you asked about. Your page shows each of them:"),
    _("You can change your answer there at any time."),
)
NOT_ENDED = (
    _("We couldn’t take every post down in time. We’ll ring you. Your page shows what became of each:"),
    _("You can change your answer there at any time."),
)


@action
def take_down_withdrawn(*, at: datetime, withdrawal: Withdrawal) -> TakeDown:
    """List every live copy that a withdrawal concerns, and begin to take each down. Safe to call again,
    and of two at once only one gets through.

    Returns the act; with no copies it has nothing to pass on.
    """
    known = TakeDown.objects.filter(withdrawal=withdrawal).first()
    if known is not None:
        return known
    hours, _chosen = withdrawn_within(on=local_day(withdrawal.at))
    copies = copies_of(withdrawal)
    act = TakeDown.objects.create(
        by=None,
        at=at,
        reason=REASON,
        withdrawal=withdrawal,
        due_at=withdrawal.at + timedelta(hours=hours),
        told_at=None if copies else at,
    )
    federation = current_scope().federation_id
    numbers = ids.reserve(WithdrawnCopy, len(copies))
    bulk.insert(
        [
            WithdrawnCopy(pk=pk, federation_id=federation, take_down=act, delivery=copy)
            for pk, copy in zip(numbers, copies, strict=True)
        ]
    )
    by_post: dict[int, list[Delivery]] = {}
    for copy in copies:
        by_post.setdefault(copy.post_id, []).append(copy)
    for found in by_post.values():
        asked = _take_down(found, whole=not withdrawal.channel, at=at)
        TakeDownPost.objects.create(take_down=act, post=found[0].post, asked=asked)
    record("takedown.opened", subject=act, at=at, copies=len(copies))
    return act


@action
def pass_on(*, at: datetime) -> int:
    """Tell parents the outcome for the copies of a withdrawal once all are removed, or once it is overdue.

    The office is asked to ring where a copy is still there. Returns how many withdrawals were passed on.
    """
    waiting = TakeDown.objects.filter(withdrawal__isnull=False, told_at=None)
    told = 0
    for act in waiting.select_related("withdrawal__pupil__school").order_by("id")[:AT_ONCE]:
        outcomes = [each.gone for each in outcomes_of(act, at=at)]
        if Gone.GOING in outcomes:
            continue
        if not TakeDown.objects.filter(pk=act.pk, told_at=None).update(told_at=at):
            continue
        _tell(act, stuck=Gone.STUCK in outcomes, at=at)
        record("takedown.told", subject=act, at=at, stuck=outcomes.count(Gone.STUCK))
        told += 1
    return told


def _take_down(copies: list[Delivery], *, whole: bool, at: datetime) -> bool:
    """Take down a whole post, or only the copies on one network. Returns whether anything was still to do."""
    post = copies[0].post
    if whole and PostState.TAKING_DOWN in POST_MOVES[PostState(post.state)]:
        take_whole_down(post, by=None, at=at, reason=REASON)
        return True
    if post.state == PostState.TAKING_DOWN:
        return False
    for copy in copies:
        if copy.receipt:
            write_take_down(copy, at=at)
    return True


def _tell(act: TakeDown, *, stuck: bool, at: datetime) -> None:
    withdrawal = act.withdrawal
    if withdrawal is None or not withdrawal.giver:  # a list, or the do-not-publish list: no one asked us
        return
    link = (
        ParentLink.objects.filter(
            pupil=withdrawal.pupil, giver=withdrawal.giver, who__iexact=withdrawal.who, revoked_at=None
        )
        .select_related("pupil__school", "federation")
        .first()
    )
    if link is not None and link.email and link.expires_at > at:
        write_mail(link, at=at, subject=_("your withdrawal of consent"), lines=NOT_ENDED if stuck else ENDED)
        link.save(update_fields=["mail"])
    if not stuck:
        return
    school = withdrawal.pupil.school
    for role in book_of(school.federation).pack.roles_with("administer"):
        open_duty(
            kind=RING, subject=withdrawal.pupil, at=at, due=Due.at(at + timedelta(hours=24)), role=role.key,
            school=school,
        )  # fmt: skip


@action
def say_rung(*, by: Person, at: datetime, pupil: Pupil) -> None:
    """Record that the parent was rung about posts that couldn't be removed in time. Raises NotAllowed."""
    check_may_keep(by, on=local_day(at), school=pupil.school)
    discharge(kind=RING, subject=pupil, by=by, at=at)
