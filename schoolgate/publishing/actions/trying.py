"""Ask what the policy would say about a post as it is being written, without saving anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import SchoolgateError, Text
from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.publishing.actions.drafting import draft_post
from schoolgate.publishing.actions.editing import edit_post_and_cards
from schoolgate.publishing.author_questions import AskedBy, asked_of_author
from schoolgate.publishing.hits import PostHits, hits_of
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import Judged, judged
from schoolgate.publishing.rules import problems_of


@dataclass(frozen=True)
class Tried:
    """The result as if the post were saved: the live answers, what no network takes, what the author is
    asked."""

    judged: list[Judged]
    problems: Mapping[str, Text]
    """By field, as `rules.problems_of` gives them."""
    asked: Mapping[str, tuple[AskedBy, ...]]
    lapsed: frozenset[str]
    """The questions whose answers were about other content."""
    hits: PostHits


def lapsed_of(post: Post, answers: Mapping[str, Any]) -> frozenset[str]:
    """Return the questions that `answers` answered and that the written post asks again."""
    return frozenset(n for n, said in answers.items() if said is not None and said != "") - set(post.answers)


def try_out(*, by: Person, at: datetime, school: School, post: Post | None, **content: Any) -> Tried:
    """Judge a post as it would be with this content; neither a row nor an event of it stays.

    `content`: as `draft_post` takes it where `post` is None, else as `edit_post` takes it; and `cards`, as
    `choose_cards` takes it. Raises what those raise.
    """
    try:
        _try_out(by=by, at=at, school=school, post=post, **content)
    except _Undone as undone:
        return undone.tried
    raise TypeError("a trial always ends undone")


class _Undone(SchoolgateError):
    """Raised to leave the action, which then undoes everything it wrote; carries the answer out."""

    def __init__(self, tried: Tried) -> None:
        super().__init__("")
        self.tried = tried


@action
def _try_out(*, by: Person, at: datetime, school: School, post: Post | None, **content: Any) -> None:
    cards = content.pop("cards", None)
    if post is None:
        found = draft_post(by=by, at=at, school=school, **content)
    else:
        found = edit_post_and_cards(
            by=by, at=at, post=post, cards=cards or {}, version=post.version, **content
        )
    raise _Undone(
        Tried(
            judged(found, at=at),
            problems_of(found, on=local_day(at)),
            asked_of_author(found, at=at),
            lapsed_of(found, content.get("answers") or {}),
            hits_of(found, on=local_day(at)),
        )
    )
