"""Change a draft together with what its link cards show, or nothing of both."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from schoolgate.core.actions import action
from schoolgate.people.models import Person
from schoolgate.publishing.actions.drafting import edit_post
from schoolgate.publishing.actions.link_cards import choose_cards
from schoolgate.publishing.models import Post


@action
def edit_post_and_cards(
    *, by: Person, at: datetime, post: Post, cards: Mapping[int, str], **content: Any
) -> Post:
    """Change a post and choose how much of each card goes out: `content` as `edit_post` takes it, `cards` as
    `choose_cards` does. Raises what those raise; then nothing is changed."""
    edited = edit_post(by=by, at=at, post=post, **content)
    return choose_cards(by=by, at=at, post=edited, chosen=cards) if cards else edited
