"""The second reader: shows that a file which is about to be stored has nothing in it but a picture or a
film.

What removes metadata is a library, and its next version may keep something. So the bytes it wrote are
read again, by code that knows each part a bare JPEG or PNG may have, or an MP4 with one picture and one
sound, and refuses all others. Of a film every byte is accounted for, and every sample of a track is
played, whatever a list of edits says.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS: Final = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
# Tables, frames, restarts: what drawing needs. No APP1 to APP15 (place, device, XMP, profile), no comment.
_JPEG_PARTS: Final = {0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDD, 0xDA}
_JFIF: Final = re.compile(rb"JFIF\0.{7}\0\0", re.DOTALL)
"""The only application part: version and density, fourteen bytes, no small copy of the picture."""
_NEXT_PART: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


class NotBare(Exception):
    """Something besides the picture is in the file. Its text names the part."""


def check_bare(content: bytes) -> None:
    """Raise NotBare where `content` has a part that is not needed to draw it, or anything after its end."""
    try:
        if content.startswith(_PNG):
            _check_png(content)
        elif content.startswith(b"\xff\xd8"):
            _check_jpeg(content)
        else:
            raise NotBare("beginning")
    except (struct.error, IndexError) as error:
        raise NotBare("end") from error


def _check_png(content: bytes) -> None:
    place = len(_PNG)
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, place)
        if kind not in _PNG_PARTS:
            raise NotBare(kind.decode("latin-1"))
        place += 12 + length
    if place != len(content):
        raise NotBare("after the end")


def _check_jpeg(content: bytes) -> None:
    place = 2
    while True:
        start, kind = struct.unpack_from(">BB", content, place)
        if start != 0xFF:
            raise NotBare("between parts")
        if kind == 0xD9:
            break
        (length,) = struct.unpack_from(">H", content, place + 2)
        if kind == 0xE0 and place == 2:
            if not _JFIF.fullmatch(content[place + 4 : place + 2 + length]):
                raise NotBare("APP0")
        elif kind not in _JPEG_PARTS:
            raise NotBare(f"{kind:02X}")
        place += 2 + length
        if kind == 0xDA:
            after = _NEXT_PART.search(content, place)
            if after is None:
                raise NotBare("end")
            place = after.end() - 2
    if place + 2 != len(content):
        raise NotBare("after the end")


_NORMAL_SPEED: Final = 1 << 16


def check_all_shown(tables: Mapping[bytes, bytes], *, clock: int, sound: bool) -> None:
    """Raise NotBare where a sample of a track lies outside of what is played, or is shown for no time.

    `tables`: the parts of the track; `clock`: the ticks of a second in which edits count their length. Sound
    is cut between its samples, so one may begin before what is heard.
    """
    (number,) = struct.unpack_from(">I", tables[b"stsz"], 8)
    lengths = list(_runs(tables[b"stts"], number))
    late = list(_runs(tables[b"ctts"], number, signed=True)) if b"ctts" in tables else [0] * number
    if len(lengths) != number or len(late) != number or not number:
        raise NotBare("times")
    if not sound and not all(lengths[:-1]):
        raise NotBare("no time")
    shown, now = [], 0
    for length, later in zip(lengths, late, strict=True):
        shown.append(now + later)
        now += length
    if b"elst" not in tables:
        return
    begins, lasts = _played(tables[b"elst"])
    spare = max(lengths) if sound else 0
    ticks = _clock_of(tables[b"mdhd"])
    # Edits count in coarser ticks than samples: a length may be one too short by rounding.
    if begins > min(shown) + spare or begins * clock + (lasts + 1) * ticks <= max(shown) * clock:
        raise NotBare("not shown")


def _played(edits: bytes) -> tuple[int, int]:
    """Return where the one piece that is played begins, and how long it is; a wait before it is none."""
    version, (many,) = edits[0], struct.unpack_from(">I", edits, 4)
    form = ">QqI" if version == 1 else ">IiI"
    pieces = [struct.unpack_from(form, edits, 8 + struct.calcsize(form) * each) for each in range(many)]
    while len(pieces) > 1 and pieces[0][1] == -1:
        pieces.pop(0)
    if len(pieces) != 1 or pieces[0][1] < 0 or pieces[0][2] != _NORMAL_SPEED:
        raise NotBare("edits")
    return pieces[0][1], pieces[0][0]


def _clock_of(head: bytes) -> int:
    (ticks,) = struct.unpack_from(">I", head, 20 if head[0] == 1 else 12)
    return int(ticks)


def _runs(table: bytes, most: int, *, signed: bool = False) -> Iterator[int]:
    """Yield the value of each sample, at most one more than there are."""
    (many,) = struct.unpack_from(">I", table, 4)
    left = most + 1
    for run in range(many):
        number, value = struct.unpack_from(">Ii" if signed else ">II", table, 8 + 8 * run)
        number = min(number, left)
        left -= number
        yield from [value] * number


LARGEST_INDEX: Final = 32 * 1024 * 1024
"""Bytes of the table of contents, for which ten minutes need less than one megabyte."""
_INSIDE: Final = {
    b"moov": {b"mvhd", b"trak", b"free"},
    b"trak": {b"tkhd", b"edts", b"mdia"},
    b"edts": {b"elst"},
    b"mdia": {b"mdhd", b"hdlr", b"minf"},
    b"minf": {b"vmhd", b"smhd", b"dinf", b"stbl"},
    b"stbl": {b"stsd", b"stts", b"ctts", b"stss", b"stsc", b"stsz", b"stco", b"co64", b"sgpd", b"sbgp"},
    b"stsd": {b"avc1", b"mp4a"},
    b"avc1": {b"avcC", b"btrt", b"pasp", b"colr"},
    b"mp4a": {b"esds", b"btrt"},
}  # fmt: skip
"""Which parts may lie in which. No place, no title, no text, no cover of another film, no unknown part."""
_BEFORE: Final = {b"stsd": 8, b"avc1": 78, b"mp4a": 28}
"""Bytes of a part before the parts in it."""
_DATED: Final = frozenset((b"mvhd", b"tkhd", b"mdhd"))
_NAMES: Final = {b"vide": b"VideoHandler", b"soun": b"SoundHandler"}
_DRAWN: Final = frozenset((1, 5, 7, 8, 9, 10, 11))
"""The units of H.264 that draw a picture. Not 6, in which cameras write places, nor any unknown one."""
_KEPT: Final = frozenset((b"stts", b"ctts", b"stsc", b"stsz", b"stco", b"co64", b"elst", b"mdhd"))
"""The tables of a track that are read again."""


@dataclass
class _Track:
    kind: bytes = b""
    tables: dict[bytes, bytes] = field(default_factory=dict)


def check_bare_film(film: BinaryIO) -> None:
    """Raise NotBare where the file has a part that is not needed to play it, bytes that no part accounts for,
    or a date."""
    film.seek(0, 2)
    size = film.tell()
    place, index, data = 0, b"", None
    try:
        while place < size:
            film.seek(place)
            length, kind = _head(film.read(16))
            if kind == b"moov" and not index and length <= LARGEST_INDEX:
                film.seek(place)
                index = film.read(length)
            elif kind == b"mdat" and data is None:
                data = (place + (16 if length >= 1 << 32 else 8), place + length)
            elif kind == b"free":
                film.seek(place + 8)
                _check_empty(film.read(length - 8))
            elif kind != b"ftyp" or place or length > 64:
                raise NotBare(kind.decode("latin-1"))
            place += length
        if place != size or not index or data is None:
            raise NotBare("after the end")
        tracks: list[_Track] = []
        _walk(index, 8, len(index), b"moov", tracks)
        _check_samples(film, tracks, data)
        for each in tracks:
            check_all_shown(each.tables, clock=_clock_of_film(index), sound=each.kind == b"soun")
    except (struct.error, IndexError, KeyError) as error:
        raise NotBare("end") from error


def _clock_of_film(index: bytes) -> int:
    """Return the ticks of a second in which the file counts its whole."""
    place = index.index(b"mvhd") + 4
    (clock,) = struct.unpack_from(">I", index, place + (20 if index[place] == 1 else 12))
    return int(clock)


def _head(given: bytes) -> tuple[int, bytes]:
    length, kind = struct.unpack_from(">I4s", given)
    if length == 1:
        (length,) = struct.unpack_from(">Q", given, 8)
    if length < 8:
        raise NotBare("length")
    return length, kind


def _check_empty(content: bytes) -> None:
    if content.strip(b"\0"):
        raise NotBare("free")


def _walk(content: bytes, place: int, end: int, outer: bytes, tracks: list[_Track]) -> None:
    while place < end:
        length, kind = struct.unpack_from(">I4s", content, place)
        if kind not in _INSIDE[outer] or length < 8 or place + length > end:
            raise NotBare(kind.decode("latin-1"))
        inside, ends = place + 8, place + length
        if kind == b"trak":
            tracks.append(_Track())
        if kind == b"hdlr":
            tracks[-1].kind = content[inside + 8 : inside + 12]
        _check_words(kind, content[inside:ends])
        if kind in _KEPT:
            tracks[-1].tables[kind] = content[inside:ends]
        if kind in _INSIDE:
            _walk(content, inside + _BEFORE.get(kind, 0), ends, kind, tracks)
        place = ends


def _check_words(kind: bytes, inside: bytes) -> None:
    """See that a part which could have a date, a name or an address has none."""
    if kind in _DATED:
        long = inside[0] == 1
        if inside[4 : 20 if long else 12].strip(b"\0"):
            raise NotBare("date")
    elif (kind == b"hdlr" and inside[24:].rstrip(b"\0") != _NAMES[inside[8:12]]) or (
        kind == b"avc1" and inside[42:74].strip(b"\0")
    ):
        raise NotBare("name")
    elif kind == b"free":
        _check_empty(inside)
    elif kind == b"dinf" and inside[24:] != b"\0\0\0\1":  # all in this file
        raise NotBare("dinf")


def _check_samples(film: BinaryIO, tracks: list[_Track], data: tuple[int, int]) -> None:
    """See that the samples fill the data without a gap, and that no picture has supplements."""
    if sorted(each.kind for each in tracks) not in ([b"vide"], [b"soun", b"vide"]):
        raise NotBare("tracks")
    pieces = []
    for each in tracks:
        for place, length in _samples(each):
            pieces.append((place, length))
            if each.kind == b"vide":
                film.seek(place)
                _check_units(film.read(length))
    reached = data[0]
    for place, length in sorted(pieces):
        if place != reached:
            raise NotBare("between samples")
        reached += length
    if reached != data[1]:
        raise NotBare("after samples")


def _samples(track: _Track) -> Iterator[tuple[int, int]]:
    """Yield where each sample lies and how long it is."""
    sizes, runs = track.tables[b"stsz"], track.tables[b"stsc"]
    same, number = struct.unpack_from(">II", sizes, 4)
    lengths = [same] * number if same else list(struct.unpack_from(f">{number}I", sizes, 12))
    wide = b"co64" in track.tables
    chunks = track.tables[b"co64" if wide else b"stco"]
    (many,) = struct.unpack_from(">I", chunks, 4)
    places = struct.unpack_from(f">{many}{'Q' if wide else 'I'}", chunks, 8)
    (many_runs,) = struct.unpack_from(">I", runs, 4)
    per_chunk = [struct.unpack_from(">II", runs, 8 + 12 * run) for run in range(many_runs)]
    sample = run = 0
    for chunk, begins in enumerate(places, start=1):
        place = begins
        while run + 1 < many_runs and per_chunk[run + 1][0] <= chunk:
            run += 1
        for _one in range(per_chunk[run][1]):
            yield place, lengths[sample]
            place += lengths[sample]
            sample += 1
    if sample != number:
        raise NotBare("samples")


def _check_units(sample: bytes) -> None:
    place = 0
    while place < len(sample):
        (length,) = struct.unpack_from(">I", sample, place)
        if sample[place + 4] & 31 not in _DRAWN:
            raise NotBare("supplement")
        place += 4 + length
    if place != len(sample):
        raise NotBare("unit")
