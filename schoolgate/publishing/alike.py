"""Posts whose pictures may be the same: a take-down or a withdrawal has to look at each of them."""

from __future__ import annotations

from datetime import date

from schoolgate.media.queries import pictures_like
from schoolgate.people.models import Person
from schoolgate.publishing.models import Post, PostPicture
from schoolgate.publishing.queries import MOST_SHOWN, visible_to


def posts_with_like_pictures(of: Post, *, seen_by: Person, on: date) -> list[Post]:
    """Return the other posts that this person may read and of which a picture is, or may be, one of `of`."""
    alike = {each.pk for own in of.pictures for each in (own, *pictures_like(own))}
    if not alike:
        return []
    shows = PostPicture.objects.filter(picture__in=alike).values("post")
    rows = Post.objects.filter(visible_to(seen_by, on), pk__in=shows).exclude(pk=of.pk)
    return list(rows.select_related("school").order_by("-pk")[:MOST_SHOWN])
