"""One person's roles: given, handed over from a chosen day, extended, ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.school_year import turn_of
from schoolgate.duties.queries import known_to
from schoolgate.people import actions, rules
from schoolgate.people.actions.succession import acting_for_it
from schoolgate.people.letting_go import is_only_seat
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.own_word import own_words
from schoolgate.people.queries import assignment as assignment_of
from schoolgate.people.queries import book_of, last_day_of, others_here, roles_held_by
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.succession import Days, days_of
from schoolgate.reports.year_turn import days_without, waits_for
from schoolgate.rulebook import Book
from schoolgate.web.frame import duty_words
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, form_page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.undo import undo_by
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from
from schoolgate.web.people.forms import GiveRoleForm
from schoolgate.web.people.leads_first import asked_first, asks_first

DAYS = ("first_day", "last_day")


class HandOnForm(SchoolForm):
    """Who follows, and from which day."""

    title, button = _("Hand over role"), _("Check dates and tasks")

    to: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        None, label=_("New person in the role"), help_text=_("Add a new person first.")
    )
    first_day = DayField(
        label=_("From"),
        help_text=_("The new person’s first day. The current person has the role until the day before."),
    )
    last_day = DayField(
        label=_("Current person’s last day"),
        help_text=_(
            "Only if the current person leaves the role before the new one starts. Otherwise leave empty."
        ),
        required=False,
    )

    def __init__(self, *args: Any, assignment: RoleAssignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = others_here(assignment.person)  # type: ignore[attr-defined]


class RenewForm(SchoolForm):
    """Until when."""

    title = button = _("Extend role")

    to_day = DayField(
        label=_("Until"), help_text=_("Last day. Leave empty if there isn’t one."), required=False
    )


@page(place="people", check=rules.check_may_administer)
def roles(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """List a person's roles with what can be done about each, and give them another.

    `?hand-over=` and `?extend=` name one of the roles: the page then asks from when, or until when.
    """
    about = person_by_id(pk)
    for key, change in (("hand-over", _hand_over), ("extend", _extend)):
        if chosen := request.GET.get(key):
            return change(request, visit, _chosen(about, chosen))
    if request.method == "POST":
        rules.check_may_give(visit.person, about, on=visit.on)
    form = GiveRoleForm(request.POST or None, person=about, initial={"from_day": visit.on})
    if form.save(lambda typed: actions.give_assignment(by=visit.person, at=visit.at, person=about, **typed)):
        return done(request, _("Role given."), "person", pk)
    names = book_of(visit.federation).role_names
    context = {
        "about": about,
        "roles": [
            {
                "assignment": each,
                "name": names.get(each.role_key, each.role_key),
                "last": last_day_of(each),
                "asks_first": is_only_seat(each) and asks_first(visit, about),
            }
            for each in roles_held_by(about, on=visit.on)
        ],
        "may_give": rules.can(rules.check_may_give, visit.person, about, on=visit.on)
        and about.left_on is None,
    }
    return form_page(request, "people/person_roles.html", form, context)


def _chosen(about: Person, number: str) -> RoleAssignment:
    return assignment_of(about.pk, number_in(number))


def _hand_over(request: HttpRequest, visit: Visit, assignment: RoleAssignment) -> HttpResponseBase:
    """Choose who follows and from when; show the days and what waits; pass the role on."""
    begins = max(turn_of(visit.on).closes.replace(day=1), visit.on)
    form = HandOnForm(request.POST or None, assignment=assignment, initial={"first_day": begins})
    if passed := form.save(lambda typed: _pass_on(request, visit, assignment, typed)):
        return passed.value
    return _change(request, visit, assignment, form)


def _pass_on(
    request: HttpRequest, visit: Visit, assignment: RoleAssignment, typed: dict[str, Any]
) -> HttpResponseBase:
    """Show what it means, or pass the role on where the person has seen that. Raises BadInput."""
    given = {key: typed[key] for key in DAYS}
    if "sure" in request.POST:
        actions.hand_on_role(
            by=visit.person, at=visit.at, assignment=assignment, to=typed["to"],
            gap_is_meant="gap_is_meant" in request.POST, **given,
        )  # fmt: skip
        return done(request, _("The role is handed over from that date."), _way_back(request, assignment))
    rules.check_may_give(visit.person, typed["to"], on=visit.on)
    days = days_of(
        began=assignment.from_day, ends=last_day_of(assignment), first=given["first_day"],
        last_day=given["last_day"], today=visit.on,
    )  # fmt: skip
    return _days_shown(request, visit, assignment, typed["to"], days)


def _extend(request: HttpRequest, visit: Visit, assignment: RoleAssignment) -> HttpResponseBase:
    """Give the same role again, from the day after its last one."""
    if last_day_of(assignment) is None:
        raise NotFound
    form = RenewForm(request.POST if request.method == "POST" else None)
    if form.save(
        lambda typed: actions.renew_assignment(by=visit.person, at=visit.at, assignment=assignment, **typed)
    ):
        return done(request, _("Role extended."), _way_back(request, assignment))
    return _change(request, visit, assignment, form)


def _change(
    request: HttpRequest, visit: Visit, assignment: RoleAssignment, form: HandOnForm | RenewForm
) -> HttpResponseBase:
    """Return the page of one role with a form."""
    context = {
        "title": form.title,
        "caption": book_of(visit.federation).role_names.get(assignment.role_key, ""),
        "lead": "",
        "back": _way_back(request, assignment),
        "button": form.button,
        "assignment": assignment,
        "last": last_day_of(assignment),
    }
    return form_page(request, "people/role_change.html", form, context)


def _way_back(request: HttpRequest, assignment: RoleAssignment) -> str:
    """Return the page that the role was chosen on: the new school year's, or the person's roles."""
    of_year = request.GET.get("from") == "year"
    return reverse("year-turn") if of_year else reverse("person-roles", args=[assignment.person_id])


@page(methods=("POST",))
def end(request: HttpRequest, visit: Visit, pk: int, assignment_pk: int) -> HttpResponseBase:
    """End a person's role at once."""
    assignment = assignment_of(pk, assignment_pk)
    if is_only_seat(assignment) and (asked := asked_first(request, visit, assignment.person)):
        return asked
    actions.end_assignment(by=visit.person, at=visit.at, assignment=assignment)
    may_undo = rules.can(rules.check_may_give, visit.person, assignment.person, on=visit.on)
    way_back = undo_by("give-role-back", pk, assignment_pk) if may_undo else None
    return done(request, _("Role ended."), "person", pk, undo=way_back)


