"""A page about one thing with several buttons, each of which sends the step to take with it as `do`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from schoolgate.core.errors import NotFound
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.forms import SchoolForm

T = TypeVar("T")
Step = Callable[[HttpRequest, Visit, T], HttpResponseBase | SchoolForm]
"""Takes one step; returns the answer, or its form if that was refused."""


def take_step(
    request: HttpRequest, visit: Visit, found: T, steps: Mapping[str, Step[T]]
) -> HttpResponseBase | SchoolForm | None:
    """Take the step that a button sent; None where none was sent. Raises NotFound for an unknown one."""
    if request.method != "POST":
        return None
    step = steps.get(request.POST.get("do", ""))
    if step is None:
        raise NotFound
    return step(request, visit, found)


def private_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, refused: bool = False
) -> HttpResponseBase:
    """Return a page that no browser stores; `refused`: something in a form of it was."""
    response = render(request, template, context, status=422 if refused else 200)
    response["Cache-Control"] = "no-store"
    return response
