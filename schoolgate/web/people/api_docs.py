"""The operations of the API as a page: what can be asked, with which fields, what is answered.

Read from the OpenAPI document that the API gives, so that the page says what the program does. Its
sentences are English, as the API's are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, resolve

from schoolgate.web.frame.doors import Visit, page

METHODS = ("get", "post", "put", "patch", "delete")
NONE = "null"


@dataclass(frozen=True)
class DescribedField:
    """One value that is sent or answered."""

    name: str
    kind: str
    required: bool
    says: str


@dataclass(frozen=True)
class DescribedOperation:
    """One operation of the API."""

    key: str
    method: str
    path: str
    says: str
    sent: tuple[DescribedField, ...]
    sent_as: str
    answered: tuple[DescribedField, ...]
    status: str


@dataclass(frozen=True)
class DescribedGroup:
    """Operations that belong together, under one heading."""

    name: str
    operations: tuple[DescribedOperation, ...]


def described(document: Mapping[str, Any]) -> tuple[DescribedGroup, ...]:
    """Return every operation of an OpenAPI document, in its groups and its order."""
    groups: dict[str, list[DescribedOperation]] = {}
    for address, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                name = (operation.get("tags") or [""])[0]
                groups.setdefault(name, []).append(_operation(address, method, operation, document))
    return tuple(DescribedGroup(name, tuple(each)) for name, each in groups.items())


def errors(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the errors that every operation may answer with: status and sentence."""
    everywhere = [one["responses"] for each in document["paths"].values() for one in each.values()]
    first = everywhere[0] if everywhere else {}
    return [
        (status, answer["description"])
        for status, answer in first.items()
        if status.startswith(("4", "5")) and all(status in one for one in everywhere)
    ]


def _operation(path: str, method: str, operation: Mapping[str, Any], document: Any) -> DescribedOperation:
    parameters = tuple(
        DescribedField(
            one["name"],
            f"{kind_of(one['schema'], document)} ({one['in']})",
            bool(one.get("required")),
            one.get("description", ""),
        )
        for one in operation.get("parameters", ())
    )
    taken: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    nothing: tuple[str, dict[str, Any]] = ("", {})
    sent_as, body = next(iter(taken.items()), nothing)
    status = next(one for one in operation["responses"] if one.startswith("2"))
    answer = operation["responses"][status]
    content = answer.get("content", {}).get("application/json", {})
    return DescribedOperation(
        key=operation["operationId"].removeprefix("schoolgate_api_"),
        method=method.upper(),
        path=path,
        says=operation.get("description") or operation.get("summary", ""),
        sent=(*parameters, *_fields(body.get("schema", {}), document)),
        sent_as=sent_as,
        answered=tuple(_fields(content.get("schema", {}), document)),
        status=status,
    )


def _fields(schema: Mapping[str, Any], document: Any) -> Iterator[DescribedField]:
    shape = _resolved(schema, document)
    if shape.get("type") == "array":
        shape = _resolved(shape["items"], document)
    needed = shape.get("required", ())
    for name, value in shape.get("properties", {}).items():
        says = value.get("description") or _resolved(value, document).get("description", "")
        yield DescribedField(name, kind_of(value, document), name in needed, says)


def _resolved(schema: Mapping[str, Any], document: Any) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    found: Mapping[str, Any] = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return found


def kind_of(schema: Mapping[str, Any], document: Any) -> str:
    """Return a value's type in few words: `text or nothing`, `list of AccountOut`, `one of draft, sent`."""
    if "anyOf" in schema:
        kinds = [kind_of(one, document) for one in schema["anyOf"]]
        return " or ".join(dict.fromkeys(kinds))
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        values = _resolved(schema, document).get("enum")
        return f"one of {', '.join(map(str, values))}" if values else str(name)
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    if schema.get("type") == "array":
        return f"list of {kind_of(schema.get('items', {}), document)}"
    known = {"string": "text", NONE: "nothing", "integer": "whole number", "boolean": "true or false"}
    kind = str(schema.get("type", "anything"))
    form = {"date-time": "instant", "date": "day", "binary": "file"}.get(schema.get("format", ""), "")
    return form or known.get(kind, kind)


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


urlpatterns = [
    path("docs/api", api_docs, name="api-docs"),
]
