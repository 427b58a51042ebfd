"""Posts whose pictures may be the same: a take-down or a withdrawal has to look at each of them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from schoolgate.media.models import Picture
from schoolgate.media.near import TURNS, Near
from schoolgate.media.queries import pictures_like
from schoolgate.people.models import Person
from schoolgate.publishing.models import Post, PostPicture, WithheldPicture
from schoolgate.publishing.queries import MOST_SHOWN
from schoolgate.publishing.sights import visible_to

SURELY = 6
"""Bits of 64 in which the prints of two pictures may differ so that one is surely the other, or a part of it.
Of 124,200 crops of another picture, 2,420 portraits of another person and 760 posters of one kind none was
that near; of 1,104 halves of the same picture 1,003 were."""
READ_AT_ONCE = 200


def posts_surely_showing(pupil: int, among: QuerySet[Post]) -> set[int]:
    """Return those of these posts of which a picture is, near to certain, one that is withheld because of
    this pupil: the same file, another size or copy of it, or a part. Three queries at most."""
    withheld = list(WithheldPicture.objects.filter(pupil=pupil).values_list("digest", "prints"))
    if not withheld:
        return set()
    digests = {digest for digest, _prints in withheld}

    def near(last: int | None) -> Near:
        return Near((each for _digest, prints in withheld for each in prints[:last]), bits=SURELY)

    wholes, parts = near(TURNS), near(None)
    theirs = PostPicture.objects.filter(post__in=among)
    pictures = Picture.objects.filter(pk__in=theirs.values("picture"))
    alike = [
        pk
        for pk, digest, prints in pictures.values_list("pk", "digest", "prints").iterator(READ_AT_ONCE)
        if digest in digests or parts.finds(prints[:TURNS]) or wholes.finds(prints)
    ]
    return set(theirs.filter(picture__in=alike).values_list("post", flat=True))


def posts_with_like_pictures(of: Post, *, seen_by: Person, on: date) -> list[Post]:
    """Return the other posts that this person may read and of which a picture is, or may be, one of `of`,
    the newest first; one more than MOST_SHOWN where there are more."""
    if not of.pictures:
        return []
    alike = pictures_like(of.pictures).union(each.pk for each in of.pictures)
    shows = PostPicture.objects.filter(picture__in=alike).values("post")
    rows = Post.objects.filter(visible_to(seen_by, on), pk__in=shows).exclude(pk=of.pk)
    return list(rows.select_related("school").order_by("-pk")[: MOST_SHOWN + 1])
