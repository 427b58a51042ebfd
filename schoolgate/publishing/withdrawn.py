"""Copies of posts that a withdrawal of consent concerns, and the outcome for each."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from schoolgate.networks.handshake import LIVE, Intent
from schoolgate.publishing.models import Delivery, PostPerson, TakeDown
from schoolgate.publishing.states import PostState, Purpose
from schoolgate.pupils.models import ParentLink, Pupil, Withdrawal
from schoolgate.pupils.states import Cause, Use

MOST_ACTS = 20
"""Withdrawals that a page shows."""


class Gone(TextChoices):
    """The outcome for one copy that has to go."""

    REMOVED = "removed", _("Removed")
    GOING = "going", _("Being removed")
    STUCK = "stuck", _("Not removed in time")


@dataclass(frozen=True)
class Outcome:
    """One copy and its outcome; `at`: when it was removed."""

    copy: Delivery
    gone: Gone
    at: datetime | None = None


def copies_of(withdrawal: Withdrawal) -> list[Delivery]:
    """Return the copies that a withdrawal concerns: live ones, and those on their way. One query.

    A picture or film concerns posts that show the pupil or may do so, a name those that give it; whether a
    post has their work or voice isn't recorded, so that concerns every post they are in.
    """
    uses = set(withdrawal.uses)
    people = PostPerson.objects.filter(pupil=withdrawal.pupil_id)
    if not uses & {Use.WORK, Use.VOICE}:
        shown = Q(shown=None) | Q(shown=True) if uses & {Use.PICTURE, Use.FILM} else Q(pk__in=[])
        named = ~Q(named="no") if Use.NAME in uses else Q(pk__in=[])
        people = people.filter(shown | named)
    on_its_way = Q(state__in=LIVE, post__state=PostState.SENDING)
    rows = Delivery.objects.filter(
        Q(receipt__isnull=False) | on_its_way, post__in=people.values("post"), purpose=Purpose.PUBLISH
    ).exclude(take_downs__state=Intent.CONFIRMED)
    if withdrawal.channel:
        rows = rows.filter(account__network=withdrawal.channel)
    return list(rows.select_related("account", "post__school", "post__author__federation").order_by("-id"))


def outcomes_of(act: TakeDown, *, at: datetime) -> list[Outcome]:
    """Return the outcome for each copy that a withdrawal listed, newest first. Two queries."""
    rows = Delivery.objects.filter(withdrawn__take_down=act).select_related("account")
    return [
        _outcome(copy, overdue=act.due_at is not None and act.due_at <= at)
        for copy in rows.prefetch_related("take_downs").order_by("-id")
    ]


def acts_about(pupil: Pupil) -> list[TakeDown]:
    """Return the take-downs that followed from withdrawals about a pupil, newest first."""
    rows = TakeDown.objects.filter(withdrawal__pupil=pupil).select_related("withdrawal__by")
    return list(rows.order_by("-id")[:MOST_ACTS])


def acts_asked_by(link: ParentLink) -> list[TakeDown]:
    """Return the take-downs that followed from this person's own withdrawals, newest first."""
    rows = TakeDown.objects.filter(
        withdrawal__pupil=link.pupil_id,
        withdrawal__giver=link.giver,
        withdrawal__who__iexact=link.who,
        withdrawal__cause=Cause.ANSWER,
    )
    return list(rows.order_by("-id")[:MOST_ACTS])


def _outcome(copy: Delivery, *, overdue: bool) -> Outcome:
    ended = [each.state_at for each in copy.take_downs.all() if each.state == Intent.CONFIRMED]
    if ended:
        return Outcome(copy, Gone.REMOVED, min(ended))
    if copy.receipt is None and copy.state in (Intent.CANCELLED, Intent.FAILED):
        return Outcome(copy, Gone.REMOVED, copy.state_at)
    return Outcome(copy, Gone.STUCK if overdue else Gone.GOING)
