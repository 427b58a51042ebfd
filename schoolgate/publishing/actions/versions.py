"""Revisions of a post's content: what was written on an older one is refused, not written over."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotNow
from schoolgate.people.models import Person
from schoolgate.publishing.models import Post, PostWriter


class ChangedMeanwhile(NotNow):
    """The post has a newer revision than the one that a person's page was about."""

    def __init__(self) -> None:
        super().__init__(_("This post was changed a moment ago."), _("Open it again, then make your change."))


def next_version(post: Post, version: int) -> None:
    """Give the post its next revision, if it is still at `version`; the row stays locked until the
    transaction ends. Words that were approved beforehand count no longer. Raises ChangedMeanwhile."""
    changed = Post.objects.filter(pk=post.pk, version=version).update(
        version=F("version") + 1, emergency_text=None
    )
    if not changed:
        raise ChangedMeanwhile
    post.refresh_from_db(fields=["version", "emergency_text"])


def note_saved(post: Post, *, by: Person, at: datetime, page: str = "", before: int = 0) -> None:
    """Keep that `by` saved the post's present revision. `page`, `before`: of the page that saved what was
    being typed, and the revision that it was about."""
    PostWriter.objects.bulk_create(
        [
            PostWriter(
                post=post, person=by, added_at=at, wrote_at=at, seen_at=at, page=page, before=before,
                after=post.version,
            )
        ],
        update_conflicts=True,
        unique_fields=["federation", "post", "person"],
        update_fields=["wrote_at", "seen_at", "page", "before", "after"],
    )  # fmt: skip
