"""Reads one film from standard input and writes it again without anything beside picture and sound, after a
line of JSON that says what it is, a cover picture and a sheet of pictures from all of it.

It runs as a separate process (`core.outside.aside`): what reads films are large libraries in C. It imports
nothing of the program. Nothing is encoded: the packets are laid into a new file as they are.
"""

from __future__ import annotations

import io
import json
import shutil
import struct
import sys
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.bitstream import BitStreamFilterContext
from av.sidedata.sidedata import Type
from av.stream import Disposition
from PIL import Image

KINDS_OF_PIXEL = frozenset({"yuv420p", "yuvj420p"})
MISSING = 0.9
"""A track that ends before so much of what its header promises is cut off. One may be shorter than the
other: nothing moved at the end of a recorded screen, or the sound began later."""
ONLY_PICTURES = "filter_units=pass_types=1|5|7|8|9|10|11"
"""Leaves of H.264 what is drawn and how: no notes, in which cameras write places and devices, no second view
and no filling."""
FRESH = 5
"""The unit of H.264 that begins anew: nothing is drawn across it."""
WIDEST_EDGE = (15, 31)
"""Columns and rows that an encoder adds to fill its blocks. More than that was cut off and would still be
there."""
MOST_LOST = 8
"""Pictures at its edges that may be left out of a film because they are drawn from one that isn't shown."""
SHEET = 1023
"""Pixels of the longer side of the sheet."""
MOST_STRETCHED = 4
"""By how much a pixel may be wider than high, or higher than wide."""
TURNS = {
    (0, 1, -1, 0): Image.Transpose.ROTATE_270,
    (-1, 0, 0, -1): Image.Transpose.ROTATE_180,
    (0, -1, 1, 0): Image.Transpose.ROTATE_90,
    (-1, 0, 0, 1): Image.Transpose.FLIP_LEFT_RIGHT,
    (1, 0, 0, -1): Image.Transpose.FLIP_TOP_BOTTOM,
    (0, 1, 1, 0): Image.Transpose.TRANSPOSE,
    (0, -1, -1, 0): Image.Transpose.TRANSVERSE,
}
"""How the telephone was held, by the signs in a film’s matrix; the lens above its screen mirrors."""
OPTIONS = {"movflags": "+faststart", "fflags": "+bitexact", "write_tmcd": "0"}


class Refused(Exception):
    """The film is not taken. Its text is a short code."""


def main(most_pixels: int, most_ms: int, cover_ms: int, sound: int, side: int) -> int:
    """Write `{"refused": code}`, or what it is, the cover, the sheet and the film; returns the exit status.

    `cover_ms`: from which instant the cover is taken; `sound`: 1 where the sound stays; `side`: of how many
    pictures across and down the sheet is.
    """
    try:
        with open(0, "rb", closefd=False) as source, tempfile.TemporaryDirectory() as folder:
            draft = Path(folder) / "film.mp4"
            said = _checked(source, most_pixels, most_ms, keeps_sound=bool(sound))
            said |= _remuxed(source, draft, keeps_sound=bool(sound) and said["has_sound"])
            if said["reached_ms"] > most_ms:
                raise Refused("too_long")
            cover, size = _cover(draft, most_pixels, min(cover_ms, said["reached_ms"]))
            sheet = _sheet(draft, most_pixels, said["reached_ms"], side)
            said |= {"cover": len(cover), "sheet": len(sheet), "width": size[0], "height": size[1]}
            sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + cover + sheet)
            with draft.open("rb") as film:
                shutil.copyfileobj(film, sys.stdout.buffer)
    except Refused as refused:
        print(json.dumps({"refused": str(refused)}))
    except (av.FFmpegError, ValueError, OverflowError, IndexError, struct.error):
        print(json.dumps({"refused": "damaged"}))
    return 0


def _opened(source: Any) -> Any:
    source.seek(0)
    return av.open(source, format="mp4", options={"enable_drefs": "0"}, metadata_errors="replace")


def _played(streams: Any) -> Any:
    """Return the track that is played: the first that is switched on. A still picture on the sleeve is
    none."""
    tracks = [each for each in streams if not each.disposition & Disposition.attached_pic]
    return next((each for each in tracks if each.disposition & Disposition.default), None)


