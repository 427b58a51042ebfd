"""Reads one Outlook message (.msg) from standard input and writes what it has as one line of JSON, in a
process of its own (`core.outside.aside`). It imports nothing of the program.

Bytes are base64. A text is `[unicode, bytes]`: whether it's UTF-16, else in the code page that is named.
"""

import base64
import io
import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

PROPERTIES = "__properties_version1.0"
ATTACHED = "__attach_version1.0_#"
TEXTS = {
    "headers": ("007D",),
    "subject": ("0037",),
    "name": ("0042", "0C1A"),
    "address": ("5D02", "5D01"),
    "other_address": ("0065", "0C1F"),
    "plain": ("1000",),
    "html": ("1013",),
    "rich": ("1009",),
}
"""What is read, by the numbers of its properties: of who sent it for others, then of the sender."""
TIMES, PAGES = (0x0039, 0x0E06), (0x3FDE, 0x3FFD)
DATA, NAMES, KIND = "3701", ("3707", "3704"), "370E"
MOST_ATTACHED, MOST_PICTURES, LARGEST_PICTURE = 40, 4, 20_000_000
LONGEST = 2_000_000
BEGINS = datetime(1601, 1, 1, tzinfo=UTC)


def main() -> int:
    """Print what the message has; returns the exit status."""
    from olefile import OleFileIO  # type: ignore[import-untyped]

    with OleFileIO(io.BytesIO(sys.stdin.buffer.read())) as parts:
        if not parts.exists(PROPERTIES):
            return 1  # another file of that kind, such as a workbook
        fixed = _fixed(parts)
        told: dict[str, Any] = {name: _text(parts, "", numbers) for name, numbers in TEXTS.items()}
        told["at"] = next((found for number in TIMES if (found := _instant(fixed.get(number)))), None)
        told["code_page"] = next(
            (int.from_bytes(fixed[one][:4], "little") for one in PAGES if one in fixed), 0
        )
        told["pictures"], told["files"] = _attached(parts)
    print(json.dumps(told))
    return 0


def _attached(parts: Any) -> tuple[list[str], list[Any]]:
    """Return the pictures, and the names of what is attached."""
    pictures: list[str] = []
    files: list[Any] = []
    folders = sorted({each[0] for each in parts.listdir() if each[0].startswith(ATTACHED)})
    for folder in folders[:MOST_ATTACHED]:
        above = f"{folder}/"
        name, kind = _text(parts, above, NAMES), _text(parts, above, (KIND,))
        files += [name] if name else []
        path = f"{above}__substg1.0_{DATA}0102"
        if len(pictures) < MOST_PICTURES and parts.exists(path) and _is_picture(kind, name):
            content = parts.openstream(path).read(LARGEST_PICTURE + 1)
            pictures += [base64.b64encode(content).decode()] if len(content) <= LARGEST_PICTURE else []
    return pictures, files


def _is_picture(kind: Any, name: Any) -> bool:
    said = base64.b64decode(kind[1]).replace(b"\0", b"").lower() if kind else b""
    called = base64.b64decode(name[1]).replace(b"\0", b"").lower() if name else b""
    return said.startswith(b"image/") or called.endswith(
        (b".jpg", b".jpeg", b".png", b".heic", b".webp", b".gif")
    )


def _text(parts: Any, above: str, numbers: tuple[str, ...]) -> Any:
    """Return the first of these texts that has something in it."""
    for number in numbers:
        for kind, is_unicode in (("001F", True), ("001E", False), ("0102", False)):
            path = f"{above}__substg1.0_{number}{kind}"
            if parts.exists(path) and (found := parts.openstream(path).read(LONGEST)):
                return [is_unicode, base64.b64encode(found).decode()]
    return None


def _fixed(parts: Any) -> dict[int, bytes]:
    """Return what has a fixed length: number -> eight bytes."""
    content = parts.openstream(PROPERTIES).read(LONGEST)[32:]
    rows = (content[at : at + 16] for at in range(0, len(content) - 15, 16))
    return {int.from_bytes(row[2:4], "little"): row[8:] for row in rows}


def _instant(value: bytes | None) -> str | None:
    """Return when that was: tenths of a microsecond since 1601."""
    number = int.from_bytes(value, "little") if value else 0
    return (BEGINS + timedelta(microseconds=number // 10)).isoformat() if 0 < number < 2**58 else None


if __name__ == "__main__":
    sys.exit(main())
