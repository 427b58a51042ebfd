"""Setting the rota: the week's shifts, how it repeats, and when the next person is notified; and a person's
own shifts in their phone's calendar.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.dates import WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolgate.core.calendars import WEEKDAYS as WITHIN
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import check_capacity
from schoolgate.rota import calendars, feeds, rules, setting, turns
from schoolgate.rota.models import MINUTES, MOST_WEEKS, Rota, Shift, When
from schoolgate.web.duty.rota import check_may_see, place_of, sets_any, time_of_day
from schoolgate.web.frame.doors import Visit, done, page, public_page
from schoolgate.web.frame.errors import coded
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField, at, form_page

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
    there = turns.rotas()
    taken = {rota.school_id for rota in there}
    places = [("", visit.federation.name)] if None not in taken and _may(visit, None) else []
    places += [
        (str(school.pk), school.name)
        for school in turns.schools()
        if school.pk not in taken and _may(visit, school)
    ]
    form = StartForm(request.POST or None, places=places)
    form.fields["school"].required = "" not in dict(places)  # an empty answer means the federation

    def begin(typed: dict[str, Any]) -> Rota:
        school = turns.school(int(typed["school"])) if typed["school"] else None
        return setting.make_rota(by=visit.person, at=visit.at, school=school)

    if made := form.save(begin):
        return done(request, _("Rota started. Add its first shift."), "rota-one", made.value.pk)
    rows = [(rota, place_of(rota, visit.federation)) for rota in there if _may(visit, rota.school)]
    return form_page(request, "rota/rotas.html", form, {"rows": rows, "places": places})


def _may(visit: Visit, school: School | None) -> bool:
    return rules.may_set(visit.person, school, on=visit.on)


@page(place="accounts", check=check_sets_any)
def one_rota(request: HttpRequest, visit: Visit, rota_pk: int) -> HttpResponseBase:
    """The shifts of one rota, and its settings."""
    rota = _rota(visit, rota_pk)
    if request.method != "POST":
        return _show(request, visit, rota)
    form = SettingsForm(request.POST)
    if form.save(lambda typed: setting.set_rota(by=visit.person, at=visit.at, rota=rota, **typed)):
        return done(request, _("Settings saved."), "rota-one", rota_pk)
    return _show(request, visit, rota, form)


def _rota(visit: Visit, pk: int) -> Rota:
    """Return a rota that the visitor sets. Raises NotFound, NotAllowed."""
    rota = turns.rota(pk)
    rules.check_may_set(visit.person, rota.school, on=visit.on)
    return rota


def _show(
    request: HttpRequest, visit: Visit, rota: Rota, sent: SchoolForm | None = None, ends: int = 0
) -> HttpResponseBase:
    """The page of a rota with its forms; `sent`: the one that was refused, `ends`: the shift it ends."""
    given = {"weeks": rota.weeks, "check_in_minutes": rota.check_in_minutes}
    shifts = turns.shifts_of(rota, on=visit.on)
    context = {
        "rota": rota,
        "place": place_of(rota, visit.federation),
        "lines": [
            {**_line(shift), "form": sent if shift.pk == ends else _last_day(visit, shift)}
            for shift in shifts
        ],
        "ends": ends,
        "on": visit.on,
        "sent": sent,
        "form": sent if isinstance(sent, SettingsForm) else SettingsForm(initial=given),
        "add_form": sent if isinstance(sent, ShiftForm) else _shift_form(visit, rota),
        "adds": isinstance(sent, ShiftForm) or not shifts,
    }
    return render(request, "rota/one.html", context, status=422 if sent else 200)


def _shift_form(visit: Visit, rota: Rota, data: Any = None) -> ShiftForm:
    people = turns.fit_people(rota.school, on=visit.on)
    return ShiftForm(data, rota=rota, people=people, initial={"from_day": visit.on})


def _last_day(visit: Visit, shift: Shift, data: Any = None) -> LastDayForm:
    yesterday = visit.on - timedelta(days=1)
    return LastDayForm(data, auto_id=f"id_{shift.pk}_%s", initial={"last_day": yesterday})


def _line(shift: Shift) -> dict[str, Any]:
    return {
        "shift": shift,
        "day": WEEKDAYS[shift.weekday],
        "week": shift.week if shift.rota.weeks > 1 else 0,
        "hours": _hours(shift),
        "who": shift.person.name if shift.person is not None else "",
    }


def _hours(shift: Shift) -> str:
    ends_in_words = time_of_day(shift.ends)
    if shift.nights:
        weekday = WITHIN[(shift.weekday + shift.nights) % 7]
        ends_in_words = _("{time} {day}").format(time=ends_in_words, day=weekday)
    return _("{starts} to {ends}").format(starts=time_of_day(shift.starts), ends=ends_in_words)


@page(place="accounts", methods=("POST",), check=check_sets_any)
def add(request: HttpRequest, visit: Visit, rota_pk: int) -> HttpResponseBase:
    """Add a shift to the week."""
    rota = _rota(visit, rota_pk)
    form = _shift_form(visit, rota, request.POST)

    def save(typed: dict[str, Any]) -> list[Shift]:
        person = person_by_id(int(typed["person"])) if typed["person"] else None
        return setting.add_shifts(by=visit.person, at=visit.at, rota=rota, **{**typed, "person": person})

    if saved := form.save(save):
        number = len(saved.value)
        message = ngettext("{number} shift added.", "{number} shifts added.", number)
        return done(request, message.format(number=number), "rota-one", rota_pk)
    return _show(request, visit, rota, form)


@page(place="accounts", methods=("POST",), check=check_sets_any)
def end(request: HttpRequest, visit: Visit, shift_pk: int) -> HttpResponseBase:
    """Have a shift of the week happen for the last time on a day."""
    shift = turns.shift(shift_pk)
    rota = _rota(visit, shift.rota_id)
    form = _last_day(visit, shift, request.POST)
    if form.save(lambda typed: setting.end_shift(by=visit.person, at=visit.at, shift=shift, **typed)):
        return done(request, _("Last day saved."), "rota-one", rota.pk)
    return _show(request, visit, rota, form, shift.pk)


@page(place="accounts", methods=("POST",), check=check_sets_any)
def stop(request: HttpRequest, visit: Visit, rota_pk: int) -> HttpResponseBase:
    """Stop using a rota."""
    setting.end_rota(by=visit.person, at=visit.at, rota=_rota(visit, rota_pk))
    return done(request, _("Rota ended. Tasks go to each account’s team again."), "rota-set")


@page(place="accounts", methods=("POST",), check=check_may_see)
def calendar(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Make the address, or a new one in its place. It is shown once."""
    text = feeds.renew_feed(by=visit.person, at=visit.at)
    path_of = reverse("rota-feed", args=[visit.federation.slug, text])
    context = {"feed": True, "address": request.build_absolute_uri(path_of)}
    answer = render(request, "rota/calendar.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@page(methods=("POST",))
def end_calendar(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Stop the address working."""
    feeds.end_feed(by=visit.person, at=visit.at)
    return done(request, _("The calendar address no longer works."), "rota")


@coded("rota-feed", part="token")
@public_page(methods=("GET", "HEAD"))
def feed(request: HttpRequest, visit: Visit, token: str) -> HttpResponseBase:
    """The shifts behind an address. A wrong or old one is like one that never was."""
    person = calendars.person_of(token, at=visit.at)
    if person is None:
        raise NotFound
    answer = HttpResponse(
        calendars.calendar_of(person, at=visit.at), content_type="text/calendar; charset=utf-8"
    )
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


urlpatterns = [
    path("rota/set", rotas, name="rota-set"),
    path("rota/set/<int:rota_pk>", one_rota, name="rota-one"),
    path("rota/set/<int:rota_pk>/shifts", add, name="rota-shift-new"),
    path("rota/set/<int:rota_pk>/stop", stop, name="rota-stop"),
    path("rota/set/shifts/<int:shift_pk>/end", end, name="rota-shift-end"),
    path("rota/calendar", calendar, name="rota-calendar"),
    path("rota/calendar/end", end_calendar, name="rota-calendar-end"),
    path("<slug:federation>/rota/<secret:token>.ics", feed, name="rota-feed"),
]
