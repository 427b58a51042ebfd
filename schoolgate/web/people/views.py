"""The list of people, by name or by role, the page of one person, and the reset of two-step verification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import handover_facts
from schoolgate.conduct.answers import check_may_tell, kinds_to_remove
from schoolgate.core.actions import together
from schoolgate.core.errors import NotFound
from schoolgate.core.searching import words_of
from schoolgate.notices.mails import bad_address
from schoolgate.people import absences, actions, queries, rules
from schoolgate.people.actions.away import check_may_say
from schoolgate.people.contact_details import check_may_change_contact
from schoolgate.people.listing import people_page
from schoolgate.people.models import FactorReset, Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.search import search_people
from schoolgate.people.states import RESET_LASTS
from schoolgate.records.destroying import check_decides
from schoolgate.web.accounts.health.handover import last_day_of, who_runs
from schoolgate.web.conduct.forms import RemoveForm
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.parts import links_beside_people
from schoolgate.web.frame.times import instant_in_words
from schoolgate.web.people.by_role import by_role
from schoolgate.web.people.forms import AddPersonForm

MOST_NAMED = 3
PAGE = 25
MOST_FOUND = 50
LONGEST = 200


@page(place="people", check=rules.check_may_see_people)
def people(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List everyone here by name (`?role=`: who has one role), or by role (`?by=role`); `?new` adds a person.

    Names that are searched for come by POST, so that they reach no address and no log.
    """
    if "new" in request.GET:
        return _add(request, visit)
    if request.GET.get("by") == "role":
        return by_role(request, visit)
    names = queries.book_of(visit.federation).role_names
    typed, role = request.POST.get("words", "")[:LONGEST], request.GET.get("role", "")
    if role and role not in names:
        raise NotFound
    if words := words_of(typed):
        found, following = search_people(words, on=visit.on, limit=MOST_FOUND), None
    else:
        found, following = people_page(on=visit.on, after=_after(request), limit=PAGE, role=role)
    context = {
        "rows": [{"person": each, "roles": _roles_of(each, names)} for each in found],
        "following": urlencode({"after": following[1]} | ({"role": role} if role else {}))
        if following
        else "",
        "asked": bool(words),
        "typed": typed,
        "role": names.get(role, ""),
        "may_add": rules.can(rules.check_may_administer, visit.person, on=visit.on),
        "links": links_beside_people(visit),
    }
    return render(request, "people/people.html", context)


def _roles_of(person: Person, names: Any) -> list[str]:
    """Return the names of a person's roles, each once; the row comes with `.held`."""
    return list(dict.fromkeys(names.get(h.role_key, h.role_key) for h in person.held))  # type: ignore[attr-defined]


def _after(request: HttpRequest) -> tuple[str, int] | None:
    """The key of the list from the last person's id: an address carries no name."""
    number = request.GET.get("after", "")
    if not number:
        return None
    last = person_by_id(number_in(number))
    return last.name, last.pk


