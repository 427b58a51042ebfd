"""Messages about a line of a list of accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise

from schoolgate.accounts.states.imported import WORDS
from schoolgate.people.lists import said
from schoolgate.people.lists.said import Arg


@dataclass(frozen=True)
class AccountMessage(said.ListMessage):
    """`code` of `states.imported.WORDS`."""

    words: ClassVar[Mapping[str, str | Promise]] = WORDS


def say(code: str, **args: Arg) -> AccountMessage:
    """Return a message about a line."""
    return AccountMessage(code, args)
