"""Other posts with a picture that may be one of this post, for pages that take it down."""

from datetime import date
from typing import Any

from django import template

from schoolgate.people.models import Person
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import MOST_SHOWN
from schoolgate.publishing.withdrawn import posts_with_like_pictures

register = template.Library()


@register.simple_tag
def posts_like(post: Post, person: Person, on: date) -> dict[str, Any]:
    """The posts that this person may read, and whether there are more than these. No query where the post has
    no picture."""
    found = posts_with_like_pictures(post, seen_by=person, on=on)
    return {"posts": found[:MOST_SHOWN], "more": len(found) > MOST_SHOWN}
