"""Other posts with a picture that may be one of this post, for pages that take it down."""

from datetime import date

from django import template

from schoolgate.people.models import Person
from schoolgate.publishing.alike import posts_with_like_pictures
from schoolgate.publishing.models import Post

register = template.Library()


@register.simple_tag
def posts_like(post: Post, person: Person, on: date) -> list[Post]:
    """The posts that this person may read. No query where the post has no picture."""
    return posts_with_like_pictures(post, seen_by=person, on=on)
