"""The language button of a page with a form: it sends what was typed along, and the same page comes back in
the other language with the words still in it. Without scripts, and nothing is stored anywhere."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from schoolgate.web.frame.typed import CARRIED
from schoolgate.web.frame.views import remember_language

API = "/api/"
SWITCH = "read-in"
"""The name of such a button: a form with it is not sent, it is shown again."""


class LanguageSwitch:
    """Turns a form that the language button sent into a look at its page, with its words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on, and remember the language that was chosen."""
        before = CARRIED.set(None)
        try:
            response = self.get_response(request)
            if CARRIED.get() is not None:
                remember_language(response, translation.get_language())
            return response
        finally:
            CARRIED.reset(before)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """After the form's token was checked, where it has one: no other site puts words here."""
        if request.method != "POST" or request.path_info.startswith(API):
            return
        chosen = request.POST.get(SWITCH, "")
        if chosen not in dict(settings.LANGUAGES):
            return
        from_here = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        CARRIED.set(request.POST if from_here else QueryDict())
        request.method = request.META["REQUEST_METHOD"] = "GET"
        request.POST = QueryDict()
        request._files = MultiValueDict()  # type: ignore[attr-defined]  # noqa: SLF001 - Django has no setter
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen
