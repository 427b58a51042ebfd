"""Posts whose pictures may be the same: a take-down or a withdrawal has to look at each of them."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from schoolgate.media.models import Picture
from schoolgate.media.queries import difference, pictures_like
from schoolgate.people.models import Person
from schoolgate.publishing.models import Post, PostPicture, WithheldPicture
from schoolgate.publishing.queries import MOST_SHOWN
from schoolgate.publishing.sights import visible_to

SURELY = 3
"""Bits of 64 in which the prints of two pictures may differ so that they're the same to any eye."""
AT_ONCE = 25
"""Withheld pictures that are compared with the others in one query."""


def posts_surely_showing(pupil: int, among: QuerySet[Post]) -> set[int]:
    """Return those of these posts of which a picture is, near to certain, one that is withheld because of
    this pupil: the same file, or another size or copy of it. Two queries for each 25 withheld pictures."""
    rows = list(WithheldPicture.objects.filter(pupil=pupil).distinct("digest").order_by("digest", "pk"))
    theirs = PostPicture.objects.filter(post__in=among)
    found: set[int] = set()
    for first in range(0, len(rows), AT_ONCE):
        pictures, near = Picture.objects.filter(pk__in=theirs.values("picture")), []
        for n, row in enumerate(rows[first : first + AT_ONCE]):
            away = difference(row.prints, column="media_picture.prints")
            pictures = pictures.annotate(**{f"d{n}": away})
            near.append(Q(digest=row.digest) | Q(**{f"d{n}__lte": SURELY}))
        alike = {each.pk for each in pictures.filter(reduce(or_, near))}
        found |= set(theirs.filter(picture__in=alike).values_list("post", flat=True))
    return found


def posts_with_like_pictures(of: Post, *, seen_by: Person, on: date) -> list[Post]:
    """Return the other posts that this person may read and of which a picture is, or may be, one of `of`,
    the newest first; one more than MOST_SHOWN where there are more."""
    alike = {each.pk for own in of.pictures for each in (own, *pictures_like(own))}
    if not alike:
        return []
    shows = PostPicture.objects.filter(picture__in=alike).values("post")
    rows = Post.objects.filter(visible_to(seen_by, on), pk__in=shows).exclude(pk=of.pk)
    return list(rows.select_related("school").order_by("-pk")[: MOST_SHOWN + 1])
