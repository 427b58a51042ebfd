"""Pages about people: the person's own page, the list, one person with their roles, the reset of two-step
verification."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import together
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.people import actions, directories, queries, rules, tokens
from schoolgate.people.models import FactorReset, Holding, Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.parts import links_beside_people, parts_of_person
from schoolgate.web.frame.undo import undo_by
from schoolgate.web.people.forms import AddPersonForm, GiveRoleForm, languages_of
from schoolgate.web.signin.devices import device_in_words

PAGE = 25


# --- The person's own page ---------------------------------------------------------------------------------


@page(place="menu")
def me(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """My roles, my sessions, my second steps, my keys for programs, my language."""
    who, joined = visit.person, directories.accounts_of(visit.person.user)
    context = {
        "visit": visit,
        "roles": _shown(queries.holdings(who, on=visit.on, where=queries.Where(anywhere=True)), visit),
        "sessions": [
            {
                "session": each,
                "device": device_in_words(each.user_agent),
                "this_one": each.session_key == request.session.session_key,
            }
            for each in UserSession.objects.filter(user=who.user_id).order_by("-last_seen_at", "-pk")
        ],
        "steps": Authenticator.objects.filter(user=who.user_id).exclude(
            type=Authenticator.Type.RECOVERY_CODES
        ),
        "keys": tokens.tokens_of(who, at=visit.at),
        "languages": languages_of(visit.federation),
        "reset": queries.open_reset(who),
        "school_accounts": bool(joined) or directories.live().exists(),
        "joined": joined,
    }
    return render(request, "people/me.html", context)


@page(methods=("POST",))
def choose_language(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Choose the language of the person's own pages and mails."""
    actions.set_language(by=visit.person, at=visit.at, language=request.POST.get("language", ""))
    return done(request, _("Language saved."), "me")


