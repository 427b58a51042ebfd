"""One shift on one day: who does it, checking in, cover and swaps, and the note for the next person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.core.ledger import rows_for_subject
from schoolgate.people.outside import is_told
from schoolgate.people.queries import person as person_by_id
from schoolgate.reports.evidence import briefly
from schoolgate.rota import rules, setting, swapping, turns
from schoolgate.rota.models import LONGEST_NOTE, Swap, SwapState, Turn
from schoolgate.rota.swapping import check_is_asked, check_is_mine
from schoolgate.rota.turns import AFTERWARDS, EARLY, Duty
from schoolgate.web.duty import rota
from schoolgate.web.duty.rota import check_may_see, late_at, on_day
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, form_page

ANYBODY = "anybody"
SWAPS_AHEAD = timedelta(days=42)
"""How far ahead shifts can be chosen in return."""


class CoverForm(SchoolForm):
    """Who is asked; and for a swap, which of their shifts is taken in return."""

    to = forms.ChoiceField(label=gettext_lazy("Who do you want to ask?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (ANYBODY, _("Anyone who can take the shift")),
            *((str(each.pk), each.name) for each in people),
        ]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


class ReturnForm(SchoolForm):
    """Which of their shifts is taken in return."""

    to = forms.CharField(widget=forms.HiddenInput)
    in_return = forms.ChoiceField(
        label=gettext_lazy("Which of their shifts will you do in return?"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, theirs: list[Duty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("None: just cover mine"))]
        choices += [(key_of(each), f"{rota.short(each.day)}, {rota.span(each)}") for each in theirs]
        self.fields["in_return"].choices = choices  # type: ignore[attr-defined]
        self.fields["in_return"].required = False


class NoteForm(SchoolForm):
    """What the next person should know."""

    note = forms.CharField(
        label=gettext_lazy("Note for the next person"),
        help_text=gettext_lazy(
            "For example: “Snow closure post is live, take it down at 9am.” Don’t write about a child or a "
            "concern. Report it instead."
        ),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GiveForm(SchoolForm):
    """Who does it."""

    person = forms.ChoiceField(label=gettext_lazy("Who takes this shift?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(each.pk), each.name) for each in people]  # type: ignore[attr-defined]


@page(place="accounts", check=check_may_see)
def turn(request: HttpRequest, visit: Visit, shift_pk: int, day: str) -> HttpResponseBase:
    """Show who does the shift and what the visitor can do about it."""
    return _show(request, visit, on_day(shift_pk, day))


def _show(request: HttpRequest, visit: Visit, one: Duty, sent: GiveForm | None = None) -> HttpResponseBase:
    """The page of a shift; `sent`: the form that gives it to a person, where it was refused."""
    sets = rules.may_set(visit.person, one.rota.school, on=visit.on)
    own, over, begun = one.person == visit.person, one.ends_at <= visit.at, one.starts_at <= visit.at
    fit = not own and rules.why_not(visit.person, one.rota.school, first=one.day, last=one.day) is None
    asked = _asked(one)
    note = turns.note_for(visit.person, one.turn) if one.turn else ""
    kept = one.turn is not None and one.turn.note != note
    late = begun and not over and not one.checked_in and visit.at >= late_at(one)
    context = {
        "one": one,
        "shown": rota.shown_turn(one, visit.person, at=visit.at),
        "place": rota.place_of(one.rota, visit.federation),
        "own": own,
        "over": over,
        "asked": asked,
        "may_check_in": not over and not one.called_off and not one.checked_in
        and ((own and visit.at >= one.starts_at - EARLY) or (fit and (late or (begun and not one.covered)))),
        "may_ask": own and not begun and asked is None and not one.called_off,
        "may_step_down": own and not begun and not one.called_off and not _left(one),
        "may_take": fit and not one.covered and not begun and not one.called_off,
        "may_note": own and begun and visit.at <= one.ends_at + AFTERWARDS,
        "give_form": sent or (_give_form(one) if sets and not over else None),
        "sent": sent,
        "may_call_off": sets and not begun and not one.called_off,
        "note_before": turns.last_note(one, reader=visit.person) if begun or own else None,
        "note": note,
        "earlier": turns.earlier_notes(visit.person, one.turn) if one.turn else [],
        "lead_first": own and one.turn is not None and bool(one.turn.notes)
        and is_told(visit.person, one.turn),
        "history": _history(one, without=("turn.handed_over",) if kept else ()),
    }  # fmt: skip
    return render(request, "rota/turn.html", context, status=422 if sent else 200)


def _give_form(one: Duty, data: Any = None) -> GiveForm:
    return GiveForm(data, people=turns.fit_people(one.rota.school, on=one.day))


def _left(one: Duty) -> bool:
    around = turns.duties(one.starts_at - timedelta(days=8), one.ends_at + timedelta(days=8))
    return bool(turns.left_uncovered(one, around))


def _asked(one: Duty) -> Swap | None:
    if one.turn is None:
        return None
    return turns.open_swaps().filter(turn=one.turn).first()


def _history(one: Duty, *, without: Collection[str]) -> list[dict[str, Any]]:
    if one.turn is None:
        return []
    rows = [row for row in rows_for_subject(one.turn) if row.event not in without]
    return [{"what": what, "at": row.at} for row in rows if (what := briefly(row.event))]


@page(place="accounts")
def by_id(request: HttpRequest, visit: Visit, turn_pk: int) -> HttpResponseBase:
    """The page of a shift by the number under which tasks name it."""
    one = turns.turn(turn_pk)
    return redirect("rota-turn", one.shift_id, one.day.isoformat())


@page(methods=("POST",))
def check_in(request: HttpRequest, visit: Visit, shift_pk: int, day: str) -> HttpResponseBase:
    """I am there."""
    one = on_day(shift_pk, day)
    turns.check_in(by=visit.person, at=visit.at, shift=one.shift, day=one.day)
    return done(request, _("Checked in. Thank you."), "today")


@page(methods=("POST",))
def take(request: HttpRequest, visit: Visit, shift_pk: int, day: str) -> HttpResponseBase:
    """Take a shift that no one covers."""
    one = on_day(shift_pk, day)
    swapping.take(by=visit.person, at=visit.at, shift=one.shift, day=one.day)
    return done(request, _("This shift is yours now."), "rota-turn", shift_pk, day)


@page(methods=("POST",))
def step_down(request: HttpRequest, visit: Visit, shift_pk: int, day: str) -> HttpResponseBase:
    """Come off a shift that others cover as well."""
    one = on_day(shift_pk, day)
    swapping.step_down(by=visit.person, at=visit.at, shift=one.shift, day=one.day)
    return done(request, _("You’ve left this shift. Others are on duty then."), "rota-turn", shift_pk, day)


@page(methods=("POST",))
def call_off(request: HttpRequest, visit: Visit, shift_pk: int, day: str) -> HttpResponseBase:
    """Record that no one is needed on that day."""
    one = on_day(shift_pk, day)
    setting.call_off(by=visit.person, at=visit.at, shift=one.shift, day=one.day)
    return done(request, _("No one is needed on this shift now."), "rota-turn", shift_pk, day)


@page(place="accounts")
def cover(request: HttpRequest, visit: Visit, shift_pk: int, day: str) -> HttpResponseBase:
    """Ask one person, or anyone, to cover the person's own shift."""
    one = on_day(shift_pk, day)
    check_is_mine(visit.person, one)
    people = [each for each in turns.fit_people(one.rota.school, on=one.day) if each != visit.person]
    form = CoverForm(request.POST or None, people=people)
    context = {"one": one, "shown": rota.shown_turn(one, visit.person, at=visit.at)}
    if form.is_valid() and form.cleaned_data["to"] != ANYBODY:
        return redirect("rota-swap-with", shift_pk, day, int(form.cleaned_data["to"]))
    if form.save(lambda _typed: swapping.ask(by=visit.person, at=visit.at, shift=one.shift, day=one.day)):
        return done(request, _("Request sent. The shift is yours until someone takes it."), "rota")
    return form_page(request, "rota/ask.html", form, context)


