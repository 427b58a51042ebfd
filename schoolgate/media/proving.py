"""What an uploaded file really is, proven from its content and never from its name.

A picture that passes is written anew: turned upright, without the place, the device or the hidden text that a
camera adds. A pupil's home must never travel inside a photograph.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from schoolgate.core.errors import BadInput

MOST_BYTES: Final = 20 * 1024 * 1024
# 40 megapixels: more than any telephone of a school takes, and 120 MB once unpacked.
MOST_PIXELS: Final = 40_000_000
LONGEST_EDGE: Final = 4096
KINDS: Final = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True)
class ProvenPicture:
    """A picture whose content was decoded in full and written anew without metadata.

    `width` and `height` are pixels, `media_type` is `image/jpeg` or `image/png`.
    """

    content: bytes
    media_type: str
    width: int
    height: int


def prove_picture(content: bytes) -> ProvenPicture:
    """Decode `content` wholly and return it written anew; the file's name is never asked.

    Raises `BadInput` on the field `picture` with what to do next: nothing there, too large, not a picture
    we take,
    a picture that unpacks to more than `MOST_PIXELS`, a broken or moving one.
    """
    if not content:
        raise _refuse(_("There is no picture in this file. Choose the file again."))
    if len(content) > MOST_BYTES:
        raise _refuse(_("This picture is larger than 20 MB. Save a smaller copy and choose that."))
    image = _open(content)
    if getattr(image, "n_frames", 1) > 1:
        raise _refuse(_("This is a moving picture. Choose a still one."))
    return _write_anew(image)


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
            smaller = _encode(copy, "JPEG", quality=quality)
            if len(smaller) <= most_bytes:
                return ProvenPicture(smaller, "image/jpeg", copy.width, copy.height)
    raise _refuse(_("This picture cannot be made small enough for the network. Choose another one."))


def _open(content: bytes) -> Image.Image:
    """Open and decode, with Pillow's own guard against bombs turned from a warning into an error."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=KINDS)
            if image.width * image.height > MOST_PIXELS:
                raise _refuse(
                    _("This picture has more than 40 million pixels. Save a smaller copy and choose that.")
                )
            image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _refuse(
            _("This picture has more than 40 million pixels. Save a smaller copy and choose that.")
        ) from error
    except UnidentifiedImageError as error:
        raise _refuse(
            _("This file is not a picture we can use. Choose a JPEG, PNG or WebP picture.")
        ) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise _refuse(_("This picture is damaged. Save it again and choose the new copy.")) from error
    return image


def _write_anew(image: Image.Image) -> ProvenPicture:
    upright = ImageOps.exif_transpose(image)
    if max(upright.size) > LONGEST_EDGE:
        upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    clean = Image.new("RGBA" if see_through else "RGB", upright.size)
    clean.paste(upright.convert(clean.mode))
    kind, media_type = ("PNG", "image/png") if see_through else ("JPEG", "image/jpeg")
    return ProvenPicture(_encode(clean, kind, quality=90), media_type, clean.width, clean.height)


def _encode(image: Image.Image, kind: str, *, quality: int) -> bytes:
    out = io.BytesIO()
    if kind == "PNG":
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _refuse(message: str | Promise) -> BadInput:
    return BadInput({"picture": message})
