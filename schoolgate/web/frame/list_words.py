"""What the words of an imported list mean here: first those not yet explained, then the explained ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import Text
from schoolgate.people.sheets import same_word
from schoolgate.web.frame.forms import SchoolForm

MOST_WORDS = 100
"""Number of words asked about at once; the others follow once these are explained."""
NOTHING = "-"
"""The form value for "none of ours", for example the whole federation instead of a school."""

Choices = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Meanings:
    """`choices`: field -> what a word of it may mean; `label`: what a field is called;
    `can_mean`: what a word below a heading may mean, None: whatever its field may."""

    choices: Callable[[str], Choices]
    label: Callable[[str], Text]
    can_mean: Callable[[str, str], Collection[str]] | None = None


class WordsForm(SchoolForm):
    """A question for each word."""

    def __init__(
        self,
        *args: Any,
        unknown: Mapping[tuple[str, str], int],
        explained: Mapping[str, Mapping[str, str]],
        columns: Mapping[str, str],
        of: Meanings,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._words: dict[str, tuple[str, str]] = {}
        asked = [(name, word, None) for name, word in unknown]
        known = [(name, word, ours) for name, each in explained.items() for word, ours in each.items()]
        for name, word, ours in [*asked, *known][:MOST_WORDS]:
            key = f"{name}-{hashlib.sha256(same_word(word).encode()).hexdigest()[:16]}"
            if key in self.fields:
                continue
            self._words[key] = (name, same_word(word))
            heading = columns.get(name) or of.label(name)
            empty = format_lazy(_("{heading}: when empty"), heading=heading)
            can = of.can_mean(str(heading), word) if of.can_mean else None
            self.fields[key] = forms.ChoiceField(
                label=f"{heading}: {word}" if word else empty,
                choices=[
                    ("", _("Choose")),
                    *(each for each in of.choices(name) if not can or each[0] in can),
                ],
                required=False,
                initial=shown(ours),
            )

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """Field -> {word: ours}, where a meaning was chosen."""
        found: dict[str, dict[str, str]] = {}
        for key, (name, word) in self._words.items():
            if self.cleaned_data.get(key):
                found.setdefault(name, {})[word] = meant(self.cleaned_data[key])
        return found


def shown(ours: str | None) -> str:
    """Return one of our words as form data; None means not answered."""
    return "" if ours is None else ours or NOTHING


def meant(value: str) -> str:
    """Return our word for the choice made in a form."""
    return "" if value == NOTHING else value
