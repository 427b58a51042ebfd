"""A digest of files: what is made of them is made again when one of them changes."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of(paths: Iterable[Path], root: Path) -> str:
    """Return a digest of the names below `root` and the contents of these files, in their order."""
    found = hashlib.sha256()
    for path in paths:
        found.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()
