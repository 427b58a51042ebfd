"""Setting up, signed in: the term dates of a school, from a file or by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.calendars import set_calendar
from schoolgate.core.errors import BadInput
from schoolgate.core.models import CalendarDay, DayKind, School
from schoolgate.people import rules
from schoolgate.people.sheets import day_of
from schoolgate.people.term_dates import LARGEST, Dates, read_term_dates, together
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.read_first import read_first
from schoolgate.web.setup.forms import CalendarForm, TermFileForm

Term = tuple[str, date, date]


def _dates(content: bytes, visit: Visit) -> Dates:
    return read_term_dates(content, on=visit.on)


_take = read_first(_dates, most=LARGEST)


@page(place="people", check=rules.check_may_administer, prepare=_take)
def calendar(request: HttpRequest, visit: Visit, school_pk: int) -> HttpResponseBase:
    """Show the days of one school: those saved and those read from a file; save them on POST.

    A file saves nothing: its days fill the form, to be checked and saved.
    """
    school = get_object_or_404(School, pk=school_pk)
    terms, inset, added = _standing(school)
    reading = "read" in request.POST
    file_form = TermFileForm(request.POST if reading else None, request.FILES if reading else None)
    form = CalendarForm(None if reading else request.POST or None, initial=_in_words(terms, inset))
    found = visit.prepared if reading and file_form.is_valid() else None
    if isinstance(found, BadInput):
        file_form.refuse(found)
    elif isinstance(found, Dates):
        form = CalendarForm(
            initial=_in_words(together(terms, found.terms), sorted({*inset, *found.inset_days}))
        )
    elif not reading and form.is_bound and form.is_valid():
        try:
            new_terms, new_inset = (
                _read_terms(form.cleaned_data["terms"]),
                _read_days(form.cleaned_data["inset"]),
            )
            if (new_terms, new_inset) == (terms, inset):
                return done(
                    request, _("These dates were already saved. Nothing has changed."), "set-up-schools"
                )
            set_calendar(
                school=school,
                terms=new_terms,
                inset_days=new_inset,
                added_holidays=added,
                at=visit.at,
                by=visit.person,
            )
        except BadInput as error:
            form.refuse(
                BadInput({"inset" if name == "days" else name: why for name, why in error.fields.items()})
            )
        else:
            return done(request, _("Dates saved."), "set-up-schools")
    context = {
        "form": form,
        "file_form": file_form,
        "about": school,
        "found": found if isinstance(found, Dates) else None,
    }
    status = 422 if form.errors or file_form.errors else 200
    return render(request, "setting_up/calendar.html", context, status=status)


def _standing(school: School) -> tuple[list[Term], list[date], list[date]]:
    rows = school.terms.order_by("first_day").values_list("name", "first_day", "last_day")
    special = list(CalendarDay.objects.filter(school=school).order_by("day").values_list("kind", "day"))
    return (
        list(rows),
        [day for kind, day in special if kind == DayKind.INSET],
        [day for kind, day in special if kind == DayKind.ADDED_HOLIDAY],
    )


def _in_words(terms: Iterable[Term], inset: Iterable[date]) -> dict[str, str]:
    return {
        "terms": "\n".join(f"{name}; {_written(first)}; {_written(last)}" for name, first, last in terms),
        "inset": "\n".join(_written(day) for day in inset),
    }


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _read_terms(words: str) -> list[Term]:
    """The terms of the box. Raises BadInput on `terms`, naming the line."""
    terms = []
    for number, line in _lines(words):
        parts = [part.strip() for part in line.rsplit(";", 2)]
        days = [day_of(part) for part in parts[1:]]
        if len(parts) != 3 or not parts[0] or len(parts[0]) > 80 or None in days:
            raise BadInput(
                {
                    "terms": format_lazy(
                        _("Line {number}: enter the name, first day and last day, separated by semicolons."),
                        number=number,
                    )
                }
            )
        terms.append((parts[0], *(day for day in days if day)))
    return sorted(terms, key=lambda term: term[1])  # type: ignore[arg-type]


def _read_days(words: str) -> list[date]:
    """The days of the box. Raises BadInput on `inset`, naming the line."""
    days = []
    for number, line in _lines(words):
        day = day_of(line)
        if day is None:
            raise BadInput(
                {
                    "inset": format_lazy(
                        _("Line {number}: enter one day, for example 4/1/2027."), number=number
                    )
                }
            )
        days.append(day)
    return sorted(days)


def _lines(words: str) -> Iterable[tuple[int, str]]:
    return ((number, line.strip()) for number, line in enumerate(words.splitlines(), 1) if line.strip())


urlpatterns: list[Any] = [
    path("set-up/schools/<int:school_pk>/calendar", calendar, name="set-up-calendar"),
]
