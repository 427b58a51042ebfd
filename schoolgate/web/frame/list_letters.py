"""How the letters of a list are written, where it can't be told: a person chooses what looks right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.people.sheets import Sheet
from schoolgate.web.frame.forms import SchoolForm

MOST_WORDS = 5
LONGEST_WORD = 40


class LettersForm(SchoolForm):
    """The same words, in each way in which they can be read."""

    encoding = forms.ChoiceField(label=_("Which of these look right?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["encoding"]
        assert isinstance(field, forms.ChoiceField)
        read = {each: sheet.read_as(each) for each in (sheet.encoding, *sheet.others)}
        cells = {each: [cell for line in one.lines for cell in line.cells] for each, one in read.items()}
        differing = dict.fromkeys(
            words for words in zip(*cells.values(), strict=True) if len(set(words)) == len(words)
        )
        shown = list(differing)[:MOST_WORDS] or list(dict.fromkeys(zip(*cells.values(), strict=True)))[:1]
        field.choices = [
            (each, " · ".join(words[place][:LONGEST_WORD] for words in shown))
            for place, each in enumerate(cells)
        ]
        field.help_text = _("If none does, cancel, save the list as CSV UTF-8 or Excel, and upload it again.")
