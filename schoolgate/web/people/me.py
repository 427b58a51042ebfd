"""The person's own page: roles, sign-in, sessions, access keys for other programs, language; and a person's
contact details: where their mail goes, and the number on the emergency contacts.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import together
from schoolgate.core.errors import NotFound
from schoolgate.notices.actions import give_address, note_bounce
from schoolgate.notices.kinds import Reason
from schoolgate.notices.mails import bad_address
from schoolgate.people import directories, persons, queries, rules, sessions
from schoolgate.people.models import Person
from schoolgate.people.persons import check_may_change_contact, check_may_give_address
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.queries import telephone_of
from schoolgate.people.sessions import end_token, make_token
from schoolgate.web.frame.carrying import came_from
from schoolgate.web.frame.doors import Visit, done, opens, page
from schoolgate.web.frame.forms import SchoolForm, form_page
from schoolgate.web.frame.sessions import LANGUAGE_KEY, must_confirm, with_second_step
from schoolgate.web.people.person import languages_of
from schoolgate.web.signin.signals import device_in_words

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
            for each in sessions.sessions_of(who)
        ],
        "steps": sessions.second_steps_of(who),
        "keys": sessions.tokens_of(who, at=visit.at),
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
    persons.set_language(by=visit.person, at=visit.at, language=request.POST.get("language", ""))
    request.session.pop(LANGUAGE_KEY, None)
    return done(request, _("Language saved."), "me")


@page(methods=("POST",))
def say_reads_welsh(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Say whether the person reads Welsh."""
    persons.say_reads_welsh(by=visit.person, at=visit.at, reads=request.POST.get("reads") == "yes")
    return done(request, _("Saved."), came_from(request) or "me")


@page(methods=("POST",))
def end_session(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """End one of the person's own sessions, once they have confirmed that it's them: someone who finds a
    screen open could shut its owner out."""
    if must_confirm(request, visit.person.user):
        confirm = f"{reverse('account_reauthenticate')}?{urlencode({'next': reverse('me')})}"
        return done(request, _("Confirm that it’s you, then end the session."), confirm)
    sessions.end_session(by=visit.person, at=visit.at, session_id=pk)
    return done(request, _("Session ended."), "me")


@page(methods=("POST",))
def withdraw_own_reset(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Stop the reset of the person's own two-step verification."""
    reset = queries.open_reset(visit.person)
    if reset is None:
        raise NotFound
    sessions.withdraw_factor_reset(by=visit.person, at=visit.at, reset=reset)
    return done(request, _("Reset withdrawn. Your two-step verification hasn’t changed."), "me")


@page(place="menu", methods=("POST",))
def add_key(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Make a key; the answer shows it, and no other page ever does."""
    form = KeyForm(request.POST)
    made = form.save(
        lambda typed: make_token(
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
    end_token(by=visit.person, at=visit.at, token_id=pk)
    return done(request, _("Access key ended."), "me")


class ContactForm(SchoolForm):
    """A person's address and their number."""

    address = forms.EmailField(
        label=_("Email address"),
        help_text=_("If they haven’t signed in yet, they’ll sign in with this address too."),
    )
    number = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        required=False,
        help_text=_("Only on the printed emergency contacts. Clear it to remove it."),
    )


@page()
def contact(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show and change a person's contact details: anyone their own number, an administrator those of others,
    and only leads those of a safeguarding lead."""
    about = person_by_id(pk)
    check_may_change_contact(visit.person, about, on=visit.on)
    others = about.pk != visit.person.pk
    number = telephone_of(about)
    form = ContactForm(request.POST or None, initial={"address": about.email, "number": number})
    if not others:
        form.fields["address"].help_text = ""
    if not rules.can(check_may_give_address, visit.person, about, on=visit.on):
        del form.fields["address"]
    if about.left_on is not None and about.left_on <= visit.on:
        del form.fields["number"]
    if saved := form.save(lambda typed: _save(visit, about, typed, number=number)):
        to = "person" if opens(visit, "person", pk) else "person-contact"
        return done(request, saved.value, to, pk)
    bad = bad_address(about)
    context = {
        "title": _("Contact details"),
        "caption": about.name,
        "lead": "",
        "back": reverse("person", args=[pk]) if opens(visit, "person", pk) else reverse("me"),
        "button": _("Save contact details"),
        "about": about,
        "others": others,
        "bad": bad,
        "why": Reason(bad.because).label if bad else "",
    }
    return form_page(request, "people/contact.html", form, context)


def _save(visit: Visit, about: Person, typed: dict[str, Any], *, number: str) -> Promise:
    """Save what changed, and return what to say. An address that was entered again works again."""
    by, at = visit.person, visit.at
    new_number = typed.get("number", number).strip()
    corrected = False
    with together(at=at, by=by):
        if new_number and new_number != number:
            persons.keep_telephone(by=by, at=at, person=about, number=new_number)
        elif number and not new_number:
            persons.forget_telephone(by=by, at=at, person=about)
        if "address" in typed and (typed["address"] != about.email or new_number == number):
            corrected = give_address(by=by, at=at, person=about, address=typed["address"])
    if corrected:
        return _("Contact details saved. They sign in with this address too, so send them a new invitation.")
    return _("Contact details saved.")


@page(methods=("POST",))
def bounced(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that a mail to a person came back."""
    note_bounce(by=visit.person, at=visit.at, person=person_by_id(pk))
    return done(
        request,
        _("Saved. Nothing will be sent there until there is another address."),
        "person-contact",
        pk,
    )


urlpatterns = [
    path("people/<int:pk>/contact", contact, name="person-contact"),
    path("people/<int:pk>/contact/bounced", bounced, name="person-bounced"),
    path("me", me, name="me"),
    path("me/language", choose_language, name="my-language"),
    path("me/reads-welsh", say_reads_welsh, name="my-welsh"),
    path("me/sessions/<int:pk>/end", end_session, name="end-my-session"),
    path("me/reset/withdraw", withdraw_own_reset, name="withdraw-my-reset"),
    path("me/keys/add", add_key, name="add-my-key"),
    path("me/keys/<int:pk>/end", end_key, name="end-my-key"),
]
