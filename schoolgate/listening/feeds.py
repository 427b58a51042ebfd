"""How feeds are reached: when one is typed and each time it is read."""

from __future__ import annotations

from typing import Final

from schoolgate.core.outside.feeds import KINDS
from schoolgate.core.outside.pages import Opener

FEEDS: Final = Opener(kinds=KINDS, agent="Schoolgate (reads feeds)")
