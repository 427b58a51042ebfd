"""What a visitor can do on a noticeboard: leave a comment, which waits until someone at the school has read
it. And what the program does by itself: hide one again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.moves import move
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.checks import check_text, length
from schoolgate.networks.normal import tidy_text
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.networks.noticeboard.states import MOVES, CommentState
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
