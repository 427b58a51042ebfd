"""Messages about a line of a list of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext

from schoolgate.people.lists import said
from schoolgate.people.lists.said import Arg
from schoolgate.people.states import Relation
from schoolgate.people.states.importing import WORDS


@dataclass(frozen=True)
class PersonMessage(said.ListMessage):
    """`code` of `states.importing.WORDS`."""

    words: ClassVar[Mapping[str, str | Promise]] = WORDS

    def shown(self, name: str, arg: Arg) -> str:
        """Return one of the words that fit in, in the active language."""
        if name in ("new", "old") and arg in Relation.values:
            return str(Relation(str(arg)).label)
        if name == "place" and not arg:
            return gettext("in the whole federation")
        return super().shown(name, arg)


def say(code: str, **args: Arg) -> PersonMessage:
    """Return a message about a line."""
    return PersonMessage(code, args)
