"""Find posts by their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schoolgate.core.searching import LOOKED_AT, with_words
from schoolgate.people.models import Person
from schoolgate.publishing.models import Post, PostTarget
from schoolgate.publishing.sights import visible_to

MOST_ACCOUNTS = 10
"""Accounts on which one post is counted."""


@dataclass(frozen=True)
class FoundPost:
    """A post that a search found, with the text in which the words are."""

    pk: int
    text: str
    accounts: str
    state: str


def search(person: Person, words: Sequence[str], *, on: date, limit: int) -> list[FoundPost]:
    """Return posts with all these words, newest first, of those that this person may see on a day. Two
    queries; the newest `LOOKED_AT` posts are looked at."""
    newest = Post.objects.filter(visible_to(person, on)).order_by("-id").values("pk")[:LOOKED_AT]
    rows = with_words(PostTarget.objects.filter(post__in=newest), words, "text").order_by("-post_id", "id")
    found: dict[int, FoundPost] = {}
    for pk, text, name, state in rows.values_list("post_id", "text", "account__name", "post__state")[
        : limit * MOST_ACCOUNTS
    ]:
        before = found.get(pk)
        found[pk] = FoundPost(
            pk, before.text if before else text, f"{before.accounts}, {name}" if before else name, state
        )
    return list(found.values())[:limit]
