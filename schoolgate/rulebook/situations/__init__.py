"""Every situation that can be asked about, by its key. A new file of this package is known without a list."""

import sys
from collections.abc import Mapping

from schoolgate.rulebook.discover import modules_of
from schoolgate.rulebook.errors import UnknownSituation
from schoolgate.rulebook.situations.base import FOUND, Situation

__all__ = ["SITUATIONS", "Situation", "situation"]


tuple(modules_of(sys.modules[__name__]))  # each names its situations when it is imported

SITUATIONS: Mapping[str, Situation] = dict(sorted(FOUND.items()))


def situation(key: str) -> Situation:
    """Return the situation with this key. Raises UnknownSituation."""
    try:
        return SITUATIONS[key]
    except KeyError:
        raise UnknownSituation(key, list(SITUATIONS)) from None
