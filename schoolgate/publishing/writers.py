"""Who wrote a post, or a part of it."""

from __future__ import annotations

from datetime import datetime

from schoolgate.people.models import Person
from schoolgate.people.own_will import one_will_among
from schoolgate.publishing.models import Post


def writes_too(person: Person, post: Post) -> bool:
    """Return whether the post's author lets this person write it too."""
    return any(
        each.person_id == person.pk and each.added_by_id is not None and each.ended_at is None
        for each in post.writers.all()
    )


def wrote(person: Person, post: Post) -> bool:
    """Return whether this person wrote the post or a part of it."""
    writers = post.writers.all()
    return person.pk == post.author_id or any(
        each.person_id == person.pk and each.wrote_at is not None for each in writers
    )


def one_will_with(person: Person, post: Post, *, at: datetime) -> Person | None:
    """Return who wrote the post, or a part of it, and brought this person in or was brought in by them: their
    word about a child in it is no second person's."""
    by = [each.person for each in post.writers.all() if each.wrote_at is not None]
    return one_will_among(person, {post.author, *by}, at=at)
