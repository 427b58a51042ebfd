"""Lines of YAML for people: values, lists of values, and comments of one line."""

from collections.abc import Mapping
from typing import Any

import yaml

_LONGEST_COMMENT = 160


class _Dumper(yaml.SafeDumper):
    """Never writes an alias: two equal values are written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def block(data: Any) -> list[str]:
    """Return the lines of a list or mapping, short ones on one line."""
    return _dumped(data, width=100, flow=None)


def fields(data: Mapping[str, Any], indent: str = "") -> list[str]:
    """Return the lines of a mapping, each name on a line of its own."""
    return [line for name, value in data.items() for line in _field(name, value, indent)]


def _field(name: str, value: Any, indent: str) -> list[str]:
    if isinstance(value, Mapping | list | tuple):
        return [f"{indent}{name}: {inline(value)}"]
    return [indent + line for line in _dumped({name: value}, width=100, flow=False)]


def inline(value: Any) -> str:
    """Return a value on one line."""
    return _dumped(value, width=10_000, flow=True)[0]


def _dumped(data: Any, *, width: int, flow: bool | None) -> list[str]:
    text = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=width, default_flow_style=flow
    )
    return str(text).removesuffix("...\n").removesuffix("\n").split("\n")


def comment(text: str, indent: str = "") -> str:
    """Return one line of comment, for any text."""
    line = " ".join(text.split())
    return f"{indent}# {line if len(line) <= _LONGEST_COMMENT else f'{line[:_LONGEST_COMMENT]} ...'}"
