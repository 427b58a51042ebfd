"""One act on several rows of a list: each is decided by itself, and each refusal is told with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext

from schoolgate.core.errors import BadInput, SchoolgateError
from schoolgate.web.frame.doors import done
from schoolgate.web.frame.undo import Undo

T = TypeVar("T")
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
