"""Pictures on pages: proven before the page opens its transaction, shown without anything that runs."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.unofficial import Copy
from schoolgate.core import vault
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.media import pictures
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
