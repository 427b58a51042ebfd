"""What an uploaded film really is, proven from its content, and written again without place, device or title.

What is shown of its pictures and heard of its sound stays as the telephone wrote it, and nothing else.
Nothing is encoded again. The reading library is an optional part (`schoolgate[film]`); without it films are
refused with a sentence (docs/adr/0041).
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.core.home import drafts
from schoolgate.core.outside.aside import GaveUp, Reader
from schoolgate.media.bare import NotBare, check_bare_film
from schoolgate.media.captions import NotCaptions, read_captions, written
from schoolgate.media.proving import turn

MEDIA_TYPE: Final = "video/mp4"
MOST_BYTES: Final = 100 * 1024 * 1024
MOST_PIXELS: Final = 4096 * 2304
MOST_SECONDS: Final = 600
SHEET_SIDE: Final = 3
LAY_ANEW: Final = Reader(
    Path(__file__).with_name("film_child.py"), megabytes=2000, seconds=60, most=160 * 1024 * 1024
)
"""Most of the time goes into looking at each picture that stands alone."""
_NONE = _("This file isn’t a film we can use. Choose an MP4 or MOV film.")
_WHY: Final = {
    "no_picture": _("There’s no picture in this film. Choose another one."),
    "kind": _(
        "This film isn’t H.264. On an iPhone choose Settings, Camera, Formats, Most compatible, and film "
        "again."
    ),
    "colours": _(
        "Many browsers can’t show this film’s colours (10-bit, 4:2:2 or 4:4:4). Export it as an ordinary "
        "H.264 film, and choose that."
    ),
    "sound_kind": _("The sound of this film isn’t AAC. Save it again as MP4, or add it without sound."),
    "too_many_pixels": _("This film’s picture is too large. Save it in 1080p and choose that."),
    "too_long": _("This film is longer than 10 minutes. Cut it and choose the shorter one."),
    "trimmed": _(
        "This film was trimmed, but what was cut off is still in the file. Export it as a new film from a "
        "video editor such as iMovie, and choose that."
    ),
    "cut_off": _(
        "This film was cropped, but what was cut off is still in the file. Export it as a new film from a "
        "video editor such as iMovie, and choose that."
    ),
    "damaged": _("This film is damaged or cut off. Save it again and choose the new copy."),
}


@dataclass(frozen=True, slots=True)
class ProvenFilm:
    """A film that was read, and written again as an MP4 at `path`, from where the store takes it.

    `captions`: as WebVTT, empty for none. `cover`: a picture from it as a PNG, not yet proven as one;
    `sheet`: pictures from all of it in one, `SHEET_SIDE` across and as many down.
    """

    path: Path
    size: int
    width: int
    height: int
    milliseconds: int
    has_sound: bool
    cover: bytes
    sheet: bytes
    captions: str = ""


@cache
def can_read() -> bool:
    """Whether the optional part is installed here."""
    return find_spec("av") is not None


def prove_film(
    given: IO[bytes], *, size: int, cover_at: float = 0, sound: bool = True, captions: str = ""
) -> ProvenFilm:
    """Return the film written again. The file's name is never used.

    Args:
        given: the upload.
        size: its bytes.
        cover_at: from which second the cover is taken.
        sound: whether its sound stays.
        captions: WebVTT.

    Raises BadInput on `film` or `captions` with what to do next.
    """
    if not can_read():
        raise _refuse(_("Films can’t be read here. Ask the person who runs Schoolgate to install that part."))
    _check_beginning(given, size)
    with turn(), tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as found:
        given.seek(0)
        shutil.copyfileobj(given, source)
        source.flush()
        try:
            LAY_ANEW.between(
                source, found,
                MOST_PIXELS, MOST_SECONDS * 1000, _milliseconds(cover_at), int(sound), SHEET_SIDE,
            )  # fmt: skip
            found.seek(0)
            said = json.loads(found.readline(10_000))
        except (GaveUp, ValueError) as error:
            raise _refuse(_WHY["damaged"]) from error
        if "refused" in said:
            raise _refuse(_WHY[said["refused"]])
        cues = captions_of(captions, ends_at=said["reached_ms"])
        cover, sheet = found.read(said["cover"]), found.read(said["sheet"])
        with tempfile.NamedTemporaryFile(dir=drafts(), delete=False) as draft:
            shutil.copyfileobj(found, draft)
    path = Path(draft.name)
    try:
        with path.open("rb") as film:
            check_bare_film(film)
    except NotBare as error:
        path.unlink()
        raise _refuse(
            _("The place, the device or hidden parts couldn’t be removed from this film. Choose another one.")
        ) from error
    return ProvenFilm(
        path, path.stat().st_size, said["width"], said["height"], said["reached_ms"], said["has_sound"],
        cover, sheet, cues,
    )  # fmt: skip


def captions_of(text: str, *, ends_at: int) -> str:
    """Return captions as they are kept, empty for none. Raises BadInput on `captions`, naming the line."""
    try:
        return written(read_captions(text, ends_at=ends_at))
    except NotCaptions as error:
        raise BadInput({"captions": error.why}) from error


def _milliseconds(seconds: float) -> int:
    return round(min(max(seconds, 0), MOST_SECONDS) * 1000)


def _check_beginning(given: IO[bytes], size: int) -> None:
    if not size:
        raise _refuse(_("There is no film in this file. Choose the file again."))
    if size > MOST_BYTES:
        raise _refuse(_("This film is larger than 100 MB. Save a smaller copy and choose that."))
    given.seek(0)
    if given.read(8)[4:] not in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        raise _refuse(_NONE)


def _refuse(message: str | Promise) -> BadInput:
    return BadInput({"film": message})
