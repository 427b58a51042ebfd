"""Whether a live post is out of date, on the post's page."""

from __future__ import annotations

from typing import Any

from django import template

from schoolgate.publishing.models import Post
from schoolgate.web.frame.doors import Visit
from schoolgate.web.posts.live import out_of_date_shown

register = template.Library()


@register.inclusion_tag("posts_live/_out_of_date.html", takes_context=True)
def post_out_of_date(context: dict[str, Any], post: Post, visit: Visit) -> dict[str, Any]:
    """The question whether the post may stay; nothing for one that isn't listed as out of date."""
    return {"shown": out_of_date_shown(visit, post), "post": post, "request": context["request"]}