def _checked(source: Any, most_pixels: int, most_ms: int, *, keeps_sound: bool) -> dict[str, Any]:
    """Return the length and whether there is sound, from the header and every picture that stands alone."""
    with _opened(source) as film:
        video = _played(film.streams.video)
        if video is None:
            raise Refused("no_picture")
        if video.codec_context.name != "h264":
            raise Refused("kind")
        if not 0 < video.width * video.height <= most_pixels:
            raise Refused("too_many_pixels" if video.width else "damaged")
        ms = _length(film)
        if ms > most_ms:
            raise Refused("too_long")
        if video.codec_context.pix_fmt not in KINDS_OF_PIXEL:
            raise Refused("colours")
        sound = _played(film.streams.audio)
        if sound is not None and keeps_sound and sound.codec_context.name != "aac":
            raise Refused("sound_kind")
        video.codec_context.thread_count = 1
        video.codec_context.skip_frame = "NONKEY"
        pictures = 0
        for frame in film.decode(video):
            if frame.width * frame.height > most_pixels:
                raise Refused("too_many_pixels")
            coded = video.codec_context.coded_width, video.codec_context.coded_height
            hidden = coded[0] - frame.width, coded[1] - frame.height
            if any(edge > most for edge, most in zip(hidden, WIDEST_EDGE, strict=True)):
                raise Refused("cut_off")
            pictures += 1
        if not pictures:
            raise Refused("no_picture")
    return {"ms": ms, "had_sound": sound is not None, "has_sound": keeps_sound and sound is not None}


def _told(track: Any) -> float:
    """Return how many seconds of a track its header promises."""
    return float(track.duration * track.time_base) if track.duration and track.time_base else 0.0


def _length(film: Any) -> int:
    """Return what the header says, in milliseconds: the longest of what it says."""
    told = list(map(_told, film.streams))
    if film.duration:
        told.append(film.duration / av.time_base)
    return round(max(told, default=0.0) * 1000)


class _Shown:
    """Says which packets of a picture track are shown. A telephone that trims a film leaves what was cut off
    in the file and only notes what to play; the reader marks the rest as to be discarded."""

    def __init__(self) -> None:
        self.key_pts = 0
        self.has_key = self.ended = self.hid = False
        self.late, self.number = False, 0
        """Whether a piece begins with a picture across which others are drawn; how many packets came."""
        self.alone = True
        """Nothing before this key picture is there to draw from."""
        self.lost = 0
        self.reached = 0.0
        """Until which second the film is stored."""

    def takes(self, packet: Any) -> bool:
        """Return whether this packet is stored. Raises Refused where what is shown is drawn from what was cut
        off."""
        self.number += 1
        found = self._takes(packet)
        if found:
            self.reached = max(self.reached, _ends(packet))
        return found

    def check(self, stored: int) -> None:
        """Raise Refused where a piece begins in the middle of what is drawn. `stored`: the packets of the
        file; the reader leaves out those far from what is shown."""
        if self.late and (self.hid or stored > self.number):
            raise Refused("trimmed")

    def _takes(self, packet: Any) -> bool:
        if packet.is_keyframe:
            self.alone = not self.has_key or self.ended
            self.key_pts, self.has_key, self.ended = packet.pts, not packet.is_discard, False
            if self.has_key and self.alone:
                self.late = self.late or not _stands_alone(bytes(packet))
            self.hid = self.hid or packet.is_discard
            return self.has_key
        before_key = packet.pts < self.key_pts
        if packet.is_discard:
            self.hid, self.ended = True, self.ended or not before_key
            return False
        if not self.has_key and not before_key:
            raise Refused("trimmed")
        if self.ended or (before_key and self.alone) or not self.has_key:
            self.lost += 1
            if self.lost > MOST_LOST:
                raise Refused("trimmed")
            return False
        return True


def _ends(packet: Any) -> float:
    return float((packet.pts + (packet.duration or 0)) * packet.time_base)


def _stands_alone(picture: bytes) -> bool:
    """Return whether nothing after this key picture is drawn from what comes before it."""
    place = 0
    while place + 4 < len(picture):
        if picture[place + 4] & 31 == FRESH:
            return True
        place += 4 + int.from_bytes(picture[place : place + 4], "big")
    return False


