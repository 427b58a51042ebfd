"""Pupils and consents from a list, or from Wonde: connect a school, read its list, remove the connection.
What is read from there becomes a list of the import's own pages: explained, previewed and confirmed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.core import vault
from schoolgate.core.errors import BadInput, NotNow, SchoolgateError
from schoolgate.core.models import School
from schoolgate.core.restored import may_speak_to_networks
from schoolgate.core.tenancy import scope
from schoolgate.people import list_importer
from schoolgate.people.list_importer import KeptList
from schoolgate.pupils import wonde
from schoolgate.pupils.consents import channels_here, check_may_keep
from schoolgate.pupils.importing import PUPILS
from schoolgate.pupils.list_lines import Field, can_mean, consent_fields, label_of, offered
from schoolgate.pupils.models import Answer
from schoolgate.pupils.wonde import connect_source, end_source, note_read, sheet_of, source, sources
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.errors import limited
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.lists import Columns, ImportPages, Meanings
from schoolgate.web.frame.paging import number_in_address


def _columns(visit: Visit) -> Columns:
    schools = [(str(school.pk), school.name) for school in School.objects.order_by("name")]
    consents = consent_fields(channels_here())
    return Columns(
        fields=[*Field.choices, *((name, label_of(name)) for name in consents)],
        offered=offered,
        for_all={
            Field.SCHOOL.value: (
                _("If there’s no such column, these pupils are at"),
                [("", _("Choose")), *schools],
            ),
        },
        rare=consents[len(consent_fields([])) :],
        chosen={Field.SCHOOL.value: schools[0][0]} if len(schools) == 1 else {},
        name=_("Pupils"),
        name_help=_("For example, Pupils. The next list with the same headings will be read the same way."),
    )


def _applied(counts: Mapping[str, int]) -> str:
    number = counts["pupils_added"]
    told = ngettext("List imported. {number} new pupil.", "List imported. {number} new pupils.", number)
    told = told.format(number=number)
    if not (held := counts.get("held", 0)):
        return told
    waits = ngettext(
        "{number} change waits for a safeguarding lead, because the pupil is on the do-not-publish list.",
        "{number} changes wait for a safeguarding lead, because the pupils are on the do-not-publish list.",
        held,
    )
    return f"{told} {waits.format(number=held)}"


PAGES = ImportPages(
    kind=PUPILS,
    place="people",
    back="pupils",
    name="pupils-import",
    path="pupils/import",
    templates="pupils/",
    title=_("Import pupils and consents"),
    lead=_("Import a report from your school’s records. You check the changes, then confirm them."),
    ended=_("List of pupils"),
    file_help=_(
        "CSV, Excel (xlsx, xls) or OpenDocument file with column headings. At most 5,000 rows and 10 MB."
    ),
    columns=_columns,
    heads=(_("Name"), _("Pupil number")),
    applied=_applied,
    after="pupils",
    choices=lambda request: {name: request.POST.get(name) == "yes" for name in ("left", "emptied")},
    meanings=lambda _visit: Meanings(lambda _field: Answer.choices, label_of, can_mean),
    asks_again=(Field.SCHOOL,),
)


LONGEST_KEY = 200
OFTEN = "30/h"


class WondeForm(SchoolForm):
    """A school, and the key to what Wonde has of it."""

    school = forms.ChoiceField(label=_("School"))
    their_school = forms.CharField(
        label=_("Wonde school ID"), help_text=_("For example A1930499544"), max_length=20
    )
    token = forms.CharField(
        label=_("Key"),
        help_text=_("Wonde calls it an API token. It’s stored encrypted and never shown again."),
        max_length=LONGEST_KEY,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = School.objects.order_by("name").values_list("pk", "name")
        self.fields["school"] = forms.ChoiceField(
            label=_("School"), choices=[("", _("Choose")), *((str(pk), name) for pk, name in schools)]
        )

    def clean_their_school(self) -> str:
        """Return the ID as Wonde writes it."""
        found: str = self.cleaned_data["their_school"].strip().upper()
        if not wonde.THEIR_SCHOOL.fullmatch(found):
            raise forms.ValidationError(
                _("Enter the ID as it is in Wonde’s school portal, such as A1930499544.")
            )
        return found

    def clean_token(self) -> str:
        """Return the key without what copying added."""
        found: str = self.cleaned_data["token"].strip()
        if not found.isascii() or not found.isalnum():
            raise forms.ValidationError(_("A key has only letters and numbers. Copy it again."))
        return found


def _named(request: HttpRequest) -> str | SchoolgateError | None:
    """The door's `prepare`: ask Wonde for the school's name, with no transaction open."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    with scope(visit.federation.pk, visit.person.pk):
        form = WondeForm(request.POST)
        if not form.is_valid():
            return None
        if visit.federation.is_example or not may_speak_to_networks():
            return _closed()
    try:
        return wonde.school_name(form.cleaned_data["token"], form.cleaned_data["their_school"])
    except wonde.WondeTrouble as error:
        return error


