"""The second reader of films: shows that every sample of a track is played, whatever a list of edits says."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Final

from schoolgate.media.bare import NotBare

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
