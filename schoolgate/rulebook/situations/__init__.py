"""Every situation that can be asked about, by its key. A new file of this package is known without a list."""

import sys
from collections.abc import Iterator, Mapping

from schoolgate.rulebook.discover import modules_of
from schoolgate.rulebook.errors import UnknownSituation
from schoolgate.rulebook.situations.base import Situation

__all__ = ["SITUATIONS", "Situation", "situation"]


def _found() -> Iterator[Situation]:
    for module in modules_of(sys.modules[__name__]):
        yield from (one for one in vars(module).values() if isinstance(one, Situation))


SITUATIONS: Mapping[str, Situation] = {one.key: one for one in _found()}


def situation(key: str) -> Situation:
    """The situation with this key. Raises UnknownSituation."""
    try:
        return SITUATIONS[key]
    except KeyError:
        raise UnknownSituation(key, list(SITUATIONS)) from None
