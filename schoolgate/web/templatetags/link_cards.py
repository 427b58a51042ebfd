"""The cards that went out with a post's links."""

from __future__ import annotations

from django import template

from schoolgate.publishing.models import LinkCard, Post
from schoolgate.publishing.post_parts import cards_going_out

register = template.Library()


@register.filter
def cards_sent(post: Post) -> list[LinkCard]:
    """Return the cards of a post's links; once it is on its way they never change."""
    return cards_going_out(post)
