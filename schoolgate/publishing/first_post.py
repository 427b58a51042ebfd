"""A federation's first post waits until someone leads on safeguarding: after it, the public writes in."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.at_once import ask
from schoolgate.core.errors import NotNow
from schoolgate.core.reading_once import read_once
from schoolgate.people.safeguarding import entered_here, holders_who_lead
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.models import Post
from schoolgate.publishing.states import PostState

WENT_OUT = (PostState.PUBLISHED, PostState.TAKING_DOWN, PostState.TAKEN_DOWN)
LEAD = "safeguarding-lead"
"""The field of what is wrong while no one leads."""
NO_LEAD = _(
    "No one leads on safeguarding here yet. Before the first post, someone who looks after people and roles "
    "names a safeguarding lead under Set up."
)


def posts_that_went_out() -> QuerySet[Post]:
    """Return the posts of this federation that have gone out, even if they were taken down since."""
    return Post.objects.filter(state__in=WENT_OUT)


def waits_for_lead(*, on: date) -> bool:
    """Return whether this federation's first post waits until a safeguarding lead is named. One query."""

    def asked() -> bool:
        known = {
            "entered": Exists(entered_here(on)), "holds": Exists(holders_who_lead(book_in_scope(), on)),
            "out": Exists(posts_that_went_out()),
        }  # fmt: skip
        return not any(ask(**known).values())

    return read_once(("publishing.waits_for_lead", on), asked)


def check_lead_named(*, on: date) -> None:
    """Raise NotNow while the first post waits for a safeguarding lead."""
    if waits_for_lead(on=on):
        raise NotNow(
            _("No one leads on safeguarding here yet, so the first post can’t go out."),
            _("Someone who looks after people and roles names a safeguarding lead under Set up."),
        )
