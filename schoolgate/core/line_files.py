"""Files of the home to which lines of JSON are only added: signed heads, what left, the journal.

A machine that dies, or a disk that fills up, can leave a last line that was cut off. It says nothing: it is
left out where lines are read, and taken off before others are added, so that it never runs into the next.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterable
from pathlib import Path

logger = logging.getLogger("schoolgate.core.line_files")


def whole_lines(path: Path) -> list[str]:
    """Return the lines of a file but for a last one that was cut off; none where there is no file."""
    if not path.exists():
        return []
    content = path.read_bytes()
    return content[: _whole(content)].decode(errors="replace").splitlines()


def is_torn(path: Path) -> bool:
    """Return whether the last line was cut off while it was written."""
    content = path.read_bytes() if path.exists() else b""
    return _whole(content) < len(content)


def add_lines(path: Path, lines: Iterable[str], *, once: bool = False) -> None:
    """Add lines and have them reach the disk; a last line that was cut off is taken off, which the log says.

    `once`: not those that are there already.
    """
    path.touch(mode=0o600)
    with path.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        content = file.read()
        whole = _whole(content)
        if whole < len(content):
            logger.warning("the last line of %s was cut off while it was written: taken off", path.name)
            file.truncate(whole)
        there = {*content[:whole].decode(errors="replace").splitlines()} if once else set()
        new = [f"{line}\n".encode() for line in dict.fromkeys(lines) if line not in there]
        if new and whole and not content[:whole].endswith(b"\n"):
            new.insert(0, b"\n")
        file.seek(0, os.SEEK_END)
        file.writelines(new)
        file.flush()
        os.fsync(file.fileno())


def _whole(content: bytes) -> int:
    """Return how many bytes are whole lines: a last one without its end is whole where it can be read."""
    end = content.rfind(b"\n") + 1
    try:
        json.loads(content[end:])
    except ValueError:
        return end
    return len(content)
