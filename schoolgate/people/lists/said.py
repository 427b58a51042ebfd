"""Messages about a line: a code and the words that fit in, translated when displayed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.utils.formats import date_format
from django.utils.functional import Promise

Arg = str | int | date | None


@dataclass(frozen=True)
class ListMessage:
    """`code` of `words`; `args` speak no language: days, names, codes of ours. Each kind of list has its own
    `words`."""

    words: ClassVar[Mapping[str, str | Promise]] = {}

    code: str
    args: dict[str, Arg] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in the active language."""
        shown = {name: self.shown(name, arg) for name, arg in self.args.items()}
        return str(self.words[self.code]).format(**shown)

    def shown(self, name: str, arg: Arg) -> str:
        """Return one of the words that fit in, in the active language."""
        return date_format(arg, "j F Y") if isinstance(arg, date) else str(arg)

    def plain(self) -> list[object]:
        """Return it as JSON data, the same in every language."""
        return [self.code, {name: str(arg) for name, arg in sorted(self.args.items())}]
