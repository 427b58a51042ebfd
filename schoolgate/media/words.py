"""Words in a picture: badges, certificates, screens. A program reads them, and they are screened as a post's
own words are.

What reads them is an optional part (`schoolgate[words]`). Where it is missing or gives up, the answer is
None: not read. No words read is never "there are none".
"""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from schoolgate.core.outside.aside import GaveUp, Reader

READ: Final = Reader(Path(__file__).with_name("words_child.py"), megabytes=4000, seconds=30, most=1 << 20)
"""The memory is what the libraries reserve; they use some 400 MB of it."""
LONGEST: Final = 20_000
"""Characters: a picture with more is a document, and counts as not read."""


@cache
def can_read() -> bool:
    """Whether the optional part is installed here."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def reader_name() -> str:
    """What reads, and its version."""
    return f"RapidOCR {version('rapidocr')}"


def read_words(content: bytes) -> list[str] | None:
    """Return the lines read in a proven picture, or None where they could not be read. Never raises for a
    picture. Takes seconds: a job's work, never a page's."""
    if not can_read():
        return None
    try:
        found = json.loads(READ(content))
    except (GaveUp, ValueError):
        return None
    lines = [line for each in found if (line := " ".join(str(each).replace("\x00", "").split()))]
    return lines if sum(map(len, lines)) <= LONGEST else None
