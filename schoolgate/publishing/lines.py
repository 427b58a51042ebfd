"""Posts as a list shows them, a line each."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from schoolgate.publishing.models import Post, PostPicture, PostTarget
from schoolgate.publishing.refused import with_stuck


def lines_of_posts() -> QuerySet[Post]:
    """Return every post with what a line of a list shows: two queries, where a whole post takes a dozen."""
    return with_stuck(Post.objects.select_related("school", "author")).prefetch_related(
        Prefetch("targets", PostTarget.objects.select_related("account").order_by("account_id"))
    )


def first_pictures(posts: Iterable[Post | int]) -> dict[int, int]:
    """Return the id of the first picture by the id of its post, of those posts (or ids) that have one that
    isn't erased."""
    placed = PostPicture.objects.filter(post__in=posts, place=1, picture__destroyed_at=None)
    return dict(placed.values_list("post_id", "picture_id"))
