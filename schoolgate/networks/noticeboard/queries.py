"""What the public may read on a noticeboard. Everything here needs a scope, and gives only what is shown."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.networks.noticeboard.models import (
    NoticeboardCard,
    NoticeboardComment,
    NoticeboardFilm,
    NoticeboardPicture,
    NoticeboardPost,
)
from schoolgate.networks.noticeboard.states import CommentState

OF_OTHERS_SHOWN = Count("comments", filter=Q(comments__state=CommentState.RELEASED, comments__ours=False))
"""Of a post: comments by others that everyone can read. Our answers and notices are not counted: an answer is
not shown without its comment."""


def schools() -> QuerySet[School]:
    """The schools of the federation, by name."""
    return School.objects.order_by("name", "pk")


def school_by_slug(slug: str) -> School:
    """The school whose board it is. Raises NotFound."""
    found = School.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound
    return found


def posts(school: School) -> QuerySet[NoticeboardPost]:
    """Return the live posts of a board, each with its pictures and the number of its `shown` comments; in no
    order."""
    rows = NoticeboardPost.objects.filter(school=school, taken_down_at=None)
    return (
        rows.annotate(shown=OF_OTHERS_SHOWN).select_related("film", "link_card").prefetch_related("pictures")
    )


def post_by_key(school: School, key: str) -> NoticeboardPost:
    """Return one live post. Raises NotFound."""
    found = posts(school).filter(key=key).first()
    if found is None:
        raise NotFound
    return found


def shown_comments(post: NoticeboardPost) -> list[NoticeboardComment]:
    """Return the approved comments and our own answers, each answer after its comment, oldest first.

    An answer to a comment that is no longer shown is not shown either.
    """
    rows = list(post.comments.filter(state=CommentState.RELEASED).order_by("written_at", "pk"))
    below: dict[int | None, list[NoticeboardComment]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    ordered: list[NoticeboardComment] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        row = waiting.pop()
        ordered.append(row)
        waiting.extend(reversed(below.get(row.pk, [])))
    return ordered


def picture_type(school: School, digest: str) -> str:
    """Return the media type of a picture or film on this board now. Raises NotFound for every other file."""
    there = NoticeboardPicture.objects.filter(digest=digest, post__school=school, post__taken_down_at=None)
    found = there.values_list("media_type", flat=True).first()
    found = found or _type_in_films(school, digest) or _type_in_cards(school, digest)
    if found is None:
        raise NotFound
    return found


def captions_of(school: School, key: str) -> str:
    """Return the captions of the film of a live post, as WebVTT. Raises NotFound where there are none."""
    film = NoticeboardFilm.objects.filter(
        post__school=school, post__key=key, post__taken_down_at=None
    ).first()
    if film is None or not film.captions:
        raise NotFound
    return film.captions


def _type_in_films(school: School, digest: str) -> str | None:
    """Return what a file is to the films on this board: one of them, or the cover of one."""
    there = NoticeboardFilm.objects.filter(
        Q(digest=digest) | Q(cover=digest), post__school=school, post__taken_down_at=None
    ).first()
    if there is None:
        return None
    return "video/mp4" if there.digest == digest else there.cover_type


def _type_in_cards(school: School, digest: str) -> str | None:
    """Return what a file is to the link cards on this board."""
    there = NoticeboardCard.objects.filter(digest=digest, post__school=school, post__taken_down_at=None)
    return there.exclude(digest="").values_list("media_type", flat=True).first()
