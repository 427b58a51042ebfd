"""The words in a photograph of a comment: read by a job while the person fills in the rest, then checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from schoolgate.core.actions import action
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import PhotoWords
from schoolgate.media.words import fill, have_read, words_in_file
from schoolgate.people.models import Person

READ_PHOTO_WORDS: Final = "inbox.read_photo_words"
KEPT = timedelta(days=1)
"""How long words are kept of a photograph whose comment was never saved. House rule."""


@action
def ask_for_words(*, by: Person, at: datetime, digest: str) -> None:
    """Have a worker read the words of a photograph that `by` took, once. Nothing where nothing here reads."""
    if words_of_photo(by, digest) is None:
        row = PhotoWords(by=by, digest=digest, asked_at=at)
        have_read(row, job=READ_PHOTO_WORDS, federation_id=by.federation_id, person_id=by.pk, digest=digest)


def words_of_photo(person: Person, digest: str) -> PhotoWords | None:
    """Return what was read of a photograph of this person's; None: it was not asked for, or nothing reads."""
    return PhotoWords.objects.filter(by=person, digest=digest).first()


def read_photo_words(
    federation_id: int, person_id: int, digest: str, *, clock: Callable[[], datetime]
) -> bool:
    """Read one photograph; returns whether there are words. One that was saved or read meanwhile is left
    alone."""
    with scope(federation_id):
        waits = PhotoWords.objects.filter(by=person_id, digest=digest, read_at=None).exists()
    if not waits:
        return False
    lines = words_in_file(digest, federation_id=federation_id)
    with scope(federation_id):
        rows = PhotoWords.objects.filter(by=person_id, digest=digest, read_at=None)
        return fill(rows, at=clock(), lines=lines) and bool(lines)


@action
def forget_words(*, at: datetime, by: Person | None = None, digest: str = "") -> int:
    """Delete the words of a photograph whose comment is saved; without one, those older than a day. Returns
    how many."""
    rows = PhotoWords.objects.all()
    rows = rows.filter(by=by, digest=digest) if by is not None else rows.filter(asked_at__lt=at - KEPT)
    return rows.delete()[0]
