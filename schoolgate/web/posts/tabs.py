"""The headings of the list of posts, and the states below each."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.publishing.models import PostState


@dataclass(frozen=True)
class Tab:
    """One heading of the list, and the states of the posts below it. `several`: what is done to several."""

    key: str
    label: str | Promise
    states: tuple[PostState, ...]
    several: str = ""
    stuck: bool = False
    """Also posts of which a network refused something."""


TABS = (
    Tab("", _("All"), ()),
    Tab("drafts", _("Drafts"), (PostState.DRAFT,), "withdraw"),
    Tab("waiting", _("Needs approval"), (PostState.SUBMITTED,)),
    Tab("going", _("Scheduled"), (PostState.APPROVED, PostState.SENDING)),
    Tab("published", _("Published"), (PostState.PUBLISHED,), "take-down"),
    Tab("stuck", _("Needs action"), (PostState.NOT_SENT, PostState.EXPIRED), stuck=True),
    Tab(
        "over",
        _("Ended"),
        (PostState.TAKING_DOWN, PostState.TAKEN_DOWN, PostState.WITHDRAWN),
    ),
    Tab("by-hand", _("By hand"), ()),
    Tab("before", _("Before Schoolgate"), ()),
)
