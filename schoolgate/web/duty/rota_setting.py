"""Setting the rota: the week's shifts, how it repeats, and when the next person is notified."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.dates import WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import check_capacity
from schoolgate.rota import actions, queries, rules
from schoolgate.rota.models import Rota, Shift
from schoolgate.rota.states import MINUTES, MOST_WEEKS, When
from schoolgate.web.duty import rota_wording as wording
from schoolgate.web.duty.rota import sets_any
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField, form_page

NIGHTS = [
    (0, gettext_lazy("Same day")),
    (1, gettext_lazy("Next day")),
    *((n, format_lazy(gettext_lazy("{number} days later"), number=n)) for n in range(2, 8)),
]
EVERY = gettext_lazy("Every week")


def check_sets_any(person: Person, *, on: Any) -> None:
    """Raise NotAllowed for people who set no rota anywhere."""
    if not sets_any(person, on=on):
        check_capacity(person, "administer", on=on, anywhere=True)


class StartForm(SchoolForm):
    """Who a new rota is for."""

    school = forms.ChoiceField(label=gettext_lazy("Who is the rota for?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = places  # type: ignore[attr-defined]


class ShiftForm(SchoolForm):
    """A shift on some days of the week."""

    policy_help = {
        "person": (at("account.open", "trained"), at("person.entrust", "trained_regularly_procedures")),
        "weekdays": (at("account.watch", "looked_at", "days_looked_at"),),
        "when": (at("account.watch", "looked_at_in_holidays"),),
    }

    person = forms.ChoiceField(label=gettext_lazy("Who is on duty?"))
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On which days does it start?"),
        coerce=int,
        choices=[(n, WEEKDAYS[n]) for n in range(7)],
        widget=forms.CheckboxSelectMultiple,
    )
    starts = TimeField(label=gettext_lazy("Starts at"))
    ends = TimeField(label=gettext_lazy("Ends at"))
    nights = forms.TypedChoiceField(label=gettext_lazy("Ends on"), coerce=int, choices=NIGHTS, initial=0)
    when = forms.ChoiceField(label=gettext_lazy("Applies"), choices=When.choices, initial=When.ALWAYS)
    week = forms.TypedChoiceField(label=gettext_lazy("Week"), coerce=int, choices=[(1, EVERY)], initial=1)
    from_day = DayField(label=gettext_lazy("First day"))
    to_day = DayField(label=gettext_lazy("Last day (if it ends)"), required=False)

    def __init__(self, *args: Any, rota: Rota, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("No one yet")), *((str(each.pk), each.name) for each in people)]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
        self.fields["person"].required = False
        if rota.weeks == 1:
            del self.fields["week"]
        else:
            weeks = [(n, _("Week {number}").format(number=n)) for n in range(1, rota.weeks + 1)]
            self.fields["week"].choices = weeks  # type: ignore[attr-defined]


class SettingsForm(SchoolForm):
    """How the rota repeats, and when the next person is notified."""

    weeks = forms.IntegerField(
        label=gettext_lazy("Weeks until the rota repeats"), min_value=1, max_value=MOST_WEEKS
    )
    check_in_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes until the next person is told that no one has checked in"),
        min_value=MINUTES[0],
        max_value=MINUTES[1],
    )


class LastDayForm(SchoolForm):
    """The last day of a shift."""

    last_day = DayField(label=gettext_lazy("Last day"))


@page(place="accounts", check=check_sets_any)
def rotas(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The rotas there are, and where one may begin."""
    there = queries.rotas()
    taken = {rota.school_id for rota in there}
    places = [("", visit.federation.name)] if None not in taken and _may(visit, None) else []
    places += [
        (str(school.pk), school.name)
        for school in queries.schools()
        if school.pk not in taken and _may(visit, school)
    ]
    form = StartForm(request.POST or None, places=places)
    form.fields["school"].required = "" not in dict(places)  # an empty answer means the federation

    def begin(typed: dict[str, Any]) -> Rota:
        school = queries.school(int(typed["school"])) if typed["school"] else None
        return actions.make_rota(by=visit.person, at=visit.at, school=school)

    if made := form.save(begin):
        return done(request, _("Rota started. Add its first shift."), "rota-shift-new", made.value.pk)
    rows = [(rota, wording.place_of(rota, visit.federation)) for rota in there if _may(visit, rota.school)]
    return form_page(request, "rota/rotas.html", form, {"rows": rows, "places": places})


