"""What an uploaded file really is, proven from its content and never from its name.

An accepted picture is re-encoded: turned upright, its colours brought to sRGB, without the place, the device
or the hidden text that a camera adds; a second reader then looks for any of it. A pupil's home must never
travel inside a photograph.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, local
from typing import Final, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.env import env
from schoolgate.core.errors import BadInput
from schoolgate.core.outside.aside import GaveUp, Reader
from schoolgate.media.bare import NotBare, check_bare

MOST_BYTES: Final = 20 * 1024 * 1024
# 40 megapixels: more than any telephone of a school takes, and 120 MB once unpacked.
MOST_PIXELS: Final = 40_000_000
LONGEST_EDGE: Final = 4096
REDRAW: Final = Reader(
    Path(__file__).with_name("redrawing.py"), megabytes=1500, seconds=20, most=100 * 1024 * 1024
)
"""The largest honest picture takes some three seconds, and memory for four copies of it."""
AT_ONCE: Final = max(1, 2 // env().web_processes)
"""Pictures decoded at the same time, two in all processes that serve; the others wait, so that a class's
uploads don't fill the memory."""
LONGEST_WAIT: Final = 180.0
"""Seconds for which an upload waits for its turn."""
_PLACES = BoundedSemaphore(AT_ONCE)
_MINE = local()
_DAMAGED = _("This picture is damaged. Save it again and choose the new copy.")
_NONE = _("This file isn’t a picture we can use. Choose a JPEG, HEIC, PNG, WebP or AVIF picture.")
_PLACE_STAYS = _(
    "The place and device couldn’t be removed from this picture. Take a screenshot of it and choose that."
)
_WHY: Final = {
    "too_many_pixels": _(
        "This picture has more than 40 million pixels. Save a smaller copy and choose that."
    ),
    "moving": _("This picture is animated. Choose a still one."),
    "no_picture": _NONE,
    "damaged": _DAMAGED,
    "too_large_for_the_network": _(
        "This picture can’t be made small enough for the network. Choose another one."
    ),
    "drawing": _("This is a drawing (SVG). Save it as a PNG picture and choose that."),
    "film": _("This is a film. Choose a still picture."),
}
_BEGINNINGS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
_BRANDS: Final = frozenset(
    (b"avif", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1")
)
"""How HEIC and AVIF files name what they are, after their first eight bytes."""


class Source(Protocol):
    """An upload that can still be read: it stays on the disk until it is its turn."""

    def read(self) -> bytes:
        """All of it."""
        ...


@dataclass(frozen=True, slots=True)
class ProvenPicture:
    """A picture that was decoded in full and re-encoded without metadata.

    `width` and `height` are pixels, `media_type` is `image/jpeg` or `image/png`. `prints` find pictures that
    may be the same (`queries.pictures_like`); `faces`: at least so many were found, None where nothing
    looked.
    """

    content: bytes
    media_type: str
    width: int
    height: int
    prints: tuple[int, ...] = ()
    faces: int | None = None


def prove_picture(
    content: bytes | Source, *, most_bytes: int = 0, longest_edge: int = LONGEST_EDGE, side: int = 1
) -> ProvenPicture:
    """Decode `content` in full and return it re-encoded, with `most_bytes` at most (0: any number) and no
    edge longer than `longest_edge`. The file's name is never used. `side`: it is a sheet of so many pictures
    across and down, each with one print.

    Raises `BadInput` on the field `picture` with what to do next: an empty upload, a file too large, a format
    that we don't accept, a picture that unpacks to more than `MOST_PIXELS`, a broken or moving one, one that
    can't be made small enough, one made to do harm, or too many uploads at the same time.
    """
    with turn():
        given = content if isinstance(content, bytes) else content.read()
        _check_beginning(given)
        try:
            head, _line, picture = REDRAW(given, MOST_PIXELS, longest_edge, most_bytes, side).partition(b"\n")
            said = json.loads(head)
        except (GaveUp, ValueError) as error:
            raise _refuse(_DAMAGED) from error
    if "refused" in said:
        raise _refuse(_WHY[said["refused"]])
    try:
        check_bare(picture)
    except NotBare as error:
        raise _refuse(_PLACE_STAYS) from error
    return ProvenPicture(picture, said["media_type"], said["width"], said["height"], tuple(said["prints"]))


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a place among the `AT_ONCE` pictures that are worked on; a thread that has one keeps it for
    all that is done to its picture. Raises BadInput on `picture`."""
    if getattr(_MINE, "place", False):
        yield
        return
    if not _PLACES.acquire(timeout=LONGEST_WAIT):
        raise _refuse(_("Many pictures are coming in at the moment. Choose it again in a minute."))
    _MINE.place = True
    try:
        yield
    finally:
        _MINE.place = False
        _PLACES.release()


def _check_beginning(content: bytes) -> None:
    if not content:
        raise _refuse(_("There is no picture in this file. Choose the file again."))
    if len(content) > MOST_BYTES:
        raise _refuse(_("This picture is larger than 20 MB. Save a smaller copy and choose that."))
    if content[4:8] == b"ftyp":
        end = min(int.from_bytes(content[:4], "big"), 256)
        brands = {content[8:12], *(content[at : at + 4] for at in range(16, end, 4))}
        if not brands & _BRANDS:
            raise _refuse(_WHY["film"])
    elif not content.startswith(_BEGINNINGS):
        raise _refuse(_WHY["drawing"] if b"<svg" in content[:2000].lower() else _NONE)


def _refuse(message: str | Promise) -> BadInput:
    return BadInput({"picture": message})
