"""The page whose form was refused, once more: with what was typed in it, and each error beside its field. For
doors that only take a form, and whose action says what is wrong with it."""

from __future__ import annotations

from copy import copy

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, override

from schoolgate.core.errors import BadInput
from schoolgate.web.frame.carrying import form_sent_to, with_errors, with_words
from schoolgate.web.frame.reopened import READS, reopens_at

OF_A_VISIT = ("frame", "visit", "_files", "_read_started")
"""What a request carries of the door that it went through."""


def form_again(request: HttpRequest, error: BadInput, *, from_the_public: bool) -> HttpResponse | None:
    """Return the page that the form was sent from (422). None where it isn't known, can't be opened any more,
    or has no such form; a script that asked for a part of a page shows that part itself.

    `from_the_public`: it says who helps now, too.
    """
    address = reopens_at(request)
    if request.method != "POST" or not address or request.headers.get("HX-Request"):
        return None
    page = _opened(request, address)
    if page is None:
        return None
    text = page.content.decode()
    form = form_sent_to(text, request.path, request.POST, own=address.partition("?")[0])
    if form is None:
        return None
    text = with_words(text, form, request.POST)
    form = form_sent_to(text, request.path, request.POST, own=address.partition("?")[0]) or form
    sentences = {name: str(sentence) for name, sentence in error.fields.items()}

    def summary(places: dict[str, str]) -> str:
        context = {
            "message": "" if sentences else error.message,
            "rows": [(places.get(name, ""), sentence) for name, sentence in sentences.items()],
            "from_the_public": from_the_public,
        }
        return render_to_string("errors/summary.html", context, request)

    page.content = with_errors(text, form, sentences, summary).encode()
    page.status_code = 422
    return page


def _opened(request: HttpRequest, address: str) -> HttpResponse | None:
    """Return the page as its reader opens it; None where they are led elsewhere or refused."""
    path, _sign, query = address.partition("?")
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if "GET" not in getattr(match.func, "methods", READS):
        return None
    looks = copy(request)
    for name in OF_A_VISIT:
        looks.__dict__.pop(name, None)
    looks.META = {**request.META, "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    looks.method, looks.path, looks.path_info, looks.resolver_match = "GET", path, path, match
    looks.GET, looks.POST = QueryDict(query), QueryDict()
    looks._files = MultiValueDict()  # type: ignore[attr-defined]  # noqa: SLF001 - Django has no setter
    try:
        with override(get_language()):
            page = match.func(looks, *match.args, **match.kwargs)
    except Http404:
        return None
    is_page = isinstance(page, HttpResponse) and page.status_code == 200
    return page if is_page and page.get("Content-Type", "").startswith("text/html") else None
