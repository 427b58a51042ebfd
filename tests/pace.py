"""How long a storm blows, how fast people write in it, and how many cases a generated test tries."""

import os
from collections.abc import Mapping
from typing import Final

LONG: Final = bool(os.environ.get("SCHOOLGATE_TEST_STORM"))
CALM: Final = 1 if LONG else 8
"""So much longer everybody pauses who writes and approves, where it isn't long: fewer posts are enough."""


def sized(few: int, many: int) -> int:
    """How many cases a generated test tries: few in `make test`, many in `make storm`. The test has the mark
    `sized`."""
    return many if LONG else few


PART: Final = 20


def sized_each(many: Mapping[str, int]) -> dict[str, int]:
    """The same for several kinds: in `make test` a twentieth of each, and at least one."""
    return {kind: sized(-(-each // PART), each) for kind, each in many.items()}
