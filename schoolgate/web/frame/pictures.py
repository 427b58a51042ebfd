"""Pictures and films on pages: proven before the page opens its transaction, shown without anything that
runs, and films played in parts, as players ask for them.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, Final, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.unofficial import Copy
from schoolgate.core import vault
from schoolgate.core.errors import BadInput, NotFound, Text
from schoolgate.core.outside.texts import tell_apart
from schoolgate.media import pictures
from schoolgate.media.films import MEDIA_TYPE, prove_film
from schoolgate.media.pictures import StoredFilm
from schoolgate.media.proving import MOST_BYTES, ProvenPicture, prove_picture
from schoolgate.web.frame.doors import Visit

COPY_BYTES = 900_000
"""A copy of what was seen is made to fit: it is sealed as a whole."""
# No script, no frame: a picture is only shown, whatever the file contains.
PICTURE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@dataclass(frozen=True)
class Taken:
    """An upload that was proven and put into the store; its row is written inside the scope."""

    proven: ProvenPicture
    digest: str


def take_picture(request: HttpRequest) -> Taken | BadInput | None:
    """Check and store the uploaded picture, as `prepare` of a page. Return None where nothing was uploaded.

    A problem with the picture is returned, not raised, so that the page can show it beside the field and keep
    what was typed.
    """
    upload = request.FILES.get("picture") if request.method == "POST" else None
    return None if upload is None else take_upload(request, upload)


def take_upload(request: HttpRequest, upload: UploadedFile[bytes]) -> Taken | BadInput:
    """Check and store one uploaded file. A problem with it is returned, on the field `picture`."""
    try:
        if upload.size is None or upload.size > MOST_BYTES:
            raise BadInput(
                {"picture": _("This picture is larger than 20 MB. Save a smaller copy and choose that.")}
            )
        proven = pictures.take_in(upload)
    except BadInput as error:
        return error
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return Taken(proven, pictures.store(proven, federation_id=visit.federation.pk))


def take_copy(request: HttpRequest) -> Copy | BadInput | None:
    """Check an uploaded picture and return it re-encoded, without the place where it was taken."""
    upload = request.FILES.get("picture") if request.method == "POST" else None
    if upload is None:
        return None
    if upload.size is None or upload.size > MOST_BYTES:
        return BadInput(
            {"picture": _("This picture is larger than 20 MB. Save a smaller copy and choose that.")}
        )
    try:
        proven = prove_picture(upload, most_bytes=COPY_BYTES)
    except BadInput as error:
        return error
    return Copy(proven.content, proven.media_type)


def picture_answer(file: BinaryIO, media_type: str, name: str, *, as_file: bool = False) -> FileResponse:
    """The bytes of a picture and nothing that a browser could run; `name`: for the download, no ending."""
    ending = {"image/jpeg": "jpg"}.get(media_type, media_type.rpartition("/")[2])
    answer = FileResponse(file, content_type=media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = PICTURE_POLICY
    answer["Content-Disposition"] = f'{"attachment" if as_file else "inline"}; filename="{name}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def sealed_picture(ref: int, media_type: str) -> HttpResponse:
    """Return a picture from the vault, never cached by browsers. Raises NotFound where no key opens it."""
    try:
        content = base64.b64decode(vault.reveal(ref))
    except (vault.CannotOpen, binascii.Error):
        raise NotFound from None
    answer = HttpResponse(content, content_type=media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = PICTURE_POLICY
    answer["Cache-Control"] = "no-store"
    return answer


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


def film_answer(
    request: HttpRequest, file: BinaryIO, name: str, *, as_file: bool = False
) -> HttpResponseBase:
    """Return a film, or the one part of it that the player asks for (RFC 9110, section 14)."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    answer: HttpResponseBase
    if asked is None or not (asked[1] or asked[2]):
        answer = FileResponse(file, content_type=MEDIA_TYPE)
    else:
        first = int(asked[1]) if asked[1] else max(0, size - int(asked[2]))
        last = min(int(asked[2]), size - 1) if asked[1] and asked[2] else size - 1
        if first > last:
            file.close()
            answer = HttpResponse(status=416)
            answer["Content-Range"] = f"bytes */{size}"
        else:
            answer = StreamingHttpResponse(
                _part(file, first, last - first + 1), status=206, content_type=MEDIA_TYPE
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
