"""The words of the program and of its field, in both languages, with what each means: one file, words.yaml.

The page "Glossary", docs/words.md and the gates over every sentence read it from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from schoolgate.core.own_files import said_in

FILE = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True)
class Word:
    """One word. `kind`: field (of schools) or ours (of the program).

    `never_*`: what is not said in its place. Where an English sentence has one of `forms_en`, its Welsh has
    one of `forms_cy`.
    """

    key: str
    kind: str
    en: str
    cy: str
    means_en: str
    means_cy: str
    forms_en: Sequence[str] = ()
    forms_cy: Sequence[str] = ()
    never_en: Sequence[str] = ()
    never_cy: Sequence[str] = ()

    def name(self, language: str) -> str:
        """The word itself in that language."""
        return self.cy if language == "cy" else self.en

    def means(self, language: str) -> str:
        """Its meaning in that language."""
        return self.means_cy if language == "cy" else self.means_en

    def never(self, language: str) -> Sequence[str]:
        """Return the words not to use instead, in that language."""
        return self.never_cy if language == "cy" else self.never_en


@cache
def listed() -> Mapping[str, Any]:
    """The whole file: words, spelling, never, excepted."""
    found: Mapping[str, Any] = said_in(FILE)
    return found


@cache
def words() -> tuple[Word, ...]:
    """Return every word, in the order of the file."""
    return tuple(Word(**each) for each in listed()["words"])
