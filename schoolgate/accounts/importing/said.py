"""Messages about a line of a list of accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise

from schoolgate.accounts.states.brought_in import WORDS
from schoolgate.people.lists import said
from schoolgate.people.lists.said import Arg


@dataclass(frozen=True)
class Said(said.Said):
    """`code` of `states.brought_in.WORDS`."""

    words: ClassVar[Mapping[str, str | Promise]] = WORDS


def say(code: str, **args: Arg) -> Said:
    """Return a message about a line."""
    return Said(code, args)
