"""A comment on the noticeboard: hidden until someone at the school has approved it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


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
