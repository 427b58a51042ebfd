"""What an answer is made of, and the one ZIP that it becomes: letter and tagged PDFs to read, JSON and CSV
to work with, files as saved.

Whatever was covered or left out isn't in here. It needs no rows of the database.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count, groupby
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _

from schoolgate.core.clock import LONDON
from schoolgate.core.documents import pdf_apart, pdf_of
from schoolgate.people.sheets import write_csv


@dataclass(frozen=True)
class GivenText:
    """One text of a piece. `words`: as they are given, covered where they were covered."""

    label: str
    words: str


@dataclass(frozen=True)
class GivenFile:
    """A file of a piece. `name`: in the answer; `read`: its content, a piece at a time; raises Gone."""

    name: str
    label: str
    read: Callable[[], Iterator[bytes]]


class Gone(Exception):
    """The file was lost or destroyed since it was found."""


@dataclass(frozen=True)
class GivenPiece:
    """One thing that is given. `number`: in the answer, from 1; `place`: where it was found."""

    number: int
    place: str
    title: str
    at: datetime | None
    texts: tuple[GivenText, ...]
    files: tuple[GivenFile, ...] = ()
    covered: bool = False


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What an answer is written from. `pieces`: reads them again each time, in order, a few at once.

    `letter`: its text, as the office left it; `title`, `about`: what the PDF says first, in lines.
    `language`: en or cy.
    """

    number: int
    language: str
    federation: str
    title: str
    about: tuple[tuple[str, str], ...]
    received_on: date
    made_at: datetime
    letter: str
    pieces: Callable[[], Iterator[GivenPiece]]


IN_ONE_PDF, LONGEST_PDF = 500, 500_000
"""Pieces, and letters of their texts, in one PDF: typesetting keeps all of it in memory."""
PASSES = 4
"""How often the pieces are read: for the PDFs, the files, JSON and CSV."""
STAMP = (1980, 1, 1, 0, 0, 0)
"""The same for all parts: when each was written is in the answer, not in its envelope."""
MARK = b"\xef\xbb\xbf"
"""By which spreadsheets know UTF-8."""
LETTER, PDF = "letter.pdf", "answer.pdf"
README, DATA, TABLE = "README.txt", "data.json", "data.csv"


class Sink(io.RawIOBase):
    """What `zipfile` writes into where the ZIP goes on to something that only takes bytes."""

    def __init__(self, take: Callable[[bytes], object]) -> None:
        self._take = take

    def writable(self) -> bool:
        """It is written, never read."""
        return True

    def write(self, content: Any) -> int:
        """Pass on what comes next."""
        self._take(bytes(content))
        return len(content)


@dataclass(frozen=True)
class Written:
    """What is in an answer that was written: how many pieces, in how many PDFs."""

    pieces: int
    volumes: int


def write(answer: Contents, out: Sink, *, went: Callable[[int], None] = lambda _done: None) -> Written:
    """Write the answer to `out`, a few pieces at a time.

    Args:
        went: called after each step with how much of the work is done, in pieces; may raise, to stop.
    """
    answer = _counted(answer, went)
    with (
        translation.override(answer.language),
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle,
    ):
        _add(bundle, LETTER, letter_pdf(answer))
        volumes = 0
        for volumes, pieces in enumerate(_volumes(answer.pieces()), 1):
            _add(bundle, _pdf_name(volumes), pdf_apart("answer", paper(answer, pieces), at=answer.made_at))
        lost = list(_add_files(bundle, answer))
        total = _add_data(bundle, answer, set(lost))
        _add_table(bundle, answer)
        _add(bundle, README, readme(answer, volumes, lost).encode())
    return Written(total, volumes)


def letter_pdf(answer: Contents) -> bytes:
    """Return the letter by itself as a tagged PDF."""
    form = _sheet(answer) | {"letter": [one for one in answer.letter.split("\n\n") if one.strip()]}
    return pdf_of("answer", form, at=answer.made_at)


def paper(answer: Contents, pieces: Iterable[GivenPiece]) -> dict[str, Any]:
    """Return what the template of the PDF takes: texts, and lists of texts."""
    places = [
        {"title": place, "pieces": [_paper_piece(one) for one in those]}
        for place, those in groupby(pieces, key=lambda one: one.place)
    ]
    return _sheet(answer) | {"about": [list(one) for one in answer.about], "places": places}


def readme(answer: Contents, volumes: int, lost: Iterable[str]) -> str:
    """Return the guide to the ZIP, as plain text."""
    rows = [
        (LETTER, _("Our letter. Read this first.")),
        *((_pdf_name(one), _("Everything we give you, to read or print.")) for one in range(1, volumes + 1)),
        (DATA, _("The same in JSON, an open format for programs.")),
        (TABLE, _("The same as a table, for a spreadsheet.")),
        ("files/", _("Pictures and other files. Each name begins with the number of its piece.")),
    ]  # fmt: skip
    lines = [answer.title, answer.federation, "", *(f"{name}: {words}" for name, words in rows), ""]
    lines.append(
        _("Words that would tell you about other people are redacted and don’t appear in any of these files.")
    )
    lines += [_("This file could not be read and is missing: {name}").format(name=name) for name in lost]
    return "\n".join(lines) + "\n"