@page(methods=("POST",))
def give_back(request: HttpRequest, visit: Visit, pk: int, assignment_pk: int) -> HttpResponseBase:
    """Undo the end of a role, for a short while."""
    actions.take_back_ending(by=visit.person, at=visit.at, assignment=assignment_of(pk, assignment_pk))
    return done(request, _("Role given back."), "person", pk)


def _days_shown(
    request: HttpRequest, visit: Visit, assignment: RoleAssignment, to: Person, days: Days
) -> HttpResponseBase:
    book = book_of(visit.federation)
    waits = waits_for(assignment, known_to(visit.person, visit.on))
    context = {
        "assignment": assignment,
        "role": book.role_names.get(assignment.role_key, ""),
        "to": to,
        "days": days,
        "at_once": days.last < visit.on,
        "nobody": days_without(assignment, *days.gap) if days.gap else [],
        "own_word": _own_word(book, assignment),
        "acting": list(acting_for_it(assignment, on=visit.on)),
        "of_role": duty_words.shown(waits.of_role, book, at=visit.at),
        "of_person": duty_words.shown(waits.of_person, book, at=visit.at),
        "waits": waits,
        "parts": [("to", str(to.pk))] + [(key, request.POST.get(key, "")) for key in DAYS],
    }
    return render(request, "people/hand_over_days.html", context)


def _own_word(book: Book, assignment: RoleAssignment) -> list[Any]:
    """Return the clauses under which only this role can decide, so that no one decides for it meanwhile."""
    federation, quote = federation_of(book.key), quote_from(book)
    return [
        clause_shown(clause, basis="policy", federation=federation, quote=quote)
        for clause in own_words(book).get(assignment.role_key, ())
    ]


urlpatterns = [
    path("people/<int:pk>/roles", roles, name="person-roles"),
    path("people/<int:pk>/roles/<int:assignment_pk>/end", end, name="end-role"),
    path("people/<int:pk>/roles/<int:assignment_pk>/give-back", give_back, name="give-role-back"),
]
