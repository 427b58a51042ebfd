"""Owners' permissions that a post uses, on its page."""

from __future__ import annotations

from typing import Any

from django import template

from schoolgate.publishing.models import Post, PostState
from schoolgate.publishing.owners import chosen_for, over_in
from schoolgate.web.frame.doors import Visit

register = template.Library()
GONE = frozenset({PostState.TAKEN_DOWN, PostState.WITHDRAWN})


@register.inclusion_tag("posts_owners/_used.html")
def post_owners(post: Post, visit: Visit) -> dict[str, Any]:
    """Each permission with who gave it, and whether it counts for the accounts of the post."""
    over = [] if post.state in GONE else over_in(post, at=visit.at)
    return {"used": [{"row": each, "over": each in over} for each in chosen_for(post)]}
