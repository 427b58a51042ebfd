"""The cards that went out with a post's links."""

from __future__ import annotations

from django import template

from schoolgate.publishing.card_models import LinkCard
from schoolgate.publishing.link_cards import cards_going_out
from schoolgate.publishing.models import Post

register = template.Library()


@register.filter
def cards_sent(post: Post) -> list[LinkCard]:
    """Return the cards of a post's links; once it is on its way they never change."""
    return cards_going_out(post)