def _closed() -> NotNow:
    return NotNow(
        _("This installation doesn’t read from Wonde now."),
        _("Demo sites never do, and a restored installation only once it’s released."),
    )


def _brought(request: HttpRequest) -> tuple[KeptList | SchoolgateError, bool]:
    """The door's `prepare`: read the school's list and put it away, with no transaction open."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    try:
        with scope(visit.federation.pk, visit.person.pk):
            found = source(number_in_address(request))
            if visit.federation.is_example or not may_speak_to_networks():
                raise _closed()
            key, name = vault.reveal(found.key_ref), found.school.name
        told = wonde.students(key, found.their_school)
        sheet = sheet_of(told, school=name)
        content = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
        return PUPILS.keep(sheet, content, federation_id=visit.federation.pk), True
    except BadInput as error:
        return NotNow(next(iter(error.fields.values())), _("Import a file instead.")), False
    except SchoolgateError as error:
        return error, False


@page(place="people", check=check_may_keep, methods=("GET", "HEAD"))
def connections(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The schools that are connected, and connecting another."""
    return _shown(request, WondeForm())


@limited("wonde", rate=OFTEN)
@page(place="people", check=check_may_keep, prepare=_named, methods=("POST",))
def connect(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Save a school's key once Wonde has named the school."""
    form, told = WondeForm(request.POST), visit.prepared
    if form.is_valid() and isinstance(told, SchoolgateError):
        form.add_error("token", str(told))
    if form.is_valid() and isinstance(told, str):
        given = form.cleaned_data
        connect_source(
            by=visit.person, at=visit.at, school=School.objects.get(pk=int(given["school"])),
            their_school=given["their_school"], their_name=told, key=given["token"],
        )  # fmt: skip
        return done(
            request, _("School connected. Check that Wonde’s name is that of your school."), "pupils-wonde"
        )
    return _shown(request, form)


@limited("wonde", rate=OFTEN)
@page(place="people", check=check_may_keep, prepare=_brought, methods=("POST",))
def read(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Enter what was read as a list that is explained, checked and confirmed."""
    kept, found = visit.prepared
    if not found:
        raise kept
    note_read(at=visit.at, source=source(pk))
    entered = list_importer.upload(kind=PUPILS, by=visit.person, at=visit.at, kept=kept)
    to = "columns" if entered.mapping is None else "preview"
    return redirect(f"pupils-import-{to}", entered.pk)


@page(place="people", check=check_may_keep, methods=("POST",))
def disconnect(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Forget a school's key."""
    end_source(by=visit.person, at=visit.at, source=source(pk))
    return done(request, _("Connection removed. Pupils and consents stay."), "pupils-wonde")


def _shown(request: HttpRequest, form: WondeForm) -> HttpResponseBase:
    context = {"form": form, "rows": sources()}
    return render(request, "pupils/wonde.html", context, status=422 if form.is_bound else 200)


urlpatterns = [
    *PAGES.urls(),
    path("pupils/import/wonde", connections, name="pupils-wonde"),
    path("pupils/import/wonde/connect", connect, name="pupils-wonde-connect"),
    path("pupils/import/wonde/<int:pk>/read", read, name="pupils-wonde-read"),
    path("pupils/import/wonde/<int:pk>/end", disconnect, name="pupils-wonde-end"),
]
