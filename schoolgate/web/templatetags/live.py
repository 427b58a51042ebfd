"""A published post on its networks: changes and reactions, on the post's page."""

from __future__ import annotations

from typing import Any

from django import template

from schoolgate.publishing.models import Post
from schoolgate.web.frame.doors import Visit
from schoolgate.web.posts.live import changes_shown, reactions_shown, total_of

register = template.Library()


@register.inclusion_tag("posts_live/_changes.html", takes_context=True)
def post_changed(context: dict[str, Any], post: Post, visit: Visit) -> dict[str, Any]:
    """Each change made on a network that waits for a person; nothing where there is none."""
    return {"changes": changes_shown(visit, post), "post": post, "request": context["request"]}


@register.inclusion_tag("posts_live/_reactions.html")
def post_reactions(post: Post) -> dict[str, Any]:
    """How people reacted, folded; nothing for a post that isn't out."""
    shown = reactions_shown(post)
    return {"networks": shown, "total": total_of(shown)}
