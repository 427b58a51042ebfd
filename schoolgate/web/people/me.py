"""The person's own page: roles, sign-in, sessions, access keys for other programs, language."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.people import actions, directories, queries, signed_in, tokens
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, form_page
from schoolgate.web.frame.sessions import LANGUAGE_KEY, must_confirm, with_second_step
from schoolgate.web.people.forms import languages_of
from schoolgate.web.signin.devices import device_in_words

LASTS = (("30", _("A month")), ("90", _("Three months")), ("366", _("A year")))


class KeyForm(SchoolForm):
    """What the key is for, what it may do, how long it lasts."""

    name = forms.CharField(label=_("Purpose"), help_text=_("For example: newsletter"), max_length=80)
    may = forms.ChoiceField(
        label=_("Permissions"), choices=(("read", _("Read only")), ("write", _("Read and change")))
    )
    days = forms.TypedChoiceField(label=_("Valid for"), choices=LASTS, coerce=int, initial="90")


@page(place="menu")
def me(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the person's own page."""
    return _shown(request, visit, KeyForm())


def _shown(request: HttpRequest, visit: Visit, form: KeyForm) -> HttpResponseBase:
    who, joined = visit.person, directories.accounts_of(visit.person.user)
    names = queries.book_of(visit.federation).role_names
    held = queries.assignments(who, on=visit.on, where=queries.Where(anywhere=True))
    context = {
        "visit": visit,
        "roles": [
            {"assignment": each, "name": names.get(each.role_key, each.role_key)}
            for each in held.select_related("school", "managed", "acting_for").order_by("from_day", "pk")
        ],
        "sessions": [
            {
                "session": each,
                "device": device_in_words(each.user_agent),
                "this_one": each.session_key == request.session.session_key,
            }
            for each in signed_in.sessions_of(who)
        ],
        "steps": signed_in.second_steps_of(who),
        "keys": tokens.tokens_of(who, at=visit.at),
        "languages": languages_of(visit.federation),
        "reads_welsh_asked": "cy" in visit.federation.languages,
        "reset": queries.open_reset(who),
        "school_accounts": bool(joined) or directories.live().exists(),
        "joined": joined,
    }
    return form_page(request, "people/me.html", form, context)


@page(methods=("POST",))
def choose_language(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Choose the language of the person's own pages and mails."""
    actions.set_language(by=visit.person, at=visit.at, language=request.POST.get("language", ""))
    request.session.pop(LANGUAGE_KEY, None)
    return done(request, _("Language saved."), "me")


@page(methods=("POST",))
def say_reads_welsh(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Say whether the person reads Welsh."""
    actions.say_reads_welsh(by=visit.person, at=visit.at, reads=request.POST.get("reads") == "yes")
    return done(request, _("Saved."), "me")


@page(methods=("POST",))
def end_session(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """End one of the person's own sessions, once they have confirmed that it's them: someone who finds a
    screen open could shut its owner out."""
    if must_confirm(request, visit.person.user):
        confirm = f"{reverse('account_reauthenticate')}?{urlencode({'next': reverse('me')})}"
        return done(request, _("Confirm that it’s you, then end the session."), confirm)
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


@page(place="menu", methods=("POST",))
def add_key(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Make a key; the answer shows it, and no other page ever does."""
    form = KeyForm(request.POST)
    made = form.save(
        lambda typed: actions.make_token(
            by=visit.person,
            at=visit.at,
            name=typed["name"],
            days=typed["days"],
            may_write=typed["may"] == "write",
            with_factor=with_second_step(request),
        )
    )
    if made is None:
        return _shown(request, visit, form)
    response = render(request, "people/key_made.html", {"made": made.value})
    response["Cache-Control"] = "no-store"
    return response


@page(methods=("POST",))
def end_key(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """End one of the person's own keys."""
    actions.end_token(by=visit.person, at=visit.at, token_id=pk)
    return done(request, _("Access key ended."), "me")


urlpatterns = [
    path("me", me, name="me"),
    path("me/language", choose_language, name="my-language"),
    path("me/reads-welsh", say_reads_welsh, name="my-welsh"),
    path("me/sessions/<int:pk>/end", end_session, name="end-my-session"),
    path("me/reset/withdraw", withdraw_own_reset, name="withdraw-my-reset"),
    path("me/keys/add", add_key, name="add-my-key"),
    path("me/keys/<int:pk>/end", end_key, name="end-my-key"),
]
