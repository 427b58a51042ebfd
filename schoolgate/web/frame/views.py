"""Pages of the frame itself: the first page, the menu, which federation one acts in, the language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.web.frame import errors, sessions
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.layout import AS_THE_DEVICE, THEME_COOKIE, THEMES
from schoolgate.web.frame.menu import sections

YEAR = 365 * 24 * 3600


@page
def home(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The first page after signing in: the first place that is open to this person, else the menu."""
    places = request.frame.places  # type: ignore[attr-defined]
    return redirect(places[0].href if places else "menu")


@page(place="menu")
def menu(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show every place, who is signed in, and their other federations."""
    memberships = sessions.memberships(request, visit.person.user, on=visit.on)
    context = {
        "visit": visit,
        "memberships": memberships if len(memberships) > 1 else [],
        "sections": sections(visit),
        "themes": [(AS_THE_DEVICE, _("Same as this device")), *THEMES.items()],
        "theme_now": request.COOKIES.get(THEME_COOKIE, AS_THE_DEVICE),
    }
    return render(request, "frame/menu.html", context)


@page(methods=("POST",))
def act_in(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Choose the federation to act in, by the seat's id. Another user's membership answers 404."""
    memberships = {
        str(membership.pk): membership
        for membership in sessions.memberships(request, visit.person.user, on=visit.on)
    }
    membership = memberships.get(request.POST.get("membership", ""))
    if membership is None:
        raise NotFound
    request.session[sessions.MEMBERSHIP_KEY] = membership.pk
    return redirect("home")


@errors.takes("POST")
def language(request: HttpRequest) -> HttpResponse:
    """Remember on this device the language to read in, and go back to the page one came from."""
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(_way_back(request))
    if chosen in dict(settings.LANGUAGES):
        with translation.override(chosen):
            response["Content-Language"] = chosen
        remember_language(response, chosen)
    return response


def remember_language(response: HttpResponseBase, chosen: str) -> None:
    """Remember on this device the language to read in."""
    _remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)


@errors.takes("POST")
def theme(request: HttpRequest) -> HttpResponse:
    """Remember on this device whether pages are light or dark there, or follow the device."""
    chosen = request.POST.get("theme", "")
    response = HttpResponseRedirect(_way_back(request))
    if chosen in THEMES:
        _remember(response, THEME_COOKIE, chosen)
    elif chosen == AS_THE_DEVICE:
        response.delete_cookie(THEME_COOKIE)
    return response


def _way_back(request: HttpRequest) -> str:
    back = request.POST.get("next", "/")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/"


def _remember(response: HttpResponseBase, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, secure=settings.LANGUAGE_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
