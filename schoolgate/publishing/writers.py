"""Who wrote a post, or a part of it."""

from __future__ import annotations

from schoolgate.people.models import Person
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
