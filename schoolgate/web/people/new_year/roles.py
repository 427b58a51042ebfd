"""A role passes to another person from a chosen day, such as to a new head; or its holder has it renewed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.school_year import turn_of
from schoolgate.people import actions, rules
from schoolgate.people.actions.succession import acting_for_it
from schoolgate.people.models import Holding, Person
from schoolgate.people.own_word import own_words
from schoolgate.people.queries import book_of, last_day_of
from schoolgate.people.succession import Days, days_of
from schoolgate.reports.year_turn.roles import days_without, waits_for
from schoolgate.rulebook import Book
from schoolgate.web.frame import duty_words
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from

DAYS = ("first_day", "last_day")


class HandOnForm(SchoolForm):
    """Who follows, and from which day."""

    to = forms.ModelChoiceField(
        Person.objects.none(), label=_("New person in the role"), help_text=_("Add a new person first.")
    )
    first_day = DayField(
        label=_("From"),
        help_text=_("The new person’s first day. The current person has the role until the day before."),
    )
    last_day = DayField(
        label=_("Current person’s last day"),
        help_text=_("Only if it ends earlier than the day before. Otherwise leave empty."),
        required=False,
    )

    def __init__(self, *args: Any, holding: Holding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Person.objects.filter(left_on=None).exclude(pk=holding.person_id).order_by("name", "pk")
        self.fields["to"].queryset = others  # type: ignore[attr-defined]


class RenewForm(SchoolForm):
    """Until when."""

    to_day = DayField(
        label=_("Until"), help_text=_("Last day. Leave empty if there isn’t one."), required=False
    )


@page(place="people", check=rules.check_may_administer)
def hand_on(request: HttpRequest, visit: Visit, pk: int, holding_pk: int) -> HttpResponseBase:
    """Choose who follows and from when; show the days and what waits; pass the role on."""
    holding = _holding(pk, holding_pk)
    begins = max(turn_of(visit.on).closes.replace(day=1), visit.on)
    form = HandOnForm(request.POST or None, holding=holding, initial={"first_day": begins})
    if request.method == "POST" and form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("first_day", "last_day")}
        sure = "sure" in request.POST
        try:
            if sure:
                actions.hand_on_role(
                    by=visit.person, at=visit.at, holding=holding, to=form.cleaned_data["to"],
                    gap_is_meant="gap_is_meant" in request.POST, **given,
                )  # fmt: skip
                return done(request, _("The role is handed over from that date."), "year-turn")
            rules.check_may_give(visit.person, form.cleaned_data["to"], on=visit.on)
            days = days_of(
                began=holding.from_day, ends=last_day_of(holding), first=given["first_day"],
                last_day=given["last_day"], today=visit.on,
            )  # fmt: skip
            return _days_shown(request, visit, holding, form.cleaned_data["to"], days)
        except BadInput as error:
            form.refuse(error)
    book = book_of(visit.federation)
    context = {"form": form, "holding": holding, "role": book.role_names.get(holding.role_key, "")}
    return render(request, "year_turn/hand_on.html", context, status=422 if form.errors else 200)


def _days_shown(
    request: HttpRequest, visit: Visit, holding: Holding, to: Person, days: Days
) -> HttpResponseBase:
    book = book_of(visit.federation)
    waits = waits_for(holding)
    context = {
        "holding": holding,
        "role": book.role_names.get(holding.role_key, ""),
        "to": to,
        "days": days,
        "at_once": days.last < visit.on,
        "nobody": days_without(holding, *days.gap) if days.gap else [],
        "own_word": _own_word(book, holding),
        "acting": list(acting_for_it(holding, on=visit.on)),
        "of_role": duty_words.shown(waits.of_role, book, at=visit.at),
        "of_person": duty_words.shown(waits.of_person, book, at=visit.at),
        "waits": waits,
        "parts": [("to", str(to.pk))] + [(key, request.POST.get(key, "")) for key in DAYS],
    }
    return render(request, "year_turn/hand_on_days.html", context)


def _own_word(book: Book, holding: Holding) -> list[Any]:
    """Return the clauses under which only this role can decide, so that no one decides for it meanwhile."""
    federation, quote = federation_of(book.key), quote_from(book)
    return [
        clause_shown(clause, basis="policy", federation=federation, quote=quote)
        for clause in own_words(book).get(holding.role_key, ())
    ]


@page(place="people", check=rules.check_may_administer)
def renew(request: HttpRequest, visit: Visit, pk: int, holding_pk: int) -> HttpResponseBase:
    """Give the same role again, from the day after its last one."""
    holding = _holding(pk, holding_pk)
    last = last_day_of(holding)
    if last is None:
        raise NotFound
    form = RenewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.renew_holding(by=visit.person, at=visit.at, holding=holding, **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("Role extended."), "year-turn")
    role = book_of(visit.federation).role_names.get(holding.role_key, "")
    context = {"form": form, "holding": holding, "role": role, "last": last}
    return render(request, "year_turn/renew.html", context, status=422 if form.errors else 200)


def _holding(pk: int, holding_pk: int) -> Holding:
    rows = Holding.objects.select_related("person", "school", "managed", "acting_for")
    found = rows.filter(pk=holding_pk, person=pk).first()
    if found is None:
        raise NotFound
    return found


urlpatterns = [
    path("people/<int:pk>/roles/<int:holding_pk>/hand-on", hand_on, name="hand-on-role"),
    path("people/<int:pk>/roles/<int:holding_pk>/renew", renew, name="renew-role"),
]
