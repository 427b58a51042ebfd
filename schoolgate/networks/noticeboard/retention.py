"""Posts of the noticeboard that were taken down: what is due, and how it is destroyed.

The row of a post and of a comment stays, because its key must never be used again. Our copy of the comment in
the inbox has a period of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.retention import SIX_YEARS, Area, Declared, Part, Public, Row
from schoolgate.networks.noticeboard.models import (
    CommentState,
    NoticeboardCard,
    NoticeboardComment,
    NoticeboardFilm,
    NoticeboardPicture,
    NoticeboardPost,
)


class NoticeboardPosts(Declared):
    """Posts of the noticeboard that no one sees any more, with the comments below them."""

    key, number, endings = "board", 26, ("board_period", "board_parts")
    area = Area.POSTS
    public = Public.FIRST
    name = _("Posts on the noticeboard")
    thing = _("Noticeboard post")
    counted = _("From the day it was taken down.")
    goes = _("Its text, pictures, film and link card, and the comments below it with their authors’ names.")
    stays = _(
        "When it was posted and taken down, and how many comments it had. The post that you "
        "wrote and the comments in the inbox have their own periods."
    )
    because = SIX_YEARS
    first = _("Take the post down, and finish every task and concern about it.")
    row = Row(
        NoticeboardPost,
        over=Q(taken_down_at__isnull=False),
        since="taken_down_at",
        empties={"text": "", "comments_open": False},
        parts=(
            Part(NoticeboardPicture, "post", files=("digest",)),
            Part(NoticeboardFilm, "post", files=("digest", "cover")),
            Part(NoticeboardCard, "post", files=("digest",)),
            Part(NoticeboardComment, "post", {"name": "", "text": "", "state": CommentState.REMOVED}),
        ),
    )

    def needs_file(self, digest: str) -> bool:
        """Return whether a post that people see shows this file: one that was taken down doesn't need it."""
        shown = {"post__taken_down_at": None}
        return (
            NoticeboardPicture.objects.filter(digest=digest, **shown).exists()
            or NoticeboardFilm.objects.filter(Q(digest=digest) | Q(cover=digest), **shown).exists()
            or NoticeboardCard.objects.filter(digest=digest, **shown).exists()
        )


def erase_comments(keys: Iterable[str], *, at: datetime) -> None:
    """Take comments off the board for good, with their words and names, and our replies below them."""
    rows = NoticeboardComment.objects.filter(key__in=list(keys), ours=False)
    ours = NoticeboardComment.objects.filter(parent__in=rows.values("pk"), ours=True)
    for each in (ours, rows):
        each.exclude(state=CommentState.REMOVED, text="", name="").update(
            name="", text="", state=CommentState.REMOVED, state_at=at
        )
