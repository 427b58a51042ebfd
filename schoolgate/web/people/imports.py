"""Importing a list of people: what its columns may be, what its words mean, and whether to invite."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.people import rules
from schoolgate.people.actions.importing import PEOPLE
from schoolgate.people.importing.fields import Field, offered
from schoolgate.people.importing.here import Here, look_here
from schoolgate.people.lists.importer import explain_words
from schoolgate.people.sheets import same_word
from schoolgate.people.states import Relation
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, form_page
from schoolgate.web.frame.lists import NOTHING, Choices, Columns, ImportPages, meant, shown
from schoolgate.web.frame.parts import PlaceLink, beside_people
from schoolgate.web.people.forms import languages_of

MOST_WORDS = 100
"""Number of words asked about at once; the others follow once these are explained."""


def _choices(name: Field, here: Here) -> Choices:
    """Return what a word of this field may mean."""
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


def _columns(visit: Visit) -> Columns:
    here = look_here(visit.on)
    for_all = {
        Field.RELATION: _("If there’s no such column: everyone in this list is"),
        Field.SCHOOL: _("If there’s no such column: roles in this list apply to"),
        Field.LANGUAGE: _("If there’s no such column: language for new people"),
    }
    return Columns(
        fields=[each for each in Field.choices if each[0] != Field.MANAGER or here.names_line_managers],
        offered=offered,
        for_all={each.value: (label, _choices(each, here)) for each, label in for_all.items()},
        name_help=_("For example: Staff list. The next list with the same headings uses the same settings."),
    )


class WordsForm(SchoolForm):
    """What the words of a list mean: first those not yet explained, then the explained ones."""

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
            empty = format_lazy(_("{heading}: when empty"), heading=heading)
            self.fields[key] = forms.ChoiceField(
                label=f"{heading}: {word}" if word else empty,
                choices=_choices(Field(name), here),
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


def _applied(counts: Mapping[str, int]) -> str:
    return gettext("List imported. New people: {number}.").format(number=counts["people_added"])


PAGES = ImportPages(
    kind=PEOPLE,
    place="people",
    name="people-import",
    path="people/import",
    templates="people/import_",
    title=_("Import people"),
    lead=_(
        "Import staff, governors or volunteers from a list you have elsewhere. You check the changes, then "
        "confirm them."
    ),
    ended=_("List of people"),
    file_help=_(
        "CSV, Excel (xlsx, xls) or OpenDocument file with column headings. At "
        "most 10,000 rows and 10 MB. You’ll see all changes before anything is "
        "changed."
    ),
    columns=_columns,
    heads=(_("Name"), _("Email address")),
    applied=_applied,
    choices=lambda request: {"invite": request.POST.get("invite") == "yes"},
)


@page(place="people", check=rules.check_may_administer, prepare=PAGES.open)
def words(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say what the words of the list mean here."""
    plan, importing = PAGES.plan(visit), visit.prepared.importing
    form = WordsForm(
        request.POST or None,
        unknown=plan.unknown,
        explained=importing.mapping.words,
        columns=importing.mapping.columns,
        here=look_here(visit.on),
    )
    if form.save(
        lambda _typed: explain_words(
            kind=PEOPLE, by=visit.person, at=visit.at, importing=importing, words=form.words
        )
    ):
        return done(request, _("Explanations saved."), "people-import-preview", pk)
    context = {"importing": importing, "more": len(plan.unknown) > len(form.fields)}
    return form_page(request, "people/import_words.html", form, context)


@beside_people
def leads_to_lists(visit: Visit) -> PlaceLink | None:
    """Return a link, for people who manage people."""
    if not rules.can(rules.check_may_administer, visit.person, on=visit.on):
        return None
    return PlaceLink("people-import", _("Import people"))


urlpatterns = [
    *PAGES.urls(),
    path("people/import/<int:pk>/words", words, name="people-import-words"),
]
