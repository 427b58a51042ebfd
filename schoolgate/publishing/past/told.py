"""The earlier posts of an account for its archive, marked for what they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from schoolgate.accounts.closing import Part
from schoolgate.accounts.models import Account
from schoolgate.publishing.past.models import PastPost, PastToGo
from schoolgate.publishing.past.states import PastWordSaid


class PastPosts:
    """Earlier posts for `accounts.figures`; no figure of what went out counts them."""

    def unanswered(self, accounts: Collection[int]) -> Mapping[int, int]:
        """Old posts wait for no answer."""
        return {}

    def by_month(self, account: Account, since: date) -> Mapping[str, Mapping[date, int]]:
        """Return nothing: no one here posted them."""
        return {}

    def posts_by(self, account: Account, since: date) -> Mapping[int, int]:
        """Who wrote them is not known."""
        return {}

    def count(self, account: Account) -> int:
        """Return how many were imported."""
        return PastPost.objects.filter(account=account).count()

    def withheld(self, account: Account, *, since: datetime) -> bool:
        """Return whether one of them was found since then to name a pupil who may not be named there."""
        return PastToGo.objects.filter(account=account, post__isnull=False, at__gte=since).exists()

    def parts(self, account: Account, *, after: int, limit: int) -> Sequence[tuple[int, Part]]:
        """The next ones, in the order in which they came in: without the words of those that name a pupil who
        may not be named there. Two queries."""
        rows = list(PastPost.objects.filter(account=account, pk__gt=after).order_by("pk")[:limit])
        others = {"said": PastWordSaid.NOTHING, "looked_at__isnull": False}
        to_go = PastToGo.objects.filter(post__in=rows).exclude(**others)
        gone = set(to_go.values_list("post", flat=True))
        return [(one.pk, _left_out(one) if one.pk in gone else _part(one)) for one in rows]


def _left_out(post: PastPost) -> Part:
    data = {"before_schoolgate": True, "published": post.at.isoformat(), "left_out": True, "text": ""}
    return Part(kind="posts", data=data | {"language": post.language, "address": post.address})


def _part(post: PastPost) -> Part:
    return Part(
        kind="posts",
        data={
            "before_schoolgate": True,
            "published": post.at.isoformat(),
            "language": post.language,
            "text": post.text,
            "descriptions": post.alts,
            "pictures_not_kept": post.pictures,
            "reply": post.reply,
            "address": post.address,
            "taken_down": False,
        },
    )