def _may(visit: Visit, school: School | None) -> bool:
    return rules.may_set(visit.person, school, on=visit.on)


@page(place="accounts", check=check_sets_any)
def one_rota(request: HttpRequest, visit: Visit, rota_pk: int) -> HttpResponseBase:
    """The shifts of one rota, and its settings."""
    rota = queries.rota(rota_pk)
    rules.check_may_set(visit.person, rota.school, on=visit.on)
    given = {"weeks": rota.weeks, "check_in_minutes": rota.check_in_minutes}
    form = SettingsForm(request.POST or None, initial=given)
    if form.save(lambda typed: actions.set_rota(by=visit.person, at=visit.at, rota=rota, **typed)):
        return done(request, _("Settings saved."), "rota-one", rota_pk)
    context = {
        "rota": rota,
        "place": wording.place_of(rota, visit.federation),
        "shifts": [_line(shift) for shift in queries.shifts_of(rota, on=visit.on)],
        "on": visit.on,
    }
    return form_page(request, "rota/one.html", form, context)


def _line(shift: Shift) -> dict[str, Any]:
    return {
        "shift": shift,
        "day": WEEKDAYS[shift.weekday],
        "week": shift.week if shift.rota.weeks > 1 else 0,
        "hours": _hours(shift),
        "who": shift.person.name if shift.person is not None else "",
    }


def _hours(shift: Shift) -> str:
    ends_in_words = wording.time_of_day(shift.ends)
    if shift.nights:
        weekday = WEEKDAYS[(shift.weekday + shift.nights) % 7]
        ends_in_words = _("{time} {day}").format(time=ends_in_words, day=weekday)
    return _("{starts} to {ends}").format(starts=wording.time_of_day(shift.starts), ends=ends_in_words)


@page(place="accounts", check=check_sets_any)
def add(request: HttpRequest, visit: Visit, rota_pk: int) -> HttpResponseBase:
    """Add a shift to the week."""
    rota = queries.rota(rota_pk)
    rules.check_may_set(visit.person, rota.school, on=visit.on)
    people = queries.fit_people(rota.school, on=visit.on)
    form = ShiftForm(request.POST or None, rota=rota, people=people, initial={"from_day": visit.on})

    def save(typed: dict[str, Any]) -> list[Shift]:
        person = person_by_id(int(typed["person"])) if typed["person"] else None
        return actions.add_shifts(by=visit.person, at=visit.at, rota=rota, **{**typed, "person": person})

    if saved := form.save(save):
        number = len(saved.value)
        message = ngettext("{number} shift added.", "{number} shifts added.", number)
        return done(request, message.format(number=number), "rota-one", rota_pk)
    context = {"rota": rota, "place": wording.place_of(rota, visit.federation)}
    return form_page(request, "rota/add.html", form, context)


@page(place="accounts", check=check_sets_any)
def end(request: HttpRequest, visit: Visit, shift_pk: int) -> HttpResponseBase:
    """Have a shift of the week happen for the last time on a day."""
    shift = queries.shift(shift_pk)
    rules.check_may_set(visit.person, shift.rota.school, on=visit.on)
    form = LastDayForm(request.POST or None, initial={"last_day": visit.on - timedelta(days=1)})
    if form.save(lambda typed: actions.end_shift(by=visit.person, at=visit.at, shift=shift, **typed)):
        return done(request, _("Last day saved."), "rota-one", shift.rota_id)
    return form_page(request, "rota/end.html", form, {"line": _line(shift)})


@page(place="accounts", check=check_sets_any)
def stop(request: HttpRequest, visit: Visit, rota_pk: int) -> HttpResponseBase:
    """Stop using a rota."""
    rota = queries.rota(rota_pk)
    rules.check_may_set(visit.person, rota.school, on=visit.on)
    if request.method == "POST":
        actions.end_rota(by=visit.person, at=visit.at, rota=rota)
        return done(request, _("Rota ended. Tasks go to each account’s team again."), "rota-set")
    return render(
        request, "rota/stop.html", {"rota": rota, "place": wording.place_of(rota, visit.federation)}
    )


urlpatterns = [
    path("rota/set", rotas, name="rota-set"),
    path("rota/set/<int:rota_pk>", one_rota, name="rota-one"),
    path("rota/set/<int:rota_pk>/shifts", add, name="rota-shift-new"),
    path("rota/set/<int:rota_pk>/stop", stop, name="rota-stop"),
    path("rota/set/shifts/<int:shift_pk>/end", end, name="rota-shift-end"),
]
