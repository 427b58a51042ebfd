"""What a visitor does on a noticeboard and may read: a comment waits until someone at the school has read
it, and the program by itself may hide one again.

Everything here needs a scope, and gives only what is shown.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.checks import check_text, length
from schoolgate.networks.normal import tidy_text
from schoolgate.networks.noticeboard.models import (
    MOVES,
    CommentState,
    NoticeboardCard,
    NoticeboardComment,
    NoticeboardFilm,
    NoticeboardPicture,
    NoticeboardPost,
)
from schoolgate.networks.port import Limits, NetworkError, intent_key

MOST_WAITING = 200
"""Unread comments below one post, or requests to one account; after that the form is closed until some were
read. House rule."""
MOST_CRIES = 100
"""So many more are taken that may tell of danger."""
LONGEST_NAME = 60

_WHY: dict[str, str | Promise] = {
    "empty": _("Write your comment"),
    "too_long": _("Comments can be up to 3,000 characters"),
    "unreadable_text": _("Remove any characters that can’t be shown, such as hidden characters"),
}


def is_full(waiting: int, cries_out: Callable[[], bool]) -> bool:
    """Return whether no more is taken from strangers where so many wait. `cries_out` is asked only then."""
    return waiting >= MOST_WAITING and (waiting >= MOST_WAITING + MOST_CRIES or not cries_out())


@action
def leave_comment(
    *,
    post: NoticeboardPost,
    name: str,
    text: str,
    at: datetime,
    cries_out: Callable[[], bool] = lambda: False,
) -> NoticeboardComment:
    """A visitor's comment below a post; it waits. The text stays as it was written, but for white space
    around it. `cries_out`: whether it may tell of danger, and then it's taken where others wait already.

    Raises BadInput (fields `name`, `text`), or NotNow where comments are closed or too many wait already.
    """
    if not post.comments_open or post.taken_down_at is not None:
        raise NotNow(_("Comments are closed here."), _("Write to the school instead."))
    wrong = {
        field: why for field, why in (("name", _name_trouble(name)), ("text", _text_trouble(text))) if why
    }
    if wrong:
        raise BadInput(fields=wrong)
    waiting = post.comments.filter(state=CommentState.WAITING).count()
    if is_full(waiting, cries_out):
        raise NotNow(
            _("Many comments are already waiting to be checked here."),
            _("Try again later, or write to the school."),
        )
    return NoticeboardComment.objects.create(
        post=post,
        key=intent_key(at=at, about=uuid.uuid4().hex),
        name=tidy_text(name),
        text=tidy_text(text),
        written_at=at,
        state=CommentState.WAITING,
        state_at=at,
    )


@action
def hide_comment(*, key: str, at: datetime) -> bool:
    """Hide a visitor's comment that people can read now; return whether there was one."""
    row = NoticeboardComment.objects.filter(key=key, ours=False, state=CommentState.RELEASED).first()
    if row is not None:
        move(row, to=CommentState.HIDDEN, moves=MOVES, at=at)
    return row is not None


def _text_trouble(text: str) -> str | Promise:
    most = all_capabilities()["noticeboard"].number("comment")
    try:
        check_text(text, Limits(most, "graphemes", 4 * (most or 0), None, None, None))
    except NetworkError as error:
        return _WHY[error.code]
    return ""


def _name_trouble(name: str) -> str | Promise:
    if not tidy_text(name):
        return ""
    if length(name, "characters") > LONGEST_NAME:
        return _("Names can be up to 60 characters")
    try:
        check_text(name, Limits(None, "graphemes", None, None, None, None))
    except NetworkError as error:
        return _WHY[error.code]
    return "" if "\n" not in tidy_text(name) else _("Write your name on one line")


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
