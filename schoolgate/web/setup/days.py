"""Setting up, signed in: one school, its term dates from a file or by hand with every school day that they
would make, and its details; what it publishes of itself isn't taken for a person's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core import setting_up
from schoolgate.core.calendars import SchoolCalendar, bank_holidays, days_of_pupils, set_calendar
from schoolgate.core.errors import BadInput, NotFound, Text
from schoolgate.core.models import School
from schoolgate.people import rules
from schoolgate.people.setting_up import change_school, schools_of_policy
from schoolgate.people.sheets import day_of
from schoolgate.people.term_dates import LARGEST, Dates, inset_together, read_term_dates, together
from schoolgate.publishing.hit_answers import agree_own_detail, keep_own_details, remove_own_detail
from schoolgate.publishing.models import OwnDetail
from schoolgate.publishing.own_details import own_details
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page
from schoolgate.web.frame.found_words import KINDS
from schoolgate.web.frame.lists import read_first
from schoolgate.web.setup.forms import CalendarForm, OwnDetailsForm, SchoolDetailsForm, TermFileForm


@page(place="people", check=rules.check_may_administer, methods=("POST",))
def contact(request: HttpRequest, visit: Visit, school_pk: int) -> HttpResponseBase:
    """Add some of a school's own details, agree to one that a colleague proposed, or remove one."""
    about = setting_up.school(school_pk)
    for name, act in (("agree", agree_own_detail), ("remove", remove_own_detail)):
        if name in request.POST:
            kept = own_details([about])
            detail = next((each for each in kept if str(each.pk) == request.POST[name]), None)
            if detail is None:
                raise NotFound
            act(by=visit.person, at=visit.at, detail=detail)
            return done(request, _("Saved."), "set-up-school", about.pk)
    form = OwnDetailsForm(request.POST)
    if form.save(lambda typed: keep_own_details(by=visit.person, at=visit.at, school=about, **typed)):
        return done(request, _("Saved. No one will be asked about it again."), "set-up-school", about.pk)
    return form_page(request, "setting_up/contact.html", form, {"about": about, "rows": own_rows(about)})


def own_rows(about: School) -> list[tuple[OwnDetail, object]]:
    """Return a school's own details, each with what it is in words."""
    return [(each, KINDS[each.kind]) for each in own_details([about])]


FRIDAY, AFTER_WEEKEND = 4, 3
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Month:
    """One month. `days`: the school days as runs of numbers, of which weekends are no end; `off`: the other
    weekdays, by why pupils aren't in."""

    first: date
    number: int
    days: str
    off: Sequence[tuple[Text, str]]


def months_of(
    terms: Sequence[tuple[str, date, date]], inset: Iterable[date], added: Iterable[date], *, country: str
) -> list[Month]:
    """Return the months from the first day of the terms and INSET days to the last."""
    if not terms:
        return []
    training = set(inset)
    first, last = min(training | {each[1] for each in terms}), max(training | {each[2] for each in terms})
    free = set(bank_holidays(country, first, last)) | set(added)
    known = SchoolCalendar(
        country, first, last, tuple(sorted(free)), (), tuple(each[1:] for each in terms), tuple(training)
    )
    school = set(days_of_pupils(known))
    weekdays = [
        day
        for number in range((last - first).days + 1)
        if (day := first + ONE_DAY * number).weekday() <= FRIDAY
    ]
    found = []
    for month, each in groupby(weekdays, key=lambda day: day.replace(day=1)):
        days = list(each)
        there = [day for day in days if day in school]
        reasons = {
            _("Bank holidays"): [day for day in days if day in free],
            _("INSET"): [day for day in days if day in training and day not in free],
            _("Holidays"): [day for day in days if day not in school and day not in free | training],
        }
        off = [(why, _runs(away)) for why, away in reasons.items() if away]
        found.append(Month(month, len(there), _runs(there), off))
    return found


def _runs(days: Sequence[date]) -> str:
    """Return days as runs of numbers: 2–13, 16."""
    runs: list[list[date]] = []
    for day in days:
        before = runs[-1][-1] if runs else None
        apart = (day - before).days if before else 0
        if before and (apart == 1 or (apart == AFTER_WEEKEND and before.weekday() == FRIDAY)):
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(f"{run[0].day}–{run[-1].day}" if run[1:] else str(run[0].day) for run in runs)


Term = tuple[str, date, date]


def _dates(content: bytes, visit: Visit) -> Dates:
    return read_term_dates(content, on=visit.on)


_take = read_first(_dates, most=LARGEST)


@page(place="people", check=rules.check_may_administer, prepare=_take)
def school(request: HttpRequest, visit: Visit, school_pk: int) -> HttpResponseBase:
    """Show one school, its days saved and those read from a file, and its details; save them on POST.

    A file saves nothing: its days fill the form, to be checked and saved.
    """
    about = setting_up.school(school_pk)
    terms, inset, added = setting_up.days_of(about)
    sends = request.method == "POST"
    reads, dates = sends and "read" in request.POST, sends and "terms" in request.POST
    details = sends and not reads and not dates
    file_form = TermFileForm(request.POST if reads else None, request.FILES if reads else None)
    form = CalendarForm(request.POST if dates else None, initial=_in_words(terms, inset))
    details_form = _details(visit, about, request.POST if details else None)
    found = file_form.save(lambda _typed: _read(visit))
    months: list[Month] = []
    gone: list[date] = []
    if found:
        days, gone = inset_together(inset, found.value)
        read = together(terms, found.value.terms), days
        form = CalendarForm(initial=_in_words(*read))
        months = months_of(*read, added, country=about.country)

    def save(typed: dict[str, Any]) -> Any:
        try:
            new_terms, new_inset = _read_terms(typed["terms"]), _read_days(typed["inset"])
            if (new_terms, new_inset) == (terms, inset):
                return _("These dates were already saved. Nothing has changed.")
            set_calendar(
                school=about,
                terms=new_terms,
                inset_days=new_inset,
                added_holidays=added,
                at=visit.at,
                by=visit.person,
            )
        except BadInput as error:
            raise BadInput(
                {"inset" if name == "days" else name: why for name, why in error.fields.items()}
            ) from None
        return _("Dates saved.")

    saved = form.save(save)
    if saved:
        return done(request, saved.value, "set-up-schools")
    if details_form.save(lambda typed: change_school(by=visit.person, at=visit.at, school=about, **typed)):
        return done(request, _("School details saved."), "set-up-schools")
    context = {
        "form": form,
        "file_form": file_form,
        "details_form": details_form,
        "about": about,
        "found": found.value if found else None,
        "months": months,
        "gone": ", ".join(map(_written, gone)),
        "own_form": OwnDetailsForm(),
        "rows": own_rows(about),
    }
    status = 422 if form.errors or file_form.errors or details_form.errors else 200
    return render(request, "setting_up/school.html", context, status=status)


def _read(visit: Visit) -> Dates:
    if isinstance(visit.prepared, BadInput):
        raise visit.prepared
    found: Dates = visit.prepared
    return found


def _details(visit: Visit, about: School, sent: QueryDict | None) -> SchoolDetailsForm:
    told = {
        "name": about.name,
        "country": about.country,
        "languages": about.languages,
        "in_policy": about.among(schools_of_policy(visit.federation)),
    }
    return SchoolDetailsForm(sent, federation=visit.federation, new=False, initial=told)


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
    path("set-up/schools/<int:school_pk>", school, name="set-up-school"),
    path("set-up/schools/<int:school_pk>/contact", contact, name="set-up-contact"),
]
