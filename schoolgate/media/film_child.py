"""Reads one film from standard input and writes it again without anything beside picture and sound, after a
line of JSON that says what it is and a cover picture.

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
from pathlib import Path
from typing import Any

import av
from av.bitstream import BitStreamFilterContext

KINDS_OF_PIXEL = frozenset({"yuv420p", "yuvj420p"})
MISSING = 0.9
"""A film that ends before so much of what its header promises is cut off."""
WITHOUT_NOTES = "filter_units=remove_types=6"
"""Takes supplemental information out of H.264: cameras write places and devices there."""
OPTIONS = {"movflags": "+faststart", "fflags": "+bitexact", "write_tmcd": "0"}


class Refused(Exception):
    """The film is not taken. Its text is a short code."""


def main(most_pixels: int, most_ms: int, cover_ms: int, sound: int) -> int:
    """Write `{"refused": code}`, or what it is, the cover and the film; returns the exit status.

    `cover_ms`: from which instant the cover is taken; `sound`: 1 where the sound stays.
    """
    try:
        with open(0, "rb", closefd=False) as source, tempfile.TemporaryDirectory() as folder:
            draft = Path(folder) / "film.mp4"
            said = _checked(source, most_pixels, most_ms, keeps_sound=bool(sound))
            said |= _remuxed(source, draft, keeps_sound=bool(sound) and said["has_sound"])
            if said["reached_ms"] > most_ms:
                raise Refused("too_long")
            if said["reached_ms"] < said["ms"] * MISSING:
                raise Refused("damaged")
            cover, size = _cover(source, most_pixels, min(cover_ms, said["reached_ms"]))
            said |= {"cover": len(cover), "width": size[0], "height": size[1]}
            sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + cover)
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


def _checked(source: Any, most_pixels: int, most_ms: int, *, keeps_sound: bool) -> dict[str, Any]:
    """Return the length and whether there is sound, from the header and every picture that stands alone."""
    with _opened(source) as film:
        if not film.streams.video:
            raise Refused("no_picture")
        video = film.streams.video[0]
        if video.codec_context.name != "h264":
            raise Refused("kind")
        if not 0 < video.width * video.height <= most_pixels:
            raise Refused("too_many_pixels" if video.width else "damaged")
        ms = _length(film, video)
        if ms > most_ms:
            raise Refused("too_long")
        if video.codec_context.pix_fmt not in KINDS_OF_PIXEL:
            raise Refused("kind")
        sound = film.streams.audio[0] if film.streams.audio else None
        if sound is not None and keeps_sound and sound.codec_context.name != "aac":
            raise Refused("sound_kind")
        video.codec_context.thread_count = 1
        video.codec_context.skip_frame = "NONKEY"
        pictures = 0
        for frame in film.decode(video):
            if frame.width * frame.height > most_pixels:
                raise Refused("too_many_pixels")
            pictures += 1
        if not pictures:
            raise Refused("no_picture")
    return {"ms": ms, "had_sound": sound is not None, "has_sound": keeps_sound and sound is not None}


def _length(film: Any, video: Any) -> int:
    """Return what the header says, in milliseconds: the longest of what it says."""
    told = [
        float(each.duration * each.time_base) for each in film.streams if each.duration and each.time_base
    ]
    if film.duration:
        told.append(film.duration / av.time_base)
    return round(max(told, default=0.0) * 1000)


def _remuxed(source: Any, draft: Path, *, keeps_sound: bool) -> dict[str, Any]:
    """Lay the packets of the first picture and sound into a new file."""
    reached = 0.0
    with _opened(source) as film, av.open(str(draft), "w", format="mp4", options=OPTIONS) as out:
        video = film.streams.video[0]
        sound = film.streams.audio[0] if keeps_sound else None
        to = {video.index: out.add_stream_from_template(video)}
        notes = BitStreamFilterContext(WITHOUT_NOTES, video, to[video.index])
        if sound is not None:
            to[sound.index] = out.add_stream_from_template(sound)
        for each in to.values():
            each.metadata.clear()
        out.metadata.clear()
        for packet in film.demux([each for each in (video, sound) if each is not None]):
            if packet.is_corrupt:
                raise Refused("damaged")
            if packet.dts is None:
                continue
            index = packet.stream.index
            if index == video.index and packet.pts is not None:
                ends = (packet.pts + (packet.duration or 0)) * packet.time_base
                reached = max(reached, float(ends))
            for clean in notes.filter(packet) if index == video.index else [packet]:
                clean.stream = to[index]
                out.mux(clean)
        for clean in notes.filter(None):
            clean.stream = to[video.index]
            out.mux(clean)
    _without_table_of_notes(draft)
    return {"reached_ms": round(reached * 1000)}


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


def _cover(source: Any, most_pixels: int, at_ms: int) -> tuple[bytes, tuple[int, int]]:
    """Return the picture that is shown at this instant, upright, as a PNG, and its size."""
    with _opened(source) as film:
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
    image = shown.to_image()
    if shown.rotation:
        image = image.rotate(shown.rotation, expand=True)
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=1)
    return written.getvalue(), image.size


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
