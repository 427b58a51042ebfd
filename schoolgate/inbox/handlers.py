"""What follows from events of the rooms below."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.core.events import subscribes
from schoolgate.duties.actions import discharge
from schoolgate.inbox.duty_kinds import NO_PICTURE
from schoolgate.inbox.models import Item, WithdrawnWords
from schoolgate.inbox.ranking import says_no_to_a_picture
from schoolgate.inbox.reaching import follow_sight
from schoolgate.inbox.seeing import locked_item
from schoolgate.inbox.taking_off import take_off
from schoolgate.networks.handshake import Intent
from schoolgate.publishing.withdrawn import list_withdrawn
from schoolgate.pupils.models import Withdrawal


def _withdrawn_words(*, subject_id: int, at: datetime, **_ids: Any) -> list[int]:
    act = list_withdrawn(at=at, withdrawal=Withdrawal.objects.get(pk=subject_id))
    return list(WithdrawnWords.objects.filter(take_down=act).order_by("pk").values_list("pk", flat=True))


@subscribes("consent.withdrawn", each=_withdrawn_words)
def take_name_off(*, part: int, at: datetime, **_ids: Any) -> None:
    """Take down one reply, or hide one comment, with the name of a pupil whose consent ended."""
    take_off(at=at, words=WithdrawnWords.objects.get(pk=part))


def _no_picture_below(*, subject_id: int, **_ids: Any) -> list[int]:
    there = Item.every.filter(post=subject_id, destroyed_at=None).order_by("pk")
    return [row.pk for row in there if says_no_to_a_picture(row)]


@subscribes("post.taken_down", each=_no_picture_below)
def picture_is_down(*, part: int, at: datetime, **_ids: Any) -> None:
    """End the task to take a picture down: the post below which someone said no to it is down."""
    discharge(kind=NO_PICTURE, subject=locked_item(part), by=None, at=at, how="taken_down")


def _answered_below(*, subject_id: int, **_ids: Any) -> list[int]:
    rows = Item.every.filter(post=subject_id, answers__state=Intent.CONFIRMED, destroyed_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct())


@subscribes("post.taken_down", each=_answered_below)
def follow_post(*, part: int, at: datetime, **_ids: Any) -> None:
    """Have our replies to a comment below a post that was taken down follow it."""
    follow_sight(locked_item(part), at=at)
