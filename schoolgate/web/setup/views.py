"""Setting up, signed in: what still blocks the first post, schools, the second administrator, safeguarding
leads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.core.models import Safeguarder, School
from schoolgate.people import queries, rules
from schoolgate.people.actions.setting_up import (
    add_school,
    change_school,
    end_safeguarder,
    invite_second,
    name_safeguarder,
    schools_of_policy,
)
from schoolgate.people.models import Person
from schoolgate.reports.ready import points
from schoolgate.reports.ready_point import Point
from schoolgate.web.frame.doors import Visit, done, opens, page
from schoolgate.web.frame.parts import PlaceLink, beside_people
from schoolgate.web.setup.forms import SafeguarderForm, SchoolDetailsForm, SecondForm

MOST = 200
"""Schools, and entries on safeguarding, shown on one page."""


def shown(each: Point, visit: Visit) -> dict[str, Any]:
    """One point of the list, with its address where this visitor may go there."""
    leads = not each.by_machine and opens(visit, each.to, *each.to_args)
    return {"point": each, "href": reverse(each.to, args=each.to_args) if leads else ""}


@page(place="people", check=rules.check_may_administer, methods=("GET", "HEAD"))
def set_up(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the list: what is done, what is still open, and who can do it."""
    rows = [shown(each, visit) for each in points(at=visit.at)]
    open_rows = [row for row in rows if not row["point"].done]
    context = {"open": open_rows, "done": [row for row in rows if row["point"].done], "number": len(rows)}
    return render(request, "setting_up/list.html", context)


@page(place="people", check=rules.check_may_administer)
def schools(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The schools with their days, and adding another."""
    form = SchoolDetailsForm(request.POST or None, federation=visit.federation)
    if request.method == "POST" and form.is_valid():
        try:
            add_school(by=visit.person, at=visit.at, **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("School added."), "set-up-schools")
    found = list(School.objects.order_by("name", "pk").prefetch_related("terms")[:MOST])
    rows = [
        {"school": school, "until": max((t.last_day for t in school.terms.all()), default=None)}
        for school in found
    ]
    return _form(request, form, "setting_up/schools.html", rows=rows)


@page(place="people", check=rules.check_may_administer)
def school(request: HttpRequest, visit: Visit, school_pk: int) -> HttpResponseBase:
    """Put the name, country and languages of one school right."""
    about = get_object_or_404(School, pk=school_pk)
    told = {
        "name": about.name,
        "country": about.country,
        "languages": about.languages,
        "in_policy": about.among(schools_of_policy(visit.federation)),
    }
    form = SchoolDetailsForm(request.POST or None, federation=visit.federation, new=False, initial=told)
    if request.method == "POST" and form.is_valid():
        try:
            change_school(by=visit.person, at=visit.at, school=about, **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("School details saved."), "set-up-schools")
    return _form(request, form, "setting_up/school.html", about=about)


@page(place="people", check=rules.check_may_administer)
def second(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Invite a second person who manages people: with the role, or acting for the person who has it."""
    policy = queries.book_of(visit.federation)
    form = SecondForm(request.POST or None, federation=visit.federation, policy=policy)
    if request.method == "POST" and form.is_valid():
        try:
            added = invite_second(by=visit.person, at=visit.at, **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            message = _("Invited. They choose their own password and set up two-step verification.")
            return done(request, message, "person", added.pk)
    return _form(request, form, "setting_up/second.html")


@page(place="people", check=rules.check_may_administer)
def safeguarding(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the safeguarding leads and their deputies."""
    form = SafeguarderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            name_safeguarder(by=visit.person, at=visit.at, **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("Saved."), "set-up-safeguarding")
    named = [role.name for role in queries.book_of(visit.federation).roles if "safeguarding" in role.key]
    return _form(request, form, "setting_up/safeguarding.html", rows=_safeguarders(), named=named)


def _safeguarders() -> list[dict[str, Any]]:
    rows = list(
        Safeguarder.objects.filter(ended_at=None)
        .select_related("school")
        .order_by("school__name", "-place", "pk")[:MOST]
    )
    people = Person.objects.in_bulk({row.person_id for row in rows})
    return [{"row": row, "person": people.get(row.person_id)} for row in rows]


@page(place="people", check=rules.check_may_administer, methods=("POST",))
def safeguarding_end(request: HttpRequest, visit: Visit, safeguarder_pk: int) -> HttpResponseBase:
    """Record that a person is no longer a safeguarding lead."""
    row = get_object_or_404(Safeguarder, pk=safeguarder_pk)
    end_safeguarder(by=visit.person, at=visit.at, safeguarder=row)
    return done(request, _("Removed."), "set-up-safeguarding")


@beside_people
def leads_to_set_up(visit: Visit) -> PlaceLink | None:
    """Return a link for people who manage people."""
    return PlaceLink("set-up", _("Set-up")) if opens(visit, "set-up") else None


def _form(request: HttpRequest, form: Any, template: str, **context: Any) -> HttpResponseBase:
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


urlpatterns = [
    path("set-up", set_up, name="set-up"),
    path("set-up/schools", schools, name="set-up-schools"),
    path("set-up/schools/<int:school_pk>", school, name="set-up-school"),
    path("set-up/second", second, name="set-up-second"),
    path("set-up/safeguarding", safeguarding, name="set-up-safeguarding"),
    path("set-up/safeguarding/<int:safeguarder_pk>/end", safeguarding_end, name="set-up-safeguarding-end"),
]
