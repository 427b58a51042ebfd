"""The closed list of kinds of duties.

Each area declares its own in its `duty_kinds.py`, read when the program starts. Pages and mails have no other
list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Model, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import in_terms
from schoolgate.duties.models import Urgency
from schoolgate.people.models import Person

BETWEEN = "\x1f"
"""Parts of a name that only Python can put together."""
LETTERS = 60


@dataclass(frozen=True, eq=False)
class Named:
    """What the things that duties are about are called: columns of their rows, put together by `said`.

    An instant is put into words by the page that shows it.
    """

    model: type[Model]
    columns: tuple[str | Combinable, ...] = ("name",)
    said: Callable[..., str | datetime] = str

    def rows(self, ids: Iterable[int]) -> QuerySet[Any, Any]:
        """Return these things, each with its name in `called`."""
        first, *others = (F(each) if isinstance(each, str) else each for each in self.columns)
        called = Concat(first, Value(BETWEEN), *others, output_field=TextField()) if others else first
        found: QuerySet[Any, Any] = self.model._default_manager.filter(pk__in=ids).order_by()
        named: QuerySet[Any, Any] = found.annotate(called=Cast(called, TextField()))
        return named

    def in_words(self, called: str | None) -> str | datetime:
        """Return the name, from what the database found for `called`."""
        return self.said(*(called or "").split(BETWEEN, 1))


PEOPLE = Named(Person)


@dataclass(frozen=True)
class DutyKind:
    """One kind of duty.

    `title` and `button`: its line in a list. `page`: the name of the page where it is done, for the subject
    unless not `by_subject`. `mail`: its key in `notices.kinds`. `named`: what the subject is called, where
    lists may show it. `harm`: a person may come to harm until it is done, so it comes before everything
    overdue, and its person is told at once unless they know (`knows`). `passed_on`: when its person leaves,
    another gets it, unless only they could do it or it was asked again. `keeps`: nothing that it is about is
    destroyed while it is open. `view`: the query with which `page`
    shows the subject; its number follows.
    """

    title: Promise
    button: Promise | str
    page: str
    mail: str
    named: Named | None = None
    by_subject: bool = True
    harm: bool = False
    knows: bool = False
    passed_on: bool = True
    keeps: bool = True
    view: str = ""

    @property
    def urgency(self) -> Urgency:
        """Return how urgent its duties are where no one is in danger."""
        return Urgency.HARM if self.harm else Urgency.USUAL


KINDS: dict[str, DutyKind] = {}
"""By their keys. A duty of a kind that is not in it cannot be opened."""

GONE = DutyKind(_("You have a task"), "", "", "other", by_subject=False)
"""Stands for the kind of a duty that was opened by an earlier release and is declared no longer."""


def declare(
    key: str,
    title: Promise,
    button: Promise,
    *,
    page: str,
    mail: str,
    named: Named | None = None,
    view: str = "",
    **more: bool,
) -> str:
    """Add a kind to the list, with the fields of `DutyKind`; return its key. Raises ValueError where it is
    there already."""
    if key in KINDS:
        raise ValueError(f"declared twice: {key}")
    more |= {"by_subject": False} if view else {}
    KINDS[key] = DutyKind(in_terms(title), button, page, mail, named, view=view, **more)
    return key


def declared(key: str) -> DutyKind:
    """Return a kind that is to be opened. Raises ValueError where no area declares it."""
    if key not in KINDS:
        raise ValueError(f"no area declares {key!r} in its duty_kinds.py")
    return KINDS[key]


def kind_of(key: str) -> DutyKind:
    """Return the kind of a duty that is there; GONE where no area declares it any more."""
    return KINDS.get(key, GONE)


def not_passed_on() -> list[str]:
    """Return the kinds of duties that end when their person leaves."""
    return [key for key, kind in KINDS.items() if not kind.passed_on]


def keeping_nothing() -> list[str]:
    """Return the kinds of duties that don't keep what they are about from being destroyed."""
    return [key for key, kind in KINDS.items() if not kind.keeps]


def shortened(text: str) -> str:
    """Return how a text begins, in one line."""
    return Truncator(" ".join(text.split())).chars(LETTERS)
