"""Regular expressions that are compiled when they're first used, for a word list takes milliseconds."""

import re
from functools import cached_property
from typing import Any, cast


class _Lazy:
    """What stands for a pattern. Each of its methods is the pattern's own from the first use on."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.compiled, name)
        setattr(self, name, found)
        return found


_MADE: list[_Lazy] = []


def lazy_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern without compiling it. For constants of a module alone: each stays."""
    made = _Lazy(pattern, flags)
    _MADE.append(made)
    return cast("re.Pattern[str]", made)


def compile_lazy_patterns() -> None:
    """Compile all now, in a process of which copies are made."""
    for each in _MADE:
        each.compiled  # noqa: B018 - that compiles it
