"""A bucket of a real server: rclone serves a folder as an S3-compatible store on this machine."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

BUCKET, KEY, SECRET = "schools", "AKIASCHOOLGATE", "a-secret/with+signs"
LISTENS = re.compile(r"(?:\d+\.){3}\d+:(\d+)")
PROGRAM = Path(sys.executable).with_name("rclone")


@dataclass
class Server:
    """Where it listens, and the folder whose bucket is `schools`."""

    port: int
    folder: Path
    process: subprocess.Popen[str]
    at: str = "127.0.0.1"

    def address(self, folder: str) -> str:
        """As SCHOOLGATE_FILES names a folder of the bucket."""
        return f"http://{KEY}:{quote(SECRET, safe='')}@{self.at}:{self.port}/{BUCKET}/{folder}"


@contextmanager
def served(folder: Path, *, checks_keys: bool = False, at: str = "127.0.0.1") -> Iterator[Server]:
    """Serve it until the end, on a port that it says itself: tests may open no socket.

    One that checks keys refuses whoever has another clock, and its own can't be set: so on other days.
    """
    keys = ["--auth-key", f"{KEY},{SECRET}"] if checks_keys else []
    (folder / BUCKET).mkdir(parents=True)
    process = subprocess.Popen(
        [
            str(PROGRAM), "serve", "s3", "--addr", f"{at}:0", *keys,
            "--vfs-cache-mode", "off", "--config", "", str(folder),
        ],
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        yield Server(_port(process), folder, process, at)
    finally:
        process.kill()
        process.communicate()


def _port(process: subprocess.Popen[str]) -> int:
    assert process.stderr is not None
    for line in process.stderr:
        if found := LISTENS.search(line):
            return int(found[1])
    raise AssertionError("the store didn't start")
