"""Posts whose pictures may be the same: a take-down or a withdrawal has to look at each of them."""

from __future__ import annotations

from datetime import date

from schoolgate.media.queries import pictures_like
from schoolgate.people.models import Person
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import MOST_SHOWN, _visible_to


def posts_with_like_pictures(of: Post, *, seen_by: Person, on: date) -> list[Post]:
    """Return the other posts that this person may read and whose picture is, or may be, the one of `of`."""
    if of.picture is None:
        return []
    alike = [of.picture, *pictures_like(of.picture)]
    rows = Post.objects.filter(_visible_to(seen_by, on), picture__in=alike).exclude(pk=of.pk)
    return list(rows.select_related("school").order_by("-pk")[:MOST_SHOWN])
