"""Posts as a list shows them, a line each."""

from django.db.models import Prefetch, QuerySet

from schoolgate.publishing.models import Post, PostTarget
from schoolgate.publishing.refused import with_stuck


def lines_of_posts() -> QuerySet[Post]:
    """Return every post with what a line of a list shows: two queries, where a whole post takes a dozen."""
    return with_stuck(Post.objects.select_related("school", "author")).prefetch_related(
        Prefetch("targets", PostTarget.objects.select_related("account").order_by("account_id"))
    )
