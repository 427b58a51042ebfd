"""The public guides of a federation: a list, or one of them."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language

from schoolgate.core.errors import NotFound
from schoolgate.policy import guides
from schoolgate.policy.guides import Standing
from schoolgate.web.frame.doors import Visit, public_page
from schoolgate.web.frame.numbers import number_in


@public_page(methods=("GET", "HEAD"))
def public_guides(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the guides that everyone may read, or with `guide=` one; browsers ask again each time, so that a
    guide that was withdrawn is gone at once."""
    rows = guides.published(public=True)
    language = get_language() or "en"
    if "guide" in request.GET:
        number = number_in(request.GET["guide"])
        found = next((one.shown for one in rows if one.guide.pk == number), None)
        if found is None:
            raise NotFound
        title, text, written = guides.words_in(found, language)
        context = {
            "version": found, "title": title, "text": text, "lang": written,
            "other": language == "cy" and written == "en",
        }  # fmt: skip
        response = render(request, "public/guide.html", context)
    else:
        readers: dict[str, list[tuple[int, str, str]]] = {}
        for one in rows:
            readers.setdefault(one.guide.get_audience_display(), []).append(_listed(one, language))
        response = render(request, "public/guides.html", {"readers": list(readers.items())})
    response["Cache-Control"] = "no-cache"
    return response


def _listed(one: Standing, language: str) -> tuple[int, str, str]:
    if one.shown is None:
        raise NotFound
    title, _text, written = guides.words_in(one.shown, language)
    return one.guide.pk, title, written


urlpatterns = [path("<slug:federation>/guides", public_guides, name="guides")]
