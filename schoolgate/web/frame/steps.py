"""A page about one thing with several buttons, each of which sends the step to take with it as `do`; and
one act on several rows of a list, where each is decided by itself, and each refusal is told with its
reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext

from schoolgate.core.errors import BadInput, NotFound, SchoolgateError
from schoolgate.web.frame.doors import Visit, done
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.twice import Undo

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


Refusal = tuple[T, SchoolgateError]
NAME = 60
"""Letters of a row's text that name it beside its reason."""


def refused_of(rows: Iterable[T], act: Callable[[T], object]) -> list[Refusal[T]]:
    """Do `act` for each row; return those that were refused.

    `act` takes one action, which leaves nothing of itself where it is refused; the other rows stay done.
    """
    refused: list[Refusal[T]] = []
    for row in rows:
        try:
            act(row)
        except SchoolgateError as error:
            refused.append((row, error))
    return refused


def told_of_several(
    request: HttpRequest,
    refused: Sequence[Refusal[T]],
    *,
    of: int,
    name: Callable[[T], str],
    told: str | Promise,
    back: str,
    undo: Undo | None = None,
) -> HttpResponseBase:
    """Go `back` to the list with what was done, if anything of the `of` rows was, and what was refused.

    `undo`: the button that undoes what was done."""
    for row, error in refused:
        fields = error.fields.values() if isinstance(error, BadInput) else ()
        why = " ".join(dict.fromkeys(str(each) for each in fields)) or str(error)
        called = Truncator(name(row)).chars(NAME)
        messages.error(request, gettext("Not changed: “{name}”. {why}").format(name=called, why=why))
    return done(request, told, back, undo=undo) if len(refused) < of else redirect(back)
