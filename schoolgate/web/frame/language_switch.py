"""The language button of a page with a form: it sends what was typed along, and the same page comes back in
the other language with the words still in it. Without scripts, and nothing is stored anywhere."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from schoolgate.web.frame.carrying import CARRIED, OWN_ID, form_to_carry, reopens_at, with_button, with_words
from schoolgate.web.frame.carrying import SWITCH as PLAIN
from schoolgate.web.frame.views import remember_language

API = "/api/"
SWITCH = "read-in"
"""The name of such a button: a form with it is not sent, it is shown again."""


class LanguageSwitch:
    """Has the language button of each page take along the form that people type into, and turns what it sends
    into a look at that page, with its words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on, and remember the language that was chosen."""
        before = CARRIED.set(None)
        try:
            response = self.get_response(request)
            if CARRIED.get() is not None:
                remember_language(response, translation.get_language())
            return _carrying(request, response, CARRIED.get())
        finally:
            CARRIED.reset(before)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        """After the form's token was checked, where it has one: no other site puts words here."""
        if request.path_info.startswith(API):
            return None
        chosen = (request.GET if request.method == "GET" else request.POST).get(SWITCH, "")
        if chosen not in dict(settings.LANGUAGES):
            return None
        if request.method == "GET":
            return _looked_up(request, chosen)
        from_here = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        CARRIED.set(request.POST if from_here else QueryDict())
        request.method = request.META["REQUEST_METHOD"] = "GET"
        request.POST = QueryDict()
        request._files = MultiValueDict()  # type: ignore[attr-defined]  # noqa: SLF001 - Django has no setter
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen
        return None


def _looked_up(request: HttpRequest, chosen: str) -> HttpResponseBase:
    """Return the look-up in that language: the words of such a form stand in its address anyway."""
    asked = request.GET.copy()
    del asked[SWITCH]
    response = HttpResponseRedirect(request.path + (f"?{asked.urlencode()}" if asked else ""))
    remember_language(response, chosen)
    return response


def _carrying(request: HttpRequest, response: HttpResponseBase, given: QueryDict | None) -> HttpResponseBase:
    """Return the page whose language button takes its form along, and with the words that came."""
    if not isinstance(response, HttpResponse) or PLAIN.encode() not in response.content:
        return response
    page = response.content.decode()
    form, there = form_to_carry(page), reopens_at(request)
    gets = form is not None and form.attribute("method") != "post"
    if form is None or not (gets or there):
        return response
    if given:
        page = with_words(page, form, given)
        form = form_to_carry(page) or form
    context = {
        "words_in": form.attribute("id") or OWN_ID,
        "gets": gets,
        "words_at": there,
    }
    button = render_to_string("frame/language.html", context)
    response.content = with_button(page, form, button).encode()
    return response
