"""Leaving and long leave: what each would mean before it is confirmed, and what is recorded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import queries as accounts
from schoolgate.accounts.actions.left_behind import THEIR_OWN, who_instead
from schoolgate.accounts.models import Handover
from schoolgate.accounts.queries.handover import Meant, meant_by_leaving, uncovered
from schoolgate.accounts.states import RunBy
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.duties.urgency import ORDER
from schoolgate.people import actions, queries, rules
from schoolgate.people.models import LongLeave, Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.states import AwayKind
from schoolgate.rulebook import Book
from schoolgate.web.accounts.health.handover import last_day_of, who_runs
from schoolgate.web.frame import duty_words
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm
from schoolgate.web.frame.parts import PagePart, on_person_page
from schoolgate.web.people.forms import LeavingForm

MOST_SHOWN = 10
"""Things to do that are shown one by one before a leaving; the rest is counted."""


class LongLeaveForm(SchoolForm):
    """From when and until when a person is away. The reason is only one of three words."""

    kind = forms.ChoiceField(
        label=_("Type"),
        choices=AwayKind.choices,
        widget=forms.RadioSelect,
        help_text=_("Nothing else about the reason is recorded, and nothing about anyone’s health."),
    )
    from_day = DayField(label=_("First day away"))
    to_day = DayField(
        label=_("Last day away"),
        help_text=_("Leave blank if you don’t know. It then ends when someone records their return."),
        required=False,
    )


@page(place="people", check=rules.check_may_administer)
def leaving(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record the day on which a person leaves, and before that see what it means."""
    about = person_by_id(pk)
    form = LeavingForm(request.POST or None, initial={"left_on": visit.on})
    if request.method == "POST" and form.is_valid():
        actions.record_leaving(
            by=visit.person, at=visit.at, person=about, left_on=form.cleaned_data["left_on"]
        )
        return done(request, _("Departure recorded. Anyone with a task has been asked."), "person", pk)
    book = queries.book_of(visit.federation)
    context = {
        "form": form,
        "about": about,
        "accounts": [
            _meant(one, about, book, visit)
            for one in meant_by_leaving(about, left_on=about.left_on or visit.on, at=visit.at)
        ],
        **_to_do(about, book, visit),
    }
    return render(request, "people/leaving.html", context, status=422 if form.errors else 200)


@page(methods=("POST",))
def returned(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take a leaver back, or cancel a leaving whose day has not come."""
    about = person_by_id(pk)
    not_gone = about.left_on is not None and about.left_on > visit.on
    actions.record_return(by=visit.person, at=visit.at, person=about)
    if not_gone:
        return done(request, _("Departure cancelled. Their roles are as before."), "person", pk)
    return done(request, _("Return recorded. Their former roles aren’t restored."), "person", pk)


@page(place="people", check=rules.check_may_administer)
def long_leave(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that a person is on long leave."""
    about = person_by_id(pk)
    form = LongLeaveForm(request.POST or None, initial={"from_day": visit.on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.start_long_leave(by=visit.person, at=visit.at, person=about, **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("Long leave recorded."), "person", pk)
    context = {"form": form, "about": about, "uncovered": uncovered(about, on=visit.on)}
    return render(request, "people/long_leave.html", context, status=422 if form.errors else 200)


@page(methods=("POST",))
def back(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that a person is back from long leave, or cancel a long leave to come."""
    standing = queries.long_leave(person_by_id(pk), on=visit.on)
    if standing is None:
        raise NotFound
    actions.end_long_leave(by=visit.person, at=visit.at, leave=standing)
    return done(request, _("They’re back. They can sign in, and their roles count."), "person", pk)


def _meant(one: Meant, about: Person, book: Book, visit: Visit) -> dict[str, Any]:
    """Return what the leaving means for one account, in words."""
    would_be = Handover(account=one.account, leaver=about, run_by=one.runs.run_by, role_key=one.runs.role_key)
    runners = accounts.runners_of(would_be, on=visit.on) if one.wanted else []
    return {
        "account": one.account,
        "staying": ", ".join(each.name for each in one.staying),
        "wanted": one.wanted,
        "who_runs": who_runs(one.runs.run_by, one.runs.role_key, runners, book),
        "by_house": one.runs.run_by == RunBy.HOUSE,
    }


def _to_do(about: Person, book: Book, visit: Visit) -> dict[str, Any]:
    """Return the person's open tasks, with who gets each."""
    rows = Duty.objects.filter(person=about, state__in=STILL_TO_DO).exclude(kind="accounts.handover")
    waiting = rows.exclude(kind__in=THEIR_OWN).select_related("school", "person", "then_person")
    first = list(waiting.order_by(*ORDER)[:MOST_SHOWN])
    names = book.role_names
    shown = []
    for each in duty_words.shown(first, book, at=visit.at):
        person, role = who_instead(each.duty, about, at=visit.at)
        shown.append({"duty": each, "to": person.name if person else names.get(role or "", role)})
    return {"duties": shown, "more_duties": max(waiting.count() - len(shown), 0)}


@on_person_page
def part_of_person(visit: Visit, about: Person) -> PagePart | None:
    """Return a card with the recorded leaving or long leave, and what follows from it."""
    away: LongLeave | None = queries.long_leave(about, on=visit.on)
    rows: list[dict[str, Any]] = []
    if about.left_on is not None:
        book = queries.book_of(visit.federation)
        for each in accounts.open_handovers_of(about):
            runners = accounts.runners_of(each, on=visit.on)
            rows.append({"handover": each, "who_runs": who_runs(each.run_by, each.role_key, runners, book)})
    may = rules.can(rules.check_may_administer, visit.person, on=visit.on)
    if not rows and away is None and not (may and about.left_on is None):
        return None
    shown = {
        "about": about,
        "away": away,
        "rows": rows,
        "may_administer": may,
        "last_day": last_day_of(rows[0]["handover"]) if rows else None,
        "is_away": away is not None and away.from_day <= visit.on,
    }
    return PagePart("people/_leaving.html", shown)


urlpatterns = [
    path("people/<int:pk>/leaving", leaving, name="person-leaving"),
    path("people/<int:pk>/return", returned, name="person-returns"),
    path("people/<int:pk>/long-leave", long_leave, name="person-long-leave"),
    path("people/<int:pk>/back", back, name="person-back"),
]