@page(methods=("POST",))
def end_session(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """End one of the person's own sessions."""
    actions.end_session(by=visit.person, at=visit.at, session_id=pk)
    return done(request, _("Session ended."), "me")


@page(methods=("POST",))
def withdraw_own_reset(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Stop the reset of the person's own two-step verification."""
    reset = queries.open_reset(visit.person)
    if reset is None:
        raise NotFound
    actions.withdraw_factor_reset(by=visit.person, at=visit.at, reset=reset)
    return done(request, _("Reset withdrawn. Your two-step verification hasn’t changed."), "me")


# --- Everyone ----------------------------------------------------------------------------------------------


@page(place="people", check=rules.check_may_see_people)
def people(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List everyone here, by name, with their roles."""
    found, following = queries.people_page(on=visit.on, after=_after(request), limit=PAGE)
    names = _role_names(visit)
    rows = [
        {"person": each, "roles": [names.get(h.role_key, h.role_key) for h in _held(each)]} for each in found
    ]
    context = {
        "rows": rows,
        "following": urlencode({"after": following[1]}) if following else "",
        "may_add": rules.can(rules.check_may_administer, visit.person, on=visit.on),
        "links": links_beside_people(visit),
    }
    return render(request, "people/list.html", context)


def _after(request: HttpRequest) -> tuple[str, int] | None:
    """The key of the list from the last person's id: an address carries no name."""
    number = request.GET.get("after", "")
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise NotFound
    last = person_by_id(int(number))
    return last.name, last.pk


def _held(person: Person) -> list[Holding]:
    held: list[Holding] = person.held  # type: ignore[attr-defined]
    return held


def _role_names(visit: Visit) -> Mapping[str, str]:
    book: Book = queries.book_of(visit.federation)
    return book.role_names


def _shown(held: Any, visit: Visit) -> list[dict[str, Any]]:
    """Holdings with the policy's own name of the role, for a page."""
    names = _role_names(visit)
    rows = held.select_related("school", "managed", "acting_for").order_by("from_day", "pk")
    return [{"holding": each, "name": names.get(each.role_key, each.role_key)} for each in rows]


@page(place="people", check=rules.check_may_administer)
def add_person(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Add a person to this federation, and invite them."""
    form = AddPersonForm(request.POST or None, federation=visit.federation)
    if request.method == "POST" and form.is_valid():
        try:
            with together(at=visit.at, by=visit.person):
                added = actions.add_person(by=visit.person, at=visit.at, **form.cleaned_data)
                actions.invite(by=visit.person, at=visit.at, person=added)
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("Person added. We’re sending them an invitation."), "person", added.pk)
    return _form(request, form, "people/add.html", {})


@page(place="people", check=rules.check_may_see_people)
def person(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One person: roles, and what may be done about them."""
    about = person_by_id(pk)
    reset = queries.open_reset(about)
    all_roles = Holding.objects.filter(person=about)
    context = {
        "visit": visit,
        "about": about,
        "gone": about.left_on is not None and about.left_on <= visit.on,
        "roles": _shown(queries.not_over(all_roles, on=visit.on), visit),
        "reset": reset,
        "may_administer": rules.can(rules.check_may_administer, visit.person, on=visit.on),
        "may_give": rules.can(rules.check_may_give, visit.person, about, on=visit.on),
        "may_reset": rules.can(rules.check_may_reset_factor, visit.person, about, on=visit.on),
        "may_confirm": reset and rules.can(rules.check_may_confirm_reset, visit.person, reset, on=visit.on),
        "parts": parts_of_person(visit, about),
    }
    return render(request, "people/person.html", context)


@page(place="people")
def give_role(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Put a person into one of the policy's roles."""
    about = person_by_id(pk)
    rules.check_may_give(visit.person, about, on=visit.on)
    form = GiveRoleForm(request.POST or None, person=about, initial={"from_day": visit.on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_holding(by=visit.person, at=visit.at, person=about, **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("Role given."), "person", pk)
    return _form(request, form, "people/give_role.html", {"about": about})


@page(methods=("POST",))
def end_role(request: HttpRequest, visit: Visit, pk: int, holding_pk: int) -> HttpResponseBase:
    """End a person's role at once."""
    holding = Holding.objects.select_related("person__federation").filter(pk=holding_pk, person=pk).first()
    if holding is None:
        raise NotFound
    actions.end_holding(by=visit.person, at=visit.at, holding=holding)
    may_undo = rules.can(rules.check_may_give, visit.person, holding.person, on=visit.on)
    way_back = undo_by("give-role-back", pk, holding_pk) if may_undo else None
    return done(request, _("Role ended."), "person", pk, undo=way_back)


@page(methods=("POST",))
def give_role_back(request: HttpRequest, visit: Visit, pk: int, holding_pk: int) -> HttpResponseBase:
    """Undo the end of a role, for a short while."""
    holding = Holding.objects.select_related("person__federation").filter(pk=holding_pk, person=pk).first()
    if holding is None:
        raise NotFound
    actions.take_back_ending(by=visit.person, at=visit.at, holding=holding)
    return done(request, _("Role given back."), "person", pk)


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
    actions.start_factor_reset(by=visit.person, at=visit.at, person=person_by_id(pk))
    return done(request, _("Reset requested. A second person must confirm it within a day."), "person", pk)


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


def _form(request: HttpRequest, form: Any, template: str, context: dict[str, Any]) -> HttpResponseBase:
    """A page with a form: 422 where what was sent cannot be used."""
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


urlpatterns = [
    path("me", me, name="me"),
    path("me/language", choose_language, name="my-language"),
    path("me/sessions/<int:pk>/end", end_session, name="end-my-session"),
    path("me/reset/withdraw", withdraw_own_reset, name="withdraw-my-reset"),
    path("people", people, name="people"),
    path("people/add", add_person, name="add-person"),
    path("people/<int:pk>", person, name="person"),
    path("people/<int:pk>/roles/add", give_role, name="give-role"),
    path("people/<int:pk>/roles/<int:holding_pk>/end", end_role, name="end-role"),
    path("people/<int:pk>/roles/<int:holding_pk>/give-back", give_role_back, name="give-role-back"),
    path("people/<int:pk>/invite", invite, name="invite-person"),
    path("people/<int:pk>/sessions/end", end_sessions, name="end-sessions"),
    path("people/<int:pk>/reset", start_reset, name="start-reset"),
    path("people/<int:pk>/reset/confirm", confirm_reset, name="confirm-reset"),
    path("people/<int:pk>/reset/withdraw", withdraw_reset, name="withdraw-reset"),
]