@page(place="accounts")
def swap_with(
    request: HttpRequest, visit: Visit, shift_pk: int, day: str, person_pk: int
) -> HttpResponseBase:
    """Ask one person, and say which of their shifts one does in return."""
    one, to = on_day(shift_pk, day), person_by_id(person_pk)
    check_is_mine(visit.person, one)
    theirs = [
        each
        for each in turns.mine(to, first=visit.at, last=visit.at + SWAPS_AHEAD)
        if each.starts_at > visit.at and (each.shift.pk, each.day) != (one.shift.pk, one.day)
    ]
    form = ReturnForm(request.POST or None, theirs=theirs, initial={"to": str(to.pk), "in_return": ""})

    def ask(typed: dict[str, Any]) -> Swap:
        chosen = next((each for each in theirs if key_of(each) == typed["in_return"]), None)
        back = (chosen.shift, chosen.day) if chosen is not None else None
        return swapping.ask(by=visit.person, at=visit.at, shift=one.shift, day=one.day, to=to, in_return=back)

    if form.save(ask):
        return done(request, _("Request sent. The shift is yours until someone takes it."), "rota")
    context = {"one": one, "shown": rota.shown_turn(one, visit.person, at=visit.at), "to": to}
    return form_page(request, "rota/ask.html", form, context)


def key_of(one: Duty) -> str:
    """A duty as a form names it."""
    return f"{one.shift.pk}/{one.day.isoformat()}"


