"""What is said of a line: a code and the words that fit in, put into a language at the door."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from schoolgate.people.states import Relation
from schoolgate.people.states.importing import WORDS

Arg = str | int | date | None


@dataclass(frozen=True)
class Said:
    """`code` of `states.importing.WORDS`; `args` speak no language: days, names, codes of ours."""

    code: str
    args: dict[str, Arg] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence in the active language."""
        return str(WORDS[self.code]).format(**{name: _shown(name, arg) for name, arg in self.args.items()})

    def plain(self) -> list[object]:
        """As JSON data, the same in every language."""
        return [self.code, {name: str(arg) for name, arg in sorted(self.args.items())}]


def say(code: str, **args: Arg) -> Said:
    """Something to say of a line."""
    return Said(code, args)


def _shown(name: str, arg: Arg) -> str:
    if isinstance(arg, date):
        return date_format(arg, "j F Y")
    if name in ("new", "old") and arg in Relation.values:
        return str(Relation(arg).label)
    if name == "place" and not arg:
        return gettext("in the whole federation")
    return str(arg)
