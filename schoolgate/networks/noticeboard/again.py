"""What was taken off the noticeboard, and may not be public again by a restore."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.again import Columns
from schoolgate.networks.noticeboard.models import CommentState, NoticeboardComment, NoticeboardPost


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
