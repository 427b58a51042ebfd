"""What was taken down or withdrawn, and may not come back by a restore: on networks too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.again import Again, Happened
from schoolgate.networks.handshake import Intent
from schoolgate.publishing.actions.removing import write_take_down
from schoolgate.publishing.actions.settling import lock
from schoolgate.publishing.actions.taking_down import GONE, take_whole_down
from schoolgate.publishing.actions.withholding import withhold
from schoolgate.publishing.models import Delivery, Post, WithheldPicture
from schoolgate.publishing.states import POST_MOVES, PostState, Purpose

WAITED = (PostState.APPROVED, PostState.SUBMITTED)


class PostsGone(Again):
    """Posts that were taken down, or withdrawn before they went out."""

    key = "publishing.post_gone"
    undone = _("Post {number} was taken down after the backup. Open it and take it down again.")

    def since(self, since: datetime) -> Iterator[Happened]:
        """Return the posts, with whether their pictures are withheld."""
        rows = Post.objects.filter(state__in=GONE, state_at__gte=since)
        safe = WithheldPicture.objects.filter(post__in=rows, pupil=None).values_list("post", flat=True)
        withheld = set(safe)
        for pk, at in rows.values_list("pk", "state_at"):
            yield Happened(pk, at, {"withheld": pk in withheld})

    def again(self, number: int, given: Mapping[str, Any], *, at: datetime) -> bool:
        """Take it down again, where it’s out or waits for its time here; a draft is left alone."""
        post = Post.objects.filter(pk=number).first()
        if post is not None and given.get("withheld"):
            withhold([post], at=at)
        if post is None or post.state in GONE:
            return True
        can_go = (
            PostState.TAKING_DOWN in POST_MOVES[PostState(post.state)] or post.state == PostState.APPROVED
        )
        if can_go:
            take_whole_down(post, by=None, at=at, reason="other")
        return can_go or post.state not in WAITED


class CopiesGone(Again):
    """Copies of a post that were taken down from one account alone."""

    key = "publishing.copy_gone"
    undone = _("Delivery {number} was taken down after the backup. Open its post and take it down again.")

    def since(self, since: datetime) -> Iterator[Happened]:
        """Return the copies."""
        rows = Delivery.objects.filter(purpose=Purpose.TAKE_DOWN, written_at__gte=since).exclude(
            state__in=[Intent.CANCELLED, Intent.FAILED]
        )
        for row in rows.order_by("pk"):
            yield Happened(int(row.of_id or 0), row.written_at)

    def again(self, number: int, given: Mapping[str, Any], *, at: datetime) -> bool:
        """Write its take-down again; where its address isn’t known, a person has to look."""
        rows = Delivery.objects.select_for_update(of=("self",)).select_related("post", "account")
        copy = rows.filter(pk=number, purpose=Purpose.PUBLISH).first()
        if copy is None:
            return True
        lock(copy.post)
        if copy.receipt:
            write_take_down(copy, at=at)
        return bool(copy.receipt) or copy.state in (Intent.CANCELLED, Intent.FAILED)
