"""Posts for a request about data, each with its texts for every account, comments on it, and its pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.disclosure import File, Piece, Sought, Why
from schoolgate.core.disclosure.tables import Columns, Table
from schoolgate.publishing.models import Approval, Post, PostPerson, PostPicture
from schoolgate.publishing.sights import KEPT_CLOSE

PARTS = {
    "publishing.PostTarget": "post",
    "publishing.PostPerson": "post",
    "publishing.PostMark": "post",
    "publishing.PassageComment": "post",
    "publishing.PostWriter": "post",
    "publishing.Approval": "post",
    "publishing.HitAnswer": "post",
    "publishing.WelshReading": "post",
    "publishing.LinkCard": "post",
    "publishing.CardWords": "card__post",
    "publishing.Delivery": "post",
}


class Posts(Table):
    """Posts that a person wrote or approved, that name them, or that show a pupil."""

    def __init__(self) -> None:
        super().__init__(
            "publishing.Post",
            PARTS,
            shown={
                "publishing.Post": ["text", "other_text", "answers", "sent_back_because", "created_at"],
                "publishing.Delivery": ["sent_at"],
                "publishing.Approval": ["at"],
                "publishing.PostWriter": ["wrote_at"],
                "publishing.PostPerson": ["shown", "named"],
            },
        )

    def asked(self, columns: Columns, sought: Sought) -> list[tuple[Why, QuerySet[Post]]]:
        """Add the posts that a person approved: an approval has no words of its own."""
        found = super().asked(columns, sought)
        if columns.model is Approval and sought.person is not None:
            found.append((Why.WROTE, Approval.objects.filter(by=sought.person)))
        return found

    def read(self, numbers: Collection[int], sought: Sought) -> list[Piece]:
        """Return the posts with their pictures."""
        files: dict[int, list[File]] = defaultdict(list)
        placed = PostPicture.objects.filter(post__in=numbers).order_by("pk")
        for post, digest in placed.values_list("post", "picture__digest"):
            files[post].append(File(digest, _("Picture")))
        found = super().read(numbers, sought)
        return [replace(one, files=(*one.files, *files.get(one.number, ()))) for one in found]

    def for_lead(self, numbers: Collection[int]) -> set[int]:
        """Return the drafts that are kept to the leads, such as one that tells where a child on the
        do-not-publish list is: a father who asks is answered by someone."""
        kept = Post.objects.filter(pk__in=numbers, leads_only=True, state__in=KEPT_CLOSE)
        return super().for_lead(numbers) | set(kept.values_list("pk", flat=True))

    def others(self, numbers: Collection[int]) -> Mapping[int, Collection[str]]:
        """Return the names of who wrote them, and of the pupils that they show or name."""
        found: dict[int, list[str]] = defaultdict(list)
        for pk, name in Post.objects.filter(pk__in=numbers).values_list("pk", "author__name"):
            found[pk].append(name)
        shown = PostPerson.objects.filter(post__in=numbers, pupil__isnull=False)
        for pk, first, last in shown.values_list("post", "pupil__first_name", "pupil__last_name"):
            found[pk].append(f"{first} {last}")
        return found
