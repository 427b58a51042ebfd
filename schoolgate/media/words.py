"""Words in a picture: badges, certificates, screens. A job reads them, and they are screened as a post's
own words are.

What reads them is an optional part (`schoolgate[words]`). Where it is missing or gives up, the answer is
None: not read. No words read is never "there are none".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from django.db.models import QuerySet
from procrastinate.contrib.django import app

from schoolgate.core import files, work
from schoolgate.core.actions import action
from schoolgate.core.errors import NotFound
from schoolgate.core.events import record
from schoolgate.core.outside.aside import GaveUp, Reader
from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture, PictureWords, Reading, WordsRead

READ: Final = Reader(Path(__file__).with_name("words_child.py"), megabytes=4000, seconds=30, most=1 << 20)
"""The memory is what the libraries reserve; they use some 400 MB of it."""
LONGEST: Final = 20_000
"""Characters: a picture with more is a document, and counts as not read."""


@cache
def can_read() -> bool:
    """Whether the optional part is installed here."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def reader_name() -> str:
    """What reads, and its version."""
    return f"RapidOCR {version('rapidocr')}"


def read_words(content: bytes) -> list[str] | None:
    """Return the lines read in a proven picture, or None where they could not be read. Never raises for a
    picture. Takes seconds: a job's work, never a page's."""
    if not can_read():
        return None
    try:
        found = json.loads(READ(content))
    except (GaveUp, ValueError):
        return None
    lines = [line for each in found if (line := " ".join(str(each).replace("\x00", "").split()))]
    return lines if sum(map(len, lines)) <= LONGEST else None


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
        app.configure_task(job, queue=work.PICTURES).defer(**about)


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
