"""Comments that were locked to the safeguarding leads, and replies that were taken down: neither may be read
again by a restore."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.again import Again, Columns, Happened
from schoolgate.inbox.actions.ending import end_tasks_of_others
from schoolgate.inbox.actions.taking_off import OVER, write_removal
from schoolgate.inbox.models import Answer, Item, ReplyRemoval
from schoolgate.networks.handshake import Intent


class Locked(Columns):
    """Comments and messages that were locked."""

    key, model, when = "inbox.locked", Item, "locked_at"
    undone = _("Comment {number} was locked after the backup. A safeguarding lead must lock it again.")

    def afterwards(self, row: Any, *, at: datetime) -> None:
        """End everyone else’s tasks about it."""
        end_tasks_of_others(Item.every.get(pk=row.pk), at=at)


class RepliesGone(Again):
    """Our replies that had to go because consent had ended."""

    key = "inbox.reply_gone"
    undone = _("Reply {number} was deleted after the backup. Delete it on its network again.")

    def since(self, since: datetime) -> Iterator[Happened]:
        """Return the replies."""
        rows = ReplyRemoval.objects.filter(written_at__gte=since)
        for answer, at in rows.order_by("pk").values_list("answer_id", "written_at"):
            yield Happened(answer, at)

    def again(self, number: int, given: Mapping[str, Any], *, at: datetime) -> bool:
        """Write its take-down again; where it isn't known to be there, a person has to look."""
        answer = Answer.objects.select_related("item__account", "by").filter(pk=number).first()
        if answer is None or answer.gone_at is not None:
            return True
        there = answer.receipt is not None or answer.state == Intent.CONFIRMED
        if there:
            write_removal(answer, at=at)
        return there or answer.state in OVER
