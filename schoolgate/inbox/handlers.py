"""What follows from events of the rooms below."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from schoolgate.core.clock import local_day
from schoolgate.core.events import subscribes
from schoolgate.duties.due import Due
from schoolgate.inbox.actions.looking import ask_moderators
from schoolgate.inbox.actions.reaching import follow_sight
from schoolgate.inbox.duty_kinds import NAME_OFF
from schoolgate.inbox.models import Item
from schoolgate.inbox.named_in_public import items_naming
from schoolgate.inbox.queries import locked_item
from schoolgate.networks.handshake import Intent
from schoolgate.policy.choices import withdrawn_within
from schoolgate.pupils.models import Withdrawal
from schoolgate.pupils.states import Use


def _naming(*, subject_id: int, **_ids: Any) -> list[int]:
    withdrawal = Withdrawal.objects.select_related("pupil").get(pk=subject_id)
    return sorted(items_naming(withdrawal.pupil)) if Use.NAME in withdrawal.uses else []


@subscribes("consent.withdrawn", each=_naming)
def ask_to_take_a_name_off(*, part: int, at: datetime, **_ids: Any) -> None:
    """Ask the moderators, within the federation's time, to take off a comment or reply with the name."""
    hours, _chosen = withdrawn_within(on=local_day(at))
    ask_moderators(NAME_OFF, locked_item(part), at=at, due=Due.at(at + timedelta(hours=hours)))


def _answered_below(*, subject_id: int, **_ids: Any) -> list[int]:
    rows = Item.every.filter(post=subject_id, answers__state=Intent.CONFIRMED, destroyed_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct())


@subscribes("post.taken_down", each=_answered_below)
def follow_post(*, part: int, at: datetime, **_ids: Any) -> None:
    """Have our replies to a comment below a post that was taken down follow it."""
    follow_sight(locked_item(part), at=at)
