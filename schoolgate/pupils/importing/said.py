"""Messages about a line of a list of pupils."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise

from schoolgate.people.lists import said
from schoolgate.people.lists.said import Arg
from schoolgate.pupils.importing.fields import label_of
from schoolgate.pupils.states import WORDS, Answer, Why


@dataclass(frozen=True)
class PupilMessage(said.ListMessage):
    """`code` of `states.WORDS`; `use`: a field of a consent, `answer`: one of `Answer`, `why`: of `Why`."""

    words: ClassVar[Mapping[str, str | Promise]] = WORDS

    def shown(self, name: str, arg: Arg) -> str:
        """Return one of the words that fit in, in the active language."""
        if name == "use":
            return str(label_of(str(arg)))
        if name == "answer":
            return str(Answer(str(arg)).label).lower()
        if name == "why":
            # Who is on the do-not-publish list isn't the office's to know.
            return "" if arg == Why.LISTED else str(Why(str(arg)).label)
        return super().shown(name, arg)


def say(code: str, **args: Arg) -> PupilMessage:
    """Return a message about a line."""
    return PupilMessage(code, args)
