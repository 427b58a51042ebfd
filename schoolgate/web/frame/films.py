"""Films on pages: proven before the page opens its transaction, and played in parts, as players ask for
them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Final, cast

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, Text
from schoolgate.core.outside.texts import tell_apart
from schoolgate.media import pictures
from schoolgate.media.films import MEDIA_TYPE, prove_film
from schoolgate.media.pictures import StoredFilm
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.pictures import PICTURE_POLICY

MOST_CAPTIONS: Final = 1_000_000
"""Bytes of a caption file."""
_RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_PIECE: Final = 64 * 1024


@dataclass(frozen=True)
class NoFilm:
    """Why there is no film (empty if none is wanted yet), and the captions that came: the browser can't send
    their file again, so the page shows them as text."""

    why: Text
    captions: str = ""


def take_film(request: HttpRequest, *, refused: Text = "", missing: Text = "") -> StoredFilm | NoFilm | None:
    """Check and store the uploaded film with its captions, as part of a page's `prepare`. None where nothing
    was uploaded. `refused`: why no film is taken here; `missing`: the error for captions without a film."""
    upload = request.FILES.get("film")
    try:
        captions = _captions(request)
    except BadInput as error:
        return NoFilm(next(iter(error.fields.values())))
    if upload is None:
        return NoFilm(missing, captions) if captions else None
    if refused:
        return NoFilm(refused, captions)
    visit: Visit = request.visit  # type: ignore[attr-defined]
    try:
        proven = prove_film(
            cast("IO[bytes]", upload),
            size=upload.size or 0,
            cover_at=_seconds(request.POST.get("film_cover", "")),
            sound=request.POST.get("film_silent") != "yes",
            captions=captions,
        )
        return pictures.store_film(proven, federation_id=visit.federation.pk)
    except BadInput as error:
        return NoFilm(next(iter(error.fields.values())), captions)


def _captions(request: HttpRequest) -> str:
    upload = request.FILES.get("film_captions")
    if upload is None:
        return request.POST.get("film_captions_text", "")
    if (upload.size or 0) > MOST_CAPTIONS:
        raise BadInput({"film": _("There’s too much text for the captions of one film.")})
    told = tell_apart(bytes(upload.read()))
    if told is None or told.others or not told.clean:
        raise BadInput({"film": _("The captions aren’t text (UTF-8). Save them as WebVTT (.vtt).")})
    return told.text


def _seconds(typed: str) -> float:
    """Return the instant of the cover: seconds, or minutes and seconds with a colon. What can't be read is
    the beginning."""
    minutes, _colon, seconds = typed.strip().replace(",", ".").rpartition(":")
    try:
        return max(0.0, float(seconds or 0) + 60 * int(minutes or 0))
    except ValueError:
        return 0.0


def film_answer(request: HttpRequest, path: Path, name: str, *, as_file: bool = False) -> HttpResponseBase:
    """Return a film, or the one part of it that the player asks for (RFC 9110, section 14)."""
    size = path.stat().st_size
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    answer: HttpResponseBase
    if asked is None or not (asked[1] or asked[2]):
        answer = FileResponse(path.open("rb"), content_type=MEDIA_TYPE)
    else:
        first = int(asked[1]) if asked[1] else max(0, size - int(asked[2]))
        last = min(int(asked[2]), size - 1) if asked[1] and asked[2] else size - 1
        if first > last:
            answer = HttpResponse(status=416)
            answer["Content-Range"] = f"bytes */{size}"
        else:
            answer = StreamingHttpResponse(
                _part(path.open("rb"), first, last - first + 1), status=206, content_type=MEDIA_TYPE
            )
            answer["Content-Range"] = f"bytes {first}-{last}/{size}"
            answer["Content-Length"] = str(last - first + 1)
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = PICTURE_POLICY
    answer["Content-Disposition"] = f'{"attachment" if as_file else "inline"}; filename="{name}.mp4"'
    return answer


def captions_answer(captions: str, name: str, *, as_file: bool = False) -> HttpResponse:
    """Return captions as a player or a person takes them."""
    answer = HttpResponse(captions, content_type="text/vtt; charset=utf-8")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = PICTURE_POLICY
    answer["Content-Disposition"] = f'{"attachment" if as_file else "inline"}; filename="{name}.vtt"'
    return answer


def _part(file: BinaryIO, first: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while length > 0 and (piece := file.read(min(_PIECE, length))):
            length -= len(piece)
            yield piece
