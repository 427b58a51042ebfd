"""Files sent with the policy's forms: the signed copy of a paper, and a policy's own text."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from schoolgate.core import files
from schoolgate.core.errors import BadInput
from schoolgate.media.proving import MOST_BYTES, prove_picture
from schoolgate.rulebook.yaml_text import LARGEST
from schoolgate.web.frame.carrying import carried_here, carry


def kept_upload(request: HttpRequest) -> files.StoredFile | BadInput | None:
    """Check the signed copy and put it into the file store, before any transaction.

    Returns: the stored file, the BadInput that `scan_of` will raise, or None where no file was sent.
    """
    if request.method != "POST":
        return None
    federation_id = request.visit.federation.pk  # type: ignore[attr-defined]
    sent = request.FILES.get("scan")
    if sent is None:
        before = carried_here(request, "scan", federation_id=federation_id)
        if before is not None:
            carry(request, "scan", before, federation_id=federation_id)
        return before
    if sent.size is None or sent.size > MOST_BYTES:
        return BadInput({"scan": _("This file is too large (20 MB maximum). Save a smaller one.")})
    try:
        content, media_type = _proven(sent.read())
    except BadInput:
        return BadInput({"scan": _("This file is not a PDF or a picture. Choose the file again.")})
    kept = files.keep(content, media_type, federation_id=federation_id)
    carry(request, "scan", kept, federation_id=federation_id)
    return kept


def scan_of(prepared: files.StoredFile | BadInput | None) -> tuple[str, str]:
    """Return the digest and media type of what `kept_upload` gave; both empty where no file was sent.

    Raises BadInput on `scan` for a file that was refused.
    """
    if isinstance(prepared, BadInput):
        raise prepared
    return (prepared.digest, prepared.media_type) if prepared else ("", "")


def _proven(content: bytes) -> tuple[bytes, str]:
    """Return the bytes to store and their media type, from the content alone. A PDF is never opened here,
    only offered as a download. Raises BadInput."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return content, "application/pdf"
    picture = prove_picture(content)
    return picture.content, picture.media_type


def text_sent(sent: UploadedFile[bytes]) -> str:
    """Return a file of the form as text. Raises BadInput on `text`."""
    if sent.size is None or sent.size > LARGEST:
        raise BadInput({"text": _("This file is too large (2 MB maximum). Choose the file again.")})
    try:
        return str(sent.read().decode("utf-8"))
    except UnicodeDecodeError:
        raise BadInput({"text": _("This is not a text file. Choose the file again.")}) from None
