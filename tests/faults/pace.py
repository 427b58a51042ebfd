"""How long a storm blows, and how fast people write in it."""

import os
from typing import Final

LONG: Final = bool(os.environ.get("SCHOOLGATE_TEST_STORM"))
CALM: Final = 1 if LONG else 4
"""So much longer everybody pauses who writes and approves, where it isn't long: fewer posts are enough."""
