"""A bucket of a real server: rclone serves a folder as an S3-compatible store on this machine."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

KEY, SECRET = "AKIASCHOOLGATE", "a-secret/with+signs"
LISTENS = re.compile(r"127\.0\.0\.1:(\d+)")
PROGRAM = Path(sys.executable).with_name("rclone")


@dataclass
class Server:
    """Where it listens, and the folder with a folder for each bucket."""

    port: int
    folder: Path
    process: subprocess.Popen[str]

    def address(self, bucket: str, folder: str = "") -> str:
        """As SCHOOLGATE_FILES names one; the bucket is made."""
        (self.folder / bucket).mkdir(exist_ok=True)
        return f"http://{KEY}:a-secret%2Fwith%2Bsigns@127.0.0.1:{self.port}/{bucket}/{folder}"


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """Serve it until the end, on a port that it says itself: tests may open no socket."""
    process = subprocess.Popen(
        [
            str(PROGRAM), "serve", "s3", "--addr", "127.0.0.1:0", "--auth-key", f"{KEY},{SECRET}",
            "--vfs-cache-mode", "off", "--dir-cache-time", "0s", "--config", "", str(folder),
        ],
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        yield Server(_port(process), folder, process)
    finally:
        process.kill()
        process.communicate()


def _port(process: subprocess.Popen[str]) -> int:
    assert process.stderr is not None
    for line in process.stderr:
        if found := LISTENS.search(line):
            return int(found[1])
    raise AssertionError("the store didn't start")
