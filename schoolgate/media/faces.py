"""Faces in a picture: counted, never recognised, and only as a hint.

What counts them is an optional part (`schoolgate[faces]`). Without it, or where it gives up, the answer is
None: not looked. The count chooses which question the author reads; it answers none, and a count of zero says
nothing about who is in the picture.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from schoolgate.core.errors import BadInput
from schoolgate.core.outside.aside import GaveUp, Reader
from schoolgate.media.proving import turn

LOOK: Final = Reader(Path(__file__).with_name("faces_child.py"), megabytes=4000, seconds=10, most=1000)
"""The memory is what the libraries reserve for each processor; they use some 150 MB of it."""
CROWD: Final = 10
"""From so many faces on, the question is about a crowd."""


class Hint(StrEnum):
    """What a count suggests, and so what the author is asked to look for."""

    NOT_LOOKED = "not_looked"
    NONE = "none"
    ONE = "one"
    FEW = "few"
    CROWD = "crowd"


def hint_of(faces: int | None) -> Hint:
    """Return the hint for a count as it is kept with a picture."""
    if faces is None:
        return Hint.NOT_LOOKED
    if faces < 2:
        return Hint.ONE if faces else Hint.NONE
    return Hint.CROWD if faces >= CROWD else Hint.FEW


@cache
def can_look() -> bool:
    """Whether the optional part is installed here."""
    return find_spec("cv2") is not None


def count_faces(content: bytes) -> int | None:
    """Return how many faces are found in a proven picture at least, or None where nothing looked.

    Never raises for a picture: a hint that fails must not stop a post.
    """
    if not can_look():
        return None
    try:
        with turn():
            return int(LOOK(content))
    except (GaveUp, BadInput, ValueError):
        return None
