"""Makes the file of an answer: outside any transaction, a few things at a time, sealed as it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic

import structlog
from django.utils import formats, translation
from django.utils.translation import gettext as _

from schoolgate.core import files, sealed_files
from schoolgate.core.disclosure import File
from schoolgate.core.errors import NotFound
from schoolgate.core.postgres.away import is_away
from schoolgate.core.sealed_words import opened
from schoolgate.core.tenancy import in_scope, scope
from schoolgate.networks.driving import Clock
from schoolgate.rights.actions import note_answer, note_answer_failed
from schoolgate.rights.answer.contents import Contents, GivenFile, GivenPiece, GivenText, Gone
from schoolgate.rights.answer.writing import Sink, write
from schoolgate.rights.found import Given, given_after
from schoolgate.rights.models import Answer, Request
from schoolgate.rights.states import AnswerState, Kind

AT_ONCE = 200
"""Pieces that are read in one transaction."""
TOLD_EVERY = 1.0
"""Seconds between two notes of how far it is."""
ENDINGS = (
    (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"), (b"%PDF", "pdf"), (b"PK\x03\x04", "zip"),
)  # fmt: skip
"""How files begin, and what their names end in."""

log = structlog.get_logger(__name__)


class Replaced(Exception):
    """A newer answer is being made instead, or a decision changed."""


class Changed(Exception):
    """What was to be given changed, or went, since it was decided."""


def make(federation_id: int, answer_id: int, *, clock: Clock) -> None:
    """Make the file of one answer, from the beginning where a worker was killed. One that is made already, or
    was replaced, is left alone. No row names the file before all of it is on the disk.

    Raises RuntimeError inside a scope: writing a large file has no place in a transaction. Raises what the
    database's absence raises: the job is tried again.
    """
    if in_scope():
        raise RuntimeError("an answer is not made inside a transaction")
    contents = _begin(federation_id, answer_id)
    if contents is None:
        return
    draft = sealed_files.Draft()
    try:
        written = write(contents, Sink(draft.write), went=_teller(federation_id, answer_id))
        sealed = draft.close()
        sealed_files.keep(sealed.name, federation_id=federation_id)
        with scope(federation_id):
            kept = note_answer(at=clock(), answer=answer_id, sealed=sealed, volumes=written.volumes)
        if not kept:
            sealed_files.remove(sealed.name, federation_id=federation_id)
    except Replaced:
        return
    except Exception as error:
        if is_away(error):
            raise
        log.exception("making an answer failed", federation=federation_id, answer=answer_id)
        with scope(federation_id):
            note_answer_failed(at=clock(), answer=answer_id)
    finally:
        draft.drop()


def contents_of(answer: Answer, federation_id: int) -> Contents:
    """Return what an answer is written from."""
    request = answer.request
    with translation.override(answer.language):
        title = {
            Kind.ACCESS.value: _("Copy of your data"),
            Kind.INFORMATION.value: _("The information you asked for"),
        }[request.kind]  # fmt: skip
        about = (
            (_("Request"), str(request.pk)),
            (_("Received"), formats.date_format(request.received_on, "j F Y")),
        )
    return Contents(
        number=request.pk, language=answer.language, federation=request.federation.name, title=title,
        about=about, received_on=request.received_on, made_at=answer.at,
        letter=opened(answer.letter_ref).get("letter", ""),
        pieces=lambda: _pieces(federation_id, request, total=answer.total),
    )  # fmt: skip


def _begin(federation_id: int, answer_id: int) -> Contents | None:
    with scope(federation_id):
        row = Answer.objects.select_related("request__federation").filter(pk=answer_id).first()
        if row is None or row.state != AnswerState.MAKING:
            return None
        return contents_of(row, federation_id)


def _teller(federation_id: int, answer_id: int) -> Callable[[int], None]:
    """Return what notes how far it is, now and then. It raises Replaced."""
    told = 0.0

    def went(done: int) -> None:
        nonlocal told
        if monotonic() - told < TOLD_EVERY:
            return
        told = monotonic()
        with scope(federation_id):
            if not Answer.objects.filter(pk=answer_id, state=AnswerState.MAKING).update(done=done):
                raise Replaced

    return went


def _pieces(federation_id: int, request: Request, *, total: int) -> Iterator[GivenPiece]:
    """Read what is given, some at a time, each in a transaction of its own. Raises Changed at the end unless
    all is there: each reading of them has the same pieces, under the same numbers."""
    number, after = 0, ("", 0)
    while True:
        with scope(federation_id):
            some, after_next = given_after(request, after, limit=AT_ONCE)
            made = [_piece(one, number + more, federation_id) for more, one in enumerate(some, 1)]
        yield from made
        number += len(made)
        if after_next is None:
            if number != total:
                raise Changed
            return
        after = after_next


def _piece(one: Given, number: int, federation_id: int) -> GivenPiece:
    return GivenPiece(
        number=number, place=str(one.place.name), title=str(one.piece.title), at=one.piece.at,
        texts=tuple(GivenText(str(text.label), text.text) for text in one.piece.texts),
        files=tuple(
            _file(file, number, place, federation_id) for place, file in enumerate(one.piece.files, 1)
        ),
        covered=bool(one.covered),
    )  # fmt: skip


def _file(file: File, number: int, place: int, federation_id: int) -> GivenFile:
    ending = "bin"
    try:
        with files.path_of(file.digest, federation_id=federation_id).open("rb") as there:
            begins = there.read(12)
        if begins[4:8] == b"ftyp":
            ending = "mp4"
        elif begins[:4] == b"RIFF" and begins[8:] == b"WEBP":
            ending = "webp"
        else:
            ending = next((name for start, name in ENDINGS if begins.startswith(start)), "bin")
    except (NotFound, OSError):
        pass  # `read` says so, and the answer names it

    def read() -> Iterator[bytes]:
        try:
            yield from files.read_in_pieces(file.digest, federation_id=federation_id)
        except NotFound as error:
            raise Gone from error

    return GivenFile(f"{number:04}-{place}.{ending}", str(file.label), read)
