"""Every control that a pack can bind, by its key."""

import sys
from collections.abc import Mapping

from schoolgate.rulebook.controls.base import Control
from schoolgate.rulebook.discover import modules_of
from schoolgate.rulebook.rules.rule import DataRule


def _all_controls() -> dict[str, Control]:
    found: dict[str, Control] = {DataRule.key: DataRule()}
    for module in modules_of(sys.modules[__name__]):
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, Control) and one.__module__ == module.__name__:
                if one is Control or one.__name__.startswith("_"):
                    continue
                if one.key in found:
                    raise TypeError(f"two controls are called {one.key}")
                found[one.key] = one()
    return found


CONTROLS: Mapping[str, Control] = _all_controls()
