"""The conditions of its accounts' approval, on the page of a post."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from schoolgate.publishing.models import Post
from schoolgate.publishing.rules import conditions_of_post, said_of

register = template.Library()


@register.inclusion_tag("posts_conditions/_card.html")
def post_conditions(post: Post, on: date, may_say: bool) -> dict[str, Any]:
    """Each condition with the author's answer for this text; nothing where there are none. Two queries."""
    rows = conditions_of_post(post, on=on)
    said = said_of(post, rows)
    return {"conditions": [(row, said.get(row.pk)) for row in rows], "post": post, "may_say": may_say}
