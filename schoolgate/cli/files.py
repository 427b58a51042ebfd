"""`schoolgate files NAME`: prints a file that the machine of a service needs. The wheel brings them all."""

import argparse
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "files"
FILES = {
    "schoolgate.service": "systemd's unit, for /etc/systemd/system",
    "schoolgate.sh": "runs commands as the service does, for /usr/local/bin/schoolgate",
    "Caddyfile": "a proxy that fetches its certificate itself",
    "nginx.conf": "a proxy with your own certificate",
    "running.lock": "the tested versions with their digests, for pip install --require-hashes -r",
    **{
        f"{part}.lock": f"the same with the optional part {part} ({what})"
        for part, what in (
            ("film", "reads films"),
            ("words", "reads words in pictures"),
            ("faces", "counts faces in pictures"),
            ("prove", "proves what a policy never allows"),
        )
    },
}


def files_arguments(parser: argparse.ArgumentParser) -> None:
    """One of the files, or none."""
    parser.add_argument("name", nargs="?", choices=FILES, help="which file; without it they are listed")


def run_files(options: argparse.Namespace) -> int:
    """Print the file, or what there is."""
    if options.name is None:
        width = max(map(len, FILES))
        print("\n".join(f"{name:{width}}  {what}" for name, what in FILES.items()))
    else:
        sys.stdout.write((FOLDER / options.name).read_text("utf-8"))
    return 0
