"""Files within a file, as Excel 97 wrote xls workbooks and Outlook writes msg files ([MS-CFB], version 3)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from itertools import pairwise

SECTOR, SMALL, LARGE = 512, 64, 4096
FREE, END, OF_TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NONE = 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A file with these streams, by their paths: `Workbook`, `__attach_version1.0_#00000000/name`."""
    paths = sorted({path[:end] for path in streams for end in _ends(path)}, key=_order)
    small, short = _small({path: each for path, each in streams.items() if 0 < len(each) < LARGE})
    sectors: list[bytes] = []
    table: list[int] = []

    def put(content: bytes) -> int:
        if not content:
            return END
        first = len(sectors)
        pieces = [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]
        sectors.extend(pieces)
        table.extend([*range(first + 1, first + len(pieces)), END])
        return first

    begins = {path: put(each) for path, each in streams.items() if len(each) >= LARGE}
    root = put(small)
    of_short = put(b"".join(struct.pack("<I", each) for each in short[1]))
    entries = [_entry("Root Entry", ROOT, _first_below("", paths), NONE, root, len(small))]
    for path in paths:
        content = streams.get(path)
        right = next((b for a, b in pairwise(_beside(path, paths)) if a == path), None)
        entries.append(
            _entry(
                path.rpartition("/")[2], STORAGE if content is None else STREAM, _first_below(path, paths),
                NONE if right is None else paths.index(right) + 1,
                begins.get(path, short[0].get(path, END)) if content is not None else 0, len(content or b""),
            )
        )  # fmt: skip
    entries += [_entry("", 0, NONE, NONE, 0, 0)] * (-len(entries) % 4)
    directory = put(b"".join(entries))
    count = next(n for n in range(1, 110) if n * SECTOR // 4 >= len(table) + n)
    first_of_table = len(sectors)
    whole = [*table, *[OF_TABLE] * count]
    whole += [FREE] * (count * SECTOR // 4 - len(whole))
    head = (
        struct.pack("<8s16s5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<9I", 0, count, directory, 0, LARGE, of_short, -(-len(short[1]) * 4 // SECTOR), END, 0)
        + struct.pack("<109I", *range(first_of_table, first_of_table + count), *[FREE] * (109 - count))
    )
    return b"".join([head, *sectors, struct.pack(f"<{len(whole)}I", *whole)])


def _ends(path: str) -> list[int]:
    return [at for at, sign in enumerate(path) if sign == "/"] + [len(path)]


def _order(path: str) -> tuple[object, ...]:
    return tuple((len(each), each.upper()) for each in path.split("/"))


def _beside(path: str, paths: list[str]) -> list[str]:
    above = path.rpartition("/")[0]
    return [each for each in paths if each.rpartition("/")[0] == above]


def _first_below(path: str, paths: list[str]) -> int:
    return next((at + 1 for at, each in enumerate(paths) if each.rpartition("/")[0] == path), NONE)


def _small(streams: Mapping[str, bytes]) -> tuple[bytes, tuple[dict[str, int], list[int]]]:
    """Put what is small one after the other; where each begins, and what follows each piece."""
    whole, begins, table = b"", {}, []
    for path, content in streams.items():
        begins[path] = len(table)
        pieces = -(-len(content) // SMALL)
        table += [*range(len(table) + 1, len(table) + pieces), END]
        whole += content.ljust(pieces * SMALL, b"\0")
    return whole, (begins, table)


def _entry(name: str, kind: int, below: int, right: int, begins: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written) + 2 if name else 0, kind, 1, NONE, right, below)
        + struct.pack("<16sI16sIQ", b"", 0, b"", begins, size)
    )
