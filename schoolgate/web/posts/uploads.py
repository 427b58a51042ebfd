"""Uploads in pieces, by the core of the tus protocol (1.0.0): begin, ask how much has arrived, send the next
piece. What has arrived is used by the form that names it, and checked there like any other file."""

from __future__ import annotations

import base64
import binascii
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse

from schoolgate.core import pieces
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.pieces import LARGEST_PIECE, Owner, WrongOffset
from schoolgate.publishing.news import check_sends
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.numbers import small_in

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"


def owner_of(request: HttpRequest) -> Owner:
    """Return whose uploads a request is about."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return Owner(visit.federation.pk, visit.person.pk)


def _begin(request: HttpRequest) -> HttpResponse:
    length = _number(request, "Upload-Length")
    try:
        found = pieces.begin(owner_of(request), purpose=_purpose(request), length=length)
    except BadInput as error:
        return _answer(413 if length > 0 else 400, str(error.fields["upload"]))
    except NotNow as error:
        return _answer(429, error.message)
    answer = _answer(201)
    answer["Location"], answer["Upload-Offset"] = reverse("upload", args=[found.key]), "0"
    return answer


def _continue(request: HttpRequest) -> HttpResponse:
    match = request.resolver_match
    try:
        found = pieces.find(owner_of(request), match.kwargs["key"] if match else "")
        if request.method == "DELETE":
            pieces.drop(found)
            return _answer(204)
        if request.method == "PATCH":
            return _take(request, found)
        answer = _answer(200)
        answer["Upload-Offset"], answer["Upload-Length"] = str(found.offset), str(found.length)
    except (NotFound, FileNotFoundError):  # the form that names it was sent in another window
        return _answer(404)
    return answer


@page(check=check_sends, prepare=_begin, methods=("POST",))
def begin(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Begin an upload of an announced length, for a purpose. The work on files is done before the scope."""
    return cast("HttpResponse", visit.prepared)


@page(check=check_sends, prepare=_continue, methods=("HEAD", "PATCH", "DELETE"))
def upload(request: HttpRequest, visit: Visit, key: str) -> HttpResponseBase:
    """Tell how much of an upload has arrived, take the next piece, or delete it."""
    return cast("HttpResponse", visit.prepared)


def _take(request: HttpRequest, found: pieces.Upload) -> HttpResponse:
    if request.content_type != PIECE:
        return _answer(415)
    offset = _number(request, "Upload-Offset")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_PIECE:
        return _answer(413)
    try:
        there = pieces.add(found, offset=offset, piece=request.body)
    except WrongOffset as error:
        answer = _answer(409, error.message)
        answer["Upload-Offset"] = str(error.offset)
        return answer
    except BadInput as error:
        return _answer(413, str(error.fields["upload"]))
    except NotNow as error:
        return _answer(423, error.message)
    answer = _answer(204)
    answer["Upload-Offset"] = str(there)
    return answer


def _purpose(request: HttpRequest) -> str:
    """Return the purpose out of `Upload-Metadata`: pairs of a name and a word in base64."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        name, _space, word = pair.strip().partition(" ")
        if name == "purpose":
            try:
                return base64.b64decode(word, validate=True).decode("ascii")
            except (binascii.Error, UnicodeDecodeError):
                return ""
    return ""


def _number(request: HttpRequest, header: str) -> int:
    """Return a header as a number; -1 where it is none."""
    found = small_in(request.headers.get(header, ""), most=10**12)
    return -1 if found is None else found


def _answer(status: int, words: Text = "") -> HttpResponse:
    answer = HttpResponse(str(words), status=status, content_type="text/plain; charset=utf-8")
    answer["Tus-Resumable"], answer["Cache-Control"] = VERSION, "no-store"
    return answer


urlpatterns = [path("uploads", begin, name="uploads"), path("uploads/<str:key>", upload, name="upload")]