def _add(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Add a person to this federation, and invite them."""
    rules.check_may_administer(visit.person, on=visit.on)
    form = AddPersonForm(request.POST or None, federation=visit.federation)

    def add(typed: dict[str, Any]) -> Person:
        with together(at=visit.at, by=visit.person):
            added: Person = actions.add_person(by=visit.person, at=visit.at, **typed)
            actions.invite(by=visit.person, at=visit.at, person=added)
        return added

    if added := form.save(add):
        return done(request, _("Person added. We’re sending them an invitation."), "person", added.value.pk)
    context = {
        "title": _("Add a person"),
        "caption": "",
        "lead": _("They’ll get an email to choose a password. Give them a role afterwards."),
        "back": reverse("people"),
        "button": _("Add and invite"),
    }
    return form_page(request, "people/form.html", form, context)


@page(place="people", check=rules.check_may_see_people)
def person(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One person: their roles, what needs doing, and what may be done about them."""
    about, on = person_by_id(pk), visit.on
    reset, book = _reset_shown(visit, about), queries.book_of(visit.federation)
    administers = rules.can(rules.check_may_administer, visit.person, on=on)
    gone = about.left_on is not None and about.left_on <= on
    contact = not gone and rules.can(check_may_change_contact, visit.person, about, on=on)
    context = {
        "visit": visit,
        "about": about,
        "gone": gone,
        "roles": [
            {"assignment": each, "name": book.role_names.get(each.role_key, each.role_key)}
            for each in queries.roles_held_by(about, on=on)
        ],
        "reset": reset,
        "may_administer": administers,
        "may_change_contact": contact,
        "may_enter_days": not gone and rules.can(check_may_say, visit.person, about, on=on),
        "may_reset": not gone and rules.can(rules.check_may_reset_factor, visit.person, about, on=on),
        "too_few": not gone and not rules.who_may_confirm(about, asked_by=visit.person, on=on),
        "may_confirm": reset and rules.can(rules.check_may_confirm_reset, visit.person, reset.row, on=on),
        "bad": contact and about.left_on is None and bad_address(about) is not None,
        "remove": _remove_form(visit, about) if not gone else None,
        "may_erase": gone and about.destroyed_at is None and rules.can(check_decides, visit.person, on=on),
        **_absence(visit, about),
    }
    return render(request, "people/person.html", context)


@dataclass(frozen=True)
class ShownReset:
    """A reset that can still be confirmed: until when, and who can; `names` is empty where no one here can,
    so that the person who runs the server does."""

    row: FactorReset
    until: str
    names: str


def _reset_shown(visit: Visit, about: Person) -> ShownReset | None:
    row = queries.open_reset(about)
    if row is None or row.asked_by is None or visit.at - row.asked_at >= RESET_LASTS:
        return None
    can = rules.who_may_confirm(about, asked_by=row.asked_by, on=visit.on)
    names = ", ".join(each.name for each in can[:MOST_NAMED])
    return ShownReset(row, instant_in_words(row.asked_at + RESET_LASTS), names)


def _remove_form(visit: Visit, about: Person) -> RemoveForm | None:
    """Return the form that tells them to remove something of their own, where the policy has words for it."""
    if about.pk == visit.person.pk or not rules.can(check_may_tell, visit.person, on=visit.on):
        return None
    kinds = kinds_to_remove(about, at=visit.at)
    return RemoveForm(kinds=kinds) if kinds else None


def _absence(visit: Visit, about: Person) -> dict[str, Any]:
    """Return the recorded long leave, the days away, and the accounts that a leaver hands over."""
    leave = absences.extended_absence(about, on=visit.on)
    handovers: list[dict[str, Any]] = []
    if about.left_on is not None:
        book = queries.book_of(visit.federation)
        for each in handover_facts.open_handovers_of(about):
            runners = handover_facts.runners_of(each, on=visit.on)
            handovers.append(
                {"handover": each, "who_runs": who_runs(each.run_by, each.role_key, runners, book)}
            )
    return {
        "leave": leave,
        "is_away": leave is not None and leave.from_day <= visit.on,
        "handovers": handovers,
        "last_day": last_day_of(handovers[0]["handover"]) if handovers else None,
        "days_away": absences.days_away(about, on=visit.on),
    }


@page(methods=("POST",))
def invite(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Send a new invitation."""
    actions.invite(by=visit.person, at=visit.at, person=person_by_id(pk))
    return done(request, _("We’re sending an invitation."), "person", pk)


@page(methods=("POST",))
def end_sessions(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Sign a person out everywhere."""
    actions.end_sessions(by=visit.person, at=visit.at, person=person_by_id(pk))
    return done(request, _("They’ve been signed out everywhere."), "person", pk)


# --- Reset of a second step --------------------------------------------------------------------------------


@page(methods=("POST",))
def start_reset(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The first of two people asks."""
    about = person_by_id(pk)
    actions.start_factor_reset(by=visit.person, at=visit.at, person=about)
    shown = _reset_shown(visit, about)
    assert shown is not None
    if shown.names:
        told = _("Reset requested. Who can confirm it: {names}. Deadline: {until}.")
    else:
        told = _("Reset requested. The person who runs the server confirms it. Deadline: {until}.")
    return done(request, format_lazy(told, names=shown.names, until=shown.until), "person", pk)


@page(methods=("POST",))
def confirm_reset(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The second of two people confirms."""
    actions.confirm_factor_reset(by=visit.person, at=visit.at, reset=_open_reset(pk))
    return done(request, _("Two-step verification reset. The person has been told."), "person", pk)


@page(methods=("POST",))
def withdraw_reset(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Cancel a reset that was not confirmed yet."""
    actions.withdraw_factor_reset(by=visit.person, at=visit.at, reset=_open_reset(pk))
    return done(request, _("Reset withdrawn."), "person", pk)


def _open_reset(pk: int) -> FactorReset:
    reset = queries.open_reset(person_by_id(pk))
    if reset is None:
        raise NotFound
    return reset


urlpatterns = [
    path("people", people, name="people"),
    path("people/<int:pk>", person, name="person"),
    path("people/<int:pk>/invite", invite, name="invite-person"),
    path("people/<int:pk>/sessions/end", end_sessions, name="end-sessions"),
    path("people/<int:pk>/reset", start_reset, name="start-reset"),
    path("people/<int:pk>/reset/confirm", confirm_reset, name="confirm-reset"),
    path("people/<int:pk>/reset/withdraw", withdraw_reset, name="withdraw-reset"),
]
