"""Writes a small answer into nothing, then a large one, and prints how many MB more of memory the large one
took: `python -m tests.rights.large 300 15` for 300 pieces and 15 films of 4 MB."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime

import django
from django.conf import settings

AT = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)
FILM, PART = 4, 1 << 20
IN_ONE_PDF = 100
"""So that the large answer has several."""


def main(pieces: int, films: int) -> None:
    """Write both."""
    settings.configure(
        USE_TZ=True
    )  # loading the whole program would take three seconds, and writing needs none
    django.setup()
    from schoolgate.rights import answer_files

    answer_files.IN_ONE_PDF = IN_ONE_PDF  # type: ignore[misc]
    _write(pieces=20, films=1)
    before = _most_taken()
    _write(pieces, films)
    print((_most_taken() - before) >> 20)


def _write(pieces: int, films: int) -> None:
    from schoolgate.rights import answer_files
    from schoolgate.rights.answer_files import Contents, GivenFile, GivenPiece, GivenText

    def content() -> Iterator[bytes]:
        for number in range(FILM):
            yield bytes([number]) * PART

    def read() -> Iterator[GivenPiece]:
        words = "A text of some length, about nothing. " * 20
        for number in range(1, pieces + 1):
            yield GivenPiece(number, "Posts", f"Post {number}", AT, (GivenText("Text", words),))
        shown = tuple(GivenFile(f"{one}.mp4", "Film", content) for one in range(films))
        yield GivenPiece(pieces + 1, "Posts", "Films", AT, (), shown)

    answer_files.write(
        Contents(
            number=7, language="en", federation="Wildground", title="Copy of your data", about=(),
            received_on=date(2027, 1, 4), made_at=AT, letter="Dear Megan", pieces=read,
        ),
        answer_files.Sink(len),
    )  # fmt: skip


def _most_taken() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