def _sheet(answer: Contents) -> dict[str, Any]:
    return {
        "language": answer.language, "federation": answer.federation, "title": answer.title,
        "about": [], "letter": [], "places": [], "words": {"file": _("File")},
    }  # fmt: skip


def _paper_piece(piece: GivenPiece) -> dict[str, Any]:
    return {
        "title": f"{piece.number}. {piece.title}",
        "at": formats.date_format(piece.at.astimezone(LONDON), "j F Y, H:i") if piece.at else "",
        "texts": [{"label": one.label, "words": one.words} for one in piece.texts],
        "files": [one.name for one in piece.files],
    }


def _counted(answer: Contents, went: Callable[[int], None]) -> Contents:
    """Return the same answer, which tells how far its readers are."""
    steps = count(1)

    def pieces() -> Iterator[GivenPiece]:
        for piece in answer.pieces():
            yield piece
            went(next(steps) // PASSES)

    return replace(answer, pieces=pieces)


def _volumes(pieces: Iterable[GivenPiece]) -> Iterator[Sequence[GivenPiece]]:
    those: list[GivenPiece] = []
    letters = 0
    for piece in pieces:
        more = sum(len(text.words) for text in piece.texts)
        if those and (len(those) == IN_ONE_PDF or letters + more > LONGEST_PDF):
            yield those
            those, letters = [], 0
        those.append(piece)
        letters += more
    if those:
        yield those


def _pdf_name(volume: int) -> str:
    return PDF if volume == 1 else f"answer-{volume}.pdf"


def _add(bundle: zipfile.ZipFile, name: str, content: bytes) -> None:
    bundle.writestr(_entry(name), content)


def _entry(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, STAMP)
    found.compress_type = zipfile.ZIP_DEFLATED
    found.external_attr = 0o600 << 16
    return found


def _add_files(bundle: zipfile.ZipFile, answer: Contents) -> Iterator[str]:
    """Add the files; yields the names of those that can't be read any more."""
    for piece in answer.pieces():
        for file in piece.files:
            content = file.read()
            try:
                first = next(content, b"")
            except Gone:
                yield file.name
                continue
            # Pictures and films are compressed as they are.
            entry = _entry(f"files/{file.name}")
            entry.compress_type = zipfile.ZIP_STORED
            with bundle.open(entry, "w", force_zip64=True) as out:
                out.write(first)
                for more in content:
                    out.write(more)


def _add_data(bundle: zipfile.ZipFile, answer: Contents, lost: set[str]) -> int:
    head = {
        "format": "schoolgate answer", "version": 1, "request": answer.number, "language": answer.language,
        "from": answer.federation, "received": answer.received_on.isoformat(),
        "made": _local(answer.made_at), "letter": answer.letter,
    }  # fmt: skip
    done = 0
    with bundle.open(_entry(DATA), "w", force_zip64=True) as out:
        out.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2].encode() + b',\n "pieces": [')
        for done, piece in enumerate(answer.pieces(), 1):
            row = json.dumps(_data_piece(piece, lost), ensure_ascii=False).encode()
            out.write((b",\n  " if done > 1 else b"\n  ") + row)
        out.write(b"\n ]\n}\n")
    return done


def _data_piece(piece: GivenPiece, lost: set[str]) -> dict[str, Any]:
    return {
        "number": piece.number, "place": piece.place, "title": piece.title,
        "at": _local(piece.at) if piece.at else None, "covered": piece.covered,
        "texts": [{"label": one.label, "text": one.words} for one in piece.texts],
        "files": [f"files/{one.name}" for one in piece.files if one.name not in lost],
    }  # fmt: skip


def _add_table(bundle: zipfile.ZipFile, answer: Contents) -> None:
    heads = [_("Number"), _("Place"), _("Title"), _("Time"), _("What"), _("Text")]
    with bundle.open(_entry(TABLE), "w", force_zip64=True) as raw:
        raw.write(MARK)
        raw.write(_line(heads))
        for piece in answer.pieces():
            start = [str(piece.number), piece.place, piece.title, _local(piece.at) if piece.at else ""]
            for text in piece.texts:
                raw.write(_line([*start, text.label, text.words]))
            for file in piece.files:
                raw.write(_line([*start, file.label, f"files/{file.name}"]))


def _line(cells: list[str]) -> bytes:
    return write_csv([cells]).removeprefix(MARK)


def _local(at: datetime) -> str:
    return at.astimezone(LONDON).isoformat(timespec="seconds")
