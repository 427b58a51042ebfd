"""The operations of the API as a page, made from the API's own document."""

from __future__ import annotations

import json
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, resolve

from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.people.api_described import described, errors

DOCUMENT = "/api/v1/openapi.json"


@page(place="menu")
def api_docs(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show every operation with its fields."""
    origin = request.build_absolute_uri("/").rstrip("/")
    document = _document(request)
    context = {
        "groups": described(document),
        "errors": errors(document),
        "origin": origin,
        "document": DOCUMENT,
    }
    return render(request, "people/api_docs.html", context)


def _document(request: HttpRequest) -> dict[str, Any]:
    """The document as the API gives it: the pages and the API know each other by their addresses only."""
    found = resolve(DOCUMENT)
    answer = cast("HttpResponse", found.func(request, *found.args, **found.kwargs))
    return cast("dict[str, Any]", json.loads(answer.content))


urlpatterns = [path("docs/api", api_docs, name="api-docs")]