@page(place="accounts")
def note(request: HttpRequest, visit: Visit, shift_pk: int, day: str) -> HttpResponseBase:
    """Leave a note for the next person."""
    one = on_day(shift_pk, day)
    check_is_mine(visit.person, one)
    form = NoteForm(request.POST or None, initial={"note": one.turn.note if one.turn else ""})

    def leave(typed: dict[str, Any]) -> Turn:
        return turns.hand_over(by=visit.person, at=visit.at, shift=one.shift, day=one.day, **typed)

    if made := form.save(leave):
        told = _("Note saved. The next person sees it on Today.")
        if warns := made.value.lead_told and is_told(visit.person, made.value):
            told = _("Note saved. A safeguarding lead has been told.")
        return done(request, told, "rota-turn", shift_pk, day, warns=warns)
    context = {"one": one, "shown": rota.shown_turn(one, visit.person, at=visit.at)}
    return form_page(request, "rota/note.html", form, context)


@page(place="accounts", methods=("POST",))
def give(request: HttpRequest, visit: Visit, shift_pk: int, day: str) -> HttpResponseBase:
    """Give a shift to a person, as the person who sets the rota."""
    one = on_day(shift_pk, day)
    rules.check_may_set(visit.person, one.rota.school, on=visit.on)
    form = _give_form(one, request.POST)

    def hand(typed: dict[str, Any]) -> object:
        to = person_by_id(int(typed["person"]))
        return setting.give(by=visit.person, at=visit.at, shift=one.shift, day=one.day, person=to)

    if form.save(hand):
        return done(request, _("Shift given."), "rota-turn", shift_pk, day)
    return _show(request, visit, one, form)


@page(place="accounts")
def request_shown(request: HttpRequest, visit: Visit, swap_pk: int) -> HttpResponseBase:
    """A request for cover: what it asks, and the two answers."""
    swap = turns.swap(swap_pk)
    if swap.by_id != visit.person.pk:
        check_is_asked(visit.person, swap)
    one = on_day(swap.turn.shift_id, swap.turn.day.isoformat())
    back = None
    if swap.in_return is not None:
        back = on_day(swap.in_return.shift_id, swap.in_return.day.isoformat())
    context = {
        "swap": swap,
        "shown": rota.shown_turn(one, visit.person, at=visit.at),
        "back_shift": rota.shown_turn(back, visit.person, at=visit.at) if back is not None else None,
        "place": rota.place_of(one.rota, visit.federation),
        "own": swap.by_id == visit.person.pk,
        "open": swap.state == SwapState.ASKED and one.starts_at > visit.at,
    }
    return render(request, "rota/request.html", context)


@page(methods=("POST",))
def accept(request: HttpRequest, visit: Visit, swap_pk: int) -> HttpResponseBase:
    """Take it."""
    swap = turns.swap(swap_pk)
    swapping.accept(by=visit.person, at=visit.at, swap=swap)
    return done(request, _("This shift is yours now."), "rota")


@page(methods=("POST",))
def decline(request: HttpRequest, visit: Visit, swap_pk: int) -> HttpResponseBase:
    """One can't."""
    swapping.decline(by=visit.person, at=visit.at, swap=turns.swap(swap_pk))
    return done(request, _("Declined."), "rota")


@page(methods=("POST",))
def withdraw(request: HttpRequest, visit: Visit, swap_pk: int) -> HttpResponseBase:
    """Withdraw the request."""
    swap = turns.swap(swap_pk)
    swapping.withdraw(by=visit.person, at=visit.at, swap=swap)
    return done(request, _("Request withdrawn."), "rota-turn", swap.turn.shift_id, swap.turn.day.isoformat())


SHIFT = "rota/shifts/<int:shift_pk>/<str:day>"
REQUEST = "rota/requests/<int:swap_pk>"
urlpatterns = [
    path(SHIFT, turn, name="rota-turn"),
    path(f"{SHIFT}/check-in", check_in, name="rota-check-in"),
    path(f"{SHIFT}/take", take, name="rota-take"),
    path(f"{SHIFT}/off", step_down, name="rota-step-down"),
    path(f"{SHIFT}/not-needed", call_off, name="rota-call-off"),
    path(f"{SHIFT}/cover", cover, name="rota-cover"),
    path(f"{SHIFT}/swap/<int:person_pk>", swap_with, name="rota-swap-with"),
    path(f"{SHIFT}/note", note, name="rota-note"),
    path(f"{SHIFT}/give", give, name="rota-give"),
    path("rota/turns/<int:turn_pk>", by_id, name="rota-turn-by-id"),
    path(REQUEST, request_shown, name="rota-swap"),
    path(f"{REQUEST}/accept", accept, name="rota-accept"),
    path(f"{REQUEST}/decline", decline, name="rota-decline"),
    path(f"{REQUEST}/withdraw", withdraw, name="rota-withdraw"),
]
