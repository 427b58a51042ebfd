"""Several people leave on one day: a list to tick, what it starts, and then all of it or nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.core.page_keys import is_number
from schoolgate.core.school_year import turn_of
from schoolgate.duties.queries import known_to
from schoolgate.people import actions, rules
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of, staying
from schoolgate.reports.year_turn import what_it_starts
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm

PAGE = 50


class LeaversForm(SchoolForm):
    """Who leaves, and the one day on which they do."""

    left_on = DayField(
        label=_("Leaving date"),
        help_text=_(
            "From this date they can’t sign in and have no roles. Today or earlier takes effect at once."
        ),
    )
    people: forms.ModelMultipleChoiceField[Person] = forms.ModelMultipleChoiceField(
        None,
        label=_("People leaving on this date"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


@page(place="people", check=rules.check_may_administer)
def several(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Tick who leaves; see what it starts; record it."""
    everybody = staying(visit.on)
    if request.method == "POST":
        form = LeaversForm(request.POST, people=everybody)
        if form.is_valid():
            people = list(form.cleaned_data["people"].order_by("name", "pk"))
            if "sure" not in request.POST:
                return _what_it_starts(request, visit, form, people)
            left_on = form.cleaned_data["left_on"]
            rows = actions.record_leavings(by=visit.person, at=visit.at, people=people, left_on=left_on)
            said = ngettext("{number} leaver recorded.", "{number} leavers recorded.", len(rows))
            return done(request, said.format(number=len(rows)), "year-turn")
    else:
        form = LeaversForm(people=everybody, initial={"left_on": _day(visit)})
    following = _narrow(form, everybody, request)
    context = {"form": form, "following": following, "anybody": everybody.exists()}
    return render(request, "year_turn/leavers.html", context, status=422 if form.errors else 200)


def _day(visit: Visit) -> Any:
    """Return the first of September of the turn of the year: the first day without the people who leave in
    summer."""
    return turn_of(visit.on).closes.replace(day=1)


def _narrow(form: LeaversForm, everybody: Any, request: HttpRequest) -> str:
    """Show one page of people, by name; returns the query of the next one."""
    rows = everybody.order_by("name", "pk")
    after = request.GET.get("after", "")
    last = everybody.filter(pk=int(after)).first() if is_number(after) else None
    if last is not None:
        rows = rows.filter(name__gte=last.name).exclude(name=last.name, pk__lte=last.pk)
    found = list(rows[: PAGE + 1])
    field: Any = form.fields["people"]
    field.choices = [(one.pk, one.name) for one in found[:PAGE]]
    return urlencode({"after": found[PAGE - 1].pk}) if len(found) > PAGE else ""


def _what_it_starts(
    request: HttpRequest, visit: Visit, form: LeaversForm, people: list[Person]
) -> HttpResponseBase:
    tasks = known_to(visit.person, visit.on)
    rows = what_it_starts(people, book_of(visit.federation), tasks, on=visit.on)
    short = {one.account.pk: one for each in rows for one in each.accounts if one.is_short}
    context = {
        "rows": rows,
        "left_on": form.cleaned_data["left_on"],
        "at_once": form.cleaned_data["left_on"] <= visit.on,
        "short": list(short.values()),
        "people": people,
        "parts": [("left_on", form.cleaned_data["left_on"].isoformat())],
    }
    return render(request, "year_turn/leavers_meant.html", context)


urlpatterns = [path("people/new-year/leavers", several, name="year-turn-leavers")]