def _remuxed(source: Any, draft: Path, *, keeps_sound: bool) -> dict[str, Any]:
    """Lay the packets of picture and sound that are played into a new file."""
    shown = _Shown()
    with _opened(source) as film, av.open(str(draft), "w", format="mp4", options=OPTIONS) as out:
        video = _played(film.streams.video)
        sound = _played(film.streams.audio) if keeps_sound else None
        to = {video.index: out.add_stream_from_template(video)}
        notes = BitStreamFilterContext(ONLY_PICTURES, video, to[video.index])
        if sound is not None:
            to[sound.index] = out.add_stream_from_template(sound)
        for each in to.values():
            each.metadata.clear()
        out.metadata.clear()
        seen = dict.fromkeys(to, 0.0)
        for packet in film.demux([film.streams[index] for index in to]):
            if packet.is_corrupt:
                raise Refused("damaged")
            if packet.dts is None:
                continue
            index = packet.stream.index
            if packet.pts is None:
                raise Refused("damaged")
            if not packet.is_discard:
                seen[index] = max(seen[index], _ends(packet))
            if not shown.takes(packet) if index == video.index else packet.is_discard:
                continue
            for clean in notes.filter(packet) if index == video.index else [packet]:
                clean.stream = to[index]
                out.mux(clean)
        shown.check(video.frames)
        if any(ends < _told(film.streams[index]) * MISSING for index, ends in seen.items()):
            raise Refused("damaged")
        for clean in notes.filter(None):
            clean.stream = to[video.index]
            out.mux(clean)
    _without_table_of_notes(draft)
    return {"reached_ms": round(shown.reached * 1000)}


def _without_table_of_notes(draft: Path) -> None:
    """Overwrite the table of titles and places, which the writer leaves empty, with nothing."""
    with draft.open("r+b") as film:
        kind, length = b"", 0
        while kind != b"moov":
            film.seek(max(length - 8, 0), 1)
            length, kind = _head(film)
        ends = film.tell() - 8 + length
        while film.tell() < ends:
            length, kind = _head(film)
            if kind == b"udta":
                film.seek(-4, 1)
                film.write(b"free" + bytes(length - 8))
                film.flush()
            else:
                film.seek(length - 8, 1)


def _head(film: Any) -> tuple[int, bytes]:
    length, kind = struct.unpack(">I4s", film.read(8))
    if length < len(kind) * 2:
        raise Refused("damaged")
    return length, kind


def _cover(draft: Path, most_pixels: int, at_ms: int) -> tuple[bytes, tuple[int, int]]:
    """Return the picture of the film that is shown at this instant, upright, as a PNG, and its size."""
    with draft.open("rb") as laid, _opened(laid) as film:
        video = film.streams.video[0]
        video.codec_context.thread_count = 1
        film.seek(int(at_ms / 1000 / video.time_base), stream=video)
        shown = None
        for frame in film.decode(video):
            if frame.width * frame.height > most_pixels:
                raise Refused("too_many_pixels")
            if shown is not None and frame.time is not None and frame.time * 1000 > at_ms:
                break
            shown = frame
        if shown is None:
            raise Refused("no_picture")
        image = _upright(shown, video.sample_aspect_ratio)
    return _png(image), image.size


def _sheet(draft: Path, most_pixels: int, ends_ms: int, side: int) -> bytes:
    """Return pictures of the film, evenly over its length, small, upright and in rows, as a PNG. Each stands
    alone in the film and is the last one before its instant."""
    sheet, tile = Image.new("RGB", (1, 1)), (1, 1)
    with draft.open("rb") as laid, _opened(laid) as film:
        video = film.streams.video[0]
        video.codec_context.thread_count = 1
        video.codec_context.skip_frame = "NONKEY"
        for place in range(side * side):
            film.seek(int(ends_ms * (place + 0.5) / side**2 / 1000 / video.time_base), stream=video)
            frame = next(film.decode(video), None)
            if frame is None or frame.width * frame.height > most_pixels:
                raise Refused("damaged" if frame is None else "too_many_pixels")
            image = _upright(frame, video.sample_aspect_ratio)
            if not place:
                scale = SHEET / side / max(image.size)
                tile = max(1, round(image.width * scale)), max(1, round(image.height * scale))
                sheet = Image.new("RGB", (side * tile[0], side * tile[1]))
            down, across = divmod(place, side)
            sheet.paste(image.resize(tile, Image.Resampling.BOX), (across * tile[0], down * tile[1]))
    return _png(sheet)


def _upright(frame: Any, stretched: Fraction | None) -> Image.Image:
    """Return a picture as players show it: turned, mirrored and with its pixels as wide as they say."""
    image: Image.Image = frame.to_image()
    wide = float(stretched or 1)
    if wide != 1 and 1 / MOST_STRETCHED <= wide <= MOST_STRETCHED:
        image = image.resize((round(image.width * max(wide, 1.0)), round(image.height / min(wide, 1.0))))
    matrix = frame.side_data.get(Type.DISPLAYMATRIX)
    if matrix is None:
        return image
    a, b, _u, c, d, *_more = struct.unpack("9i", bytes(matrix))
    turned = TURNS.get(tuple((each > 0) - (each < 0) for each in (a, b, c, d)))
    return image if turned is None else image.transpose(turned)


def _png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=1)
    return written.getvalue()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
