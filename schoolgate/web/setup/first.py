"""The first pages of an empty installation: opened by the one set-up address, until a person has chosen how
to sign in.

No one is signed in here. The token travels in a signed cookie of the browser that opened the address, never
in a session of the database. Each page checks again whether it is valid.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from schoolgate.core.clock import now
from schoolgate.core.errors import NotAllowed, SchoolgateError
from schoolgate.core.models import Federation, SetUpLink
from schoolgate.core.setting_up import add_first_federation, link_of, schools
from schoolgate.core.tenancy import scope
from schoolgate.people import directories
from schoolgate.people.models import Invitation, Person
from schoolgate.people.queries import book_of
from schoolgate.people.setting_up import (
    add_school,
    enter_first,
    invite_first_again,
    not_begun,
    roles_that_administer,
)
from schoolgate.rulebook import book, books
from schoolgate.web.frame import errors, sessions
from schoolgate.web.frame.errors import coded, wrong_code
from schoolgate.web.frame.forms import form_page
from schoolgate.web.frame.layout import PageLayout
from schoolgate.web.setup.forms import FederationForm, FirstForm, SchoolDetailsForm

COOKIE = "schoolgate-set-up"
SALT = "schoolgate.web.setup.first"
HOURS_24 = 24 * 3600

First = Callable[..., HttpResponseBase]


def closed() -> NotAllowed:
    """Return the error for a wrong, an old and a missing token: the same words for all."""
    return NotAllowed(
        _("This set-up address doesn’t work, or no longer works."),
        _("The person who runs the server can get a new one with this command: schoolgate setup --link"),
    )


def first_page(view: First) -> First:
    """Admit people with the token of the set-up address, and call `view(request, link, token, at)`."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @coded("set-up")
    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        at = now()
        token = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=HOURS_24) or ""
        link = link_of(token, at=at) if token else None
        if link is None:
            wrong_code(request)
            return errors.show(request, closed())
        named = link.federation.name if link.federation else ""
        request.frame = PageLayout(home=request.path, federation_name=named)  # type: ignore[attr-defined]
        if link.federation is not None:
            with scope(link.federation.pk):
                if _begun():
                    messages.info(
                        request, gettext("This installation already has an administrator. Sign in.")
                    )
                    return redirect("account_login")
        try:
            return view(request, link, token, at, *args, **kwargs)
        except SchoolgateError as error:
            return errors.show(request, error)

    return run


def _begun() -> bool:
    """Return whether the first person has chosen how to sign in. Then these pages are closed for good."""
    return Person.objects.exists() and not_begun() is None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@coded("set-up-link", part="token")
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """The set-up address: a button, so that a program that follows links of itself opens nothing."""
    if link_of(token, at=now()) is None:
        wrong_code(request)
        return errors.show(request, closed())
    request.frame = PageLayout(home=request.path)  # type: ignore[attr-defined]
    if request.method != "POST":
        return render(request, "setting_up/begin.html")
    answer = redirect("set-up-first")
    answer.set_signed_cookie(
        COOKIE, token, salt=SALT, max_age=HOURS_24, httponly=True, samesite="Strict", path="/set-up/",
        secure=request.is_secure(),
    )  # fmt: skip
    return answer


@first_page
def first(request: HttpRequest, link: SetUpLink, token: str, at: datetime) -> HttpResponseBase:
    """The next step that is not done: the federation, its schools, the first person."""
    if link.federation is None:
        return _federation(request, token)
    with scope(link.federation.pk):
        waiting = not_begun()
        if waiting is not None:
            return render(request, "setting_up/first_waits.html", {"waiting": waiting})
        if not schools() or "school" in request.GET:
            return _school(request, link.federation, at)
        return _person(request, link.federation, at)


def _federation(request: HttpRequest, token: str) -> HttpResponseBase:
    form = FederationForm(request.POST or None)
    if form.save(lambda typed: add_first_federation(token=token, **typed)):
        messages.success(request, gettext("Federation added. You can stop here and come back later."))
        return redirect("set-up-first")
    policies = [{"book": book(key), "roles": roles_that_administer(book(key))} for key in books()]
    return form_page(request, "setting_up/federation.html", form, {"policies": policies})


def _school(request: HttpRequest, federation: Federation, at: datetime) -> HttpResponseBase:
    form = SchoolDetailsForm(request.POST or None, federation=federation)
    if form.save(lambda typed: add_school(by=None, at=at, **typed)):
        messages.success(request, gettext("School added."))
        return redirect("set-up-first")
    return form_page(request, "setting_up/first_school.html", form, {"schools": schools()})


def _person(request: HttpRequest, federation: Federation, at: datetime) -> HttpResponseBase:
    policy = book_of(federation)
    form = FirstForm(request.POST or None, federation=federation, policy=policy)
    invited = form.save(lambda typed: enter_first(at=at, **typed))
    if invited:
        return _to_password(request, invited.value)
    return form_page(request, "setting_up/first_person.html", form, {"schools": schools()})


@first_page
def password(request: HttpRequest, link: SetUpLink, token: str, at: datetime) -> HttpResponseBase:
    """On to choosing the password, for the one who was entered and did not get there."""
    if link.federation is None or request.method != "POST":
        return redirect("set-up-first")
    with scope(link.federation.pk):
        return _to_password(request, invite_first_again(at=at))


def _to_password(request: HttpRequest, invitation: Invitation) -> HttpResponseBase:
    """Send the person at the keyboard straight to accepting the invitation: this installation can't send mail
    yet."""
    request.session[sessions.INVITATION_KEY] = directories.mint(invitation, to="")
    return redirect("choose_password")


urlpatterns = [
    path("set-up/begin/<secret:token>", begin, name="set-up-begin"),
    path("set-up/first", first, name="set-up-first"),
    path("set-up/first/password", password, name="set-up-first-password"),
]
