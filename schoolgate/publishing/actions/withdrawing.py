"""Marks copies that must go because consent was withdrawn, and passes on the outcome of each."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events.recording import record
from schoolgate.core.rows import found_or_made, insert, reserve
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.policy.promised import gone_by
from schoolgate.publishing.actions.removing import GOING
from schoolgate.publishing.actions.settling import lock
from schoolgate.publishing.actions.submitting import ask_again
from schoolgate.publishing.actions.withholding import withhold_withdrawn
from schoolgate.publishing.duty_kinds import RING
from schoolgate.publishing.models import Delivery, Post, TakeDown, TakeDownPost, WithdrawnCopy
from schoolgate.publishing.of_pupils import noes_in
from schoolgate.publishing.past.removing import list_older
from schoolgate.publishing.states import PostState
from schoolgate.publishing.withdrawn import (
    AT_THAT_MOMENT,
    ENDED,
    Gone,
    copies_of,
    mark_elsewhere,
    missed_copies_of,
    outcomes_of,
)
from schoolgate.pupils.consents import check_may_keep
from schoolgate.pupils.linking import write_mail
from schoolgate.pupils.models import ParentLink, Pupil, Withdrawal

LATELY = timedelta(hours=1)
REASON = "consent"
ALL_GONE = (
    _("We have taken down the posts that you asked about. Your page shows each of them:"),
    _("You can change your answer there at any time."),
)
NOT_ENDED = (
    _("We couldn’t take every post down in time. We’ll ring you. Your page shows what happened to each:"),
    _("You can change your answer there at any time."),
)


@action
def list_withdrawn(*, at: datetime, withdrawal: Withdrawal) -> TakeDown:
    """Mark every copy that a withdrawal concerns as one that must go. Safe to call again: what was being
    written down at that moment is added.

    Nothing is taken down here, so nothing that happens to a post can hold the marks up: each copy is removed
    by itself (`removing.remove`). Returns the act; with no copies it has nothing to pass on.
    """
    due_at = gone_by(book_for(withdrawal), withdrawal.pupil.school, at=withdrawal.at)
    act, new = found_or_made(
        TakeDown.objects,
        withdrawal=withdrawal,
        defaults={"by": None, "at": at, "reason": REASON, "due_at": due_at},
    )
    withhold_withdrawn(withdrawal, at=at)
    copies = copies_of(withdrawal) if new else missed_copies_of(act)
    _mark(act, copies, at=at)
    if new:
        record("takedown.opened", subject=act, at=at, copies=len(copies))
    others = mark_elsewhere(act, at=at)
    # What is being imported at that moment looks for those who said no itself, but may not see this no yet.
    since = None if new else withdrawal.at - AT_THAT_MOMENT
    others += list_older(withdrawal, due_at=due_at, at=at, since=since)
    if copies or others or new:
        TakeDown.objects.filter(pk=act.pk).update(told_at=None if copies or others else at)
    act.refresh_from_db()
    return act


def _mark(act: TakeDown, copies: list[Delivery], *, at: datetime) -> None:
    federation = current_scope().federation_id
    numbers = reserve(WithdrawnCopy, len(copies))
    insert(
        [
            WithdrawnCopy(pk=pk, federation_id=federation, take_down=act, delivery=copy)
            for pk, copy in zip(numbers, copies, strict=True)
        ]
    )
    for post in {copy.post_id: copy.post for copy in copies}.values():
        asked = post.state not in GOING
        found_or_made(TakeDownPost.objects, take_down=act, post=post, defaults={"asked": asked})


@action
def ask_again_without_consent(*, at: datetime, post: Post) -> None:
    """Have an approved post approved again at once where a pupil in it may no longer be shown or named, so
    that no one learns of it when it should go out. Safe to call again."""
    if lock(post).state == PostState.APPROVED and noes_in(post, on=local_day(at)):
        ask_again(post, at=at)


def lately(*, at: datetime) -> list[int]:
    """Return the acts that a copy may have slipped past: the withdrawals of the last hour."""
    rows = TakeDown.objects.filter(withdrawal__isnull=False, at__gt=at - LATELY)
    return list(rows.order_by("id").values_list("pk", flat=True))


def acts_of(withdrawals: list[int]) -> list[int]:
    """Return the acts of these withdrawals."""
    rows = TakeDown.objects.filter(withdrawal__in=withdrawals)
    return list(rows.order_by("id").values_list("pk", flat=True))


def to_pass_on() -> list[int]:
    """Return the acts whose outcome no one was told yet."""
    waiting = TakeDown.objects.filter(withdrawal__isnull=False, told_at=None)
    return list(waiting.order_by("id").values_list("pk", flat=True))


@action
def pass_on(*, at: datetime, act: TakeDown) -> bool:
    """Tell a parent the outcome for the copies of a withdrawal once all are removed, or once it is overdue.

    The office is asked to ring where a copy is still there. Returns whether that was now.
    """
    outcomes = [each.gone for each in outcomes_of(act, at=at)]
    if not ENDED.union([Gone.STUCK]).issuperset(outcomes):
        return False
    if not TakeDown.objects.filter(pk=act.pk, told_at=None).update(told_at=at):
        return False
    _tell(act, stuck=Gone.STUCK in outcomes, at=at)
    record("takedown.told", subject=act, at=at, stuck=outcomes.count(Gone.STUCK))
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
        write_mail(
            link, at=at, subject=_("your withdrawal of consent"), lines=NOT_ENDED if stuck else ALL_GONE
        )
        link.save(update_fields=["mail"])
    if not stuck:
        return
    school = withdrawal.pupil.school
    for role in book_for(school).pack.roles_with("administer"):
        open_duty(
            kind=RING, subject=withdrawal.pupil, at=at, due=Due.at(at + timedelta(hours=24)), role=role.key,
            school=school,
        )  # fmt: skip


@action
def say_rung(*, by: Person, at: datetime, pupil: Pupil) -> None:
    """Record that the parent was rung about posts that couldn't be removed in time. Raises NotAllowed."""
    check_may_keep(by, on=local_day(at), school=pupil.school)
    discharge(kind=RING, subject=pupil, by=by, at=at)
