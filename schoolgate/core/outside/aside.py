"""Runs parser libraries on untrusted files: each file is read in a process of its own, which may be killed.

A few hundred bytes can make such a library ask for more memory than there is, or keep it busy for hours. So
the reading process is limited in memory, processor time and output, and a crash affects only itself.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

PATIENCE: Final = 2
"""A machine that is busy may take so many times the processor time."""
_CHILD: Final = Path(__file__).with_name("child.py")


class GaveUp(Exception):
    """The reading process ended without an answer: the file is damaged, or was made to do harm."""


@dataclass(frozen=True)
class Reader:
    """A script that reads standard input and writes what it found; it imports nothing of the program, so that
    it starts quickly.

    Args:
        megabytes: memory, its libraries included (macOS has no such limit).
        seconds: processor time.
        most: bytes that it may write.
    """

    script: Path
    megabytes: int
    seconds: int
    most: int

    def __call__(self, content: bytes, *told: int) -> bytes:
        """What the script found in `content`. Raises GaveUp."""
        with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as found:
            source.write(content)
            self.between(source, found, *told)
            found.seek(0)
            return found.read()

    def between(self, source: IO[bytes], found: IO[bytes], *told: int) -> None:
        """Let the script read the file `source` from its beginning and write to the file `found`: for what is
        too large to be held in memory. Raises GaveUp."""
        limits = (self.megabytes << 20, self.seconds, self.most)
        # -B: what Python compiles there would be cut off at the same number of bytes, and read by all.
        call = [sys.executable, "-I", "-B", str(_CHILD), str(self.script), *map(str, limits), *map(str, told)]
        source.seek(0)
        try:
            subprocess.run(
                call, stdin=source, stdout=found, stderr=subprocess.DEVNULL, check=True,
                timeout=self.seconds * PATIENCE,
            )  # fmt: skip
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise GaveUp from error
