"""Forms of bringing a list of people: the file, what its columns are, what its words mean."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.people.importing.fields import Field, offered
from schoolgate.people.importing.here import Here
from schoolgate.people.models import ImportMapping
from schoolgate.people.sheets import same_word
from schoolgate.people.states import Relation
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.people.forms import languages_of

NOTHING = "-"
"""What stands in a form for "nothing of ours": no role, or the whole federation."""
MOST_WORDS = 100
"""Words asked for at once; the others come once these are explained."""
DEFAULTS = (Field.RELATION, Field.SCHOOL, Field.LANGUAGE)

Choices = list[tuple[str, Any]]


class ListFileForm(SchoolForm):
    """The list itself."""

    file = forms.FileField(
        label=_("List"),
        help_text=_(
            "CSV, Excel (xlsx, xls) or OpenDocument file with column headings. At "
            "most 10,000 rows and 10 MB. You’ll see all changes before anything is "
            "changed."
        ),
    )


class ColumnsForm(SchoolForm):
    """Which heading stands for what, and what holds for the whole list where there is no such column."""

    def __init__(
        self, *args: Any, headings: Sequence[str], here: Here, kept: ImportMapping | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [heading for heading in headings if heading]
        found = kept.columns if kept else offered(named)
        defaults = kept.defaults if kept else {}
        columns: Choices = [("", _("Not in this list")), *((heading, heading) for heading in named)]
        for each in Field:
            if each == Field.MANAGER and not here.names_line_managers:
                continue
            self.fields[each.value] = forms.ChoiceField(
                label=each.label, choices=columns, required=False, initial=found.get(each, "")
            )
            if each in DEFAULTS:
                self.fields[f"all_{each.value}"] = forms.ChoiceField(
                    label=_ALL[each], choices=_choices(each, here), required=False,
                    initial=_shown(defaults.get(each)),
                )  # fmt: skip
        self.fields["name_of_mapping"] = forms.CharField(
            label=_("Name for these import settings"),
            help_text=_(
                "For example: Staff list. The next list with the same headings uses the same settings."
            ),
            max_length=80,
            initial=kept.name if kept else "",
        )

    @property
    def columns(self) -> dict[str, str]:
        """Field -> heading, where one was chosen."""
        return {each.value: found for each in Field if (found := self.cleaned_data.get(each.value))}

    @property
    def defaults(self) -> dict[str, str]:
        """Field -> what holds for the whole list, where there is no such column."""
        said = {each.value: self.cleaned_data.get(f"all_{each.value}") for each in DEFAULTS}
        return {name: _meant(value) for name, value in said.items() if value and name not in self.columns}


class WordsForm(SchoolForm):
    """What the words of a list mean: those that nobody explained yet, then those that somebody did."""

    def __init__(
        self,
        *args: Any,
        unknown: Mapping[tuple[str, str], int],
        explained: Mapping[str, Mapping[str, str]],
        columns: Mapping[str, str],
        here: Here,
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
            heading = columns.get(name, Field(name).label)
            self.fields[key] = forms.ChoiceField(
                label=f"{heading}: {word}" if word else _nothing(heading),
                choices=_choices(Field(name), here),
                required=False,
                initial=_shown(ours),
            )

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """Field -> {word: ours}, where a meaning was chosen."""
        found: dict[str, dict[str, str]] = {}
        for key, (name, word) in self._words.items():
            if self.cleaned_data.get(key):
                found.setdefault(name, {})[word] = _meant(self.cleaned_data[key])
        return found


_ALL = {
    Field.RELATION: _("If there’s no such column: everyone in this list is"),
    Field.SCHOOL: _("If there’s no such column: roles in this list apply to"),
    Field.LANGUAGE: _("If there’s no such column: language for new people"),
}


def _nothing(heading: object) -> Any:
    return format_lazy(_("{heading}: when empty"), heading=heading)


def _choices(name: Field, here: Here) -> Choices:
    """What a word of this field may mean."""
    found: Mapping[Field, Choices] = {
        Field.RELATION: list(Relation.choices),
        Field.ROLE: [
            (NOTHING, _("No policy role")), *((role.key, role.name) for role in here.book.roles)
        ],
        Field.SCHOOL: [
            (NOTHING, _("The whole federation")),
            *((str(pk), school.name) for pk, school in here.schools.items()),
        ],
        Field.LANGUAGE: list(languages_of(here.federation)),
        Field.ACTIVE: [("yes", _("Active")), ("no", _("Not active"))],
    }  # fmt: skip
    return [("", _("Choose")), *found[name]]


def _shown(ours: str | None) -> str:
    return "" if ours is None else ours or NOTHING


def _meant(value: str) -> str:
    return "" if value == NOTHING else value
