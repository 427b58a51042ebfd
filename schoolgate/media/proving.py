"""What an uploaded file really is, proven from its content and never from its name.

An accepted picture is re-encoded: turned upright, without the place, the device or the hidden text that a
camera adds. A pupil's home must never travel inside a photograph.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image

from schoolgate.core.errors import BadInput
from schoolgate.core.outside.aside import GaveUp, Reader
from schoolgate.media.redrawing import encode

MOST_BYTES: Final = 20 * 1024 * 1024
# 40 megapixels: more than any telephone of a school takes, and 120 MB once unpacked.
MOST_PIXELS: Final = 40_000_000
LONGEST_EDGE: Final = 4096
REDRAW: Final = Reader(
    Path(__file__).with_name("redrawing.py"), megabytes=1500, seconds=20, most=100 * 1024 * 1024
)
"""The largest honest picture takes some three seconds, and memory for four copies of it."""
_DAMAGED = _("This picture is damaged. Save it again and choose the new copy.")
_NONE = _("This file isn’t a picture we can use. Choose a JPEG, PNG or WebP picture.")
_WHY: Final = {
    "too_many_pixels": _(
        "This picture has more than 40 million pixels. Save a smaller copy and choose that."
    ),
    "moving": _("This picture is animated. Choose a still one."),
    "no_picture": _NONE,
    "damaged": _DAMAGED,
}
_BEGINNINGS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


@dataclass(frozen=True, slots=True)
class ProvenPicture:
    """A picture that was decoded in full and re-encoded without metadata.

    `width` and `height` are pixels, `media_type` is `image/jpeg` or `image/png`.
    """

    content: bytes
    media_type: str
    width: int
    height: int


def prove_picture(content: bytes) -> ProvenPicture:
    """Decode `content` in full and return it re-encoded. The file's name is never used.

    Raises `BadInput` on the field `picture` with what to do next: an empty upload, a file too large, a format
    that we don't accept, a picture that unpacks to more than `MOST_PIXELS`, a broken or moving one, or one
    made to do harm.
    """
    if not content:
        raise _refuse(_("There is no picture in this file. Choose the file again."))
    if len(content) > MOST_BYTES:
        raise _refuse(_("This picture is larger than 20 MB. Save a smaller copy and choose that."))
    if not content.startswith(_BEGINNINGS):
        raise _refuse(_NONE)
    try:
        head, _line, picture = REDRAW(content, MOST_PIXELS, LONGEST_EDGE).partition(b"\n")
        said = json.loads(head)
    except (GaveUp, ValueError) as error:
        raise _refuse(_DAMAGED) from error
    if "refused" in said:
        raise _refuse(_WHY[said["refused"]])
    return ProvenPicture(picture, said["media_type"], said["width"], said["height"])


def fit(picture: ProvenPicture, *, most_bytes: int) -> ProvenPicture:
    """Return `picture` as it is where it has at most `most_bytes` bytes, else a smaller JPEG of it.

    The same input gives the same bytes, so that an approval can be bound to what a network will receive.
    Raises `BadInput` where even a small copy is too large.
    """
    if len(picture.content) <= most_bytes:
        return picture
    image = Image.open(io.BytesIO(picture.content)).convert("RGB")
    for edge in (2048, 1600, 1200, 900, 600):
        copy = image.copy()
        copy.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        for quality in (88, 78, 68):
            smaller = encode(copy, "JPEG", quality=quality)
            if len(smaller) <= most_bytes:
                return ProvenPicture(smaller, "image/jpeg", copy.width, copy.height)
    raise _refuse(_("This picture can’t be made small enough for the network. Choose another one."))


def _refuse(message: str | Promise) -> BadInput:
    return BadInput({"picture": message})
