"""The content of the noticeboards: posts, and the comments and replies below them, each hidden until
someone at the school has approved it.

Posts of the noticeboard that were taken down: what is due, and how it is destroyed.

The row of a post and of a comment stays, because its key must never be used again. Our copy of the comment in
the inbox has a period of its own.

What was taken off the noticeboard, and may not be public again by a restore.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School, english
from schoolgate.core.retention import SIX_YEARS, Area, Columns, Declared, Part, Public, Row
from schoolgate.networks.normal import site_of


class CommentState(models.TextChoices):
    """The status of a comment."""

    WAITING = "waiting", _("Waiting to be checked")
    RELEASED = "released", _("Shown")
    HIDDEN = "hidden", _("Hidden")
    REMOVED = "removed", _("Deleted")


MOVES: Mapping[CommentState, frozenset[CommentState]] = {
    CommentState.WAITING: frozenset({CommentState.RELEASED, CommentState.HIDDEN, CommentState.REMOVED}),
    CommentState.RELEASED: frozenset({CommentState.HIDDEN, CommentState.REMOVED}),
    CommentState.HIDDEN: frozenset({CommentState.RELEASED, CommentState.REMOVED}),
    CommentState.REMOVED: frozenset(),
}


class NoticeboardPost(FederationOwned):
    """One post of a school's board. `key` is the intent's own, so that it can be looked up and is never there
    twice.

    A post that was taken down still has its row: the key stays used, and no one sees it.
    """

    numbered: ClassVar[Promise] = _("Noticeboard post {number}")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    key = models.CharField(max_length=13)
    text = models.TextField()
    languages = ArrayField(models.CharField(max_length=8), default=english)
    comments_open = models.BooleanField(default=True)
    published_at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "key"], name="networks_noticeboard_post_key"),
            models.CheckConstraint(
                name="networks_noticeboard_post_times",
                condition=Q(taken_down_at=None) | Q(taken_down_at__gte=F("published_at")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "school", "-published_at", "-id"], name="networks_board_newest"
            ),
        ]

    def __str__(self) -> str:
        return f"noticeboard post {self.key}"


class NoticeboardPicture(FederationOwned):
    """One picture of a post; `place` counts from 1 in the order in which they are shown."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    post = models.ForeignKey(NoticeboardPost, models.PROTECT, related_name="pictures")
    place = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=20)
    alt = models.TextField(blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["federation", "post", "place"], name="networks_board_place"),
        ]
        indexes = [models.Index(fields=["federation", "digest"], name="networks_board_pictures")]

    def __str__(self) -> str:
        return f"picture {self.place} of noticeboard post {self.post_id}"


class NoticeboardFilm(FederationOwned):
    """The film of a post, with its captions (WebVTT, empty for none). Its cover is a file of its own."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    post = models.OneToOneField(NoticeboardPost, models.PROTECT, related_name="film")
    digest = models.CharField(max_length=64)
    alt = models.TextField(blank=True)
    captions = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    cover = models.CharField(max_length=64, blank=True)
    cover_type = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["federation", "digest"], name="networks_board_films")]

    def __str__(self) -> str:
        return f"film of noticeboard post {self.post_id}"


class NoticeboardCard(FederationOwned):
    """The card of a post's link, as the post was published with it. `digest`: of its picture, empty for
    none."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    post = models.OneToOneField(NoticeboardPost, models.PROTECT, related_name="link_card")
    address = models.TextField()
    title = models.CharField(max_length=200)
    description = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=20, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["federation", "digest"], name="networks_board_cards")]

    def __str__(self) -> str:
        return f"link card of noticeboard post {self.post_id}"

    @property
    def site(self) -> str:
        """Where the link leads."""
        return site_of(self.address)


class NoticeboardComment(FederationOwned):
    """A comment, or an answer of the school's own (`ours`), which needs no release."""

    numbered: ClassVar[Promise] = _("Noticeboard comment {number}")

    post = models.ForeignKey(NoticeboardPost, models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", models.PROTECT, related_name="answers", null=True, blank=True)
    key = models.CharField(max_length=13)
    ours = models.BooleanField(default=False)
    name = models.CharField(_("Your name"), max_length=60, blank=True)
    text = models.TextField(_("Your comment"))
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    written_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=CommentState, default=CommentState.WAITING)
    state_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "key"], name="networks_noticeboard_comment_key"),
            models.CheckConstraint(
                name="networks_noticeboard_comment_state", condition=Q(state__in=CommentState.values)
            ),
            models.CheckConstraint(
                name="networks_noticeboard_ours_is_shown",
                condition=Q(ours=False) | Q(state__in=[CommentState.RELEASED, CommentState.REMOVED]),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "post", "written_at", "id"], name="networks_comments_below"),
            models.Index(fields=["federation", "post", "state"], name="networks_comments_waiting"),
        ]

    def __str__(self) -> str:
        return f"noticeboard comment {self.key}"


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


class PostsDown(Columns):
    """Posts that were taken down, with their pictures."""

    key, model, when = "board.post_down", NoticeboardPost, "taken_down_at"
    undone = _("Noticeboard post {number} was taken down after the backup. Take it down again.")


class CommentsDown(Columns):
    """Comments that were hidden or deleted, ours too."""

    key, model, when, also = "board.comment_down", NoticeboardComment, "state_at", ("state",)
    only = Q(state__in=[CommentState.HIDDEN, CommentState.REMOVED])
    undone = _("Noticeboard comment {number} was hidden or deleted after the backup. Hide it again.")

    def stands(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the filter for one that is deleted, or in that state."""
        return {"state__in": [CommentState.REMOVED, values["state"]]}
