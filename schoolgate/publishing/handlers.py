"""What follows from events of the rooms below."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.events import subscribes
from schoolgate.notices.actions import tell
from schoolgate.notices.kinds import LINK, LetterContent, LetterText, address, makes_letter
from schoolgate.people.queries import person as person_by_id
from schoolgate.publishing import queries
from schoolgate.publishing.hit_answers import drafts, note_for_leads
from schoolgate.publishing.ready import people_to_tell
from schoolgate.publishing.taking_down import remove
from schoolgate.publishing.withdrawn import (
    KINDS,
    approved_posts_of,
    ask_about_posts_that_stay,
    ask_again_without_consent,
    list_withdrawn,
    take_off_our_pages,
)
from schoolgate.pupils.models import Cause, Withdrawal

EMERGENCY = LetterText(
    _("an emergency text was sent"),
    (
        _("A colleague has sent an emergency text that was approved beforehand."),
        _("Read it here. You can take it down there if something is wrong:"),
        LINK,
    ),
)


def _withdrawn_copies(*, subject_id: int, at: datetime, **_ids: Any) -> list[int]:
    act = list_withdrawn(at=at, withdrawal=Withdrawal.objects.get(pk=subject_id))
    return list(act.copies.order_by("id").values_list("delivery", flat=True))


@subscribes("consent.withdrawn", each=_withdrawn_copies)
def take_down_posts(*, part: int, at: datetime, **_ids: Any) -> None:
    """Take down one copy that a withdrawal of consent concerns."""
    remove(at=at, copy=queries.delivery(part))


def _kinds_of_pages(**_ids: Any) -> list[int]:
    return list(range(1, len(KINDS) + 1))


@subscribes("consent.withdrawn", each=_kinds_of_pages)
def take_name_off_pages(*, subject_id: int, part: int, at: datetime, **_ids: Any) -> None:
    """Take a name off one kind of our own pages."""
    act = list_withdrawn(at=at, withdrawal=Withdrawal.objects.get(pk=subject_id))
    take_off_our_pages(at=at, act=act, kind=KINDS[part - 1])


@subscribes("consent.withdrawn")
def ask_about_posts_of_another(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Ask the leads about what stays although it may name a pupil who is new on the list."""
    act = list_withdrawn(at=at, withdrawal=Withdrawal.objects.get(pk=subject_id))
    ask_about_posts_that_stay(at=at, act=act)


def _drafts(*, subject_id: int, **_ids: Any) -> list[int]:
    withdrawal = Withdrawal.objects.get(pk=subject_id)
    return drafts() if withdrawal.cause == Cause.KEPT_OFF else []


@subscribes("consent.withdrawn", each=_drafts)
def keep_drafts_to_the_leads(*, part: int, at: datetime, **_ids: Any) -> None:
    """Keep a draft to the leads that names a child who has just come to the do-not-publish list."""
    note_for_leads(queries.post(part), at=at)


def _approved_posts(*, subject_id: int, **_ids: Any) -> list[int]:
    return approved_posts_of(Withdrawal.objects.get(pk=subject_id))


@subscribes("consent.withdrawn", each=_approved_posts)
def ask_again_about_posts(*, part: int, at: datetime, **_ids: Any) -> None:
    """Have one approved post approved again if it may no longer go out."""
    ask_again_without_consent(at=at, post=queries.post(part))


def _told_of_emergency(*, subject_id: int, at: datetime, **_ids: Any) -> list[int]:
    post = queries.post(subject_id)
    return [each.pk for each in people_to_tell(post, on=local_day(at), but=[post.author_id])]


@subscribes("post.emergency", each=_told_of_emergency)
def tell_of_emergency(*, subject_id: int, event_id: int, part: int, at: datetime, **_ids: Any) -> None:
    """Tell one of the approvers and of the people who can stop everything, at once."""
    post = queries.post(subject_id)
    tell(person=person_by_id(part), kind="posts.emergency", subject=post, at=at, number=event_id)


@makes_letter(
    "posts.emergency",
    _("Emergency texts that were sent"),
    because=_("This text is published at once, without a second look."),
)
def emergency_letter(pk: int, at: datetime) -> LetterContent | None:
    """Return the link to the post that was sent."""
    return LetterContent(EMERGENCY, address("post", pk=pk))
