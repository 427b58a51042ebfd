"""What a request may bring before anything reads it: its headers, its form, and how that form is written.

What reads headers and forms is not always quick or small: a cookie of 60,000 backslashes takes Python 3.11.7
ten seconds, a form in the encoding "punycode" minutes, and two million percent signs 360 MB. Files are
bounded as they come in (`web.pictures_upload`).
"""

from __future__ import annotations

import codecs
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.http.response import HttpResponseBase

from schoolgate.config.gateway.requests import UNREADABLE
from schoolgate.core.outside import LONGEST_HEADERS

LONGEST = 8 * 1024
"""Letters of an address's query, and of each header but the cookies."""
LONGEST_COOKIES = 16 * 1024
"""Letters of all cookies together. Ours have some hundred; others of the same host may come along."""
LARGEST_BODY = 2_500_000
"""Bytes of JSON, or of a form without its files."""
LARGEST_ADDRESS_FORM = 1_000_000
"""Bytes of a form that is written like an address: unpacking takes two hundred times as much memory."""
MOST_FIELDS = 1000
MOST_FILES = 100
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
"""What a request may ask for. Not TRACE, which would repeat it."""
NUL = "\x00"
API = "/api/"

log = structlog.get_logger(__name__)


class Bounds:
    """Answers 400, 405, 408, 413, 431 or 503 to what no browser sends for us, or not so slowly."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request through, without the cookies that cannot be ours."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if _too_long(request):
            request.META["HTTP_COOKIE"] = ""  # the page that says so reads cookies too
            return _answered(request, 431)
        if _too_large(request):
            return _answered(request, 413)
        if not _is_utf_8(request.encoding):
            request.encoding = None  # type: ignore[assignment]
            return _answered(request, 400)
        cookies = request.META.get("HTTP_COOKIE", "")
        if "\\" in cookies:
            request.META["HTTP_COOKIE"] = ";".join(one for one in cookies.split(";") if "\\" not in one)
        if (cut := request.META.get(UNREADABLE)) is not None:
            return _answered(request, cut)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a body nested deeper than any of our forms as unreadable; the log has where it was read."""
        if not isinstance(error, RecursionError) or request.method != "POST":
            return None
        log.warning("nested too deep", exc_info=(type(error), error, error.__traceback__))
        return _answered(request, 400)


class NoText:
    """Answers 404 to an address, and 422 to a form, with a NUL in it: no database keeps one as text, and
    people don't type one. So what a page reads from its address or a form, with a field or without, is text.

    Behind what checks a form's token: that is where forms are read first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request through."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *_given: object) -> HttpResponse | None:
        """Answer instead of the view where a NUL was sent."""
        if request.path_info.startswith(API):
            return None  # its own types refuse it
        if NUL in request.path_info or _holds_nul(request.GET):
            return _answered(request, 404)
        if request.method == "POST" and _holds_nul(request.POST):
            return _answered(request, 422)
        return None


def _holds_nul(given: QueryDict) -> bool:
    return any(NUL in name or any(NUL in text for text in texts) for name, texts in given.lists())


def _too_long(request: HttpRequest) -> bool:
    given = {name: text for name, text in request.META.items() if name.startswith("HTTP_")}
    if sum(len(name) + len(text) for name, text in given.items()) > LONGEST_HEADERS:
        return True
    cookies = given.pop("HTTP_COOKIE", "")
    others = [*given.values(), request.META.get("CONTENT_TYPE", ""), request.META.get("QUERY_STRING", "")]
    return len(cookies) > LONGEST_COOKIES or any(len(text) > LONGEST for text in others)


def _too_large(request: HttpRequest) -> bool:
    """Return whether the announced length is too large: no more than that is read."""
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return False  # nothing is read then
    return request.content_type == "application/x-www-form-urlencoded" and size > LARGEST_ADDRESS_FORM


def _is_utf_8(encoding: str | None) -> bool:
    """Return whether a form declares the encoding that browsers use for our forms; most declare none."""
    try:
        return encoding is None or codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        return False


def _answered(request: HttpRequest, status: int) -> HttpResponse:
    from schoolgate.api import problems  # the settings read the numbers above before there are any models
    from schoolgate.web.frame import errors

    if request.path_info.startswith(API):
        return problems.unreadable(status)
    return errors.unreadable(request, status)
