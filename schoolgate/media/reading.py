"""Have the words in a picture read by a job, and answer what was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from procrastinate.contrib.django import app

from schoolgate.core import files
from schoolgate.core.actions import action
from schoolgate.core.errors import NotFound
from schoolgate.core.events import record
from schoolgate.core.tenancy import scope
from schoolgate.core.work import lanes
from schoolgate.media.models import Picture, PictureWords
from schoolgate.media.words import can_read, read_words, reader_name
from schoolgate.media.words_models import Reading, WordsRead

READ_WORDS: Final = "media.read_words"


def ask_to_read(picture: Picture, *, at: datetime) -> None:
    """Have a worker read the words of a new picture, once the present transaction is committed. Where nothing
    here can read, the picture stays "not read"."""
    row = PictureWords(picture=picture, asked_at=at)
    have_read(row, job=READ_WORDS, federation_id=picture.federation_id, picture_id=picture.pk)


def have_read(row: WordsRead, *, job: str, **about: int | str | None) -> None:
    """Save a row that waits, and hand `job` to the worker that reads one picture after the other. Nothing
    where nothing here can read."""
    if can_read():
        row.save()
        app.configure_task(job, queue=lanes.PICTURES).defer(**about)


def read_waiting(federation_id: int, picture_id: int, *, clock: Callable[[], datetime]) -> bool:
    """Read one picture that waits; returns whether words were found. Its file is read outside any
    transaction. One that was deleted or read meanwhile is left alone."""
    with scope(federation_id):
        row = PictureWords.objects.select_related("picture").filter(picture=picture_id, read_at=None).first()
    if row is None:
        return False
    lines = words_in_file(row.picture.digest, federation_id=federation_id)
    with scope(federation_id):
        return keep_words(at=clock(), picture=row.picture, lines=lines)


def words_in_file(digest: str, *, federation_id: int) -> list[str] | None:
    """Return the lines read in a picture's file, or None where they could not be read. Takes seconds."""
    try:
        return read_words(files.read(digest, federation_id=federation_id))
    except NotFound:  # its author edited it meanwhile
        return None


@action
def keep_words(*, at: datetime, picture: Picture, lines: Sequence[str] | None) -> bool:
    """Save what was read in a picture, once. None: it could not be read. Returns whether there are words."""
    rows = PictureWords.objects.filter(picture=picture.pk, read_at=None)
    if fill(rows, at=at, lines=lines):
        record("picture.words_read", subject=picture, at=at, lines=-1 if lines is None else len(lines))
    return bool(lines)


def fill(rows: QuerySet[Any], *, at: datetime, lines: Sequence[str] | None) -> bool:
    """Write what was read into these rows of `WordsRead`; returns whether there was one."""
    given = None if lines is None else list(lines)
    return bool(rows.update(read_at=at, lines=given, reader=reader_name() if can_read() else ""))


def words_of(pictures: Sequence[Picture]) -> dict[int, PictureWords]:
    """Return the rows of these pictures by the picture's id. A picture without one was not read."""
    if not pictures:
        return {}
    return {row.picture_id: row for row in PictureWords.objects.filter(picture__in=pictures)}


def still_reading(pictures: Sequence[Picture], *, at: datetime) -> bool:
    """Return whether the words of one of them may come within minutes."""
    return any(row.reading(at=at) is Reading.WAITING for row in words_of(pictures).values())
